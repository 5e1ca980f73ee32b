// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.List;

/**
 * What a trigger's number is of: the time that was looked at, and the values that it is the mean of.
 *
 * @param values 0 where it is no mean: a rate, a quantile of a histogram, a number of events
 */
public record Extent(Duration covered, int values) {
    static final Extent NONE = new Extent(Duration.ZERO, 0);

    static Extent of(Duration covered, Event.Sample sample, boolean canary, boolean mean) {
        List<Double> values = canary ? sample.canaryValues() : sample.baselineValues();
        boolean known = mean && values != null;
        return new Extent(
                covered,
                known
                        ? (int) values.stream()
                                .filter(v -> v != null && Double.isFinite(v))
                                .count()
                        : 0);
    }

    /** " at the mean of 4 values over 10 s"; what is unknown is left out. */
    String text() {
        return mean() + over();
    }

    /** " at the mean of 4 values"; empty where it is none. */
    String mean() {
        return values == 0 ? "" : values == 1 ? " in one value" : " at the mean of " + Quantity.count(values, "value");
    }

    /** " over 10 s". */
    private String over() {
        return covered.isZero() ? "" : " over " + Span.text(covered);
    }
}
