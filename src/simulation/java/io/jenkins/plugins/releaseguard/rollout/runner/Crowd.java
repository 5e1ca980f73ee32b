// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Many other releases on the same lanes, whose calls hang. */
public final class Crowd {
    private static final int RELEASES = 40;
    private static final int DESTINATIONS = 6;

    private Crowd() {}

    /**
     * @param limit of each call: so long it may be in nobody's way that has a share of its own
     * @param job how an action of a procedure waits for its end
     */
    public static CompletableFuture<Void> fill(
            Lanes lanes, Duration limit, Function<CompletableFuture<Void>, Work<Void>> job) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        for (Lane lane : List.of(lanes.looks(), lanes.forward(), lanes.back(), lanes.checks(), lanes.people())) {
            fill(lane, limit, end, call -> Work.asynchronous(blocking -> call));
        }
        fill(lanes.actions(), limit, end, job);
        return end;
    }

    private static void fill(
            Lane lane,
            Duration limit,
            CompletableFuture<Void> end,
            Function<CompletableFuture<Void>, Work<Void>> work) {
        for (int i = 0; i < RELEASES; i++) {
            CompletableFuture<Void> call = new CompletableFuture<>();
            end.whenComplete((nothing, error) -> call.complete(null));
            lane.ask(
                    new Place("crowd-" + i, "place-" + i % DESTINATIONS),
                    limit,
                    work.apply(call),
                    (value, error, times) -> {});
        }
    }
}
