// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Work;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells listeners in order, one at a time, and lets nobody who decides wait for them. */
final class Telling {
    private static final Logger LOGGER = Logger.getLogger(Telling.class.getName());

    /** For all that has gathered. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Lane lane;
    private final Place place;
    private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    /** @param place whose release has one call at a time in the lane */
    Telling(Lane lane, Place place) {
        this.lane = lane;
        this.place = place;
    }

    void tell(Runnable what) {
        untold.add(what);
        ask();
    }

    private void ask() {
        if (asked.compareAndSet(false, true)) {
            lane.ask(place, LIMIT, Work.blocking(this::tellAll), (nothing, error, times) -> {
                if (error != null) {
                    LOGGER.log(Level.WARNING, "Not heard to the end: " + place.release(), error);
                }
                asked.set(false);
                if (!untold.isEmpty()) {
                    ask();
                }
            });
        }
    }

    private Void tellAll() {
        Runnable what;
        while (!Thread.currentThread().isInterrupted() && (what = untold.poll()) != null) {
            try {
                what.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, "A listener failed: " + place.release(), e);
            }
        }
        return null;
    }
}
