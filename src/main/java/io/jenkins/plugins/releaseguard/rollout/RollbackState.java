// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Instant;
import java.util.List;

/**
 * The way back. Times are the wall's.
 *
 * @param breach why
 * @param breachWall when the sample that completed the condition was true
 * @param detected when that sample was known here
 * @param deadlineFrom what the objective counts from: the sample, or the resume after time without a runner
 * @param notBefore when the next try to shift may be made
 * @param started when it was decided; null until then
 * @param attempt counts shifts to 0 that failed, from 0
 * @param shifted when the router accepted weight 0; null until then
 * @param acted when weight 0 was first read back; null until then
 * @param still readings in a row in which the canary's counter stood still
 * @param lastCanaryRequests the counter of the reading before, NaN for none
 * @param nextAction index of the procedure's next action after the traffic
 * @param confirmed null until confirmed
 * @param unconfirmed whether people were already called
 */
record RollbackState(
        Event.Breached breach,
        Instant breachWall,
        Instant detected,
        Instant deadlineFrom,
        List<ActionSpec> procedure,
        Instant started,
        int attempt,
        Instant shifted,
        Instant acted,
        int still,
        double lastCanaryRequests,
        int nextAction,
        Instant confirmed,
        Instant confirmedAt,
        boolean unconfirmed,
        String lastError,
        Instant notBefore) {

    static RollbackState of(Event.Breached breach, Instant breachWall, Instant detected, List<ActionSpec> procedure) {
        return new RollbackState(
                breach,
                breachWall,
                detected,
                breachWall,
                procedure,
                null,
                0,
                null,
                null,
                0,
                Double.NaN,
                0,
                null,
                null,
                false,
                null,
                null);
    }

    RollbackState withStarted(Instant wall) {
        return new RollbackState(
                breach,
                breachWall,
                detected,
                deadlineFrom,
                procedure,
                wall,
                attempt,
                shifted,
                acted,
                still,
                lastCanaryRequests,
                nextAction,
                confirmed,
                confirmedAt,
                unconfirmed,
                lastError,
                notBefore);
    }

    RollbackState withShift(Instant wall, String error) {
        return new RollbackState(
                breach,
                breachWall,
                detected,
                deadlineFrom,
                procedure,
                started,
                error == null ? attempt : attempt + 1,
                error == null ? wall : null,
                acted,
                0,
                Double.NaN,
                nextAction,
                confirmed,
                confirmedAt,
                unconfirmed,
                error,
                error == null ? null : wall.plusMillis(500));
    }

    RollbackState withActed(Instant wall) {
        return new RollbackState(
                breach,
                breachWall,
                detected,
                deadlineFrom,
                procedure,
                started,
                attempt,
                shifted,
                wall,
                still,
                lastCanaryRequests,
                nextAction,
                confirmed,
                confirmedAt,
                unconfirmed,
                lastError,
                notBefore);
    }

    /** A reading: {@code quiet} when weight 0 was read, no session is open and the baseline serves. */
    RollbackState withReading(boolean quiet, double canaryRequests, String error) {
        boolean same = quiet && canaryRequests == lastCanaryRequests;
        return new RollbackState(
                breach,
                breachWall,
                detected,
                deadlineFrom,
                procedure,
                started,
                attempt,
                shifted,
                acted,
                same ? still + 1 : 0,
                quiet ? canaryRequests : Double.NaN,
                nextAction,
                confirmed,
                confirmedAt,
                unconfirmed,
                error,
                notBefore);
    }

    /** The router lost the weight again (a reload, another writer): it must be set once more. */
    RollbackState withLost(String error) {
        return new RollbackState(
                breach,
                breachWall,
                detected,
                deadlineFrom,
                procedure,
                started,
                attempt + 1,
                null,
                acted,
                0,
                Double.NaN,
                nextAction,
                confirmed,
                confirmedAt,
                unconfirmed,
                error,
                notBefore);
    }

    RollbackState withNextAction() {
        return new RollbackState(
                breach,
                breachWall,
                detected,
                deadlineFrom,
                procedure,
                started,
                attempt,
                shifted,
                acted,
                still,
                lastCanaryRequests,
                nextAction + 1,
                confirmed,
                confirmedAt,
                unconfirmed,
                lastError,
                notBefore);
    }

    RollbackState withConfirmed(Instant wall, Instant at) {
        return new RollbackState(
                breach,
                breachWall,
                detected,
                deadlineFrom,
                procedure,
                started,
                attempt,
                shifted,
                acted,
                still,
                lastCanaryRequests,
                nextAction,
                wall,
                at,
                unconfirmed,
                lastError,
                notBefore);
    }

    RollbackState withUnconfirmed() {
        return new RollbackState(
                breach,
                breachWall,
                detected,
                deadlineFrom,
                procedure,
                started,
                attempt,
                shifted,
                acted,
                still,
                lastCanaryRequests,
                nextAction,
                confirmed,
                confirmedAt,
                true,
                lastError,
                notBefore);
    }

    /** After time without a runner: everything is tried again, and the objective counts from here. */
    RollbackState withResumed(Instant wall) {
        return new RollbackState(
                breach,
                breachWall,
                detected,
                wall,
                procedure,
                started,
                attempt + 1,
                null,
                acted,
                0,
                Double.NaN,
                nextAction,
                confirmed,
                confirmedAt,
                unconfirmed,
                lastError,
                null);
    }
}
