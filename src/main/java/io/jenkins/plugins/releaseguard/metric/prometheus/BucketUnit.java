// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.promql.MetricName;
import io.jenkins.plugins.releaseguard.text.Quantity;

/**
 * Between the unit of a histogram's bounds and the metric's. The bounds are in what the contract declares ({@code bucketUnit}), else in
 * what the name ends in, else in the metric's own unit: nothing is guessed.
 */
final class BucketUnit {
    private static final double LEAST = 0.05;
    private static final double MOST = 600;

    private BucketUnit() {}

    /** The unit of the bounds; empty where nothing tells one. */
    static String of(Metric metric, String name) {
        String declared = metric.query().bucketUnit();
        String named = MetricName.of(name).unit();
        return !declared.isEmpty() ? declared : !named.isEmpty() ? named : metric.unit() == null ? "" : metric.unit();
    }

    /**
     * Why the metric's unit can hardly be the bounds' too, where nothing else tells theirs: requests aren't all done in 50 ms by
     * what whoever chose the bounds expected, nor do any take ten minutes. Null for no doubt.
     *
     * @param highest finite bound, in the metric's unit
     */
    static String doubt(Metric metric, String name, double highest) {
        boolean told = !metric.query().bucketUnit().isEmpty()
                || !MetricName.of(name).unit().isEmpty();
        double seconds = highest * MetricName.seconds(metric.unit());
        if (told || Double.isNaN(seconds) || seconds >= LEAST && seconds <= MOST) {
            return null;
        }
        return "the histogram's highest bound would be " + Quantity.number(highest) + ' ' + metric.unit()
                + ", which is unlikely, and its name doesn't tell the unit; say the bounds' own with bucketUnit: "
                + (seconds < LEAST ? "s" : "ms");
    }

    /** What a bound is multiplied by to be in the metric's unit. A unit that isn't time is the buckets' own. */
    static double factor(Metric metric, String name) {
        double own = MetricName.seconds(metric.unit());
        double bounds = MetricName.seconds(of(metric, name));
        return Double.isNaN(own) || Double.isNaN(bounds) ? 1 : bounds / own;
    }
}
