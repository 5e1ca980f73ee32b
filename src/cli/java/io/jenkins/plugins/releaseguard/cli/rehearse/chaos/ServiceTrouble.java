// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Backend;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Track;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.World;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Faults of the embedded service and of its proxy. */
final class ServiceTrouble {
    private static final double BAD = 0.5;
    private static final double SLOWER = 8;
    private static final Duration RIVAL = Duration.ofMillis(700);

    private final World world;

    ServiceTrouble(World world) {
        this.world = world;
    }

    void begins(FaultKind kind, Chaos chaos) {
        switch (kind) {
            case CANARY_BAD -> world.faults().harmErrors(BAD);
            case CANARY_SLOW -> world.faults().harmLatency(SLOWER);
            case BASELINE_DOWN -> world.proxy().backend(Track.BASELINE).state(Backend.State.MAINT);
            case ROUTER_RELOADED -> world.reset();
            case ROUTER_CHANGED -> change();
            case RIVAL -> keepChanging(chaos);
            default -> {}
        }
    }

    void ends(FaultKind kind) {
        switch (kind) {
            case CANARY_BAD -> world.faults().harmErrors(0);
            case CANARY_SLOW -> world.faults().harmLatency(1);
            case BASELINE_DOWN -> world.proxy().backend(Track.BASELINE).state(Backend.State.READY);
            default -> {}
        }
    }

    private void keepChanging(Chaos chaos) {
        if (chaos.is(FaultKind.RIVAL)) {
            change();
            chaos.later(RIVAL, () -> keepChanging(chaos));
        }
    }

    private void change() {
        Backend canary = world.proxy().backend(Track.CANARY);
        int next = ThreadLocalRandom.current().nextInt(Backend.MAX_WEIGHT);
        // another than it is
        canary.weight(next < canary.weight() ? next : next + 1);
    }
}
