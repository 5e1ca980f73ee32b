// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Work;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells listeners in order, one at a time, and lets nobody who decides wait for them. */
final class Telling {
    private static final Logger LOGGER = Logger.getLogger(Telling.class.getName());

    /** For all that has gathered. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Of what waits; beyond, readings are left out. */
    static final int MOST = 1000;

    private final Lane lane;
    private final Place place;
    private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger leftOut = new AtomicInteger();
    private final AtomicBoolean asked = new AtomicBoolean();

    /** @param place whose release has one call at a time in the lane */
    Telling(Lane lane, Place place) {
        this.lane = lane;
        this.place = place;
    }

    /** @param lasting false for what the next of its sort makes old: it is left out, and counted, while a listener hangs and much waits */
    void tell(Runnable what, boolean lasting) {
        if (!lasting && size.get() >= MOST) {
            leftOut.incrementAndGet();
            return;
        }
        untold.add(what);
        size.incrementAndGet();
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
            size.decrementAndGet();
            int passed = leftOut.getAndSet(0);
            if (passed > 0) {
                LOGGER.log(Level.WARNING, "Listeners were too slow for {0} readings: {1}", new Object[] {
                    passed, place.release()
                });
            }
            try {
                what.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, "A listener failed: " + place.release(), e);
            }
        }
        return null;
    }
}
