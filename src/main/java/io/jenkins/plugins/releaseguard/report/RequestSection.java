// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;

/**
 * Requests lost to the release: the canary's failures beyond what the baseline's rate of failure would have cost the same requests.
 * Of several rate metrics the one that counts the most losses speaks, since they may count the same requests.
 */
final class RequestSection {
    /** Standard deviations of the difference between two shares. */
    private static final double CHANCE = 3;

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
        Double known = JournalFacts.known(capturedRate);
        Double rate = known == null && baseline > 0 ? (Double) (baselineFailed / baseline) : known;
        boolean compared = rate != null || canary == 0 && baseline > 0;
        Double lost = compared ? (Double) JournalFacts.millis(lost(rate)) : null;
        return new Report.Requests(metric, canary, canaryFailed, baseline, baselineFailed, lost);
    }

    /** Look by look, as a baseline that fails at another time takes nothing back of what the canary has failed. */
    private double lost(Double rate) {
        double sum = samples.points().stream()
                .map(MetricSamples.Point::sample)
                .mapToDouble(sample -> lost(sample, rate == null ? 0 : rate))
                .sum();
        return Math.max(0, sum);
    }

    /**
     * What a look has lost beyond its own baseline's rate, or beyond the known one where it has none. Less than none is chance that other looks
     * make up for; where it is more than chance, the baseline had a failure of its own, and it is none.
     */
    private static double lost(Event.Sample sample, double rate) {
        double canary = count(sample.canaryTotal());
        double failed = count(sample.canaryErrors());
        double baseline = count(sample.baselineTotal());
        if (!(baseline > 0)) {
            return failed - canary * rate;
        }
        double own = count(sample.baselineErrors()) / baseline;
        double pooled = (failed + count(sample.baselineErrors())) / (canary + baseline);
        double deviation = Math.sqrt(Math.max(0, canary * (1 + canary / baseline) * pooled * (1 - pooled)));
        double lost = failed - canary * own;
        return lost < -CHANCE * deviation ? 0 : lost;
    }

    private double sum(Function<Event.Sample, Double> count) {
        return samples.points().stream()
                .mapToDouble(point -> count(count.apply(point.sample())))
                .sum();
    }

    private static double count(Double count) {
        return count != null && Double.isFinite(count) ? count : 0;
    }
}
