// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import io.jenkins.plugins.releaseguard.rollout.sample.JudgeLooks;
import io.jenkins.plugins.releaseguard.rollout.sample.SamplePlausibility;
import io.jenkins.plugins.releaseguard.rollout.trigger.BucketDoubt;
import io.jenkins.plugins.releaseguard.rollout.trigger.Captured;
import io.jenkins.plugins.releaseguard.rollout.trigger.HarmMargin;
import io.jenkins.plugins.releaseguard.rollout.trigger.JointWatch;
import io.jenkins.plugins.releaseguard.rollout.trigger.Trigger;
import io.jenkins.plugins.releaseguard.rollout.trigger.TriggerState;
import io.jenkins.plugins.releaseguard.rollout.trigger.TriggerWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a look changes: triggers, the judge's state, and how long the sources have been silent. */
final class LookFold {
    private LookFold() {}

    static State apply(Plan plan, State s, Event.Looked looked, Instant at) {
        Observation w = s.watching().asked(at);
        boolean canaryServes =
                Weights.of(plan, s.phase()) > 0 && s.life() != Lifecycle.SHIFTING && s.life() != Lifecycle.RECOVERING;
        boolean idle = isIdle(plan, s, canaryServes);
        String silence = silence(plan, looked, canaryServes, idle);
        if (silence != null) {
            // the interval stays open: the next look begins where this one did, so that nothing is lost or counted
            // twice
            return s.with(w.withSilence(silence));
        }
        Map<String, Event.Sample> byMetric =
                looked.samples().stream().collect(Collectors.toMap(Event.Sample::metric, x -> x, (a, b) -> b));
        Map<String, TriggerState> triggers = new HashMap<>(w.triggers());
        List<Trigger> armed = plan.triggers().stream().map(w.captured()::armed).toList();
        for (Trigger trigger : armed) {
            TriggerState before = w.triggers().getOrDefault(trigger.key(), TriggerState.QUIET);
            triggers.put(
                    trigger.key(),
                    JointWatch.next(
                            trigger,
                            before,
                            byMetric,
                            sample -> canary(plan, s, sample),
                            w.captured(),
                            looked,
                            plan.interval()));
        }
        WatchState judge = w.judging().state();
        LookVerdict verdict = w.judging().verdict();
        Instant began = s.watching().looks().tiled();
        // a look that began before the bake mixes two shares of the traffic
        boolean ofThisBake = began == null || !looked.from().isBefore(began);
        boolean warm = warms(s, looked);
        if (s.life() == Lifecycle.BAKING
                && ofThisBake
                && plan.comparable(s.phase().index())) {
            Look look = JudgeLooks.of(plan.judge().metrics(), s.phase().index(), looked, warm);
            JudgeConfig config = HarmMargin.both(plan.judge(), armed, w.captured());
            WatchStep step = Watch.look(config, judge == null ? Watch.start(config) : judge, look);
            judge = step.state();
            verdict = step.verdict();
        }
        String blind = blind(plan, s, byMetric);
        String doubt = armed.stream()
                .map(trigger -> BucketDoubt.of(
                        trigger,
                        triggers.get(trigger.key()),
                        byMetric,
                        sample -> canary(plan, s, sample),
                        w.captured()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        boolean whole = plan.metrics().stream().noneMatch(m -> !m.muted() && lacksCanary(byMetric.get(m.id())));
        Duration told = blind == null && whole ? watched(plan, s, looked) : Duration.ZERO;
        Duration watched = doubt == null ? told : Duration.ZERO;
        Seen seen = told.isZero() ? w.looks().seen() : w.looks().seen().withLook(plan, looked);
        State next = s.with(w.withLook(looked.to(), watched, seen, triggers, judge, verdict));
        if (doubt != null) {
            next = next.with(next.watching().doubtful(w.looks().doubt(), looked.from(), doubt));
        }
        return blind == null ? next : next.with(next.watching().blind(w.looks().lastData(), blind));
    }

    /** Which trigger the look can't be held against, since its baseline is unknown; null where there is none. */
    private static String blind(Plan plan, State s, Map<String, Event.Sample> byMetric) {
        // before any traffic moves, a baseline beside the canary is none that it will have at the end
        boolean before = BaselineRules.isStillBefore(plan, s);
        Captured captured = s.watching().captured();
        return plan.triggers().stream()
                .filter(trigger -> !trigger.warns())
                .map(captured::armed)
                .flatMap(trigger -> trigger.conditions().stream())
                .filter(trigger -> !trigger.metric().muted())
                .map(trigger -> {
                    Event.Sample sample = byMetric.get(trigger.metric().id());
                    return sample == null || sample.missing() != null
                            ? null
                            : TriggerWatch.blind(trigger, sample, canary(plan, s, sample), before, captured);
                })
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whose sample counts: the new version's whenever it may have traffic, also while that is shifted, or shows that it has. */
    private static boolean canary(Plan plan, State s, Event.Sample sample) {
        return s.life() != Lifecycle.RECOVERING
                && (Weights.of(plan, s.phase()) > 0 || s.life().isCanary() && Seen.canary(sample));
    }

    /**
     * How much of the look is time of the bake under way. A look that had to cover more than sources may be silent for
     * (nobody asked, or nobody answered) says little about each moment of it, and counts for no more than that.
     */
    private static Duration watched(Plan plan, State s, Event.Looked looked) {
        if (s.life() != Lifecycle.BAKING && !LastBakeRules.counts(plan, s)) {
            return Duration.ZERO;
        }
        if (warms(s, looked)) {
            return Duration.ZERO;
        }
        Instant from = from(s, looked);
        Duration covered = Duration.between(from, looked.to());
        Duration most = plan.patience();
        return covered.isNegative() ? Duration.ZERO : covered.compareTo(most) > 0 ? most : covered;
    }

    /** Whether the look is of the warm-up: also where it ends after that, since it can't be told which part is. */
    private static boolean warms(State s, Event.Looked looked) {
        return s.life() == Lifecycle.BAKING && s.phase().warmsUp(from(s, looked));
    }

    private static Instant from(State s, Event.Looked looked) {
        Instant began = s.watching().looks().tiled();
        return began != null && began.isAfter(looked.from()) ? began : looked.from();
    }

    /**
     * Whether the new version need not have any series yet: it has no users, or the router, which counts, has sent it no request in
     * this bake. Such a look has what is known of the last good version, and is no time that counts.
     */
    private static boolean isIdle(Plan plan, State s, boolean canaryServes) {
        if (!canaryServes) {
            return true;
        }
        RouterReading reading = s.router().reading();
        return plan.routed()
                && s.life() == Lifecycle.BAKING
                && reading != null
                && !Double.isNaN(reading.canaryRequests())
                && s.watching().looks().seen().routed() == 0;
    }

    /** Whether the source has the metric of the last good version alone. */
    private static boolean lacksCanary(Event.Sample s) {
        return s != null
                && s.missing() != null
                && s.canaryErrors() == null
                && s.canaryTotal() == null
                && s.canaryValues() == null
                && (s.baselineErrors() != null || s.baselineTotal() != null || s.baselineValues() != null);
    }

    /** Why the look says nothing, or null. One needed metric missing makes it silent: unknown is never green. */
    private static String silence(Plan plan, Event.Looked looked, boolean canaryServes, boolean idle) {
        if (looked.error() != null) {
            return looked.error();
        }
        for (Metric metric : plan.metrics()) {
            if (metric.muted()) {
                continue;
            }
            Event.Sample sample = looked.samples().stream()
                    .filter(x -> x.metric().equals(metric.id()))
                    .findFirst()
                    .orElse(null);
            if (idle && lacksCanary(sample)) {
                continue;
            }
            if (sample == null || sample.missing() != null) {
                return metric.id() + ": " + (sample == null ? "no sample" : sample.missing());
            }
            String doubt = SamplePlausibility.doubt(metric, sample, canaryServes);
            if (doubt != null) {
                return metric.id() + " can't be believed: " + doubt;
            }
        }
        return null;
    }
}
