// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurnTriggerTest {
    private static final String CONTRACT = FakeRolloutWorld.CONTRACT
            .replace("critical: true}", "critical: true, allow: 1000000%, objective: {target: 99%, period: 30d}}")
            .replace("\">2% of requests for 1 minute\"", "\"burn > 14.4 over 1h and 5m\"");

    private static FakeRolloutWorld world(long seed) {
        return new FakeRolloutWorld(seed, CONTRACT, PlanOptions.ALONE).start();
    }

    @Test
    void burnOfTheCanaryAloneBreaks() {
        FakeRolloutWorld world = world(1).runUntilPhase(1);
        world.canaryErrors = 0.3;
        world.run(Duration.ofHours(1));
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::entry)
                .containsExactly("DEP-003");
    }

    @Test
    void freshCanaryIsNotAccusedBeforeTheShortWindowIsLived() {
        FakeRolloutWorld world = world(2).runUntilPhase(1);
        world.canaryErrors = 1;
        world.run(Duration.ofSeconds(20));
        world.canaryErrors = 0.001;
        assertThat(world.events(Event.Breached.class)).isEmpty();
    }

    @Test
    void burnBelowTheRateIsBorne() {
        FakeRolloutWorld world = world(3).start();
        world.canaryErrors = 0.05;
        world.run(Duration.ofHours(2));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void fewerThanThreeErrorsAreNoBurn() {
        assertThat(causes(2)).doesNotContain(BreachCause.TRIGGER);
        assertThat(causes(3)).contains(BreachCause.TRIGGER);
    }

    /** What broke a release whose canary answered one request each three minutes, this many of them with an error. */
    private static List<BreachCause> causes(int errors) {
        FakeRolloutWorld world = world(4).runUntilPhase(1);
        int[] look = {0};
        world.tells = s -> {
            boolean served = look[0]++ % 36 == 35;
            double error = served && look[0] / 36 <= errors ? 1 : 0;
            return new Event.Sample(
                    s.metric(), error, served ? 1.0 : 0.0, 0.0, s.baselineTotal(), null, null, null, null, null);
        };
        world.run(Duration.ofMinutes(9).plusSeconds(30));
        return world.events(Event.Breached.class).stream()
                .map(Event.Breached::cause)
                .toList();
    }
}
