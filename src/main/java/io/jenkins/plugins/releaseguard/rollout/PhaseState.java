// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import java.time.Duration;
import java.time.Instant;

/**
 * The phase under way.
 *
 * @param index -1 before the first
 * @param attempt counts shifts of this phase that did not take, from 0
 * @param shifted the router accepted the shift
 * @param misses readings that did not show the weight
 * @param bakeStarted null until the weight is confirmed
 * @param credit bake gathered before an interruption
 * @param bodyEnded the body came to its end
 * @param bodyError why it failed, null if it didn't
 * @param drifts how often the weight was found changed by others
 * @param skippedBy who promoted the phase by hand, null for nobody
 */
record PhaseState(
        int index,
        Instant started,
        int attempt,
        boolean shifted,
        int misses,
        Instant bakeStarted,
        Duration credit,
        boolean bodyEnded,
        String bodyError,
        boolean approved,
        int drifts,
        String lastError,
        String skippedBy) {
    static final PhaseState NONE =
            new PhaseState(-1, null, 0, false, 0, null, Duration.ZERO, false, null, false, 0, null, null);

    static PhaseState begin(int index, Instant at) {
        return new PhaseState(index, at, 0, false, 0, null, Duration.ZERO, false, null, false, 0, null, null);
    }

    Duration baked(Instant now) {
        return bakeStarted == null ? credit : credit.plus(Duration.between(bakeStarted, now));
    }

    PhaseState withShifted(String error) {
        return new PhaseState(
                index,
                started,
                error == null ? attempt : attempt + 1,
                error == null,
                0,
                bakeStarted,
                credit,
                bodyEnded,
                bodyError,
                approved,
                drifts,
                error,
                skippedBy);
    }

    PhaseState withMiss(String error, int limit) {
        boolean again = misses + 1 >= limit;
        return new PhaseState(
                index,
                started,
                again ? attempt + 1 : attempt,
                !again,
                again ? 0 : misses + 1,
                bakeStarted,
                credit,
                bodyEnded,
                bodyError,
                approved,
                drifts,
                error,
                skippedBy);
    }

    PhaseState withBake(Instant at) {
        return new PhaseState(
                index, started, attempt, shifted, 0, at, credit, bodyEnded, bodyError, approved, drifts, null,
                skippedBy);
    }

    /** The weight was found changed: it must be set again; the bake goes on from here once it is confirmed. */
    PhaseState withDrift(Instant now) {
        return new PhaseState(
                index,
                started,
                attempt + 1,
                false,
                0,
                null,
                baked(now),
                bodyEnded,
                bodyError,
                approved,
                drifts + 1,
                null,
                skippedBy);
    }

    /** After time without a runner: what was baked counts, the weight is to be confirmed anew. */
    PhaseState withInterruption(Instant lastSeen) {
        Duration kept =
                bakeStarted == null || lastSeen == null || lastSeen.isBefore(bakeStarted) ? credit : baked(lastSeen);
        return new PhaseState(
                index,
                started,
                attempt + 1,
                false,
                0,
                null,
                kept,
                bodyEnded,
                bodyError,
                approved,
                drifts,
                null,
                skippedBy);
    }

    PhaseState withBody(String error) {
        return new PhaseState(
                index,
                started,
                attempt,
                shifted,
                misses,
                bakeStarted,
                credit,
                true,
                error,
                approved,
                drifts,
                lastError,
                skippedBy);
    }

    PhaseState withApproval() {
        return new PhaseState(
                index,
                started,
                attempt,
                shifted,
                misses,
                bakeStarted,
                credit,
                bodyEnded,
                bodyError,
                true,
                drifts,
                lastError,
                skippedBy);
    }

    PhaseState withSkip(String by) {
        return new PhaseState(
                index,
                started,
                attempt,
                shifted,
                misses,
                bakeStarted,
                credit,
                bodyEnded,
                bodyError,
                approved,
                drifts,
                lastError,
                by);
    }
}
