// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.rollout.trigger.MetricLevel;
import io.jenkins.plugins.releaseguard.rollout.trigger.Units;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Each metric's level on both sides since the phase began: rates and the quantile that its name speaks of, else the p99, from summed counts, what comes without
 * counts as the last look had it.
 */
final class Levels {
    private final List<Metric> metrics;
    private final Map<String, double[]> counts = new LinkedHashMap<>();
    private final Map<String, double[]> canaryBuckets = new LinkedHashMap<>();
    private final Map<String, double[]> baselineBuckets = new LinkedHashMap<>();
    private final Map<String, double[]> last = new LinkedHashMap<>();
    private boolean alone;

    Levels(List<Metric> metrics) {
        this.metrics = metrics;
    }

    /** @param weight the canary's share in percent: at 100 the few requests that the baseline still had tell nothing */
    void reset(double weight) {
        alone = weight >= 100;
        counts.clear();
        canaryBuckets.clear();
        baselineBuckets.clear();
        last.clear();
    }

    void add(Event.Looked looked) {
        for (Event.Sample s : looked.samples()) {
            Metric metric = metric(s.metric());
            if (metric == null) {
                continue;
            }
            last.merge(
                    s.metric(),
                    new double[] {
                        MetricLevel.of(metric, metric.tail(), s, true), MetricLevel.of(metric, metric.tail(), s, false)
                    },
                    (old, now) -> new double[] {either(now[0], old[0]), either(now[1], old[1])});
            if (s.bounds() != null) {
                double canary = quantile(metric.tail(), s.bounds(), add(canaryBuckets, s.metric(), s.canaryBuckets()));
                double baseline =
                        quantile(metric.tail(), s.bounds(), add(baselineBuckets, s.metric(), s.baselineBuckets()));
                last.put(s.metric(), new double[] {canary, baseline});
            } else if (metric.kind() == Metric.Kind.RATE) {
                double[] sums = counts.computeIfAbsent(s.metric(), m -> new double[4]);
                add(sums, 0, s.canaryErrors(), s.canaryTotal());
                add(sums, 2, s.baselineErrors(), s.baselineTotal());
            }
        }
    }

    private static double[] add(Map<String, double[]> all, String metric, List<Double> buckets) {
        double[] sums = all.computeIfAbsent(metric, m -> new double[buckets == null ? 0 : buckets.size()]);
        for (int i = 0; buckets != null && i < Math.min(sums.length, buckets.size()); i++) {
            sums[i] += buckets.get(i) == null ? 0 : buckets.get(i);
        }
        return sums;
    }

    private static double quantile(double tail, List<Double> bounds, double[] buckets) {
        double rank = tail * DoubleStream.of(buckets).sum();
        double below = 0;
        for (int i = 0; i < Math.min(buckets.length, bounds.size()); i++) {
            if (buckets[i] > 0 && below + buckets[i] >= rank) {
                double low = i == 0 ? 0 : bounds.get(i - 1);
                return low + (bounds.get(i) - low) * (rank - below) / buckets[i];
            }
            below += buckets[i];
        }
        return below > 0 ? bounds.get(bounds.size() - 1) : Double.NaN;
    }

    private Metric metric(String id) {
        return metrics.stream().filter(m -> m.id().equals(id)).findFirst().orElse(null);
    }

    private static String name(Metric metric) {
        if (metric.kind() != Metric.Kind.LATENCY) {
            return metric.name();
        }
        // of a name that speaks of several quantiles, or of an average, none is
        String told = metric.spoken(metric.tail());
        return told.equals("p99 of " + metric.name()) ? "p99 " + metric.name() : told;
    }

    private static double either(double now, double old) {
        return Double.isNaN(now) ? old : now;
    }

    private static void add(double[] sums, int at, Double errors, Double total) {
        if (errors != null && total != null && !errors.isNaN() && !total.isNaN()) {
            sums[at] += errors;
            sums[at + 1] += total;
        }
    }

    /** For instance {@code error rate 0.81 % (0.79 %), latency 142 ms (138 ms)}: the canary's, and the baseline's in brackets. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        last.forEach((id, level) -> {
            Metric metric = metric(id);
            double[] sums = counts.get(id);
            double canary = sums == null ? level[0] : sums[0] / sums[1];
            double baseline = sums == null ? level[1] : sums[2] / sums[3];
            text.append(text.isEmpty() ? "" : ", ").append(name(metric));
            if (Double.isNaN(canary)) {
                text.append(" baseline ").append(Units.text(metric, baseline));
            } else {
                text.append(' ').append(Units.text(metric, canary));
                if (!Double.isNaN(baseline) && !alone) {
                    text.append(" (").append(Units.text(metric, baseline)).append(')');
                }
            }
        });
        return text.toString();
    }
}
