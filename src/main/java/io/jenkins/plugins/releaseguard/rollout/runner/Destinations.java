// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a release calls. Who is asked for its name may look into the world's set-up, so that asking is a call itself. */
final class Destinations {
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final String release;
    private final Ports ports;
    private final Plan plan;
    private final Lane lane;
    private final Timer timer;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean known;
    private volatile List<LookingSources.Part> sources;
    private volatile String router;

    Destinations(String release, Ports ports, Plan plan, Lane lane, Timer timer) {
        this.release = release;
        this.ports = ports;
        this.plan = plan;
        this.lane = lane;
        this.timer = timer;
        // until they are known each release is its own
        this.sources = List.of(new LookingSources.Part(own("source"), ports::source, plan.metrics()));
        this.router = "router of " + release;
    }

    private record Names(List<LookingSources.Part> sources, String router) {}

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
                Work.blocking(() ->
                        new Names(askSources(), plan.routed() ? ports.router().destination() : null)),
                (names, error, times) -> {
                    if (names != null && !names.sources.isEmpty()) {
                        sources = names.sources;
                    }
                    if (names != null && names.router != null) {
                        router = names.router;
                    }
                    enough.cancel();
                    asking.set(false);
                    goOn();
                });
    }

    private List<LookingSources.Part> askSources() {
        return ports.source().parts(plan.metrics()).stream()
                .map(part -> {
                    String name = part.source().destination();
                    return new LookingSources.Part(
                            name == null ? own("source") : new Place(release, name), part::source, part.metrics());
                })
                .toList();
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

    /** Whom a look asks for what, at least one. */
    List<LookingSources.Part> sources() {
        return sources;
    }

    Place router() {
        return new Place(release, router);
    }

    /** People, apart from all else of the release. */
    Place people() {
        return new Place("people of " + release, "people of " + release);
    }

    /** Beginning bodies, apart from a router that hangs: its silence is no body's failure. */
    Place body() {
        return new Place("body of " + release, "body of " + release);
    }

    /** What nobody else calls. */
    Place own(String name) {
        return new Place(release, name + " of " + release);
    }
}
