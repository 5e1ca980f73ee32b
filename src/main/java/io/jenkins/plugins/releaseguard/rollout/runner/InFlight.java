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

/** A release's calls to the world, one a key at a time. */
final class InFlight {
    private final Map<EffectKey, Call> calls = new ConcurrentHashMap<>();

    private static final class Call {
        private final Lane lane;
        private Lane.Pending pending;
        private boolean dropped;

        Call(Lane lane) {
            this.lane = lane;
        }

        synchronized void asked(Lane.Pending asked) {
            pending = asked;
            if (dropped) {
                asked.drop();
            }
        }

        synchronized void drop() {
            dropped = true;
            if (pending != null) {
                pending.drop();
            }
        }

        synchronized Duration waited() {
            return pending == null ? Duration.ZERO : pending.waited();
        }
    }

    /**
     * Starts a call, unless one with the same key is under way.
     *
     * @param limit from when it begins
     * @param answer gets what came of it; called at most once, never for a key that was dropped
     */
    <T> void start(EffectKey key, Lane lane, Place place, Duration limit, Work<T> work, Answer<T> answer) {
        Call call = new Call(lane);
        if (calls.putIfAbsent(key, call) != null) {
            return;
        }
        boolean asked = false;
        try {
            call.asked(lane.ask(place, limit, work, (value, error, times) -> {
                if (calls.remove(key, call)) {
                    answer.answered(value, error, times);
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
