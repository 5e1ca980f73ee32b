// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Requests lost to the release: the canary's failures beyond what the baseline's rate of failure would have cost the same requests.
 * Of several rate metrics the one that counts the most losses speaks, since they may count the same requests.
 */
final class RequestSection {
    private final MetricSamples samples;

    private RequestSection(MetricSamples samples) {
        this.samples = samples;
    }

    /** Null where no metric counts requests. */
    static Report.Requests of(JournalFacts facts) {
        Map<String, Double> captured = facts.last(Event.Armed.class)
                .map(fact -> fact.event().baseline())
                .orElse(Map.of());
        return MetricSamples.byMetric(facts).entrySet().stream()
                .filter(metric -> metric.getValue().rate())
                .map(metric ->
                        new RequestSection(metric.getValue()).requests(metric.getKey(), captured.get(metric.getKey())))
                .max(Comparator.comparingDouble(requests -> requests.lost() == null ? -1 : requests.lost()))
                .orElse(null);
    }

    private Report.Requests requests(String metric, Double capturedRate) {
        double canary = sum(Event.Sample::canaryTotal);
        double canaryFailed = sum(Event.Sample::canaryErrors);
        double baseline = sum(Event.Sample::baselineTotal);
        double baselineFailed = sum(Event.Sample::baselineErrors);
        Double rate = baseline > 0 ? (Double) (baselineFailed / baseline) : JournalFacts.known(capturedRate);
        Double lost = rate == null ? null : (Double) JournalFacts.millis(Math.max(0, canaryFailed - canary * rate));
        return new Report.Requests(metric, canary, canaryFailed, baseline, baselineFailed, lost);
    }

    private double sum(Function<Event.Sample, Double> count) {
        return samples.points().stream()
                .map(point -> count.apply(point.sample()))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .sum();
    }
}
