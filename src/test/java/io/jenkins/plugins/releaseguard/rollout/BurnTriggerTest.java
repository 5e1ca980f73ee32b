// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BurnTriggerTest {
    private static final String CONTRACT = World.CONTRACT
            .replace("critical: true}", "critical: true, allow: 1000000%, objective: {target: 99%, period: 30d}}")
            .replace("\">2% of requests for 1 minute\"", "\"burn > 14.4 over 1h and 5m\"");

    private static World world(long seed) {
        return new World(seed, CONTRACT, PlanOptions.ALONE).start();
    }

    @Test
    void burnOfTheCanaryAloneBreaks() {
        World world = world(1).runUntilPhase(1);
        world.canaryErrors = 0.3;
        world.run(Duration.ofHours(1));
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::entry)
                .containsExactly("DEP-003");
    }

    @Test
    void freshCanaryIsNotAccusedBeforeTheShortWindowIsLived() {
        World world = world(2).runUntilPhase(1);
        world.canaryErrors = 1;
        world.run(Duration.ofSeconds(20));
        world.canaryErrors = 0.001;
        assertThat(world.events(Event.Breached.class)).isEmpty();
    }

    @Test
    void burnBelowTheRateIsBorne() {
        World world = world(3).start();
        world.canaryErrors = 0.05;
        world.run(Duration.ofHours(2));
        assertThat(world.outcome().verdict()).isEqualTo("promoted");
    }
}
