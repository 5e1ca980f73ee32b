// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.Objects;

/**
 * How one metric is judged; made by {@link #builder}.
 *
 * @param id unique in a configuration
 * @param label what people call it
 * @param worse the direction that harms
 * @param margins how much harm counts
 * @param scoring what it counts for
 * @param evidence what its samples are, and how many are enough
 */
public record MetricConfig(
        String id, MetricKind kind, Label label, Worse worse, Margins margins, Scoring scoring, Evidence evidence) {

    /** Canary requests (rate, count) below which nothing is concluded. */
    public static final double DEFAULT_MINIMUM_REQUESTS = 50;

    /** Canary values (latency, gauge) below which nothing is concluded. */
    public static final double DEFAULT_MINIMUM_VALUES = 5;

    /** A rate's extra fraction of requests that is too small to care about. */
    public static final double DEFAULT_FLOOR_OF_A_RATE = 0.002;

    public static final double DEFAULT_WEIGHT = 1;

    /** What is allowed of a latency where nothing is said: two instances make that much. {@code Allow.absolute(0)} allows nothing. */
    public static final Allow DEFAULT_ALLOW_OF_A_LATENCY = Allow.percent(10);

    /** What a promotion excludes of a level, as a fraction of it, where neither a proof nor an allowance is given. */
    public static final Allow DEFAULT_PROOF_OF_VALUES = Allow.percent(25);

    /** The same of events: a doubling. */
    public static final Allow DEFAULT_PROOF_OF_EVENTS = Allow.percent(100);

    /**
     * What people call a metric.
     *
     * @param name its id where none is given
     * @param unit of its values, empty for none
     */
    public record Label(String name, String unit) {}

    /**
     * How much harm counts.
     *
     * @param allow practical margin: harm below it never stops a release
     * @param proof what a promotion must exclude (times the phase's multiplier): {@link Allow#NONE} takes {@code allow}, or
     *     when that is none too 25 % of a level and a doubling of a rate or count
     * @param floor for a rate, the extra fraction of requests that is too small to care about when proving absence of harm
     * @param objective the fraction of requests that the service promises to answer well: without an error for a rate, within the
     *     far limit for a latency; NaN for none
     */
    public record Margins(Allow allow, Allow proof, double floor, double objective) {}

    /**
     * What a metric counts for.
     *
     * @param critical a failure alone makes the score 0
     * @param muted shown but counted nowhere (shadow)
     * @param group for the score; empty for none
     * @param weight relative to the other metrics', not negative
     */
    public record Scoring(boolean critical, boolean muted, String group, double weight) {}

    /**
     * What a metric's samples are.
     *
     * @param minimum canary requests (rate, count) or values (latency, gauge) below which nothing is concluded
     * @param limit a fixed limit of the level for phases without a concurrent baseline, NaN for none
     * @param far what takes longer is too slow: the tail's limit, NaN for none
     * @param raw values are single requests or instances; false for a ready-made series (a mean or quantile a scrape), whose
     *     spread says how few requests stand behind it and is not judged
     */
    public record Evidence(double minimum, double limit, double far, boolean raw) {}

    /** @throws IllegalArgumentException naming the metric, the setting and its value when that is out of range */
    public MetricConfig {
        Objects.requireNonNull(id, "metric id");
        Objects.requireNonNull(kind, "metric kind of " + id);
        notNegative(id, "weight", scoring.weight());
        check(margins.floor() >= 0 && margins.floor() < 1, id, "floor must be a fraction of requests", margins.floor());
        notNegative(id, "minimum", evidence.minimum());
    }

    private static void notNegative(String id, String setting, double value) {
        check(value >= 0 && value < Double.POSITIVE_INFINITY, id, setting + " must not be negative", value);
    }

    private static void check(boolean ok, String id, String rule, double value) {
        if (!ok) {
            throw new IllegalArgumentException("metric " + id + ": " + rule + ", but is " + value);
        }
    }

    /** The default settings of a kind. */
    public static MetricConfig of(String id, MetricKind kind) {
        return builder(id, kind).build();
    }

    /** Begins with the default settings of a kind: higher is worse, nothing is allowed but a tenth of a latency. */
    public static Builder builder(String id, MetricKind kind) {
        return new Builder(id, kind);
    }

    /** Begins with these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** What people call it. */
    public String name() {
        return label.name();
    }

    /** Of its values, empty for none. */
    public String unit() {
        return label.unit();
    }

    /** Harm that never stops a release. */
    public Allow allow() {
        return margins.allow();
    }

    /** For a rate, the extra fraction of requests that is too small to care about. */
    public double floor() {
        return margins.floor();
    }

    /** The fraction of requests that the service promises to answer well, NaN for none. */
    public double objective() {
        return margins.objective();
    }

    /** Whether a failure alone makes the score 0. */
    public boolean critical() {
        return scoring.critical();
    }

    /** Whether it is shown but counted nowhere. */
    public boolean muted() {
        return scoring.muted();
    }

    /** For the score, empty for none. */
    public String group() {
        return scoring.group();
    }

    /** Relative to the other metrics'. */
    public double weight() {
        return scoring.weight();
    }

    /** Canary requests or values below which nothing is concluded. */
    public double minimum() {
        return evidence.minimum();
    }

    /** Of the level, for phases without a concurrent baseline; NaN for none. */
    public double limit() {
        return evidence.limit();
    }

    /** Whether values are single requests or instances. */
    public boolean raw() {
        return evidence.raw();
    }

    /**
     * The margin that a promotion excludes in a phase. Events are rare while the share is small: without a proof of its own, the
     * multiplier itself is their ratio, five times the baseline's, three times, twice, and then what is allowed.
     *
     * @param multiplier of the phase, see {@link JudgeConfig#multiplier}
     */
    public Allow promotionMargin(double multiplier) {
        Allow proof = margins.proof();
        if (!proof.isZero()) {
            return new Allow(multiplier * proof.value(), proof.relative());
        }
        Allow usual = counted() ? DEFAULT_PROOF_OF_EVENTS : DEFAULT_PROOF_OF_VALUES;
        Allow margin = allow().isZero() ? usual : allow();
        return counted() && margin.relative()
                ? new Allow(Math.max(margin.value(), multiplier - 1), true)
                : new Allow(multiplier * margin.value(), margin.relative());
    }

    /** Whether samples are counts of events rather than values. */
    public boolean counted() {
        return kind.counted();
    }

    /** Settings of a metric; what isn't set has its kind's default. */
    public static final class Builder {
        private final String id;
        private final MetricKind kind;
        private String name;
        private String unit = "";
        private Worse worse = Worse.HIGHER;
        private Allow allow = Allow.NONE;
        private Allow proof = Allow.NONE;
        private double floor;
        private double objective = Double.NaN;
        private boolean critical;
        private boolean muted;
        private String group = "";
        private double weight = DEFAULT_WEIGHT;
        private double minimum;
        private double limit = Double.NaN;
        private double far = Double.NaN;
        private boolean raw = true;

        private Builder(String id, MetricKind kind) {
            this.id = Objects.requireNonNull(id, "metric id");
            this.kind = Objects.requireNonNull(kind, "metric kind of " + id);
            name = id;
            floor = kind == MetricKind.RATE ? DEFAULT_FLOOR_OF_A_RATE : 0;
            minimum = kind.counted() ? DEFAULT_MINIMUM_REQUESTS : DEFAULT_MINIMUM_VALUES;
        }

        private Builder(MetricConfig m) {
            id = m.id;
            kind = m.kind;
            name = m.label.name();
            unit = m.label.unit();
            worse = m.worse;
            allow = m.margins.allow();
            proof = m.margins.proof();
            floor = m.margins.floor();
            objective = m.margins.objective();
            critical = m.scoring.critical();
            muted = m.scoring.muted();
            group = m.scoring.group();
            weight = m.scoring.weight();
            minimum = m.evidence.minimum();
            limit = m.evidence.limit();
            far = m.evidence.far();
            raw = m.evidence.raw();
        }

        /** What people call it; null for its id. */
        public Builder name(String v) {
            name = v == null ? id : v;
            return this;
        }

        /** Of its values; null for none. */
        public Builder unit(String v) {
            unit = v == null ? "" : v;
            return this;
        }

        /** The direction that harms. */
        public Builder worse(Worse v) {
            worse = v;
            return this;
        }

        /** Harm that never stops a release; {@link Allow#NONE} leaves it to the kind. */
        public Builder allow(Allow v) {
            allow = v;
            return this;
        }

        /** Harm that a promotion excludes, times the phase's multiplier. */
        public Builder proof(Allow v) {
            proof = v;
            return this;
        }

        /** For a rate: the extra fraction of requests, 0 to below 1, that is too small to care about. */
        public Builder floor(double v) {
            floor = v;
            return this;
        }

        /** The fraction of requests, 0 to 1, that the service promises to answer well; NaN for none. */
        public Builder objective(double v) {
            objective = v;
            return this;
        }

        /** Whether a failure alone makes the score 0. */
        public Builder critical(boolean v) {
            critical = v;
            return this;
        }

        /** Whether it is shown but counted nowhere. */
        public Builder muted(boolean v) {
            muted = v;
            return this;
        }

        /** For the score; null for none. */
        public Builder group(String v) {
            group = v == null ? "" : v;
            return this;
        }

        /** Relative to the other metrics', not negative. */
        public Builder weight(double v) {
            weight = v;
            return this;
        }

        /** Canary requests (rate, count) or values (latency, gauge) below which nothing is concluded. */
        public Builder minimum(double v) {
            minimum = v;
            return this;
        }

        /** Of the level, in its unit, for phases without a concurrent baseline; NaN for none. */
        public Builder limit(double v) {
            limit = v;
            return this;
        }

        /** What takes longer is too slow, in its unit; NaN for none. */
        public Builder far(double v) {
            far = v;
            return this;
        }

        /** Whether values are single requests or instances rather than a ready-made series. */
        public Builder raw(boolean v) {
            raw = v;
            return this;
        }

        /** @throws IllegalArgumentException naming the metric, the setting and its value when that is out of range */
        public MetricConfig build() {
            boolean silent = kind == MetricKind.LATENCY && allow.equals(Allow.NONE);
            Allow excluded = silent && proof.isZero() ? DEFAULT_PROOF_OF_VALUES : proof;
            return new MetricConfig(
                    id,
                    kind,
                    new Label(name, unit),
                    worse,
                    new Margins(silent ? DEFAULT_ALLOW_OF_A_LATENCY : allow, excluded, floor, objective),
                    new Scoring(critical, muted, group, weight),
                    new Evidence(minimum, limit, far, raw));
        }
    }
}
