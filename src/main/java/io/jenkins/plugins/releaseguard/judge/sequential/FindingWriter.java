// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Samples;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;

/** Puts a metric's state into a finding: its verdict and the numbers behind it. */
final class FindingWriter {
    private final JudgeConfig c;
    private final MetricConfig m;
    private final MetricState s;
    private final PhaseSums sums;
    private final BudgetRule budget;

    private FindingWriter(BudgetRule budget, JudgeConfig c, MetricConfig m, MetricState s) {
        this.budget = budget;
        this.c = c;
        this.m = m;
        this.s = s;
        this.sums = s.main().seen();
    }

    /**
     * Of one metric.
     *
     * @param budget what the next phase can cost
     * @param e the metric's evidence of harm
     * @param said whether somebody reads its sentence, which is empty otherwise
     */
    static MetricFinding of(
            BudgetRule budget, JudgeConfig c, MetricConfig m, MetricState s, WatchState watch, double e, boolean said) {
        FindingWriter writer = new FindingWriter(budget, c, m, s);
        FindingText text = said ? new FindingText(budget, c, m, s, watch) : null;
        return c.compares(watch.phase()) ? writer.compared(e, text, watch.phase()) : writer.alone(e, text);
    }

    private MetricFinding compared(double e, FindingText text, int phase) {
        double effect = effect();
        Verdict verdict = comparedVerdict(e, effect, phase);
        return new MetricFinding(
                m.id(),
                m.name(),
                verdict,
                test(),
                z(),
                Math.min(1, 1 / s.highest()),
                e,
                effect,
                interval(),
                sums.canaryLevel(),
                sums.baselineLevel(),
                m.unit(),
                allowed(),
                samples(),
                text == null ? "" : text.of(verdict, effect, e));
    }

    /** Without a concurrent baseline only a fixed limit can be held. */
    private MetricFinding alone(double e, FindingText text) {
        Verdict verdict = aloneVerdict();
        return new MetricFinding(
                m.id(),
                m.name(),
                verdict,
                "fixed limit",
                z(),
                Double.NaN,
                e,
                Double.NaN,
                null,
                sums.canaryLevel(),
                sums.baselineLevel(),
                m.unit(),
                m.limit(),
                samples(),
                text == null ? "" : text.of(verdict, Double.NaN, e));
    }

    private String test() {
        if (m.counted()) {
            return "betting e-process on c/n";
        }
        return s.buckets() == null
                ? "betting e-process on stratified U"
                : "betting e-process on shares beyond bucket bounds";
    }

    private double z() {
        return sums.zVariance() > 0 ? sums.z() / Math.sqrt(sums.zVariance()) : Double.NaN;
    }

    private Samples samples() {
        return new Samples(sums.baselineExposure(), sums.canaryExposure());
    }

    private double effect() {
        if (!(sums.den() > 0)) {
            return sums.num() > 0
                    ? Double.POSITIVE_INFINITY
                    : m.counted() && sums.canaryExposure() > 0 ? 0 : Double.NaN;
        }
        return m.counted() ? sums.num() / sums.den() - 1 : sums.num() / sums.den();
    }

    private Interval interval() {
        if (s.main().ladder() == null) {
            return null;
        }
        Interval relative = ConfidenceSequence.interval(s.main().ladder(), c.alpha());
        double scale = m.kind() == MetricKind.GAUGE ? Math.abs(sums.baselineLevel()) : 1;
        return new Interval(relative.lower() * scale, relative.upper() * scale, relative.level());
    }

    /** The allowed effect in the effect's unit. */
    private double allowed() {
        Allow a = m.allow();
        double sign = m.worse().sign();
        if (m.kind() == MetricKind.GAUGE) {
            return sign * (a.isZero() ? 0 : a.at(sums.baselineLevel()));
        }
        return sign * (a.relative() || a.isZero() ? a.value() : a.value() / Math.abs(sums.baselineLevel()));
    }

    private Verdict comparedVerdict(double e, double effect, int phase) {
        if (s.missing() != null) {
            return Verdict.NODATA;
        }
        if (e >= 1 / c.alpha()) {
            return Verdict.FAIL;
        }
        boolean absent = s.enough(m)
                && s.proven() >= 1 / JudgeConfig.PROMOTE_ALPHA
                && !s.buildsUp()
                && !WaitingHarm.speaks(m, s)
                && !PhaseMargin.isReached(m, c.multiplier(phase), effect, sums);
        return absent || budget.fits(m) ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    private Verdict aloneVerdict() {
        double level = sums.canaryLevel();
        if (s.missing() != null) {
            return Verdict.NODATA;
        }
        if (Double.isNaN(m.limit()) || !s.enough(m) || Double.isNaN(level)) {
            return Verdict.INCONCLUSIVE;
        }
        boolean lower = m.worse() == Worse.LOWER;
        if (s.buckets() != null) {
            double low = s.buckets().canaryLow() / sums.canaryExposure();
            double high = s.buckets().canaryHigh() / sums.canaryExposure();
            if (low < m.limit() && high > m.limit()) {
                return Verdict.INCONCLUSIVE;
            }
            return lower == low >= m.limit() ? Verdict.PASS : Verdict.FAIL;
        }
        boolean over = lower ? level < m.limit() : level > m.limit();
        return over ? Verdict.FAIL : Verdict.PASS;
    }
}
