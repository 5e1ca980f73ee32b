// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;

/** A metric that is watched during the release. */
@Beta
public record Metric(
        String id,
        String name,
        Kind kind,
        String unit,
        String source,
        Worse worse,
        boolean critical,
        boolean muted,
        String group,
        double weight,
        Margin allow,
        Query query,
        Objective objective,
        Position at) {
    /** What the numbers are. */
    public enum Kind {
        RATE,
        LATENCY,
        GAUGE,
        COUNT
    }

    /** Which direction is harm. */
    public enum Worse {
        HIGHER,
        LOWER,
        EITHER
    }

    /**
     * What the source is asked; {@code $track} and {@code $window} are filled at each look. A rate has {@code errors}
     * and
     * {@code total}; a latency {@code histogram} (cumulative buckets by {@code le}, in seconds unless the unit says
     * otherwise) with the tail's {@code limit} in the metric's unit, or {@code values}; gauge and count {@code values}.
     * What isn't given is empty, the limit NaN.
     */
    public record Query(String errors, String total, String histogram, String values, double limit) {}

    /** A service level objective: {@code target} as a fraction (0.99), over {@code period}. Null where none is set. */
    public record Objective(double target, Duration period) {}
}
