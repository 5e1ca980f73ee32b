// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Needed;
import io.jenkins.plugins.releaseguard.judge.Score;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** From findings to the look's action: stop before hold before promote before continue. */
final class LookDecision {
    private LookDecision() {}

    static LookVerdict of(BudgetRule budget, JudgeConfig c, WatchState s, List<MetricFinding> found, double e) {
        List<MetricFinding> counted = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            if (!c.metrics().get(i).muted()) {
                counted.add(found.get(i));
            }
        }
        double score = Score.of(c.metrics(), found);
        Needed needed = TimeToDecision.needed(budget, c, s);
        if (c.compares(s.phase())) {
            if (e >= 1 / c.alpha()) {
                return verdict(Action.STOP, "harm: " + worst(counted).reason(), found, e, score, null);
            }
            MetricConfig spent = overBudget(c, s);
            spent = spent == null ? budget.spent() : spent;
            if (spent != null) {
                String reason = spent.name() + ": about "
                        + Quantity.whole(s.metrics().get(spent.id()).extra())
                        + (spent.counted() ? " extra failed requests" : " extra requests that are too slow")
                        + ", more than the canary's budget of " + budget.whole(spent);
                return verdict(Action.STOP, reason, found, e, score, null);
            }
        } else {
            for (MetricFinding f : counted) {
                if (f.verdict() == Verdict.FAIL) {
                    return verdict(Action.STOP, f.reason(), found, e, score, null);
                }
            }
            if (c.phaseShares().get(s.phase()) == 0) {
                String reason = "no traffic is shared at 0 %: limits and validations judge this phase";
                return verdict(Action.PROMOTE, reason, found, e, score, null);
            }
        }
        if (counted.isEmpty()) {
            return verdict(Action.HOLD, "no metric is judged: all are muted", found, e, score, null);
        }
        for (MetricFinding f : counted) {
            if (f.verdict() == Verdict.NODATA) {
                return verdict(Action.HOLD, "no data: " + f.reason(), found, e, score, needed);
            }
        }
        if (RatioCheck.mismatch(s.ratio())) {
            double seen = s.canaryRequests() / (s.canaryRequests() + s.baselineRequests());
            double planned = c.expectedShares().get(s.phase());
            String reason = "sample-ratio mismatch: the canary gets " + Quantity.beside(seen, planned, "%")
                    + " of the requests" + s.window() + ", not " + Quantity.percent(planned) + "; check the router";
            return verdict(Action.HOLD, reason, found, e, score, needed);
        }
        return c.compares(s.phase()) ? compared(budget, c, s, found, e, score, needed) : alone(c, s, found, e, score);
    }

    private static LookVerdict compared(
            BudgetRule budget,
            JudgeConfig c,
            WatchState s,
            List<MetricFinding> found,
            double e,
            double score,
            Needed needed) {
        Map<MetricConfig, MetricFinding> open = new LinkedHashMap<>();
        for (int i = 0; i < found.size(); i++) {
            MetricConfig m = c.metrics().get(i);
            if (!m.muted() && !budget.letsGo(m, found.get(i))) {
                open.put(m, found.get(i));
            }
        }
        if (open.isEmpty()) {
            String reason = budget.applies()
                    ? budget.promotes(margins(c, s))
                    : "no metric is worse by more than its margin here: " + margins(c, s);
            return verdict(Action.PROMOTE, reason, found, e, score, null);
        }
        MetricConfig blind = budget.applies() && !c.beforeAll(s.phase())
                ? null
                : open.keySet().stream()
                        .filter(m -> hidden(c, s, m.id()))
                        .findFirst()
                        .orElse(null);
        if (blind != null) {
            // no wait helps: people must know from the first look on
            return verdict(Action.CONTINUE, open.get(blind).reason(), found, e, score, needed);
        }
        Map.Entry<MetricConfig, MetricFinding> first =
                open.entrySet().iterator().next();
        String reason = budget.applies()
                ? budget.lacks(first.getKey(), first.getValue(), needed)
                : needed == null ? first.getValue().reason() : needed.toString();
        return verdict(Action.CONTINUE, reason, found, e, score, needed);
    }

    /** Whether a metric's buckets can't show this phase's margin. */
    private static boolean hidden(JudgeConfig c, WatchState s, String id) {
        BucketState buckets = s.metrics().get(id).buckets();
        return buckets != null
                && c.metrics().stream()
                        .anyMatch(m -> m.id().equals(id) && BucketText.hides(m, buckets, c.multiplier(s.phase())));
    }

    private static String margins(JudgeConfig c, WatchState s) {
        List<MetricConfig> counted =
                c.metrics().stream().filter(m -> !m.muted()).toList();
        String named = counted.stream()
                .limit(3)
                .map(m -> m.name() + " "
                        + FindingText.margin(
                                m,
                                c.multiplier(s.phase()),
                                s.metrics().get(m.id()).main().seen().baselineLevel()))
                .collect(Collectors.joining(", "));
        return counted.size() > 3 ? named + " and " + (counted.size() - 3) + " more" : named;
    }

    private static LookVerdict alone(JudgeConfig c, WatchState s, List<MetricFinding> found, double e, double score) {
        for (MetricConfig m : c.metrics()) {
            MetricState seen = s.metrics().get(m.id());
            double lacking = seen.lacking(m);
            if (!m.muted() && lacking > 0) {
                String reason = m.name() + ": " + Quantity.whole(lacking) + " more samples needed";
                double seconds = seen.looksToMinimum(m.minimum()) * s.seconds() / s.looks();
                return verdict(
                        Action.CONTINUE,
                        reason,
                        found,
                        e,
                        score,
                        new Needed(m.id(), lacking, Double.isNaN(seconds) ? Double.POSITIVE_INFINITY : seconds));
            }
        }
        String reason = "no concurrent baseline at 100 %: limits and burn rates judge this phase, without an alpha";
        return verdict(Action.PROMOTE, reason, found, e, score, null);
    }

    private static MetricConfig overBudget(JudgeConfig c, WatchState s) {
        return c.metrics().stream()
                .filter(m -> m.kind() == MetricKind.RATE && !m.muted() && m.worse() != Worse.LOWER)
                .filter(m -> s.metrics().get(m.id()).extra() > c.blastRadius())
                .findFirst()
                .orElse(null);
    }

    private static MetricFinding worst(List<MetricFinding> counted) {
        MetricFinding worst = counted.get(0);
        for (MetricFinding f : counted) {
            worst = f.e() > worst.e() ? f : worst;
        }
        return worst;
    }

    private static LookVerdict verdict(
            Action action, String reason, List<MetricFinding> found, double e, double score, Needed needed) {
        return new LookVerdict(action, reason, found, e, score, needed);
    }
}
