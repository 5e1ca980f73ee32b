// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.text.NamedQuantile;
import java.time.Duration;
import java.util.Map;

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
    /** What a limit of a latency is held against where neither it nor the metric's name speaks of a quantile. */
    private static final double USUAL = 0.99;

    /** The quantile that the name, or else the id, speaks of, a fraction: 0.95 of "p95 latency"; NaN for none and for several. */
    public double promised() {
        return NamedQuantile.of(NamedQuantile.all(name).isEmpty() ? id : name);
    }

    /** The quantile that a number of a latency is where nobody says which: the name's, else 0.99. */
    public double tail() {
        double promised = promised();
        return Double.isNaN(promised) ? USUAL : promised;
    }

    /**
     * What a number of the metric is called: "p95 of latency", and never by a name that speaks of another quantile.
     *
     * @param quantile that the number is, a fraction; NaN for none
     */
    public String spoken(double quantile) {
        String own = name == null || name.isEmpty() ? id : name;
        if (kind != Kind.LATENCY || Double.compare(promised(), quantile) == 0) {
            return own;
        }
        boolean other = !NamedQuantile.all(own).isEmpty() || NamedQuantile.saysAverage(own);
        String of = !other ? own : NamedQuantile.all(id).isEmpty() ? id : "requests' durations";
        return Double.isNaN(quantile) ? of : ThresholdTerms.quantileName(quantile) + " of " + of;
    }

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
     *
     * @param bucketUnit of the histogram's bounds, where its name doesn't say it, or says it wrongly; empty where the name does
     * @param at where the queries stand in the file, by key; what stands nowhere has no entry
     */
    public record Query(
            String errors,
            String total,
            String histogram,
            String values,
            double limit,
            String bucketUnit,
            Map<String, Position> at) {
        public Query {
            at = Map.copyOf(at);
        }

        /** Queries that stand in no file, with the unit that the histogram's name says. */
        public Query(String errors, String total, String histogram, String values, double limit) {
            this(errors, total, histogram, values, limit, "", Map.of());
        }
    }

    /** A service level objective: {@code target} as a fraction (0.99), over {@code period}. Null where none is set. */
    public record Objective(double target, Duration period) {}
}
