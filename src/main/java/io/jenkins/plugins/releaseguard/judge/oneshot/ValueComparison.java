// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.oneshot;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Numbers;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Samples;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.judge.rank.MannWhitney;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.judge.rank.Shift;
import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.inference.OneWayAnova;

/**
 * Values once: location first; then, each at a fifth of alpha, spread (Brown and Forsythe, JASA 69, 1974), the share of values
 * that are not zero (Fisher's exact test) and the tail's counts.
 */
public final class ValueComparison {
    private static final double SIDE = 0.2;
    private static final double WIDER = 1.25;
    private static final double SUBSTANTIAL = 0.25;

    private final double alpha;
    private final MetricConfig m;

    public ValueComparison(double alpha, MetricConfig m) {
        this.alpha = alpha;
        this.m = m;
    }

    public MetricFinding judge(MetricLook look) {
        double[] c = SampleValues.sorted(look.canary());
        double[] b = SampleValues.sorted(look.baseline());
        if (c.length == 0 || b.length == 0) {
            return MetricFinding.nodata(
                    m, m.name() + ": the " + (c.length == 0 ? "canary" : "baseline") + " had no requests");
        }
        double level = Ranks.median(b);
        MannWhitney moved = atMargin(c, b, level, true);
        boolean oneTest = m.worse() == Worse.HIGHER || m.allow().isZero();
        MannWhitney movedDown = oneTest ? moved : atMargin(c, b, level, false);
        double p =
                switch (m.worse()) {
                    case HIGHER -> moved.greater();
                    case LOWER -> movedDown.less();
                    case EITHER ->
                        m.allow().isZero()
                                ? moved.twoSided()
                                : Math.min(1, 2 * Math.min(moved.greater(), movedDown.less()));
                };
        Shift shift = Shift.of(c, b, 1 - (m.worse() == Worse.EITHER ? 1 : 2) * alpha);
        String other = p <= alpha ? null : otherHarm(c, b, look);
        Verdict v = verdict(c, b, p, shift, level, other);
        double unit = relative(level) ? Math.abs(level) : 1;
        boolean exact = moved.exact();
        Interval interval = new Interval(
                shift.lower() / unit, shift.upper() / unit, 1 - (m.worse() == Worse.EITHER ? 1 : 2) * alpha);
        double effect = shift.estimate() / unit;
        return new MetricFinding(
                m.id(),
                m.name(),
                v,
                other != null ? other.substring(0, other.indexOf(':')) : exact ? "Mann-Whitney, exact" : "Mann-Whitney",
                moved.u(),
                p,
                Double.NaN,
                effect,
                interval,
                Ranks.median(c),
                level,
                m.unit(),
                (m.worse() == Worse.LOWER ? -1 : 1) * m.allow().at(level) / unit,
                new Samples(b.length, c.length),
                reason(v, c, b, p, interval, effect, other, look));
    }

    private boolean relative(double level) {
        return m.kind() == MetricKind.LATENCY && level != 0;
    }

    private MannWhitney atMargin(double[] c, double[] b, double level, boolean up) {
        Allow a = m.allow();
        if (a.isZero()) {
            return MannWhitney.of(c, b);
        }
        if (a.relative() && m.kind() == MetricKind.LATENCY) {
            return MannWhitney.of(c, b, up ? 1 + a.value() : Math.max(0, 1 - a.value()), 0);
        }
        return MannWhitney.of(c, b, 1, (up ? 1 : -1) * a.at(level));
    }

