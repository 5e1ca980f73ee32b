// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.text.Quantity;

/**
 * The harm of one metric that a phase must exclude before it may be left by proof.
 *
 * @param multiplier of the phase's margins
 */
record Excluded(MetricConfig metric, MetricHabit habit, double multiplier) {
    private static final double DAY = 86_400;

    /** Of a rate the larger one of its margin and the extra rate that nobody cares about, as the judge takes it. */
    Allow margin() {
        Allow margin = metric.promotionMargin(multiplier);
        double extra = metric.kind() == MetricKind.RATE ? multiplier * metric.floor() : 0;
        return margin.relative() && extra > margin.at(habit.level().value()) ? Allow.absolute(extra) : margin;
    }

    /** Whether the buckets at the level are too wide for it. */
    boolean hidden() {
        Allow margin = margin();
        ValueShape shape = habit.shape();
        return shape != null && !shape.bounds().isEmpty() && margin.relative() && !shape.shows(margin.value());
    }

    /** As in "a doubling of the errors", "0.6 percentage points of errors more", "+25 % at the median". */
    String words() {
        Allow margin = margin();
        if (!metric.counted()) {
            return margin.relative()
                    ? "+" + percent(margin.value()) + " at the median"
                    : "+" + Quantity.text(margin.value(), metric.unit()) + " at the median";
        }
        String what = metric.kind() == MetricKind.RATE ? "errors" : "events";
        if (!margin.relative()) {
            return points(margin.value()) + " of " + what + " more";
        }
        return margin.value() == 1
                ? "a doubling of the " + what
                : Quantity.number(1 + margin.value(), 3) + " times the " + what;
    }

    /** What would go unseen with all traffic, in numbers: " (864 more failed requests a day)"; empty where it isn't counted in them. */
    String daily(double requests) {
        double level = habit.level().value();
        double more = margin().at(level) * requests * DAY;
        return metric.kind() == MetricKind.RATE && more > 0
                ? " (up to " + Quantity.whole(more) + " more failed requests a day)"
                : "";
    }

    /** A share of requests beyond another. */
    static String points(double share) {
        String number = Quantity.number(100 * share, 2);
        return number + (number.equals("1") ? " percentage point" : " percentage points");
    }

    private static String percent(double fraction) {
        return Quantity.percent(fraction, 3);
    }
}
