// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.release;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.ENVIRONMENT;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.TIME;

import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.text.Glob;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The earlier environments' sealed reports say promoted for these very artifacts. */
public final class ProgressionCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "progression", "The earlier environment promoted this very digest.")
            .main(list("from", "names of the earlier environments").must().references(ENVIRONMENT))
            .fields(
                    limit("age", "how long ago").unit(TIME),
                    list("jobs", "only reports of these jobs count; else as the policy says"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        List<String> digests = context.contract().release().artifacts().stream()
                .map(Artifact::sha256)
                .filter(s -> s != null && !s.isBlank())
                .map(s -> s.toLowerCase(Locale.ROOT))
                .toList();
        Finding.Builder found = Finding.now(context).looked("sealed reports").from(Origin.LEDGER);
        if (digests.isEmpty()
                || digests.size() != context.contract().release().artifacts().size()) {
            return found.unknown(
                    "not every artifact has a digest to follow", "give each of release.artifacts its sha256");
        }
        if (settings.texts("from").isEmpty()) {
            return found.unknown("the check names no earlier environment", "name them under from");
        }
        List<String> passed = new ArrayList<>();
        for (String environment : settings.texts("from")) {
            Finding one = look(environment, digests, settings, context);
            if (one.status() != Status.PASS) {
                return one;
            }
            passed.add(one.reason());
        }
        return found.value("promoted")
                .limit("promoted in " + String.join(", ", settings.texts("from")))
                .pass(String.join("; ", passed));
    }

    private static Finding look(String environment, List<String> digests, Settings settings, CheckContext context)
            throws IOException {
        Finding.Builder found =
                Finding.now(context).looked("sealed reports of " + environment).from(Origin.LEDGER);
        if (environment.equals(context.environment())) {
            return found.unknown(
                    environment + " is where this release goes, no earlier environment",
                    "name the environment before it");
        }
        Optional<PastRelease> record = context.ledger().releases(environment).stream()
                .filter(r -> counts(r.job(), settings, context))
                .filter(r -> r.artifacts().containsAll(digests))
                .findFirst();
        if (record.isEmpty()) {
            return found.value("never")
                    .limit("promoted in " + environment)
                    .fail(
                            "this artifact was never released to " + environment,
                            "promote it in " + environment + " first");
        }
        found.looked(record.get().build()).sha(record.get().seal());
        Finding judged = Earlier.judge(record.get(), environment, found);
        Duration age = Duration.between(record.get().endedAt(), context.now());
        if (judged.status() != Status.PASS || settings.threshold("age").isEmpty()) {
            return judged;
        }
        return new Limits()
                .want("age", settings.threshold("age"), Math.max(0, age.toSeconds()), "s")
                .conclude(
                        found,
                        judged.reason(),
                        "promoted in " + environment + " " + Span.text(age) + " ago",
                        "promote it in " + environment + " again");
    }

    private static boolean counts(String job, Settings settings, CheckContext context) {
        List<String> jobs = settings.texts("jobs");
        return context.countsForProgression(job) && (jobs.isEmpty() || Glob.any(jobs, job));
    }
}
