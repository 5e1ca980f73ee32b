// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.grammar.QueryText;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What metrics owe: that they tell the new version from the old one, and that someone is woken by the critical ones.
 */
final class MetricRules {
    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-METRIC-PRESENT",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.DEPLOY_AND_PRAY,
                    "An error rate is watched",
                    MetricRules::present),
            new LintRule(
                    "RG-METRIC-TRACK",
                    WARNING,
                    Category.PERFORMANCE,
                    AntiPattern.SILENT_FAILURE,
                    "Queries tell the new version from the old one by $track",
                    MetricRules::track),
            new LintRule(
                    "RG-METRIC-WINDOW",
                    WARNING,
                    Category.PERFORMANCE,
                    AntiPattern.SILENT_FAILURE,
                    "Counting queries cover $window, so that looks don't overlap",
                    MetricRules::window),
            new LintRule(
                    "RG-METRIC-QUANTILE",
                    NOTE,
                    Category.PERFORMANCE,
                    AntiPattern.SILENT_FAILURE,
                    "Latency comes as a histogram with a limit; a ready-made quantile is for information only",
                    MetricRules::quantile),
            new LintRule(
                    "RG-METRIC-BUCKETS",
                    NOTE,
                    Category.PERFORMANCE,
                    AntiPattern.SILENT_FAILURE,
                    "A histogram's buckets, where the query names them, are close enough to show what is allowed",
                    BucketRules::check),
            new LintRule(
                    "RG-ALERT-OWNED",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "Every critical metric is watched by a Rollback entry with an owner",
                    MetricRules::alerts));

    private MetricRules() {}

    private static void present(ContractFacts facts, LintFindings out) {
        if (facts.contract().metrics().stream().noneMatch(m -> m.kind() == Metric.Kind.RATE && !m.muted())) {
            out.add(
                    facts.contract().release().at(),
                    "no error rate is watched",
                    "add a metric of kind: rate with errors and total");
        }
    }

    /** Without their comments, where a name asks for nothing. */
    private static Stream<String> queries(Metric m) {
        Metric.Query q = m.query();
        return Stream.of(q.errors(), q.total(), q.histogram(), q.values())
                .filter(t -> !t.isBlank())
                .map(t -> new QueryText(t).withoutComments());
    }

    private static void track(ContractFacts facts, LintFindings out) {
        for (Metric m : facts.contract().metrics()) {
            if (queries(m).anyMatch(q -> !q.contains("$track"))) {
                out.add(
                        m.at(),
                        m.id() + " has a query without $track, which mixes the new version with the old one",
                        "add the label that tells them apart: {track=\"$track\"}");
            }
        }
    }

    private static void window(ContractFacts facts, LintFindings out) {
        for (Metric m : facts.contract().metrics()) {
            if (m.kind() == Metric.Kind.RATE && queries(m).anyMatch(q -> !q.contains("$window"))) {
                out.add(
                        m.at(),
                        m.id()
                                + " names a fixed time; the look is counted all the same, which isn't what the query says",
                        "write [$window] where the query has a fixed time");
            }
        }
    }

    private static void quantile(ContractFacts facts, LintFindings out) {
        for (Metric m : facts.contract().metrics()) {
            if (m.kind() != Metric.Kind.LATENCY) {
                continue;
            }
            if (m.query().histogram().isBlank()) {
                out.add(
                        m.at(),
                        m.id() + " has no histogram, so its tail can't be judged",
                        "add histogram: the series of buckets, and limit: what is too slow");
            } else if (Double.isNaN(m.query().limit())) {
                out.add(
                        m.at(),
                        m.id() + " has no limit, so its tail can't be judged",
                        "add limit: what is too slow, such as 500ms");
            }
        }
    }

    private static void alerts(ContractFacts facts, LintFindings out) {
        Set<String> watched = facts.entries(RollbackEntry.class).stream()
                .filter(r -> !r.owner().isBlank())
                .map(RollbackEntry::metric)
                .collect(Collectors.toSet());
        for (Metric m : facts.contract().metrics()) {
            if (m.critical() && !watched.contains(m.id())) {
                out.add(
                        m.at(),
                        m.id() + " is critical, but no Rollback entry with an owner watches it",
                        "add a Rollback entry with metric: " + m.id() + " and an owner");
            }
        }
    }
}
