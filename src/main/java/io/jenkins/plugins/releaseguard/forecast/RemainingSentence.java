// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.time.Duration;

/**
 * How long a release under way will likely take yet, in one line: what the simulated releases took that were in the same phase for as long.
 * Costs next to nothing.
 */
public final class RemainingSentence {
    private static final String AND = "; ";

    private final Forecast forecast;
    private final Plan plan;
    private final State state;

    private RemainingSentence(Forecast forecast, Plan plan, State state) {
        this.forecast = forecast;
        this.plan = plan;
        this.state = state;
    }

    /** As in "about 35 min left, 9 of 10 within 50 min; waiting for MON-002 to be proven". Empty where the release isn't on its way forward. */
    public static String of(Forecast forecast, Plan plan, State state) {
        return new RemainingSentence(forecast, plan, state).text();
    }

    private String text() {
        if (state.isRollingBack() || state.isFrozen()) {
            return "";
        }
        String text = inLife();
        return text.startsWith(AND) ? text.substring(AND.length()) : text;
    }

    private String inLife() {
        return switch (state.life()) {
            case ARMED -> left(0, 0) + held();
            case SHIFTING, BAKING -> phase() + held();
            case WATCHING ->
                "about "
                        + ForecastSentence.time(
                                Math.max(60, forecast.after() - state.watched().toSeconds()))
                        + " left" + held();
            default -> "";
        };
    }

    private String phase() {
        int index = state.phaseIndex();
        Phase phase = plan.phases().get(index);
        Duration served = state.served(phase.warmup());
        boolean baked = served.compareTo(phase.warmup().plus(phase.bake())) >= 0;
        return left(index, served.toMillis() / 1000.0) + (baked ? waiting() : "");
    }

    private String left(int phase, double served) {
        Outlook outlook = forecast.remaining(phase, served);
        String name = forecast.phases().get(phase).name();
        if (forecast.in(phase, 0) == 0) {
            return ""; // all were stopped before
        }
        if (forecast.in(phase, served) == 0) {
            return "overdue: none of the " + forecast.runs() + " simulated releases was in phase " + name + " for "
                    + ForecastSentence.time(served);
        }
        if (Double.isNaN(outlook.median())) {
            return ""; // all were stopped later
        }
        double stopped = forecast.stoppedAfter(phase, served);
        String lead = stopped > Forecast.FEW
                ? Quantity.whole(100 * stopped)
                        + " % of the simulated healthy releases that got here were stopped; the others: "
                : "";
        double undecided =
                forecast.undecided() == Undecided.PROCEED ? 0 : forecast.undecidedAfter(phase, served) / (1 - stopped);
        if (undecided > 0.5 || Double.isInfinite(outlook.median())) {
            return lead + "likely " + ForecastSentence.fate(forecast)
                    + ": most simulated releases that got here stayed undecided at a longest bake";
        }
        String half = lead + "about " + ForecastSentence.time(outlook.median()) + " left";
        if (undecided > 0.1 || Double.isInfinite(outlook.ninety())) {
            return half + ", though more than one of ten would be " + ForecastSentence.fate(forecast);
        }
        return half + ", 9 of 10 within " + ForecastSentence.time(outlook.ninety());
    }

    /** What the judge waits for now that the bake is over. */
    private String waiting() {
        LookVerdict verdict = state.verdict();
        if (verdict == null || verdict.action() == Action.PROMOTE || state.life() != Lifecycle.BAKING) {
            return "";
        }
        String metric = verdict.needed() == null
                ? verdict.findings().stream()
                        .filter(finding -> finding.verdict() != Verdict.PASS)
                        .map(MetricFinding::id)
                        .findFirst()
                        .orElse("")
                : verdict.needed().metric();
        return metric.isEmpty()
                ? ""
                : AND + "waiting for " + metric
                        + (plan.judge().promotion() == Promotion.BUDGET
                                ? " to be proven or to fit the budget"
                                : " to be proven");
    }

    /** People and what is broken take their own time. */
    private String held() {
        return state.isHeld() ? AND + "how long it is held comes on top" : "";
    }
}
