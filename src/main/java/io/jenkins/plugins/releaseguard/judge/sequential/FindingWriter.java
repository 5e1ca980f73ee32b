// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Numbers;
import io.jenkins.plugins.releaseguard.judge.Samples;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;

/** Puts a metric's state into a finding with its sentence. */
final class FindingWriter {
    private final JudgeConfig c;
    private final MetricConfig m;
    private final MetricState s;
    private final WatchState watch;
    private final double e;

    private FindingWriter(JudgeConfig c, MetricConfig m, MetricState s, WatchState watch, double e) {
        this.c = c;
        this.m = m;
        this.s = s;
        this.watch = watch;
        this.e = e;
    }

    static MetricFinding of(JudgeConfig c, MetricConfig m, MetricState s, WatchState watch, double e) {
        return new FindingWriter(c, m, s, watch, e).finding();
    }

    private MetricFinding finding() {
        EProcess.Sums sums = s.main().sums();
        Samples samples = new Samples(sums.baselineExposure(), sums.canaryExposure());
        double canary = sums.canaryLevel();
        double baseline = sums.baselineLevel();
        boolean compared = c.compares(watch.phase());
        double effect = effect(sums);
        double scale = m.kind() == MetricKind.GAUGE ? Math.abs(baseline) : 1;
        Interval relative = compared && s.main().ladder() != null
                ? ConfidenceSequence.interval(s.main().ladder(), c.alpha())
                : null;
        Interval interval = relative == null
                ? null
                : new Interval(relative.lower() * scale, relative.upper() * scale, relative.level());
        Verdict verdict = compared ? compared(sums) : alone(canary, sums);
        return new MetricFinding(
                m.id(),
                m.name(),
                verdict,
                compared ? test() : "fixed limit",
                sums.zVariance() > 0 ? sums.z() / Math.sqrt(sums.zVariance()) : Double.NaN,
                compared ? Math.min(1, 1 / s.highest()) : Double.NaN,
                e,
                compared ? effect : Double.NaN,
                interval,
                canary,
                baseline,
                m.unit(),
                compared ? stopLimit(baseline) : m.limit(),
                samples,
                reason(verdict, canary, baseline, effect, compared, sums));
    }

    private String test() {
        return m.counted() ? "betting e-process on c/n" : "betting e-process on stratified U";
    }

    private double effect(EProcess.Sums sums) {
        if (!(sums.den() > 0)) {
            return sums.num() > 0
                    ? Double.POSITIVE_INFINITY
                    : m.counted() && sums.canaryExposure() > 0 ? 0 : Double.NaN;
        }
        return m.counted() ? sums.num() / sums.den() - 1 : sums.num() / sums.den();
    }

    /** The allowed effect in the effect's unit. */
    private double stopLimit(double baseline) {
        Allow a = m.allow();
        double sign = m.worse() == Worse.LOWER ? -1 : 1;
        if (m.kind() == MetricKind.GAUGE) {
            return sign * (a.isZero() ? 0 : a.at(baseline));
        }
        return sign * (a.relative() || a.isZero() ? a.value() : a.value() / Math.abs(baseline));
    }

