// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.NUMBER;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.ENVIRONMENT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.source.CheckCommand;
import io.jenkins.plugins.releaseguard.evidence.check.source.Versions;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the service needs answers, and other services are at the version that it needs. */
public final class DependenciesCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("dependencies", "What the service needs is there.")
            .main(list("urls", "addresses that must answer"))
            .fields(
                    list("endpoints", "or ids of endpoints set up in Jenkins"),
                    Field.of("status", NUMBER, "the status they must answer with")
                            .standard("200"),
                    Field.of(
                            "services", MAP, "services and the lowest version that must be promoted, by their ledgers"),
                    text("environment", "the environment that the services' versions are looked up in")
                            .references(ENVIRONMENT),
                    text("run", "or a command: exit 0 is pass, 1 is fail"))
            .oneOf("urls", "endpoints", "services", "run");

    private static final String FIX = "bring the dependency up, or release it first";

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return Duration.ofHours(1);
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        List<String> seen = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String url : settings.texts("urls")) {
            call("", url, settings, context, seen, missing);
        }
        for (String endpoint : settings.texts("endpoints")) {
            call(endpoint, "", settings, context, seen, missing);
        }
        for (Map.Entry<String, String> service : settings.map("services").entrySet()) {
            version(service.getKey(), service.getValue(), settings, context, seen, missing);
        }
        if (!settings.text("run").isEmpty()) {
            command(settings, context, seen, missing);
        }
        Finding.Builder found = Finding.now(context)
                .looked(Lines.some(seen))
                .from(settings.text("run").isEmpty() ? Origin.CONTROLLER : Origin.WORKSPACE)
                .limit("all ready");
        if (seen.isEmpty()) {
            return found.unknown("the check names no dependency", "name urls, endpoints, services or a command");
        }
        found.value((seen.size() - missing.size()) + " of " + seen.size() + " ready");
        return missing.isEmpty()
                ? found.pass("all dependencies are ready")
                : found.fail("not ready: " + Lines.some(missing), FIX);
    }

    private static void call(
            String endpoint,
            String url,
            Settings settings,
            CheckContext context,
            List<String> seen,
            List<String> missing)
            throws IOException, InterruptedException {
        HttpCall call = new HttpCall("GET", endpoint, url, Map.of(), null, CheckCommand.limit(settings));
        HttpResult result = context.http().call(call);
        seen.add(endpoint.isEmpty() ? call.toString() : endpoint);
        if (result.status() != settings.number("status").orElse(200.0).intValue()) {
            missing.add(seen.get(seen.size() - 1) + " answers " + result.status());
        }
    }

    private static void version(
            String service,
            String lowest,
            Settings settings,
            CheckContext context,
            List<String> seen,
            List<String> missing)
            throws IOException {
        String environment =
                settings.text("environment").isEmpty() ? context.environment() : settings.text("environment");
        Optional<PastRelease> serving = context.ledger(service).releases(environment).stream()
                .filter(r -> r.verdict() == ReleaseOutcome.PROMOTED)
                .findFirst();
        seen.add(service);
        if (serving.isEmpty()) {
            missing.add(service + " was never promoted in " + environment);
        } else if (!serving.get().intact()) {
            throw new UnavailableException(
                    "the record of " + service + " in " + environment + " is not intact: "
                            + serving.get().doubt(),
                    "release " + service + " to " + environment + " again");
        } else if (Versions.compare(serving.get().version(), lowest) < 0) {
            missing.add(service + " is at " + serving.get().version() + ", needs " + lowest);
        }
    }

    private static void command(Settings settings, CheckContext context, List<String> seen, List<String> missing)
            throws IOException, InterruptedException {
        CommandResult result = CheckCommand.run(settings, context, Map.of());
        seen.add(settings.text("run"));
        if (result.timedOut() || result.exit() != 0 && result.exit() != 1) {
            throw new UnavailableException(
                    "the command could not tell: it " + CheckCommand.ended(result), "make the command run to its end");
        }
        if (result.exit() == 1) {
            missing.add("the command " + CheckCommand.ended(result));
        }
    }
}
