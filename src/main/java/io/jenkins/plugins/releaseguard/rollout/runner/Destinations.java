// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.lane.Work;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a release calls. Who is asked for its name may look into the world's set-up, so that asking is a call itself. */
final class Destinations {
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final String release;
    private final Ports ports;
    private final boolean routed;
    private final Lane lane;
    private final Timer timer;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean known;
    private volatile String source;
    private volatile String router;

    Destinations(String release, Ports ports, boolean routed, Lane lane, Timer timer) {
        this.release = release;
        this.ports = ports;
        this.routed = routed;
        this.lane = lane;
        this.timer = timer;
        // until they are known each release is its own
        this.source = "source of " + release;
        this.router = "router of " + release;
    }

    private record Names(String source, String router) {}

    /** Asks for the names, also anew: a router may have been set up again. */
    void learn(Runnable then) {
        waiting.add(then);
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        boolean begun = false;
        try {
            ask();
            begun = true;
        } finally {
            if (!begun) {
                // whoever needs them next tries again
                asking.set(false);
            }
        }
    }

    private void ask() {
        // where all threads for it hang a release goes on without, as one whose calls are nobody else's
        Timer.Scheduled enough = timer.schedule(LIMIT, this::goOn);
        lane.ask(
                // one set-up that hangs when it is asked holds up nobody else's
                own("names"),
                LIMIT,
                Work.blocking(() -> new Names(
                        ports.source().destination(), routed ? ports.router().destination() : null)),
                (names, error, times) -> {
                    if (names != null && names.source != null) {
                        source = names.source;
                    }
                    if (names != null && names.router != null) {
                        router = names.router;
                    }
                    enough.cancel();
                    asking.set(false);
                    goOn();
                });
    }

    private void goOn() {
        known = true;
        for (Runnable one = waiting.poll(); one != null; one = waiting.poll()) {
            one.run();
        }
    }

    /** Whether they have been asked for, and the answer been waited for. */
    boolean known() {
        return known;
    }

    Place source() {
        return new Place(release, source);
    }

    Place router() {
        return new Place(release, router);
    }

    /** People, apart from all else of the release. */
    Place people() {
        return new Place("people of " + release, "people of " + release);
    }

    /** What nobody else calls. */
    Place own(String name) {
        return new Place(release, name + " of " + release);
    }
}
