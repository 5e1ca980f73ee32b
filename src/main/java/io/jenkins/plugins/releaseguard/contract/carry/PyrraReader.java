// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * Pyrra, {@code pyrra.dev/v1alpha1} ServiceLevelObjective: a ratio of counters, or of a bucket to all. Its two critical windows of 28 days
 * (14 times too fast over an hour, 7 over six) become triggers, shorter or longer as the objective's window is.
 */
final class PyrraReader implements ForeignReader {
    private static final Duration USUAL = Duration.ofDays(28);

    @Override
    public String format() {
        return "Pyrra ServiceLevelObjective";
    }

    @Override
    public boolean knows(Given document) {
        return document.at("kind").peek().equals("ServiceLevelObjective")
                && document.at("apiVersion").peek().startsWith("pyrra.dev/");
    }

    @Override
    public void read(List<Carry.Source> documents, ContractDraft draft) {
        for (Carry.Source source : documents) {
            Given document = source.document();
            draft.file(source.file());
            String name = document.text("metadata", "name");
            document.takeEach("apiVersion", "kind", "metadata", "status");
            draft.service(name);
            objective(document.at("spec"), name, draft);
            draft.rest(document);
        }
    }

    private static void objective(Given spec, String name, ContractDraft draft) {
        spec.takeEach("description", "serviceLevelIndicator");
        Duration window = Numbers.time(spec.text("window"));
        SloMetric objective = new SloMetric(draft, spec, name, spec.number("target"), window);
        Given indicator = spec.at("indicator");
        Given kind = indicator.at(indicator.has("latency") ? "latency" : "ratio");
        if (!kind.isThere()) {
            draft.left(
                    indicator,
                    indicator.has("latencyNative")
                            ? "a share of a native histogram is no counter: write histogram: of it with limit:, kind: latency"
                            : "a share of time is no share of requests: write it as kind: gauge with worse: lower");
            spec.takeEach("target", "window", "alerting");
            return;
        }
        boolean latency = indicator.has("latency");
        Given part = kind.at(latency ? "success" : "errors", "metric");
        String id = objective.events(part.text(), latency, kind.text("total", "metric"));
        if (kind.has("grouping")) {
            draft.left(
                    kind.at("grouping"),
                    "all groups are one metric: a metric for each, with its label in the queries, judges them apart");
        }
        spec.takeEach("performanceOverAccuracy", "performance_over_accuracy");
        Given alerting = spec.at("alerting");
        boolean quiet = alerting.at("disabled").text().equals("true")
                || alerting.at("burnrates").text().equals("false");
        alerting.takeEach("name", "absentName", "severities");
        if (alerting.has("absent")) {
            draft.left(alerting.at("absent"), "a silent source is borne as long as noData: of the rollout says");
        }
        if (id != null && !quiet) {
            Duration of = window == null ? USUAL : window;
            objective.burns(
                    id,
                    List.of(burn(14, 60, 5, 2, of), burn(7, 360, 30, 15, of)),
                    name + ": the budget burns too fast");
        }
    }

    /** In minutes of an objective over 28 days. */
    private static SloMetric.Burn burn(long factor, long over, long and, long sustained, Duration window) {
        return new SloMetric.Burn(
                BigDecimal.valueOf(factor), scaled(over, window), scaled(and, window), scaled(sustained, window));
    }

    /** To whole minutes, as Pyrra rounds them; one at least. */
    private static Duration scaled(long minutes, Duration window) {
        double share = (double) window.toMillis() / USUAL.toMillis();
        return Duration.ofMinutes(Math.max(1, Math.round(minutes * share)));
    }
}
