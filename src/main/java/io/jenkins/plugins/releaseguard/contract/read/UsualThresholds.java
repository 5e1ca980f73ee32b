// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EntryHead;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The thresholds that a release gets where its contract has none: error rate above 1 %, latency above 500 ms, each for
 * 5 minutes. A contract is told when it gets them.
 */
final class UsualThresholds {
    private static final String ERRORS = ">1% of requests for 5 minutes";
    private static final String LATENCY = ">500ms for 5 minutes";

    private final Problems problems;

    UsualThresholds(Problems problems) {
        this.problems = problems;
    }

    List<Entry> complete(List<Entry> entries, List<Metric> metrics, Release release) {
        List<Entry> complete = new ArrayList<>();
        for (Entry entry : entries) {
            complete.add(entry instanceof RollbackEntry rollback ? filled(rollback, metrics) : entry);
        }
        boolean watched = complete.stream()
                .anyMatch(e -> e instanceof RollbackEntry r && !r.metric().isEmpty() && r.threshold() != null);
        if (!watched && !release.service().isEmpty()) {
            add(complete, metrics, release, Kind.RATE, "DEFAULT-ERROR-RATE", "Error rate");
            add(complete, metrics, release, Kind.LATENCY, "DEFAULT-LATENCY", "Latency");
        }
        return List.copyOf(complete);
    }

    private static String usual(Kind kind) {
        return switch (kind) {
            case RATE -> ERRORS;
            case LATENCY -> LATENCY;
            default -> "";
        };
    }

    private RollbackEntry filled(RollbackEntry r, List<Metric> metrics) {
        Optional<Metric> metric =
                metrics.stream().filter(m -> m.id().equals(r.metric())).findFirst();
        if (r.threshold() != null
                || metric.isEmpty()
                || usual(metric.get().kind()).isEmpty()) {
            return r;
        }
        String text = usual(metric.get().kind());
        problems.note(
                ReadRule.DEFAULTS,
                r.head().at(),
                r.id() + " has no threshold: '" + text + "' taken",
                "write threshold: \"" + text + "\" or your own");
        return new RollbackEntry(
                r.head(),
                r.trigger(),
                r.metric(),
                r.check(),
                r.person(),
                threshold(text),
                r.warn(),
                r.procedure(),
                r.database(),
                r.cache(),
                r.notification());
    }

    private void add(List<Entry> entries, List<Metric> metrics, Release release, Kind kind, String id, String title) {
        Optional<Metric> metric = metrics.stream()
                .filter(m -> m.kind() == kind && !m.muted())
                .min((a, b) -> Boolean.compare(b.critical(), a.critical()));
        String text = usual(kind);
        if (metric.isEmpty()) {
            problems.note(
                    ReadRule.DEFAULTS,
                    release.at(),
                    "no Rollback entry watches a metric, and there is no " + (kind == Kind.RATE ? "rate" : "latency")
                            + " metric to watch for '" + text + "'",
                    "add a metric of that kind, and a Rollback entry for it");
            return;
        }
        problems.note(
                ReadRule.DEFAULTS,
                release.at(),
                "no Rollback entry watches a metric: '" + text + "' taken for "
                        + metric.get().id(),
                "add a Rollback entry with metric: " + metric.get().id() + " and a threshold of your own");
        ActionSpec traffic = new ActionSpec(
                "traffic", new Settings(Map.of("weight", 0.0, SpecKind.VALUE, 0.0), Map.of()), release.at());
        entries.add(new RollbackEntry(
                new EntryHead(
                        id,
                        Stage.POST_DEPLOY,
                        title,
                        release.owner(),
                        List.of(metric.get().id()),
                        release.at()),
                title + " " + text,
                metric.get().id(),
                null,
                "",
                threshold(text),
                null,
                List.of(traffic),
                "",
                "",
                List.of()));
    }

    private static Threshold threshold(String text) {
        try {
            return ThresholdParser.parse(text);
        } catch (SyntaxProblem e) {
            throw new IllegalStateException(text, e);
        }
    }
}
