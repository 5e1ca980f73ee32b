// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource.Unbelievable;
import java.util.List;
import java.util.Map;

/** A latency's tail counts and quantiles from how much each bucket rose. */
final class LatencySide {
    private LatencySide() {}

    /** @param sparse a native histogram, which has a bucket for whatever occurred: above its last bound there is nothing */
    static VariantSample of(Metric metric, String name, List<CounterIncrease.One> parts, boolean sparse)
            throws Unbelievable {
        Histogram histogram = new Histogram();
        double factor = BucketUnit.factor(metric, name);
        for (CounterIncrease.One part : parts) {
            histogram.add(bound(metric, part.labels()) * factor, part.amount());
        }
        if (histogram.isEmpty()) {
            return VariantSample.counts(Double.isNaN(metric.query().limit()) ? null : 0.0, 0.0);
        }
        if (histogram.fault() != null) {
            throw new Unbelievable(metric.id() + "'s histogram: " + histogram.fault());
        }
        String doubt = sparse ? null : BucketUnit.doubt(metric, name, histogram.highestBound());
        if (doubt != null) {
            return VariantSample.missing(doubt);
        }
        double limit = metric.query().limit();
        if (!sparse && !Double.isNaN(limit) && !(limit <= histogram.highestBound() * (1 + 1e-9))) {
            return VariantSample.missing(
                    "the limit " + limit + " " + metric.unit() + " lies above the histogram's highest bound "
                            + histogram.highestBound() + " " + metric.unit()
                            + ", so what exceeds it can't be counted; lower the limit or add a bucket");
        }
        Double above = Double.isNaN(limit) ? null : (Double) histogram.above(limit);
        return new VariantSample(above, histogram.total(), null, histogram, limit, null);
    }

    private static double bound(Metric metric, Map<String, String> labels) throws Unbelievable {
        String le = labels.getOrDefault("le", "");
        try {
            return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
        } catch (NumberFormatException e) {
            throw new Unbelievable(metric.id() + "'s histogram has a bucket without a bound (le=\"" + le
                    + "\"): query the series that ends in _bucket, and keep le in sum by (le)");
        }
    }
}
