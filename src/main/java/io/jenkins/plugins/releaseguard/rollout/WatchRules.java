// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.rollout.sample.JudgeLooks;
import io.jenkins.plugins.releaseguard.rollout.trigger.Probe;
import io.jenkins.plugins.releaseguard.rollout.trigger.Trigger;
import io.jenkins.plugins.releaseguard.rollout.trigger.TriggerState;
import io.jenkins.plugins.releaseguard.rollout.trigger.TriggerText;
import io.jenkins.plugins.releaseguard.rollout.trigger.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What looking says: breaches, silence, the judge's word. */
final class WatchRules {
    private static final String DOUBT = "no look could tell whether a trigger is broken";

    private WatchRules() {}

    static List<Event> events(Plan plan, State s, Instant now) {
        // the judge's word first: a breach refers to it
        LookVerdict verdict = s.verdict();
        if (s.life() == Lifecycle.BAKING && verdict != null) {
            if (JudgeLooks.word(verdict.action()) != s.watching().judging().told()) {
                return List.of(JudgeLooks.judged(s.phase().index(), verdict));
            }
        }
        Event.Breached breach = breach(plan, s, now);
        if (breach != null && !s.watching().noted().contains(Observation.Noted.of(breach))) {
            return Decisions.breach(plan, breach);
        }
        Duration silent = Duration.between(s.watching().looks().lastData(), now);
        boolean held = s.isHeldFor(HoldCause.NO_DATA);
        if (!held && silent.compareTo(plan.patience()) > 0) {
            return List.of(new Event.Held(
                    HoldCause.NO_DATA,
                    lacking(s.watching().looks()) + " for " + Decisions.seconds(silent) + " ("
                            + error(s.watching().looks()) + "); rolls back at " + Decisions.seconds(plan.noData())));
        }
        if (held && silent.compareTo(plan.patience()) <= 0) {
            return List.of(new Event.Released(HoldCause.NO_DATA));
        }
        List<Event> warning = warning(plan, s);
        return warning.isEmpty() ? doubt(plan, s) : warning;
    }

    /** While a warning's limit is passed the release stays where it is; a look that tells nothing changes nothing. */
    private static List<Event> warning(Plan plan, State s) {
        String passed = plan.triggers().stream()
                .filter(Trigger::warns)
                .filter(trigger -> {
                    TriggerState state = s.watching().triggers().get(trigger.key());
                    return state != null && state.complete() != null && !state.quiet();
                })
                .map(trigger -> trigger.entry() + " warns: "
                        + TriggerText.of(
                                        s.watching().captured().armed(trigger),
                                        s.watching().triggers().get(trigger.key()))
                                .reason())
                .collect(Collectors.joining("; "));
        if (passed.isEmpty()) {
            return s.isHeldFor(HoldCause.WARNING) ? List.of(new Event.Released(HoldCause.WARNING)) : List.of();
        }
        return Decisions.hold(s, HoldCause.WARNING, passed);
    }

    /**
     * A trigger that no look can tell is told to people. It is neither harm nor silence, so nothing rolls back for it; but nothing that it
     * leaves open is time that counts, and what becomes of that is settled where a phase is undecided.
     */
    private static List<Event> doubt(Plan plan, State s) {
        Observation.Doubt doubt = s.watching().looks().doubt();
        String held = s.holds().get(HoldCause.UNDECIDED);
        if (doubt == null) {
            return held != null && held.startsWith(DOUBT)
                    ? List.of(new Event.Released(HoldCause.UNDECIDED))
                    : List.of();
        }
        Duration open = Duration.between(doubt.since(), s.watching().looks().tiled());
        return open.compareTo(plan.patience()) > 0
                ? Decisions.hold(s, HoldCause.UNDECIDED, DOUBT + " for " + Decisions.seconds(open) + ": " + doubt.why())
                : List.of();
    }

