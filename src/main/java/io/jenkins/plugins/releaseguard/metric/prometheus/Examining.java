// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.metric.SourceExamination;
import io.jenkins.plugins.releaseguard.metric.SourceExamination.Finding;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One examination before any traffic moves: questions of a round go out side by side, and what is found of one round is asked about in the next.
 * What is only asked for a better sentence may fail: then the sentence stays short.
 */
final class Examining {
    private final PrometheusSettings settings;
    private final List<Metric> metrics;
    private final Instant since;
    private final Instant at;
    private final Function<List<Question>, CompletableFuture<Map<Question, List<Series>>>> ask;
    private final Scope scope;
    private final Answers answers = new Answers();

    Examining(
            PrometheusSettings settings,
            List<Metric> metrics,
            Instant since,
            Instant at,
            Function<List<Question>, CompletableFuture<Map<Question, List<Series>>>> ask,
            Scope scope) {
        this.settings = settings;
        this.metrics = metrics.stream().filter(m -> !m.muted()).toList();
        this.since = since;
        this.at = at;
        this.ask = ask;
        this.scope = scope;
    }

    CompletableFuture<SourceExamination> round() {
        if (scope.isOver()) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        List<Finding> findings = findings(true);
        if (findings != null) {
            return CompletableFuture.completedFuture(SourceExamination.of(findings));
        }
        return ask.apply(answers.open())
                .thenCompose(told -> {
                    told.forEach(answers::tell);
                    return round();
                })
                .exceptionallyCompose(error -> {
                    List<Finding> brief = Scope.cause(error) instanceof SourceException ? findings(false) : null;
                    return brief == null
                            ? CompletableFuture.failedFuture(Scope.cause(error))
                            : CompletableFuture.completedFuture(SourceExamination.of(brief));
                });
    }

    /**
     * Null where something must be asked first.
     *
     * @param hints otherwise what fails is enough, however short its sentence
     */
    private List<Finding> findings(boolean hints) {
        SeriesCheck series = new SeriesCheck(settings, answers, since, at, hints);
        BucketSumCheck sums = new BucketSumCheck(settings, answers, at);
        List<Finding> all = new ArrayList<>();
        boolean open = false;
        for (Metric metric : metrics) {
            try {
                List<Finding> of = series.of(metric);
                all.addAll(of.isEmpty() ? sums.of(metric) : of);
            } catch (Pending e) {
                open = true;
            }
        }
        boolean enough = !open || !hints && all.stream().anyMatch(Finding::fails);
        return enough ? all : null;
    }
}
