// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The way back. Times are the wall's. */
record RollbackState(Breach breach, Progress progress, Shift shift, Confirmation confirmation) {

    /**
     * Why.
     *
     * @param sampled when the sample that completed the condition was true
     * @param detected when that sample was known here
     * @param way what can bring the traffic back
     */
    record Breach(Event.Breached event, Instant sampled, Instant detected, List<ActionSpec> procedure, Way way) {
        /** @param lateness of the news about the sample, in the wall's time */
        static Breach of(
                Event.Breached event, Instant detected, Duration lateness, List<ActionSpec> procedure, Way way) {
            return new Breach(event, detected.minus(lateness), detected, procedure, way);
        }
    }

    /**
     * How far it has come.
     *
     * @param deadlineFrom what the objective counts from: the sample, or the resume after time without a runner
     * @param decided when it was; null until then
     * @param acted when weight 0 was first read back; null until then
     * @param nextAction index of the procedure's next action after the traffic
     * @param escalated whether it is told that the objective has passed
     */
    record Progress(Instant deadlineFrom, Instant decided, Instant acted, int nextAction, boolean escalated) {
        /** What was confirmed is lost: the decision is made anew, the procedure isn't. */
        Progress again(Instant wall) {
            return changed(draft -> {
                draft.deadlineFrom = wall;
                draft.decided = wall;
                draft.acted = null;
                draft.escalated = false;
            });
        }

        Progress resumed(Instant wall) {
            return changed(draft -> draft.deadlineFrom = wall);
        }

        Progress decided(Instant wall) {
            return changed(draft -> draft.decided = wall);
        }

        Progress acted(Instant wall) {
            return changed(draft -> draft.acted = wall);
        }

        Progress withActionEnded() {
            return changed(draft -> draft.nextAction++);
        }

        Progress withEscalation(boolean value) {
            return changed(draft -> draft.escalated = value);
        }

        private Progress changed(Consumer<Draft> change) {
            Draft draft = new Draft(deadlineFrom);
            draft.decided = decided;
            draft.acted = acted;
            draft.nextAction = nextAction;
            draft.escalated = escalated;
            change.accept(draft);
            return draft.progress();
        }

        private static final class Draft {
            Instant deadlineFrom;
            Instant decided;
            Instant acted;
            int nextAction;
            boolean escalated;

            Draft(Instant deadlineFrom) {
                this.deadlineFrom = deadlineFrom;
            }

            Progress progress() {
                return new Progress(deadlineFrom, decided, acted, nextAction, escalated);
            }
        }
    }

    /**
     * The traffic's way to 0.
     *
     * @param attempt counts shifts that failed or were lost again, from 0
     * @param failed those in a row since the weight last held
     * @param accepted when the router accepted weight 0, or was seen to have it; null until then
     * @param notBefore when the next try may be made; null for at once
     * @param error the last one, null for none
     */
    record Shift(int attempt, int failed, Instant accepted, Instant notBefore, String error) {
        /** Tries never end, but a router that is away for hours needs no more than two a minute. */
        static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

        static final Shift NONE = new Shift(0, 0, null, null, null);

        Shift answered(Instant wall, String why) {
            return why == null ? accepted(wall) : failed(wall, why);
        }

        Shift accepted(Instant wall) {
            return new Shift(attempt, failed, wall, null, null);
        }

        /** Lost again: at once if it had held, else as after any failure. */
        Shift lost(Instant wall, String why) {
            return failed == 0 ? new Shift(attempt + 1, 1, null, null, why) : failed(wall, why);
        }

        private Shift failed(Instant wall, String why) {
            return new Shift(attempt + 1, failed + 1, null, wall.plus(RETRY.wait(failed)), why);
        }

        /** The router, which had been away, speaks: the next try is now. */
        Shift answering() {
            return new Shift(attempt, failed, accepted, null, error);
        }

        Shift resumed() {
            return new Shift(attempt + 1, 0, null, null, error);
        }

        Shift read(boolean holds, String why) {
            return new Shift(attempt, holds ? 0 : failed, accepted, notBefore, why);
        }

        boolean due(Instant wall) {
            return accepted == null && RETRY.due(notBefore, wall);
        }

