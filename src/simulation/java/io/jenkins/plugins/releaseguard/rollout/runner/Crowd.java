// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Many other releases on the same lanes, whose calls hang. */
public final class Crowd {
    private static final int RELEASES = 40;
    private static final int DESTINATIONS = 6;

    private Crowd() {}

    /** @param limit of each call: so long it may be in nobody's way that has a share of its own */
    public static CompletableFuture<Void> fill(Lanes lanes, Duration limit) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        for (Lane lane : List.of(
                lanes.looks(), lanes.forward(), lanes.back(), lanes.actions(), lanes.checks(), lanes.people())) {
            for (int i = 0; i < RELEASES; i++) {
                CompletableFuture<Void> call = new CompletableFuture<>();
                end.whenComplete((nothing, error) -> call.complete(null));
                lane.ask(
                        new Place("crowd-" + i, "place-" + i % DESTINATIONS),
                        limit,
                        Work.asynchronous(blocking -> call),
                        (value, error, times) -> {});
            }
        }
        return end;
    }
}
