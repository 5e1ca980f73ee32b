// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.oneshot;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.LevelText;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Samples;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.judge.rank.MannWhitney;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.judge.rank.Shift;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Values once: location by Mann and Whitney's test and its shift, then {@link OtherHarm}. */
final class ValueComparison {
    /** What a pass must have excluded where little is allowed, as a fraction of the level. */
    private static final double SUBSTANTIAL = 0.25;

    /** The median distance from the median times this is the standard deviation of normal values. */
    private static final double NORMAL_DEVIATION = 1.4826;

    private static final int FEWEST = 5;

    private final double alpha;
    private final MetricConfig m;

    ValueComparison(double alpha, MetricConfig m) {
        this.alpha = alpha;
        this.m = m;
    }

    MetricFinding judge(MetricLook look) {
        double[] c = SampleValues.sorted(look.canary());
        double[] b = SampleValues.sorted(look.baseline());
        if (c.length == 0 || b.length == 0) {
            return MetricFinding.nodata(
                    m, m.name() + ": the " + (c.length == 0 ? "canary" : "baseline") + " had no requests");
        }
        double level = Ranks.median(b);
        Map<Direction, MannWhitney> tests = new EnumMap<>(Direction.class);
        for (Direction d : m.worse().directions()) {
            boolean same = m.allow().isZero() && !tests.isEmpty();
            tests.put(d, same ? tests.get(Direction.UP) : atMargin(d, c, b, level));
        }
        ToDoubleFunction<Direction> oneSided =
                d -> d == Direction.UP ? tests.get(d).greater() : tests.get(d).less();
        double p = m.worse().p(oneSided);
        MannWhitney decisive = tests.get(Collections.min(tests.keySet(), Comparator.comparingDouble(oneSided)));
        double confidence = 1 - (m.worse() == Worse.EITHER ? 1 : 2) * alpha;
        Shift shift = Shift.of(c, b, confidence);
        OtherHarm other = p <= alpha ? null : OtherHarm.of(alpha, m, c, b, look);
        boolean few = c.length < m.minimum() || b.length < m.minimum() || !Double.isFinite(shift.lower());
        Verdict v = few
                ? Verdict.INCONCLUSIVE
                : p <= alpha || other != null ? Verdict.FAIL : unproven(shift, allowed(level), care(level, b));
        double unit = unit(level);
        double effect = shift.estimate() / unit;
        Interval interval = new Interval(shift.lower() / unit, shift.upper() / unit, confidence);
        String located = decisive.exact() ? "Mann-Whitney, exact" : "Mann-Whitney";
        String phrase = v == Verdict.FAIL && other != null
                ? other.found()
                : phrase(v, effect, level, p)
                        + (v == Verdict.INCONCLUSIVE ? ", needs about " + needed(c, b, interval) + " a side" : "");
        return new MetricFinding(
                m.id(),
                m.name(),
                v,
                other != null ? other.test() : located,
                decisive.u(),
                p,
                Double.NaN,
                effect,
                interval,
                Ranks.median(c),
                level,
                m.unit(),
                m.worse().sign() * allowed(level) / unit,
                new Samples(b.length, c.length),
                m.name() + " " + show(Ranks.median(c)) + " at the median of " + values(c) + " (baseline " + show(level)
                        + " of " + values(b) + "): " + phrase
                        + leftOut(look, c.length + b.length));
    }

    private MannWhitney atMargin(Direction d, double[] c, double[] b, double level) {
        Allow a = m.allow();
        if (a.isZero()) {
            return MannWhitney.of(c, b);
        }
        return a.relative() && m.kind() == MetricKind.LATENCY
                ? MannWhitney.of(c, b, d.ratio(a.value(), 0), 0)
                : MannWhitney.of(c, b, 1, d.along(a.at(level)));
    }

    /** The verdict where no test proves harm. */
    private Verdict unproven(Shift shift, double allowed, double care) {
        boolean beyond = m.worse().directions().stream()
                .map(shift::along)
                .anyMatch(s -> s.lower() > 0 && s.estimate() > allowed);
        if (beyond && allowed > 0) {
            return Verdict.MARGINAL;
        }
        boolean clear = m.worse().directions().stream().map(shift::along).allMatch(s -> s.upper() <= care);
        return clear ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    /** In the metric's unit. */
    private double allowed(double level) {
        return m.allow().at(level);
    }

    /** The shift that a pass must have excluded, in the metric's unit: allowed, substantial or within what the values vary. */
    private double care(double level, double[] baseline) {
        double deviation = NORMAL_DEVIATION * Ranks.median(Ranks.deviations(baseline));
        return Math.max(allowed(level), Math.max(SUBSTANTIAL * Math.abs(level), deviation));
    }

    /** What an effect is a multiple of: the level, or the metric's own unit. */
    private double unit(double level) {
        return relative(level) ? Math.abs(level) : 1;
    }

    private boolean relative(double level) {
        return m.kind() == MetricKind.LATENCY && level != 0;
    }

    private String phrase(Verdict v, double effect, double level, double p) {
        double size = Math.abs(effect);
        String shift = size == 0
                ? "no shift"
                : (relative(level) ? Quantity.percent(size) : show(size)) + (effect < 0 ? " lower" : " higher");
        String proof = shift + ", p = " + Quantity.number(p);
        return switch (v) {
            case FAIL -> "worse than the allowed " + LevelText.allowed(m) + ", " + proof;
            case PASS -> "no harm beyond the allowed " + LevelText.allowed(m) + " (" + proof + ")";
            case MARGINAL ->
                "worse, and by its estimate beyond the allowed " + LevelText.allowed(m) + ", not proven (" + proof
                        + ")";
            default -> "too little to tell (" + proof + ")";
        };
    }

    private static String leftOut(MetricLook look, int judged) {
        int gaps = look.canary().size() + look.baseline().size() - judged;
        return gaps == 0
                ? ""
                : "; " + gaps + (gaps == 1 ? " value that is" : " values that are") + " no finite number left out";
    }

    /** The interval narrows with the root of the samples; until it is as narrow as what matters. */
    private String needed(double[] c, double[] b, Interval i) {
        int few = Math.min(c.length, b.length);
        double atLeast = Math.max(1, Math.max(m.minimum(), FEWEST) - few);
        double level = Ranks.median(b);
        double care = care(level, b) / unit(level);
        double width = (i.upper() - i.lower()) / 2;
        boolean known = Double.isFinite(width) && care > 0;
        return Quantity.count(known ? Math.max(atLeast, few * (Math.pow(width / care, 2) - 1)) : atLeast, "more value");
    }

    private static String values(double[] side) {
        return Quantity.count(side.length, "value");
    }

    private String show(double v) {
        return Quantity.number(v) + (m.unit().isEmpty() ? "" : " " + m.unit());
    }
}