        /** Whether tries are so far apart that the next is waited for. */
        boolean pauses(Duration pause) {
            return accepted == null
                    && failed > 0
                    && notBefore != null
                    && RETRY.wait(failed - 1).compareTo(pause) >= 0;
        }
    }

    /**
     * What shows that nothing reaches the canary any more.
     *
     * @param still readings in a row in which the canary's counter stood still
     * @param lastCanaryRequests the counter of the reading before, NaN for none
     * @param at the release's time of the confirmation; null until then
     */
    record Confirmation(int still, double lastCanaryRequests, Instant at) {
        static final Confirmation NONE = new Confirmation(0, Double.NaN, null);

        /** Counting begins anew. */
        Confirmation anew() {
            return new Confirmation(0, Double.NaN, at);
        }

        Confirmation read(boolean quiet, double canaryRequests) {
            boolean same = quiet && canaryRequests == lastCanaryRequests;
            return new Confirmation(same ? still + 1 : 0, quiet ? canaryRequests : Double.NaN, at);
        }
    }

    static RollbackState of(Breach breach) {
        return new RollbackState(breach, new Progress.Draft(breach.sampled).progress(), Shift.NONE, Confirmation.NONE);
    }

    EffectKey shiftKey() {
        return EffectKey.back(shift.attempt);
    }

    EffectKey actionKey() {
        return EffectKey.action(progress.nextAction);
    }

    RollbackState withStarted(Instant wall) {
        return with(progress.decided(wall)).withoutShift(wall);
    }

    /** What was confirmed is lost again. */
    RollbackState withAgain(Instant wall) {
        RollbackState next = new RollbackState(breach, progress.again(wall), shift.resumed(), Confirmation.NONE);
        return next.withoutShift(wall);
    }

    /** Where only the procedure's actions move users there is no shift to wait for. */
    private RollbackState withoutShift(Instant wall) {
        return breach.way == Way.PROCEDURE
                ? new RollbackState(breach, progress, shift.accepted(wall), confirmation)
                : this;
    }

    /** The router has weight 0, whoever has set it. */
    RollbackState withSeen(Instant wall) {
        return new RollbackState(breach, progress, shift.accepted(wall), confirmation.anew());
    }

    RollbackState withAnswering() {
        return new RollbackState(breach, progress, shift.answering(), confirmation);
    }

    /** A try that failed takes nothing from what is seen meanwhile: something else may have brought the traffic back. */
    RollbackState withShift(Instant wall, String error) {
        return new RollbackState(
                breach, progress, shift.answered(wall, error), error == null ? confirmation.anew() : confirmation);
    }

    RollbackState withActed(Instant wall) {
        return with(progress.acted(wall));
    }

    /**
     * A reading: {@code quiet} when weight 0 was read, no session is open and the baseline serves.
     *
     * @param holds whether weight 0 was read
     */
    RollbackState withReading(boolean holds, boolean quiet, double canaryRequests, String error) {
        return new RollbackState(breach, progress, shift.read(holds, error), confirmation.read(quiet, canaryRequests));
    }

    /** The router lost the weight again (a reload, another writer): it must be set once more. */
    RollbackState withLost(Instant wall, String error) {
        return new RollbackState(breach, progress, shift.lost(wall, error), confirmation.anew());
    }

    RollbackState withNextAction() {
        return with(progress.withActionEnded());
    }

    RollbackState withConfirmed(Stamped confirmed) {
        return new RollbackState(
                breach,
                progress.withEscalation(false),
                shift,
                new Confirmation(confirmation.still, confirmation.lastCanaryRequests, confirmed.at()));
    }

    RollbackState withUnconfirmed() {
        return with(progress.withEscalation(true));
    }

    /** The router, silent after the confirmation, says again that it holds. */
    RollbackState withHolding() {
        return with(progress.withEscalation(false));
    }

    /** After time without a runner: everything is tried again, and the objective counts from here. */
    RollbackState withResumed(Instant wall) {
        RollbackState next = new RollbackState(breach, progress.resumed(wall), shift.resumed(), confirmation.anew());
        return next.withoutShift(wall);
    }

    private RollbackState with(Progress value) {
        return new RollbackState(breach, value, shift, confirmation);
    }
}