    static List<Effect> effects(Plan plan, State s, Instant now) {
        Observation w = s.watching();
        List<Effect> effects = new ArrayList<>();
        Instant tiled = w.looks().tiled();
        Instant asked = w.looks().asked();
        Instant last = asked == null || tiled.isAfter(asked) ? tiled : asked;
        if (Duration.between(last, now).compareTo(plan.interval()) >= 0) {
            effects.add(new Effect.Look(EffectKey.LOOK, s.phase().index(), tiled, now));
            if (BaselineRules.isWanted(plan, s)) {
                effects.add(new Effect.Capture(EffectKey.CAPTURE, now));
            }
        }
        if (!s.isRollingBack()) {
            for (Probe probe : plan.probes()) {
                TriggerState state = w.triggers().get(probe.entry());
                if (state == null
                        || state.until() == null
                        || Duration.between(state.until(), now).compareTo(Probe.EVERY) >= 0) {
                    effects.add(new Effect.Validate(EffectKey.probe(probe.entry()), probe.check()));
                }
            }
        }
        return effects;
    }

    private static Event.Breached breach(Plan plan, State s, Instant now) {
        Observation w = s.watching();
        for (Trigger trigger : plan.triggers()) {
            TriggerState state = w.triggers().get(trigger.key());
            if (!trigger.warns() && state != null && state.complete() != null) {
                TriggerText text = TriggerText.of(w.captured().armed(trigger), state);
                return new Event.Breached(
                        BreachCause.TRIGGER,
                        trigger.entry(),
                        text.metric(),
                        text.value(),
                        text.limit(),
                        text.reason(),
                        state.complete());
            }
        }
        for (Probe probe : plan.probes()) {
            TriggerState state = w.triggers().get(probe.entry());
            if (state != null && state.complete() != null) {
                Event.Validated said = s.said(probe.entry());
                return new Event.Breached(
                        BreachCause.TRIGGER,
                        probe.entry(),
                        null,
                        said.value(),
                        said.limit(),
                        probe.check().title() + ": " + said.reason(),
                        state.complete());
            }
        }
        LookVerdict verdict = s.verdict();
        if (s.life() == Lifecycle.BAKING && verdict != null && verdict.action() == Action.STOP) {
            return judged(plan, verdict, w.looks().tiled());
        }
        if (s.body().error() != null) {
            return Event.Breached.of(
                    BreachCause.PHASE, "the build failed: " + s.body().error());
        }
        Duration silent = Duration.between(w.looks().lastData(), now);
        if (silent.compareTo(plan.noData()) >= 0) {
            return new Event.Breached(
                    BreachCause.NO_DATA,
                    null,
                    null,
                    Decisions.seconds(silent),
                    Decisions.seconds(plan.noData()),
                    lacking(w.looks()) + " for " + Decisions.seconds(silent) + ", the limit is "
                            + Decisions.seconds(plan.noData()) + ": " + error(w.looks()),
                    null);
        }
        return null;
    }

    private static Event.Breached judged(Plan plan, LookVerdict verdict, Instant sampleAt) {
        MetricFinding worst = verdict.findings().stream()
                .filter(f -> f.verdict() == Verdict.FAIL)
                .findFirst()
                .orElse(null);
        if (worst == null) {
            return new Event.Breached(BreachCause.JUDGE, null, null, null, null, verdict.reason(), sampleAt);
        }
        return plan.metrics().stream()
                .filter(m -> m.id().equals(worst.id()))
                .findFirst()
                .map(m -> new Event.Breached(
                        BreachCause.JUDGE,
                        null,
                        m.id(),
                        Units.text(m, worst.canary()),
                        "baseline " + Units.text(m, worst.baseline()),
                        verdict.reason(),
                        sampleAt))
                .orElseThrow();
    }

    private static String lacking(Observation.Looks looks) {
        return looks.blind() ? "a trigger could not be held against its limit" : "no metrics";
    }

    private static String error(Observation.Looks looks) {
        return looks.error() == null ? "no look has ended since" : looks.error();
    }
}
