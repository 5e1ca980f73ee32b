// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import java.time.Duration;
import java.time.Instant;

/**
 * The phase under way.
 *
 * @param index -1 before the first
 * @param body the phase's own
 */
record PhaseState(int index, Instant started, Shift shift, Bake bake, BodyState body, Leave leave) {
    static final PhaseState NONE = begin(-1, null);

    /**
     * The way of the traffic to the phase's weight.
     *
     * @param attempt counts shifts of this phase that did not take, from 0
     * @param accepted the router accepted the shift
     * @param misses readings in a row that did not show the weight
     * @param drifts how often the weight was found changed by others
     * @param replans how often it was by servers that came or went: nobody's fault, and no limit to it
     * @param byServers whether the last change was of that kind
     * @param confirmed the weight was read back, and not found changed since
     * @param error the last one, null for none
     */
    record Shift(
            int attempt,
            boolean accepted,
            int misses,
            int drifts,
            int replans,
            boolean byServers,
            boolean confirmed,
            String error) {
        static final Shift NONE = new Shift(0, false, 0, 0, 0, false, false, null);

        /** How often the weight was found to be another. */
        int changes() {
            return drifts + replans;
        }

        Shift accept(int missed, boolean readBack, String why) {
            return new Shift(attempt, true, missed, drifts, replans, byServers, readBack, why);
        }

        /** The weight must be set again. */
        Shift again(String why) {
            return new Shift(attempt + 1, false, 0, drifts, replans, byServers, false, why);
        }

        /** Others changed the weight; what it took to set it before says nothing about this time. */
        Shift drifted() {
            return new Shift(0, false, 0, drifts + 1, replans, false, false, null);
        }

        /** Other servers take requests now: the same weights give another share. */
        Shift replanned() {
            return new Shift(0, false, 0, drifts, replans + 1, true, false, null);
        }

        Shift readBack() {
            return new Shift(attempt, accepted, 0, drifts, replans, byServers, true, null);
        }
    }

    /**
     * How long the weight has been confirmed, and how much of that belongs to the warm-up, which comes first.
     *
     * @param started null until it is
     * @param warmup what was left of the warm-up then; null before the first time, when all of it is
     * @param credit what was baked before an interruption
     */
    record Bake(Instant started, Duration warmup, Duration credit) {
        static final Bake NONE = new Bake(null, null, Duration.ZERO);

        private Duration left(Instant now) {
            if (started == null || !now.isAfter(started)) {
                return warmup;
            }
            Duration left = warmup.minus(Duration.between(started, now));
            return left.isNegative() ? Duration.ZERO : left;
        }

        Duration until(Instant now) {
            if (started == null || !warms().isBefore(now)) {
                return credit;
            }
            return credit.plus(Duration.between(warms(), now));
        }

        /** When the warm-up is over; known once the weight is confirmed. */
        private Instant warms() {
            return started.plus(warmup);
        }

        /** The canary has served meanwhile: what it has warmed up counts as what it has baked. */
        Bake interrupted(Instant at) {
            return at == null ? new Bake(null, warmup, credit) : new Bake(null, left(at), until(at));
        }
    }

    /**
     * What people said about leaving the phase.
     *
     * @param skippedBy who promoted it by hand, null for nobody
     */
    record Leave(boolean approved, String skippedBy) {
        static final Leave NONE = new Leave(false, null);
    }

    static PhaseState begin(int index, Instant at) {
        return new PhaseState(index, at, Shift.NONE, Bake.NONE, BodyState.OPEN, Leave.NONE);
    }

    EffectKey shiftKey() {
        return EffectKey.shift(index, shift.changes(), shift.attempt);
    }

    EffectKey bodyKey() {
        return EffectKey.body(index);
    }

    Duration baked(Instant now) {
        return bake.until(now);
    }

    PhaseState withShifted(String error) {
        return with(error == null ? shift.accept(0, false, null) : shift.again(error));
    }

    PhaseState withMiss(String error, int limit) {
        return with(shift.misses + 1 >= limit ? shift.again(error) : shift.accept(shift.misses + 1, false, error));
    }

    /** A reading shows the weight: those that did not are the past. */
    PhaseState withHit() {
        return with(shift.accept(0, false, null));
    }

    PhaseState withBake(Instant at, Duration warmup) {
        return with(shift.readBack()).with(new Bake(at, warmup, bake.credit));
    }

    /** Whether what happens at that moment belongs to the phase's warm-up. */
    boolean warmsUp(Instant at) {
        return bake.started != null && at.isBefore(bake.warms());
    }

    /** What is left of it then. */
    Duration warmupLeft(Instant now) {
        return bake.left(now);
    }

    /** How long it has warmed up and baked, of the warm-up that the plan has. */
    Duration served(Duration planned, Instant now) {
        Duration left = bake.warmup == null ? planned : bake.left(now);
        return planned.minus(left).plus(bake.until(now));
    }

    /** The warm-up that is still to come once the weight is confirmed, of the one that the plan has. */
    Duration warmup(Duration planned) {
        return bake.warmup == null ? planned : bake.warmup;
    }

    /** The weight was read back again after the phases' end. */
    PhaseState withConfirmed() {
        return with(shift.readBack());
    }

    /** The weight was found changed: it must be set again; the bake goes on from here once it is confirmed. */
    PhaseState withDrift(Instant now) {
        return with(shift.drifted()).with(bake.interrupted(now));
    }

    /** Servers came or went: the weights for the same share are worked out anew. */
    PhaseState withReplan(Instant now) {
        return with(shift.replanned()).with(bake.interrupted(now));
    }

    /** After time without a runner: what was baked counts, the weight is to be confirmed anew. */
    PhaseState withInterruption(Instant lastSeen) {
        return with(shift.again(null)).with(bake.interrupted(lastSeen));
    }

    PhaseState withBody(String error) {
        return new PhaseState(index, started, shift, bake, BodyState.ended(error), leave);
    }

    PhaseState withApproval() {
        return with(new Leave(true, leave.skippedBy));
    }

    PhaseState withSkip(String by) {
        return with(new Leave(leave.approved, by));
    }

    private PhaseState with(Shift value) {
        return new PhaseState(index, started, value, bake, body, leave);
    }

    private PhaseState with(Bake value) {
        return new PhaseState(index, started, shift, value, body, leave);
    }

    private PhaseState with(Leave value) {
        return new PhaseState(index, started, shift, bake, body, value);
    }
}
