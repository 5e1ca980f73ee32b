// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.LevelText;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.text.Quantity;

/** A watched metric's sentence: its levels, and what its verdict rests on or still lacks. */
final class FindingText {
    private final JudgeConfig c;
    private final MetricConfig m;
    private final MetricState s;
    private final WatchState watch;
    private final BudgetRule budget;

    FindingText(BudgetRule budget, JudgeConfig c, MetricConfig m, MetricState s, WatchState watch) {
        this.budget = budget;
        this.c = c;
        this.m = m;
        this.s = s;
        this.watch = watch;
    }

    /**
     * @param effect canary against baseline, in the finding's unit
     * @param e the metric's evidence of harm
     */
    String of(Verdict verdict, double effect, double e) {
        if (verdict == Verdict.NODATA) {
            return m.name() + ": " + s.missing();
        }
        PhaseSums sums = s.main().seen();
        BucketState b = s.buckets();
        String canary = b == null
                ? LevelText.level(m, sums.canaryLevel())
                : inBuckets(sums.canaryLevel(), b.canaryLow(), b.canaryHigh(), sums.canaryExposure());
        String baseline = b == null
                ? LevelText.level(m, sums.baselineLevel())
                : inBuckets(sums.baselineLevel(), b.baselineLow(), b.baselineHigh(), sums.baselineExposure());
        String level = m.name() + " " + canary + (m.counted() ? "" : b == null ? " at the median" : ", at the median")
                + watch.window();
        return c.compares(watch.phase())
                ? level + " (baseline " + baseline + "): " + compared(verdict, effect, e)
                : level + alone(verdict);
    }

    /** @param low sum over the phase's values of where their look's median's bucket begins; high likewise */
    private String inBuckets(double about, double low, double high, double values) {
        return BucketText.level(about, low / values, high / values, unit(m));
    }

    private String alone(Verdict verdict) {
        return switch (verdict) {
            case FAIL -> " breaks its limit of " + LevelText.level(m, m.limit());
            case PASS -> " keeps its limit of " + LevelText.level(m, m.limit());
            default ->
                Double.isNaN(m.limit())
                        ? ": no concurrent baseline at this share and no fixed limit"
                        : s.enough(m)
                                ? ": its bucket doesn't tell whether it keeps its limit of "
                                        + LevelText.level(m, m.limit())
                                : ": " + Quantity.count(s.lacking(m), "more sample") + " needed";
        };
    }

    private String compared(Verdict verdict, double effect, double e) {
        String found = effectText(effect);
        double multiplier = c.multiplier(watch.phase());
        PhaseSums sums = s.main().seen();
        String margin = margin(m, multiplier, sums.baselineLevel());
        String stop = Quantity.number(1 / c.alpha());
        String proof = Quantity.number(s.proven()) + " of " + Quantity.number(1 / JudgeConfig.PROMOTE_ALPHA);
        return switch (verdict) {
            case FAIL ->
                found + ", worse than the allowed " + allowText() + part() + "; evidence e = "
                        + Quantity.inUnit(e, 1 / c.alpha(), "") + ", the bar is " + stop;
            case PASS ->
                budget.fits(m)
                        ? found + ", " + budget.cost(m) + "; harm e = " + Quantity.inUnit(e, 1 / c.alpha(), "") + " of "
                                + stop
                        : found + ", harm of " + margin + " is excluded (e = " + proof + ")" + later();
            default -> {
                double lacking = s.lacking(budget.minimum(m));
                if (lacking > 0) {
                    yield Quantity.count(lacking, "more canary sample") + " before anything is concluded";
                }
                if (s.buildsUp()) {
                    yield found + ", harm builds up: e = " + Quantity.number(s.recent())
                            + " since its last low, at least " + Quantity.number(MetricState.BUILDS_UP)
                            + ", so that no proof of its absence counts; harm e = "
                            + Quantity.inUnit(e, 1 / c.alpha(), "") + " of "
                            + stop;
                }
                String reached = PhaseMargin.isReached(m, multiplier, effect, sums) ? ", no less than the margin" : "";
                if (budget.applies() && !c.beforeAll(watch.phase())) {
                    yield found + ", " + budget.open(m) + "; harm e = " + Quantity.inUnit(e, 1 / c.alpha(), "") + " of "
                            + stop + far();
                }
                String gap = gap();
                if (!gap.isEmpty()) {
                    yield gap + "; harm e = " + Quantity.inUnit(e, 1 / c.alpha(), "") + " of " + stop + far();
                }
                yield found + reached + ", harm e = " + Quantity.inUnit(e, 1 / c.alpha(), "") + " of " + stop
                        + ", absence of " + margin + " e = " + proof + later() + far();
            }
        };
    }

    /** The bounds that a histogram lacks for this phase's margin, or for a later one's; empty where none are known to be missing. */
    private String gap() {
        if (s.buckets() == null) {
            return "";
        }
        return new BucketText(m, s.buckets()).gap(c.multiplier(watch.phase()));
    }

    /** Between which bounds a far limit lies that isn't one; empty where it is. */
    private String far() {
        String far = s.buckets() == null ? "" : new BucketText(m, s.buckets()).far();
        return far.isEmpty() ? "" : "; " + far;
    }

    private String later() {
        if (s.buckets() == null) {
            return "";
        }
        String later = new BucketText(m, s.buckets()).later(c, watch.phase());
        return later.isEmpty() ? "" : "; " + later;
    }

    /** Where values differ most: location has half of their evidence, the others a quarter each. */
    private String part() {
        if (m.counted()) {
            return "";
        }
        double main = 2 * s.main().e();
        double spread = s.spread().e();
        double tail = s.tail().e();
        return main >= Math.max(spread, tail) ? " (location)" : spread >= tail ? " (spread)" : " (tail)";
    }

    private String effectText(double effect) {
        double allowed = m.allow().relative() == (m.kind() != MetricKind.GAUGE)
                ? m.allow().value()
                : Double.NaN;
        double limit = effect < 0 ? -allowed : allowed;
        if (m.kind() == MetricKind.GAUGE) {
            return "shift " + Quantity.inUnit(effect, limit, m.unit());
        }
        return Double.isFinite(effect)
                ? (effect >= 0 ? "+" : "") + Quantity.beside(effect, limit, "%")
                : "no event on the baseline";
    }

    private String allowText() {
        Allow a = m.allow();
        if (a.isZero()) {
            return "nothing";
        }
        return LevelText.allowed(m);
    }

    /** What a promotion excludes in a phase, signed. */
    static String margin(MetricConfig m, double multiplier, double level) {
        Allow a = PhaseMargin.of(m, multiplier, level);
        String sign = m.worse() == Worse.LOWER ? "-" : m.worse() == Worse.EITHER ? "±" : "+";
        return sign + (a.relative() ? Quantity.percent(a.value()) : LevelText.difference(m, a.value()));
    }

    static String unit(MetricConfig m) {
        return m.unit().isEmpty() ? "" : " " + m.unit();
    }
}
