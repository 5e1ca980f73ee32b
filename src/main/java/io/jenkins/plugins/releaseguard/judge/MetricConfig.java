// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.Objects;

/**
 * How one metric is judged.
 *
 * @param allow practical margin: harm below it never stops a release
 * @param proof what a promotion must exclude (times the phase's multiplier): {@link Allow#NONE} takes {@code allow}, or
 *     when that is none too 25 % of a level and a doubling of a rate or count
 * @param floor for a rate, the extra fraction of requests that is too small to care about when proving absence of harm
 * @param minimum canary requests (rate, count) or values (latency, gauge) below which nothing is concluded
 * @param limit a fixed limit of the level for phases without a concurrent baseline, NaN for none
 * @param raw values are single requests or instances; false for a ready-made series (a mean or quantile a scrape), whose
 *     spread says how few requests stand behind it and is not judged
 * @param critical a failure alone makes the score 0
 * @param muted shown but counted nowhere (shadow)
 * @param group for the score; never null, empty for none
 */
public record MetricConfig(
        String id,
        String name,
        MetricKind kind,
        String unit,
        Worse worse,
        Allow allow,
        Allow proof,
        double floor,
        boolean critical,
        boolean muted,
        String group,
        double weight,
        double minimum,
        double limit,
        boolean raw) {

    private static final Allow USUAL_PROOF = Allow.percent(25);
    private static final Allow USUAL_PROOF_OF_EVENTS = Allow.percent(100);

    public MetricConfig {
        Objects.requireNonNull(id, "metric id");
        Objects.requireNonNull(kind, "metric kind of " + id);
        name = name == null ? id : name;
        unit = unit == null ? "" : unit;
        worse = worse == null ? Worse.HIGHER : worse;
        allow = allow == null ? Allow.NONE : allow;
        proof = proof == null ? Allow.NONE : proof;
        group = group == null ? "" : group;
        check(weight >= 0 && weight < Double.POSITIVE_INFINITY, id, "weight must not be negative", weight);
        check(floor >= 0 && floor < 1, id, "floor must be a fraction of requests", floor);
        check(minimum >= 0 && minimum < Double.POSITIVE_INFINITY, id, "minimum must not be negative", minimum);
    }

    private static void check(boolean ok, String id, String rule, double value) {
        if (!ok) {
            throw new IllegalArgumentException("metric " + id + ": " + rule + ", but is " + value);
        }
    }

    /** The usual settings of a kind. */
    public static MetricConfig of(String id, MetricKind kind) {
        boolean counted = kind == MetricKind.RATE || kind == MetricKind.COUNT;
        double floor = kind == MetricKind.RATE ? 0.001 : 0;
        return new MetricConfig(
                id,
                id,
                kind,
                "",
                Worse.HIGHER,
                Allow.NONE,
                Allow.NONE,
                floor,
                false,
                false,
                "",
                1,
                counted ? 50 : 5,
                Double.NaN,
                true);
    }

    public MetricConfig withName(String v) {
        return with(v, unit, worse, allow, proof, floor, critical, muted, group, weight, minimum, limit, raw);
    }

    public MetricConfig withUnit(String v) {
        return with(name, v, worse, allow, proof, floor, critical, muted, group, weight, minimum, limit, raw);
    }

    public MetricConfig withWorse(Worse v) {
        return with(name, unit, v, allow, proof, floor, critical, muted, group, weight, minimum, limit, raw);
    }

    public MetricConfig withAllow(Allow v) {
        return with(name, unit, worse, v, proof, floor, critical, muted, group, weight, minimum, limit, raw);
    }

    public MetricConfig withProof(Allow v) {
        return with(name, unit, worse, allow, v, floor, critical, muted, group, weight, minimum, limit, raw);
    }

    public MetricConfig withFloor(double v) {
        return with(name, unit, worse, allow, proof, v, critical, muted, group, weight, minimum, limit, raw);
    }

    public MetricConfig withCritical(boolean v) {
        return with(name, unit, worse, allow, proof, floor, v, muted, group, weight, minimum, limit, raw);
    }

    public MetricConfig withMuted(boolean v) {
        return with(name, unit, worse, allow, proof, floor, critical, v, group, weight, minimum, limit, raw);
    }

    public MetricConfig withGroup(String v) {
        return with(name, unit, worse, allow, proof, floor, critical, muted, v, weight, minimum, limit, raw);
    }

    public MetricConfig withWeight(double v) {
        return with(name, unit, worse, allow, proof, floor, critical, muted, group, v, minimum, limit, raw);
    }

    public MetricConfig withMinimum(double v) {
        return with(name, unit, worse, allow, proof, floor, critical, muted, group, weight, v, limit, raw);
    }

    public MetricConfig withLimit(double v) {
        return with(name, unit, worse, allow, proof, floor, critical, muted, group, weight, minimum, v, raw);
    }

    public MetricConfig withRaw(boolean v) {
        return with(name, unit, worse, allow, proof, floor, critical, muted, group, weight, minimum, limit, v);
    }

    /**
     * The margin that a promotion excludes in a phase. Events are rare while the share is small: without a proof of its own, the
     * multiplier itself is their ratio, five times the baseline's, three times, twice, and then what is allowed.
     */
    public Allow promotionMargin(double multiplier) {
        if (!proof.isZero()) {
            return new Allow(multiplier * proof.value(), proof.relative());
        }
        Allow margin = !allow.isZero() ? allow : counted() ? USUAL_PROOF_OF_EVENTS : USUAL_PROOF;
        return counted() && margin.relative()
                ? new Allow(Math.max(margin.value(), multiplier - 1), true)
                : new Allow(multiplier * margin.value(), margin.relative());
    }

    public boolean counted() {
        return kind == MetricKind.RATE || kind == MetricKind.COUNT;
    }

    private MetricConfig with(
            String name,
            String unit,
            Worse worse,
            Allow allow,
            Allow proof,
            double floor,
            boolean critical,
            boolean muted,
            String group,
            double weight,
            double minimum,
            double limit,
            boolean raw) {
        return new MetricConfig(
                id, name, kind, unit, worse, allow, proof, floor, critical, muted, group, weight, minimum, limit, raw);
    }
}