    private Verdict verdict(double[] c, double[] b, double p, Shift shift, double level, String other) {
        if (c.length < m.minimum() || b.length < m.minimum() || !Double.isFinite(shift.lower())) {
            return Verdict.INCONCLUSIVE;
        }
        if (p <= alpha || other != null) {
            return Verdict.FAIL;
        }
        double allowed = m.allow().at(level);
        double care = Math.max(allowed, Math.max(SUBSTANTIAL * Math.abs(level), deviation(b)));
        boolean worseUp = m.worse() != Worse.LOWER;
        boolean worseDown = m.worse() != Worse.HIGHER;
        boolean beyond = worseUp && shift.lower() > 0 && shift.estimate() > allowed
                || worseDown && shift.upper() < 0 && shift.estimate() < -allowed;
        if (beyond && allowed > 0) {
            return Verdict.MARGINAL;
        }
        boolean clear = (!worseUp || shift.upper() <= care) && (!worseDown || shift.lower() >= -care);
        return clear ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    /** A robust standard deviation: 1.4826 times the median distance from the median. */
    private static double deviation(double[] sorted) {
        return 1.4826 * Ranks.median(Ranks.deviations(sorted));
    }

    /** Harm that the location does not show, as "test: what it found", or null. */
    private String otherHarm(double[] c, double[] b, MetricLook look) {
        String spread = m.raw() ? spread(c, b) : null;
        if (spread != null) {
            return spread;
        }
        String zeros = m.worse() == Worse.LOWER ? null : zeros(c, b);
        return zeros != null ? zeros : tail(look);
    }

    private String spread(double[] c, double[] b) {
        double[] dc = Ranks.deviations(c);
        double[] db = Ranks.deviations(b);
        double mc = Arrays.stream(dc).average().orElse(0);
        double mb = Arrays.stream(db).average().orElse(0);
        double ratio = Ranks.median(c) / Ranks.median(b);
        double scaled = ratio > 0 && Double.isFinite(ratio) ? Math.max(mb, mb * ratio) : mb;
        double allowed = WIDER + (m.allow().relative() ? m.allow().value() : 0);
        if (!(mc > allowed * scaled) || c.length < 5 || b.length < 5) {
            return null;
        }
        double p = mb == 0 && dc[0] == dc[dc.length - 1]
                ? 0
                : OneWayAnova.withDefaults().test(Arrays.asList(dc, db)).getPValue() / 2;
        return p <= SIDE * alpha
                ? "Brown-Forsythe: the canary's values spread " + Numbers.show(mc / mb) + " times as wide, p = "
                        + Numbers.show(p)
                : null;
    }

    /** Mostly zeros on the baseline: how often is a value not zero? */
    private String zeros(double[] c, double[] b) {
        int cz = zeroCount(c);
        int bz = zeroCount(b);
        if (b[0] < 0 || c[0] < 0 || bz < 0.5 * b.length) {
            return null;
        }
        int[][] table = {{c.length - cz, cz}, {b.length - bz, bz}};
        double p = FisherExactTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(table)
                .getPValue();
        double[] positive = Arrays.copyOfRange(c, cz, c.length);
        return p <= SIDE * alpha && positive.length > 0
                ? "Fisher's exact: " + (c.length - cz) + " of " + c.length + " canary values are not zero, baseline "
                        + (b.length - bz) + " of " + b.length + ", p = " + Numbers.show(p)
                : null;
    }

    private static int zeroCount(double[] sorted) {
        return (int) Arrays.stream(sorted).filter(v -> v == 0).count();
    }

    private String tail(MetricLook look) {
        if (look.canaryTail() == null || look.baselineTail() == null) {
            return null;
        }
        MetricConfig rate =
                MetricConfig.of(m.id(), MetricKind.RATE).withAllow(m.allow().relative() ? m.allow() : Allow.NONE);
        MetricFinding f =
                new EventComparison(SIDE * alpha, rate).judge(look.canaryTail(), look.baselineTail(), Double.NaN);
        return f.verdict() == Verdict.FAIL
                ? "tail counts: " + Numbers.percent(f.canary())
                        + " of the canary's requests lie above the tail's limit, " + "baseline "
                        + Numbers.percent(f.baseline()) + ", p = " + Numbers.show(f.p())
                : null;
    }

    private String reason(
            Verdict v, double[] c, double[] b, double p, Interval i, double effect, String other, MetricLook look) {
        int gaps = look.canary().size() - c.length + look.baseline().size() - b.length;
        String left = gaps == 0
                ? ""
                : "; " + gaps + (gaps == 1 ? " value that is" : " values that are") + " no finite number left out";
        String levels = m.name() + " median " + show(Ranks.median(c)) + " (baseline " + show(Ranks.median(b)) + "): ";
        double size = Math.abs(effect);
        String shift = size == 0
                ? "no shift"
                : (relative(Ranks.median(b)) ? Numbers.percent(size) : show(size))
                        + (effect < 0 ? " lower" : " higher");
        return levels
                + switch (v) {
                    case FAIL ->
                        other != null
                                ? other.substring(other.indexOf(':') + 2)
                                : "worse than the allowed " + m.allow() + ", " + shift + ", p = " + Numbers.show(p);
                    case PASS ->
                        "no harm beyond the allowed " + m.allow() + " (" + shift + ", p = " + Numbers.show(p) + ")";
                    case MARGINAL ->
                        "worse, and by its estimate beyond the allowed " + m.allow() + ", not proven (" + shift
                                + ", p = " + Numbers.show(p) + ")";
                    default ->
                        "too little to tell (" + shift + ", p = " + Numbers.show(p) + "), needs about "
                                + Numbers.plural(needed(c, b, i), "more value") + " a side";
                }
                + left;
    }

    /** The interval narrows with the root of the samples; until it is as narrow as what matters. */
    private double needed(double[] c, double[] b, Interval i) {
        int few = Math.min(c.length, b.length);
        double atLeast = Math.max(1, Math.max(m.minimum(), 5) - few);
        double level = Ranks.median(b);
        double unit = relative(level) ? Math.abs(level) : 1;
        double care = Math.max(m.allow().at(level), Math.max(SUBSTANTIAL * Math.abs(level), deviation(b))) / unit;
        double width = (i.upper() - i.lower()) / 2;
        return Double.isFinite(width) && care > 0 ? Math.max(atLeast, few * (Math.pow(width / care, 2) - 1)) : atLeast;
    }

    private String show(double v) {
        return Numbers.show(v) + (m.unit().isEmpty() ? "" : " " + m.unit());
    }
}
