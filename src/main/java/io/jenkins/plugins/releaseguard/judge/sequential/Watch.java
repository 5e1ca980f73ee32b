// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches a release look by look. Pure: the same state and look give the same step, on any machine, after any restart.
 *
 * <p>To stop: the weighted mean over metrics of e-processes reaches 1/alpha (valid under any dependence between metrics and
 * at any look, Ville 1939; Ramdas, Gruenwald, Vovk and Shafer, Statistical Science 38, 2023). To promote: every metric has
 * refuted harm at the phase's margin (an intersection-union test, so that no correction is needed: Berger 1982).
 */
public final class Watch {
    private static final String WARMING = "the new version warms up: limits hold, and nothing is bet yet";

    private Watch() {}

    /** Nothing seen yet: before the first look of the first phase. */
    public static WatchState start(JudgeConfig c) {
        Map<String, MetricState> metrics = new LinkedHashMap<>();
        c.metrics().forEach(m -> metrics.put(m.id(), MetricState.start(m)));
        return new WatchState(-1, 0, 0, 0, 0, 0, RatioCheck.start(), metrics);
    }

    /**
     * One look. A look of another phase than the state's begins that phase.
     *
     * @param c the same in every look of a release
     * @param state what the look before returned, {@link #start} at first
     * @param look exactly the time since the look before; a metric that it lacks has no data
     * @return what to remember, and what to do
     * @throws IllegalArgumentException naming the field, when the look names a phase or metric that the configuration lacks
     */
    public static WatchStep look(JudgeConfig c, WatchState state, Look look) {
        return look(c, state, look, true);
    }

    /** {@link #look} without the metrics' sentences, which take as long as the rest: for simulations, where nobody reads them. */
    public static WatchStep unsaid(JudgeConfig c, WatchState state, Look look) {
        return look(c, state, look, false);
    }

    private static WatchStep look(JudgeConfig c, WatchState state, Look look, boolean said) {
        if (look.phase() < 0 || look.phase() >= c.phaseShares().size()) {
            throw new IllegalArgumentException("look.phase is " + look.phase() + ", but the plan has phases 0 to "
                    + (c.phaseShares().size() - 1));
        }
        Map<String, MetricLook> looks = new LinkedHashMap<>();
        for (MetricLook m : look.metrics()) {
            if (looks.put(m.id(), m) != null) {
                throw new IllegalArgumentException("look.metrics has " + m.id() + " twice");
            }
            if (!state.metrics().containsKey(m.id())) {
                throw new IllegalArgumentException("look.metrics has " + m.id() + ", which the configuration lacks");
            }
        }
        WatchState known = ofThisVersion(c, state);
        WatchState s = look.phase() == known.phase() ? known : enter(c, known, look.phase());
        Map<String, MetricState> metrics = new LinkedHashMap<>();
        Map<String, MetricState> shown = new LinkedHashMap<>();
        Map<String, Fading> fading = new LinkedHashMap<>();
        boolean warm = look.warmup() && c.compares(look.phase());
        for (MetricConfig m : c.metrics()) {
            MetricState was = s.metrics().get(m.id());
            MetricState next = new MetricWatch(c, m, look.phase()).look(was, looks.get(m.id()), look);
            MetricState kept = warm ? was.warmed(next) : next;
            metrics.put(m.id(), kept.reached(kept.e()));
            shown.put(m.id(), metrics.get(m.id()).showing(next));
            Fading faded = s.fading(m.id())
                    .after(was.main().seen(), kept.main().seen(), m.counted(), s.seconds() + look.seconds() / 2);
            if (!faded.equals(Fading.NONE)) {
                fading.put(m.id(), faded);
            }
        }
        WatchState next = new WatchState(
                s.phase(),
                s.started(),
                s.looks() + 1,
                s.seconds() + look.seconds(),
                s.canaryRequests() + counted(look.canaryRequests()),
                s.baselineRequests() + counted(look.baselineRequests()),
                RatioCheck.look(
                        s.ratio(),
                        look.baselineRequests(),
                        look.canaryRequests(),
                        c.compares(look.phase()) ? c.expectedShares().get(look.phase()) : 0,
                        c.ratioTolerance(),
                        Math.min(1, look.seconds() / c.stickyBlock())),
                metrics,
                fading,
                s.warm() + (warm ? look.seconds() : 0));
        return new WatchStep(
                next, warm ? warming(decide(c, next.ofLook(shown, look.seconds()), said)) : decide(c, next, said));
    }

    /** What would be said, but that nothing is shown by looks that nothing is bet on. */
    private static LookVerdict warming(LookVerdict v) {
        return v.action() == Action.STOP || v.action() == Action.HOLD
                ? v
                : new LookVerdict(Action.CONTINUE, WARMING, v.findings(), v.e(), v.score(), null);
    }

    private static double counted(double requests) {
        return requests > 0 && Double.isFinite(requests) ? requests : 0;
    }

    private static WatchState enter(JudgeConfig c, WatchState s, int phase) {
        boolean join = c.compares(phase);
        Map<String, MetricState> metrics = new LinkedHashMap<>();
        for (MetricConfig m : c.metrics()) {
            MetricState metric = s.metrics().get(m.id());
            MetricState closed = s.phase() < 0 ? metric : new MetricWatch(c, m, s.phase()).close(metric);
            metrics.put(m.id(), closed.reached(closed.e()).phase(join));
        }
        return new WatchState(phase, s.started() + (join ? 1 : 0), 0, 0, 0, 0, RatioCheck.start(), metrics);
    }

    private static WatchState ofThisVersion(JudgeConfig c, WatchState s) {
        int planned = Math.max(1, c.comparedPhases());
        Map<String, MetricState> metrics = new LinkedHashMap<>();
        for (MetricConfig m : c.metrics()) {
            MetricState old = s.metrics().get(m.id());
            int started = Math.min(planned, s.started());
            metrics.put(m.id(), old.ofEarlierVersion(m.kind() == MetricKind.RATE, planned, started));
        }
        return new WatchState(
                s.phase(),
                s.started(),
                s.looks(),
                s.seconds(),
                s.canaryRequests(),
                s.baselineRequests(),
                s.ratio(),
                metrics,
                s.fading(),
                s.warm());
    }

    private static LookVerdict decide(JudgeConfig c, WatchState s, boolean said) {
        List<MetricFinding> findings = new ArrayList<>(c.metrics().size());
        double weighted = 0;
        double weights = 0;
        BudgetRule budget = new BudgetRule(c, s);
        for (MetricConfig m : c.metrics()) {
            MetricState ms = s.metrics().get(m.id());
            double e = ms.e();
            findings.add(FindingWriter.of(budget, c, m, ms, s, e, said));
            if (!m.muted()) {
                weighted += m.weight() * e;
                weights += m.weight();
            }
        }
        return WarmupHint.on(LookDecision.of(budget, c, s, findings, weights > 0 ? weighted / weights : 1), c, s);
    }
}
