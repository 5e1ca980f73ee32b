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
     */
    record Breach(Event.Breached event, Instant sampled, Instant detected, List<ActionSpec> procedure) {
        /** @param lateness of the news about the sample, in the wall's time */
        static Breach of(Event.Breached event, Instant detected, Duration lateness, List<ActionSpec> procedure) {
            return new Breach(event, detected.minus(lateness), detected, procedure);
        }
    }

    /**
     * How far it has come.
     *
     * @param deadlineFrom what the objective counts from: the sample, or the resume after time without a runner
     * @param decided when it was; null until then
     * @param acted when weight 0 was first read back; null until then
     * @param nextAction index of the procedure's next action after the traffic
     * @param escalated whether people were already called
     */
    record Progress(Instant deadlineFrom, Instant decided, Instant acted, int nextAction, boolean escalated) {
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

        Progress withEscalation() {
            return changed(draft -> draft.escalated = true);
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
     * @param accepted when the router accepted weight 0; null until then
     * @param notBefore when the next try may be made; null for at once
     * @param error the last one, null for none
     */
    record Shift(int attempt, Instant accepted, Instant notBefore, String error) {
        private static final Duration BEFORE_RETRY = Duration.ofMillis(500);

        static final Shift NONE = new Shift(0, null, null, null);

        Shift answered(Instant wall, String why) {
            return why == null
                    ? new Shift(attempt, wall, null, null)
                    : new Shift(attempt + 1, null, wall.plus(BEFORE_RETRY), why);
        }

        Shift lost(String why) {
            return new Shift(attempt + 1, null, notBefore, why);
        }

        Shift resumed() {
            return new Shift(attempt + 1, null, null, error);
        }

        Shift read(String why) {
            return new Shift(attempt, accepted, notBefore, why);
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
        return with(progress.decided(wall));
    }

    RollbackState withShift(Instant wall, String error) {
        return new RollbackState(breach, progress, shift.answered(wall, error), confirmation.anew());
    }

    RollbackState withActed(Instant wall) {
        return with(progress.acted(wall));
    }

    /** A reading: {@code quiet} when weight 0 was read, no session is open and the baseline serves. */
    RollbackState withReading(boolean quiet, double canaryRequests, String error) {
        return new RollbackState(breach, progress, shift.read(error), confirmation.read(quiet, canaryRequests));
    }

    /** The router lost the weight again (a reload, another writer): it must be set once more. */
    RollbackState withLost(String error) {
        return new RollbackState(breach, progress, shift.lost(error), confirmation.anew());
    }

    RollbackState withNextAction() {
        return with(progress.withActionEnded());
    }

    RollbackState withConfirmed(Stamped confirmed) {
        return new RollbackState(
                breach,
                progress,
                shift,
                new Confirmation(confirmation.still, confirmation.lastCanaryRequests, confirmed.at()));
    }

    RollbackState withUnconfirmed() {
        return with(progress.withEscalation());
    }

    /** After time without a runner: everything is tried again, and the objective counts from here. */
    RollbackState withResumed(Instant wall) {
        return new RollbackState(breach, progress.resumed(wall), shift.resumed(), confirmation.anew());
    }

    private RollbackState with(Progress value) {
        return new RollbackState(breach, value, shift, confirmation);
    }
}
