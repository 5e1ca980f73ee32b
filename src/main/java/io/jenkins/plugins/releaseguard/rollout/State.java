// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a release stands: the journal, folded (see {@link Fold}). Immutable.
 *
 * @param holds why the rollout waits, by cause
 * @param body the enclosing body
 * @param answers what was last said of entries that are looked at, by their id
 * @param watchFrom when the bake after full promotion began
 * @param unproven indices of the phases that ended without proof
 * @param rollback null while nothing is brought back
 * @param frozen the breach that a person must answer, since the change can't be undone; null for none
 * @param calls what people are called for
 * @param closed a person's order to end a release that doesn't end by itself; null for none
 * @param ended how the release ended; null while it goes on
 * @param lastAt the release's time of the newest event
 */
public record State(
        Lifecycle life,
        PhaseState phase,
        Observation watching,
        Map<HoldCause, String> holds,
        SideEffects effects,
        RouterView router,
        BodyState body,
        Map<String, Answer> answers,
        Instant watchFrom,
        Set<Integer> unproven,
        RollbackState rollback,
        Event.Breached frozen,
        Calls calls,
        Event.Operated closed,
        Event.Ended ended,
        Instant lastAt) {

    public static final State NEW = new Draft().state();

    /**
     * Side effects by key.
     *
     * @param intended those that were tried or are to be
     * @param done those that came to an end, with the error or empty
     */
    record SideEffects(Set<EffectKey> intended, Map<EffectKey, String> done) {
        static final SideEffects NONE = new SideEffects(Set.of(), Map.of());

        SideEffects intend(EffectKey key) {
            Set<EffectKey> all = new HashSet<>(intended);
            Map<EffectKey, String> ended = new HashMap<>(done);
            if (key.isEndless()) {
                // remembered by its last try
                all.removeIf(old -> old.at(key.attempt()).equals(key));
                ended.keySet().removeIf(old -> old.at(key.attempt()).equals(key));
            }
            all.add(key);
            return new SideEffects(Set.copyOf(all), Map.copyOf(ended));
        }

        boolean isUnderWay(EffectKey key) {
            return intended.contains(key) && !done.containsKey(key);
        }

        SideEffects end(EffectKey key, String error) {
            Map<EffectKey, String> all = new HashMap<>(done);
            all.put(key, error == null ? "" : error);
            return new SideEffects(intended, Map.copyOf(all));
        }
    }

    /**
     * What was last said of an entry.
     *
     * @param at when, in the release's time
     * @param open since when no answer was green in time; null while the last one is
     */
    record Answer(Event.Validated said, Instant at, Instant open) {
        static Answer first(Event.Validated said, Instant at, boolean late) {
            return new Answer(said, at, said.status().green() && !late ? null : at);
        }

        private Answer then(Answer next) {
            return open == null || next.open == null ? next : new Answer(next.said, next.at, open);
        }
    }

    /** Index of the phase under way, -1 before the first. */
    public int phaseIndex() {
        return phase.index();
    }

    /** The canary's share as the router was last read, as people read it; null before the first reading. */
    public String weightRead() {
        return router.weight();
    }

    public boolean isRollingBack() {
        return rollback != null;
    }

    /** Something broke that can't be undone without a person's word. */
    public boolean isFrozen() {
        return frozen != null && rollback == null;
    }

    /** A rollback that has not been confirmed in its time; it is tried on. */
    public boolean isUnconfirmed() {
        return rollback != null && rollback.progress().escalated() && life != Lifecycle.ENDED;
    }

    /** What keeps a rollback from being confirmed; null where it is, or has time yet. */
    public String unconfirmedReason() {
        return isUnconfirmed() ? calls.reason(Occasion.ROLLBACK) : null;
    }

    /** Whether people are called, and nobody has taken over. */
    public boolean isCalling() {
        return calls.areWanted();
    }

    /** Who has taken over what people are called for; null for nobody. */
    public String takenBy() {
        return calls.takenBy();
    }

    public boolean isHeld() {
        return !holds.isEmpty();
    }

    /** Whether the release stands where the command was meant for: one that comes late must not move another phase. */
    public boolean isMeantBy(Event.Operated operated) {
        return operated.phase() == null || life.isCanary() && operated.phase() == phase.index();
    }

    boolean isHeldFor(HoldCause cause) {
        return holds.containsKey(cause);
    }

    /** The judge's last word on the phase under way; null before it. */
    public LookVerdict verdict() {
        return watching.judging().verdict();
    }

    /** What was left of the phase's warm-up at the newest event; zero outside of one. */
    public Duration warmupLeft() {
        return life == Lifecycle.BAKING && phase.warmsUp(lastAt) ? phase.warmupLeft(lastAt) : Duration.ZERO;
    }

    /**
     * How long the phase under way had warmed up and baked at the newest event, without interruptions; zero outside of one.
     *
     * @param warmup the phase's, as planned
     */
    public Duration served(Duration warmup) {
        return lastAt == null || !life.isCanary() ? Duration.ZERO : phase.served(warmup, lastAt);
    }

    /** How long the new version had been watched with all traffic at the newest event; zero before. */
    public Duration watched() {
        return watchFrom == null || lastAt == null ? Duration.ZERO : Duration.between(watchFrom, lastAt);
    }

    /** What led to the rollback; null where none began. */
    public Event.Breached breach() {
        return rollback == null ? null : rollback.breach().event();
    }

    /** How the release ended; null while it goes on. */
    public Event.Ended outcome() {
        return ended;
    }

    State with(Lifecycle value) {
        return changed(draft -> draft.life = value);
    }

    State with(PhaseState value) {
        return changed(draft -> draft.phase = value);
    }

    State with(Observation value) {
        return changed(draft -> draft.watching = value);
    }

    State with(SideEffects value) {
        return changed(draft -> draft.effects = value);
    }

    State with(RouterView value) {
        return changed(draft -> draft.router = value);
    }

    State with(BodyState value) {
        return changed(draft -> draft.body = value);
    }

    State with(RollbackState value) {
        return changed(draft -> draft.rollback = value);
    }

    State withHold(HoldCause cause, String reason) {
        Map<HoldCause, String> all = new HashMap<>(holds);
        all.put(cause, reason == null ? "" : reason);
        return changed(draft -> draft.holds = Map.copyOf(all));
    }

    State withoutHold(HoldCause cause) {
        Map<HoldCause, String> all = new HashMap<>(holds);
        all.remove(cause);
        return changed(draft -> draft.holds = Map.copyOf(all));
    }

    /** The last word on an entry; null before the first. */
    Event.Validated said(String entry) {
        Answer answer = answers.get(entry);
        return answer == null ? null : answer.said();
    }

    /** @param late it says how it was too long ago */
    State withAnswer(Event.Validated said, Instant at, boolean late) {
        Map<String, Answer> all = new HashMap<>(answers);
        all.merge(said.entry(), Answer.first(said, at, late), (before, now) -> before.then(now));
        return changed(draft -> draft.answers = Map.copyOf(all));
    }

    State withWatchFrom(Instant at) {
        return changed(draft -> draft.watchFrom = at);
    }

    State withUnproven(int ended) {
        Set<Integer> all = new HashSet<>(unproven);
        all.add(ended);
        return changed(draft -> draft.unproven = Set.copyOf(all));
    }

    State with(Calls value) {
        return changed(draft -> draft.calls = value);
    }

    /** People are to be called. */
    State withCall(Occasion occasion, String reason) {
        boolean underWay = calls.all().containsKey(occasion) && effects.isUnderWay(calls.key(occasion));
        return with(calls.opened(occasion, reason, underWay));
    }

    State withFrozen(Event.Breached value) {
        return changed(draft -> draft.frozen = value);
    }

    State withClosed(Event.Operated value) {
        return changed(draft -> draft.closed = value);
    }

    State withEnded(Event.Ended value) {
        return changed(draft -> {
            draft.life = Lifecycle.ENDED;
            draft.ended = value;
        });
    }

    State at(Instant value) {
        return changed(draft -> draft.lastAt = value);
    }

    private State changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.state();
    }

    /** A state in the making: the one place that knows the order of the components. */
    private static final class Draft {
        Lifecycle life = Lifecycle.OPEN;
        PhaseState phase = PhaseState.NONE;
        Observation watching = Observation.NONE;
        Map<HoldCause, String> holds = Map.of();
        SideEffects effects = SideEffects.NONE;
        RouterView router = RouterView.NONE;
        BodyState body = BodyState.OPEN;
        Map<String, Answer> answers = Map.of();
        Instant watchFrom;
        Set<Integer> unproven = Set.of();
        RollbackState rollback;
        Event.Breached frozen;
        Calls calls = Calls.NONE;
        Event.Operated closed;
        Event.Ended ended;
        Instant lastAt;

        Draft() {}

        Draft(State of) {
            life = of.life;
            phase = of.phase;
            watching = of.watching;
            holds = of.holds;
            effects = of.effects;
            router = of.router;
            body = of.body;
            answers = of.answers;
            watchFrom = of.watchFrom;
            unproven = of.unproven;
            rollback = of.rollback;
            frozen = of.frozen;
            calls = of.calls;
            closed = of.closed;
            ended = of.ended;
            lastAt = of.lastAt;
        }

        State state() {
            return new State(
                    life, phase, watching, holds, effects, router, body, answers, watchFrom, unproven, rollback, frozen,
                    calls, closed, ended, lastAt);
        }
    }
}
