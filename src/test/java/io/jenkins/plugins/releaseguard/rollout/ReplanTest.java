// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** F5: a server that comes or goes is nobody's hand, and no reason to send a healthy release back. */
class ReplanTest {
    private static FakeRolloutWorld baking() {
        FakeRolloutWorld world = new FakeRolloutWorld(61);
        world.behind = new Event.Behind("canary 1, baseline 9", "", null, null, null);
        world.start().runUntilPhase(1);
        world.runUntil(() -> world.state.life() == Lifecycle.BAKING);
        world.run(Duration.ofSeconds(10));
        assertThat(world.state.life()).isEqualTo(Lifecycle.BAKING);
        return world;
    }

    @Test
    void aServerThatGoesDownHasTheWeightsWorkedOutAnew() {
        FakeRolloutWorld world = baking();
        for (int i = 0; i < 8; i++) {
            world.weight = 40;
            world.behind =
                    new Event.Behind("canary 1, baseline 9", i % 2 == 0 ? "stable-2 DOWN" : "", null, null, null);
            world.run(Duration.ofSeconds(20));
        }
        assertThat(world.events(Event.Breached.class)).isEmpty();
        assertThat(world.state.phase().shift().drifts()).isZero();
        assertThat(world.events(Event.Held.class))
                .filteredOn(h -> h.cause() == HoldCause.ROUTER)
                .hasSizeGreaterThanOrEqualTo(8)
                .first()
                .satisfies(h -> assertThat(h.reason())
                        .contains("other servers take requests", "worked out anew", "stable-2 DOWN"));
        assertThat(world.events(Event.Released.class)).isNotEmpty();
    }

    @Test
    void aHandThatSetsOtherWeightsIsStillFound() {
        FakeRolloutWorld world = baking();
        for (int i = 0; i < 6 && world.events(Event.Breached.class).isEmpty(); i++) {
            world.weight = 40;
            world.behind = new Event.Behind("canary 4, baseline " + i, "stable-2 DOWN " + i, null, null, null);
            world.run(Duration.ofSeconds(20));
        }
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.ROUTER);
    }

    /** Where no weights can give the share, the server that keeps it from being had is named. */
    @Test
    void aCanaryThatIsDownIsNamedInTheReason() {
        FakeRolloutWorld world = baking();
        world.weight = 0;
        world.routerObeys = false;
        world.behind = new Event.Behind("canary 1, baseline 9", "canary DOWN", null, null, null);
        world.run(Duration.ofMinutes(1));
        assertThat(world.events(Event.Breached.class))
                .singleElement()
                .satisfies(b -> assertThat(b.reason()).contains("reads 0 % instead of", "canary DOWN"));
    }
}