    private Verdict compared(EProcess.Sums sums) {
        if (s.missing() != null) {
            return Verdict.NODATA;
        }
        if (e >= 1 / c.alpha()) {
            return Verdict.FAIL;
        }
        return enough(sums) && MetricWatch.proven(s) >= 1 / c.promoteAlpha() ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    private boolean enough(EProcess.Sums sums) {
        return sums.canaryExposure() >= m.minimum();
    }

    /** Without a concurrent baseline only a fixed limit can be held. */
    private Verdict alone(double canary, EProcess.Sums sums) {
        if (s.missing() != null) {
            return Verdict.NODATA;
        }
        if (Double.isNaN(m.limit()) || !enough(sums) || Double.isNaN(canary)) {
            return Verdict.INCONCLUSIVE;
        }
        boolean over = m.worse() == Worse.LOWER ? canary < m.limit() : canary > m.limit();
        return over ? Verdict.FAIL : Verdict.PASS;
    }

    private String reason(
            Verdict verdict, double canary, double baseline, double effect, boolean compared, EProcess.Sums sums) {
        String levels = m.name() + " " + level(canary)
                + (m.counted() ? "" : " at the median")
                + (compared ? " (baseline " + level(baseline) + ")" : "");
        if (verdict == Verdict.NODATA) {
            return m.name() + ": " + s.missing();
        }
        if (!compared) {
            return levels
                    + switch (verdict) {
                        case FAIL -> " breaks its limit of " + level(m.limit());
                        case PASS -> " keeps its limit of " + level(m.limit());
                        default ->
                            Double.isNaN(m.limit())
                                    ? ": no concurrent baseline at this share and no fixed limit"
                                    : ": " + Numbers.plural(m.minimum() - sums.canaryExposure(), "more sample")
                                            + " needed";
                    };
        }
        String found = effectText(effect);
        return levels
                + switch (verdict) {
                    case FAIL ->
                        ": " + found + ", worse than the allowed " + allowText() + part() + "; evidence e = "
                                + Numbers.show(e) + ", the bar is " + Numbers.show(1 / c.alpha());
                    case PASS ->
                        ": " + found + ", harm of " + marginText() + " is excluded (e = "
                                + Numbers.show(MetricWatch.proven(s)) + " of " + Numbers.show(1 / c.promoteAlpha())
                                + ")";
                    default ->
                        !enough(sums)
                                ? ": "
                                        + Numbers.plural(m.minimum() - sums.canaryExposure(), "more canary sample")
                                        + " before anything is concluded"
                                : ": " + found + ", harm e = " + Numbers.show(e) + " of " + Numbers.show(1 / c.alpha())
                                        + ", absence of " + marginText() + " e = "
                                        + Numbers.show(MetricWatch.proven(s)) + " of "
                                        + Numbers.show(1 / c.promoteAlpha());
                };
    }

    private String part() {
        if (m.counted()) {
            return "";
        }
        int planned = Math.max(1, c.comparedPhases());
        double main = 2 * s.main().e(planned, watch.started());
        double spread = s.spread().e(planned, watch.started());
        double tail = s.tail().e(planned, watch.started());
        return main >= Math.max(spread, tail) ? " (location)" : spread >= tail ? " (spread)" : " (tail)";
    }

    private String effectText(double effect) {
        if (m.kind() == MetricKind.GAUGE) {
            return "shift " + Numbers.show(effect) + unit();
        }
        return Double.isFinite(effect)
                ? (effect >= 0 ? "+" : "") + Numbers.percent(effect)
                : "no event on the baseline";
    }

    private String allowText() {
        Allow a = m.allow();
        if (a.isZero()) {
            return "nothing";
        }
        if (a.relative()) {
            return Numbers.percent(a.value());
        }
        return m.kind() == MetricKind.RATE
                ? Numbers.show(100 * a.value()) + " percentage points"
                : Numbers.show(a.value()) + unit();
    }

    private String marginText() {
        return margin(m, c.multiplier(watch.phase()));
    }

    /** What a promotion excludes in a phase, signed. */
    static String margin(MetricConfig m, double multiplier) {
        Allow a = m.promotionMargin(multiplier);
        String sign = m.worse() == Worse.LOWER ? "-" : m.worse() == Worse.EITHER ? "±" : "+";
        if (a.relative()) {
            return sign + Numbers.percent(a.value());
        }
        return sign
                + (m.kind() == MetricKind.RATE
                        ? Numbers.show(100 * a.value()) + " percentage points"
                        : level(m, a.value()));
    }

    private String level(double v) {
        return level(m, v);
    }

    private static String level(MetricConfig m, double v) {
        if (m.kind() == MetricKind.RATE) {
            return Double.isNaN(v) ? "unknown" : Numbers.percent(v);
        }
        return Numbers.show(v) + unit(m);
    }

    private String unit() {
        return unit(m);
    }

    private static String unit(MetricConfig m) {
        return m.unit().isEmpty() ? "" : " " + m.unit();
    }
}
