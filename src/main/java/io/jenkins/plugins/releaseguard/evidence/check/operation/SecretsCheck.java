// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.DURATION;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.ENVIRONMENT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.SecretRef;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Secrets are renewed in time, by the contract's inventory. */
public final class SecretsCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("secrets", "No secret is past its rotation.")
            .main(text("environment", "whose; else all of the contract").references(ENVIRONMENT))
            .fields(
                    list("ids", "only these"),
                    Field.of("soon", DURATION, "warn this long before one is due")
                            .standard("7d"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        Finding.Builder found =
                Finding.now(context).looked("secrets of the contract").limit("0 overdue");
        List<SecretRef> secrets = secrets(settings, context);
        if (secrets.isEmpty()) {
            return found.unknown("no secrets are listed", "list the environment's secrets with rotate and rotated");
        }
        List<String> overdue = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        List<String> soon = new ArrayList<>();
        for (SecretRef secret : secrets) {
            if (secret.rotate() == null || secret.rotated() == null) {
                unclear.add(secret.id());
                continue;
            }
            Instant rotated = secret.rotated().atStartOfDay(ZoneOffset.UTC).toInstant();
            Duration left = secret.rotate().minus(Duration.between(rotated, context.now()));
            if (rotated.isAfter(context.now())) {
                unclear.add(secret.id());
            } else if (left.isNegative()) {
                overdue.add(secret.id() + " by " + Math.max(1, -left.toDays()) + " d"
                        + (secret.procedure().isEmpty() ? "" : " (" + secret.procedure() + ")"));
            } else if (left.compareTo(settings.duration("soon").orElse(Duration.ofDays(7))) < 0) {
                soon.add(secret.id());
            }
        }
        found.value(overdue.size() + " of " + secrets.size() + " overdue");
        if (!overdue.isEmpty()) {
            return found.fail("overdue: " + Lines.some(overdue), "renew them by their procedure, then set rotated");
        }
        if (!unclear.isEmpty()) {
            return found.unknown("nobody knows the age of " + Lines.some(unclear), "give them rotate and rotated");
        }
        return found.pass(soon.isEmpty() ? "all are young enough" : "due soon: " + Lines.some(soon));
    }

    private static List<SecretRef> secrets(Settings settings, CheckContext context) throws IOException {
        String environment = settings.text("environment");
        List<EnvironmentEntry> environments = context.contract().entries(EnvironmentEntry.class).stream()
                .filter(e -> environment.isEmpty() || e.name().equals(environment))
                .toList();
        if (environments.isEmpty()) {
            throw new UnavailableException(
                    "the contract has no environment '" + environment + "'",
                    "add it as an Environment entry with its secrets, or name another");
        }
        Set<String> wanted = new LinkedHashSet<>(settings.texts("ids"));
        List<SecretRef> all =
                environments.stream().flatMap(e -> e.secrets().stream()).toList();
        for (String id : wanted) {
            if (all.stream().noneMatch(s -> s.id().equals(id))) {
                throw new UnavailableException(
                        "the contract has no secret '" + id + "'",
                        "add it under secrets of the environment, or correct ids");
            }
        }
        return all.stream()
                .filter(s -> wanted.isEmpty() || wanted.contains(s.id()))
                .toList();
    }
}
