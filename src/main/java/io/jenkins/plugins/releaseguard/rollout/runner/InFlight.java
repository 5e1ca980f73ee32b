// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.lane.Answer;
import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Work;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A release's calls to the world, one a key at a time. */
final class InFlight {
    private final Map<EffectKey, Call> calls = new ConcurrentHashMap<>();
    private final Runnable freed;
    private final BooleanSupplier overtaken;

    /**
     * @param freed a key is free for which a call was wanted between its answer and now
     * @param overtaken whether answers were handed over that whoever decides has not heard: it will, and decides anew
     */
    InFlight(Runnable freed, BooleanSupplier overtaken) {
        this.freed = freed;
        this.overtaken = overtaken;
    }

    private static final class Call {
        private final Lane lane;
        private Lane.Pending pending;
        private boolean dropped;
        private boolean answered;
        private boolean wanted;

        Call(Lane lane) {
            this.lane = lane;
        }

        synchronized void asked(Lane.Pending asked) {
            pending = asked;
            if (dropped) {
                asked.drop();
            }
        }

        /** Whether the answer is heard; from here on the call can't be dropped any more. */
        synchronized boolean answer() {
            answered = !dropped;
            return answered;
        }

        /** Another one was wanted. */
        synchronized void want() {
            wanted |= answered;
        }

        synchronized boolean isWantedAgain() {
            return wanted;
        }

        synchronized void drop() {
            dropped = true;
            if (pending != null) {
                pending.drop();
            }
        }

        synchronized Duration waited() {
            return pending == null || answered ? Duration.ZERO : pending.waited();
        }
    }

    /**
     * Starts a call, unless one with the same key is under way until its answer has been handed over, or one that was handed over
     * has not been heard yet: what was decided without it has nothing done twice.
     *
     * @param limit from when it begins
     * @param answer gets what came of it; called at most once, never for a key that was dropped
     */
    <T> void start(EffectKey key, Lane lane, Place place, Duration limit, Work<T> work, Answer<T> answer) {
        start(key, lane, heard -> lane.ask(place, limit, work, heard), answer);
    }

    /** The same for a call that is several calls of that lane. */
    <T> void start(EffectKey key, Lane lane, Function<Answer<T>, Lane.Pending> ask, Answer<T> answer) {
        Call call = new Call(lane);
        Call other = calls.putIfAbsent(key, call);
        if (other != null) {
            other.want();
            return;
        }
        boolean asked = false;
        try {
            // only now: an answer that made the key free came before
            if (overtaken.getAsBoolean()) {
                return;
            }
            call.asked(ask.apply((value, error, times) -> {
                if (call.answer()) {
                    answered(key, call, () -> answer.answered(value, error, times));
                }
            }));
            asked = true;
        } finally {
            if (!asked) {
                // nobody would ever answer for it, nor begin it again
                calls.remove(key, call);
            }
        }
    }

    private void answered(EffectKey key, Call call, Runnable handOver) {
        try {
            handOver.run();
        } finally {
            calls.remove(key, call);
        }
        if (call.isWantedAgain()) {
            freed.run();
        }
    }

    /** How long a call has waited in our own queue; zero for none. */
    Duration waited(EffectKey key) {
        Call call = calls.get(key);
        return call == null ? Duration.ZERO : call.waited();
    }

    /** Forgets calls: they are cancelled and not answered for. */
    void drop(BiPredicate<EffectKey, Lane> which) {
        calls.forEach((key, call) -> {
            if (which.test(key, call.lane) && calls.remove(key, call)) {
                call.drop();
            }
        });
    }
}
