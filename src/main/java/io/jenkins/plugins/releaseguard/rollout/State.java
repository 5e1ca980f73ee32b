// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a release stands: the journal, folded (see {@link Fold}). Immutable.
 *
 * @param holds why the rollout waits, by cause
 * @param intended keys of side effects that were tried or are to be
 * @param done keys that came to an end, with the error or empty
 * @param reading the router's last word, null before it; {@code readWall} when that was
 * @param readAfterShift whether that was after the last side effect ended
 * @param bodyEnded the enclosing body has ended; {@code bodyError} why it failed
 * @param validated status by validation entry
 * @param watchFrom when the bake after full promotion began
 * @param lastAt the release's time of the newest event
 */
public record State(
        Lifecycle life,
        PhaseState phase,
        Observation watching,
        Map<HoldCause, String> holds,
        Set<String> intended,
        Map<String, String> done,
        RouterReading reading,
        Instant readWall,
        String readError,
        boolean readAfterShift,
        boolean bodyEnded,
        String bodyError,
        Map<String, Event.Validated> validated,
        Instant watchFrom,
        RollbackState rollback,
        Event.Ended ended,
        Instant lastAt) {

    public static final State NEW = new State(
            Lifecycle.OPEN,
            PhaseState.NONE,
            Observation.NONE,
            Map.of(),
            Set.of(),
            Map.of(),
            null,
            null,
            null,
            false,
            false,
            null,
            Map.of(),
            null,
            null,
            null,
            null);

    /** Index of the phase under way, -1 before the first. */
    public int phaseIndex() {
        return phase.index();
    }

    public boolean isRollingBack() {
        return rollback != null;
    }

    public boolean isHeld() {
        return !holds.isEmpty();
    }

    /** The judge's last word on the phase under way; null before it. */
    public LookVerdict verdict() {
        return watching.verdict();
    }

    /** How the release ended; null while it goes on. */
    public Event.Ended outcome() {
        return ended;
    }

    State with(Lifecycle value) {
        return new State(
                value,
                phase,
                watching,
                holds,
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                rollback,
                ended,
                lastAt);
    }

    State with(PhaseState value) {
        return new State(
                life,
                value,
                watching,
                holds,
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                rollback,
                ended,
                lastAt);
    }

    State with(Observation value) {
        return new State(
                life,
                phase,
                value,
                holds,
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                rollback,
                ended,
                lastAt);
    }

    State with(RollbackState value) {
        return new State(
                life,
                phase,
                watching,
                holds,
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                value,
                ended,
                lastAt);
    }

    State withHold(HoldCause cause, String reason) {
        Map<HoldCause, String> all = new HashMap<>(holds);
        if (reason == null) {
            all.remove(cause);
        } else {
            all.put(cause, reason);
        }
        return new State(
                life,
                phase,
                watching,
                Map.copyOf(all),
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                rollback,
                ended,
                lastAt);
    }

    State withIntended(String key) {
        Set<String> all = new HashSet<>(intended);
        all.add(key);
        return new State(
                life,
                phase,
                watching,
                holds,
                Set.copyOf(all),
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                rollback,
                ended,
                lastAt);
    }

    State withDone(String key, String error) {
        Map<String, String> all = new HashMap<>(done);
        all.put(key, error == null ? "" : error);
        return new State(
                life,
                phase,
                watching,
                holds,
                intended,
                Map.copyOf(all),
                reading,
                readWall,
                readError,
                false,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                rollback,
                ended,
                lastAt);
    }

    State withReading(RouterReading value, String error, Instant wall) {
        return new State(
                life,
                phase,
                watching,
                holds,
                intended,
                done,
                value == null ? reading : value,
                wall,
                error,
                true,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                rollback,
                ended,
                lastAt);
    }

    State withBody(String error) {
        return new State(
                life,
                phase,
                watching,
                holds,
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                true,
                error,
                validated,
                watchFrom,
                rollback,
                ended,
                lastAt);
    }

    State withValidated(Event.Validated value) {
        Map<String, Event.Validated> all = new HashMap<>(validated);
        all.put(value.entry(), value);
        return new State(
                life,
                phase,
                watching,
                holds,
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                Map.copyOf(all),
                watchFrom,
                rollback,
                ended,
                lastAt);
    }

    State withWatchFrom(Instant at) {
        return new State(
                life,
                phase,
                watching,
                holds,
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                validated,
                at,
                rollback,
                ended,
                lastAt);
    }

    State withEnded(Event.Ended value) {
        return new State(
                Lifecycle.ENDED,
                phase,
                watching,
                holds,
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                rollback,
                value,
                lastAt);
    }

    State at(Instant value) {
        return new State(
                life,
                phase,
                watching,
                holds,
                intended,
                done,
                reading,
                readWall,
                readError,
                readAfterShift,
                bodyEnded,
                bodyError,
                validated,
                watchFrom,
                rollback,
                ended,
                value);
    }
}
