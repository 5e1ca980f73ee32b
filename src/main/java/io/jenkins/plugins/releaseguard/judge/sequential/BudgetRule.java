// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.DefaultBudget;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.Needed;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a phase may be left by what going on can cost, and the words for it. */
final class BudgetRule {
    private final JudgeConfig c;
    private final WatchState s;
    private final Map<String, CostAhead> ahead = new LinkedHashMap<>();

    /** As if the phase ended now: what waits counts, too. */
    private final Map<String, MetricState> closed = new LinkedHashMap<>();

    /** By budget or by proof, as the configuration has it; a proof knows no costs. */
    BudgetRule(JudgeConfig c, WatchState s) {
        this.c = c;
        this.s = s;
        if (applies()) {
            for (MetricConfig m : c.metrics()) {
                MetricState now =
                        new MetricWatch(c, m, s.phase()).close(s.metrics().get(m.id()));
                closed.put(m.id(), now);
                CostAhead cost = m.muted() ? null : CostAhead.of(c, m, now, s);
                if (cost != null) {
                    ahead.put(m.id(), cost);
                }
            }
        }
    }

    boolean applies() {
        return c.promotion() == Promotion.BUDGET && s.phase() >= 0 && c.compares(s.phase());
    }

    private boolean beforeAll() {
        return c.beforeAll(s.phase());
    }

    /** Null where the metric's harm isn't counted in requests, or where the proof of the phase's margin is asked for. */
    CostAhead of(MetricConfig m) {
        return ahead.get(m.id());
    }

    /** Whether what a metric can cost fits, and nothing of it speaks of harm just now. */
    boolean fits(MetricConfig m) {
        CostAhead cost = of(m);
        return cost != null && s.seconds() > 0 && cost.fits() && isSeen(m) && !speaks(m);
    }

    /** Whether the metric keeps nobody in the phase. */
    boolean letsGo(MetricConfig m, MetricFinding f) {
        boolean uncounted = applies() && !beforeAll() && of(m) == null;
        return f.verdict() == Verdict.PASS
                || f.verdict() == Verdict.INCONCLUSIVE
                        && uncounted
                        && isSeen(m)
                        && s.metrics().get(m.id()).main().looks() > 0
                        && !speaks(m);
    }

    /** Whether anything speaks of harm just now, bet on or not. */
    private boolean speaks(MetricConfig m) {
        return closed.get(m.id()).buildsUp()
                || WaitingHarm.speaks(m, s.metrics().get(m.id()));
    }

    /** How much of the canary must be seen before a metric lets it go on. */
    double minimum(MetricConfig m) {
        return applies() && !beforeAll() ? Math.min(CostAhead.FEWEST, m.minimum()) : m.minimum();
    }

    /** On both sides: what has no baseline is not comparable, whatever it counts. */
    private boolean isSeen(MetricConfig m) {
        MetricState seen = s.metrics().get(m.id());
        return seen.main().seen().baselineExposure() > 0 && seen.lacking(minimum(m)) <= 0;
    }

    /** The metric whose extra requests exceed the budget while harm builds up, null where none do. */
    MetricConfig spent() {
        return c.metrics().stream()
                .filter(m -> applies() && !m.muted())
                .filter(this::speaks)
                .filter(m -> s.metrics().get(m.id()).extra() > budgetOf(m))
                .findFirst()
                .orElse(null);
    }

    private double budgetOf(MetricConfig m) {
        return CostAhead.budget(c, m, s.metrics().get(m.id()), s);
    }

    /** The budget in words: what was set, else what was derived for the metric. */
    String whole(MetricConfig m) {
        return Double.isInfinite(c.blastRadius()) ? Quantity.whole(budgetOf(m)) : Quantity.number(c.blastRadius());
    }

    /** Why the phase may be left. */
    String promotes(String margins) {
        List<String> parts = new ArrayList<>();
        MetricConfig dearest = null;
        for (MetricConfig m : c.metrics()) {
            CostAhead cost = of(m);
            if (cost != null
                    && !cost.last()
                    && (dearest == null
                            || cost.most() / cost.left()
                                    > of(dearest).most() / of(dearest).left())) {
                dearest = m;
            }
            if (cost != null && cost.last()) {
                parts.add(m.name() + " fits its objective");
            }
        }
        if (dearest != null) {
            return cost(dearest);
        }
        if (!beforeAll()) {
            return "nothing speaks of harm, and no metric counts what going on can cost in requests";
        }
        parts.add(
                0, "no metric is worse by more than its margin here, or than fits its objective for good: " + margins);
        return String.join("; ", parts);
    }

    /** What is lacking, with how long that takes where it can be told. */
    String lacks(MetricConfig m, MetricFinding open, Needed needed) {
        CostAhead cost = of(m);
        String time = needed == null ? "" : "; " + needed;
        boolean builds = applies() && speaks(m);
        if (builds || cost == null && !beforeAll()) {
            return open.reason() + time;
        }
        BucketState buckets = s.metrics().get(m.id()).buckets();
        String far = buckets == null ? "" : new BucketText(m, buckets).far();
        return beforeAll() ? open.reason() + time + advice(needed) : cost(m) + time + (far.isEmpty() ? "" : "; " + far);
    }

    private static String advice(Needed needed) {
        boolean soon = needed != null && needed.seconds() < SOON;
        return soon
                ? ""
                : "; nothing is compared at 100 %, so that harm of this size must be excluded before: a longer maxBake, an objective or"
                        + " an allow that it fits, or undecided: proceed";
    }

    /** Who waits no longer than that needs no advice. */
    private static final double SOON = 900;

    /** What is said of a metric before all traffic is at stake, without a proof. */
    String open(MetricConfig m) {
        return of(m) == null ? "what it can cost isn't counted in requests, and nothing speaks of harm" : cost(m);
    }

    /** What the next phase can cost for one metric, beside the budget; before all traffic what fits. */
    String cost(MetricConfig m) {
        CostAhead cost = of(m);
        String upper = cost.upper() < 1
                ? "the extra rate is below " + Quantity.number(100 * cost.upper()) + " percentage points"
                : "no extra rate is excluded yet";
        if (cost.last()) {
            return upper + ", its objective has room for " + Quantity.number(100 * cost.most()) + " percentage points";
        }
        String next = Quantity.percent(c.phaseShares().get(s.phase() + 1));
        String kind = m.counted() ? " extra failed requests" : " extra requests that are too slow";
        return "going to " + next + (cost.fits() ? " can cost at most " : " could cost more than ")
                + (cost.fits() ? Quantity.whole(cost.most()) : Quantity.number(Math.max(0, Math.floor(cost.left()))))
                + kind
                + " before it would be seen (" + m.name() + ": " + upper + "); " + budget(cost);
    }

    private String budget(CostAhead cost) {
        double spent = cost.budget() - cost.left();
        String gone = spent >= 1 ? ", of which about " + Quantity.whole(spent) + " are spent" : "";
        if (!Double.isInfinite(c.blastRadius())) {
            return "the budget is " + Quantity.number(c.blastRadius()) + " requests" + gone;
        }
        String basis = cost.budget() > DefaultBudget.LEAST
                ? c.unsetBudget().basis() + ", at " + Quantity.number(cost.rps()) + " requests/s"
                : "the least that is taken where blastRadius isn't set";
        return "the budget is " + Quantity.whole(cost.budget()) + " requests" + gone + " (" + basis + ")";
    }
}
