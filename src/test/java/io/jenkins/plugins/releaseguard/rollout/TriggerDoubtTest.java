// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A trigger whose limit lies inside its bucket: nobody is rolled back for it, and nothing is promoted past it in silence. */
class TriggerDoubtTest {
    private static final String CONTRACT = FakeRolloutWorld.CONTRACT
            .replace(
                    "kind: rate, source: prometheus, errors: \"e\", total: \"t\",",
                    "kind: latency, unit: ms, source: prometheus, histogram: \"h_bucket\",")
            .replace("critical: true}", "critical: true, allow: 1000000%}")
            .replace(">2% of requests for 1 minute", "> 400ms for 1 minute");
    private static final List<Double> BOUNDS = List.of(10.0, 100.0, 250.0, 500.0, 1000.0);

    private static final int TOLD = 2;
    private static final int OPEN = 3;
    private static final int BROKEN = 4;

    /** The bucket that has the slowest tenth of the canary's requests. */
    private int slow = TOLD;

    private FakeRolloutWorld world(String undecided) {
        return world(undecided, "25");
    }

    private FakeRolloutWorld world(String undecided, String phase) {
        FakeRolloutWorld world = new FakeRolloutWorld(
                41,
                CONTRACT.replace("undecided: proceed", "undecided: " + undecided)
                        .replace("[internal, 5, 25, 100]", "[internal, 5, " + phase + ", 100]"),
                PlanOptions.ALONE);
        world.tells = s -> new Event.Sample(
                s.metric(),
                null,
                s.canaryTotal(),
                null,
                s.baselineTotal(),
                null,
                null,
                null,
                null,
                BOUNDS,
                buckets(s.canaryTotal(), slow),
                buckets(s.baselineTotal(), TOLD),
                null);
        return world.start();
    }

    private static List<Double> buckets(double total, int slow) {
        List<Double> counts = new ArrayList<>();
        for (int i = 0; i <= BOUNDS.size(); i++) {
            counts.add((i == 1 ? 0.9 * total : 0) + (i == slow ? 0.1 * total : 0));
        }
        return counts;
    }

    @Test
    void whatCantBeToldIsHeldAndToldAndNotRolledBack() {
        FakeRolloutWorld world = world("hold").runUntilPhase(2);
        slow = OPEN;
        world.run(Duration.ofMinutes(4));
        assertThat(world.state.holds().get(HoldCause.UNDECIDED))
                .contains("DEP-003 can't be told", "lies between 250 and 500 ms, and so does its limit of 400 ms");
        // what can be told again ends it, and the phase bakes from there
        slow = TOLD;
        world.run(Duration.ofMinutes(1));
        assertThat(world.state.isHeld()).isFalse();
        slow = OPEN;
        world.run(Duration.ofMinutes(40));
        assertThat(world.events(Event.Breached.class)).isEmpty();
        assertThat(world.weight).isEqualTo(25);
        assertThat(world.state.holds()).containsOnlyKeys(HoldCause.UNDECIDED);
        assertThat(world.events(Event.PhaseEnded.class)).hasSize(2);
        slow = TOLD;
        world.run(Duration.ofMinutes(30));
        assertThat(world.events(Event.Ended.class))
                .singleElement()
                .extracting(Event.Ended::verdict)
                .isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** A bake that is over and a proof are not enough: the look at hand must tell. */
    @Test
    void noPhaseEndsOnALookThatCantTell() {
        FakeRolloutWorld world = world("hold", "{weight: 25, approve: [ann]}").runUntilPhase(2);
        world.run(Duration.ofMinutes(12));
        assertThat(world.state.holds()).containsOnlyKeys(HoldCause.APPROVAL);
        slow = OPEN;
        world.run(Duration.ofMinutes(1));
        world.accept(new Event.Operated(OperatorCommand.APPROVE, "ann", null, 2));
        world.run(Duration.ofMinutes(1));
        assertThat(world.events(Event.PhaseEnded.class)).hasSize(2);
        slow = TOLD;
        world.run(Duration.ofMinutes(1));
        assertThat(world.events(Event.PhaseEnded.class)).hasSize(3);
    }

    @Test
    void theContractSaysWhatBecomesOfAPhaseThatCantBeTold() {
        FakeRolloutWorld goesOn = world("proceed").runUntilPhase(2);
        slow = OPEN;
        goesOn.run(Duration.ofMinutes(14));
        assertThat(goesOn.events(Event.PhaseEnded.class)).hasSize(3);
        Event.PhaseEnded ended = goesOn.events(Event.PhaseEnded.class).get(2);
        assertThat(ended.verdict()).isEqualTo(PhaseVerdict.UNPROVEN);
        assertThat(ended.reason()).contains("undecided after", "DEP-003 can't be told");
        slow = TOLD;
        FakeRolloutWorld goesBack = world("rollback").runUntilPhase(2);
        slow = OPEN;
        goesBack.run(Duration.ofMinutes(30));
        assertThat(goesBack.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.PHASE);
            assertThat(breach.reason()).contains("DEP-003 can't be told");
        });
    }

    @Test
    void theLastBakeWaitsForWhatCantBeTold() {
        FakeRolloutWorld world = world("hold").runUntilPhase(3);
        world.run(Duration.ofMinutes(7));
        assertThat(world.state.life()).isEqualTo(Lifecycle.WATCHING);
        slow = OPEN;
        world.run(Duration.ofHours(1));
        assertThat(world.events(Event.Ended.class)).isEmpty();
        assertThat(world.state.holds().get(HoldCause.UNDECIDED)).contains("DEP-003 can't be told");
        slow = TOLD;
        world.run(Duration.ofMinutes(10));
        assertThat(world.events(Event.Ended.class)).hasSize(1);
    }

    @Test
    void whatSurelyIsBeyondTheLimitEndsTheRelease() {
        FakeRolloutWorld world = world("hold").runUntilPhase(2);
        slow = BROKEN;
        world.run(Duration.ofMinutes(3));
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.TRIGGER);
            assertThat(breach.reason())
                    .contains("error rate above 500 ms over 5 s breaks > 400ms for 1 minute (400 ms)");
        });
    }
}
