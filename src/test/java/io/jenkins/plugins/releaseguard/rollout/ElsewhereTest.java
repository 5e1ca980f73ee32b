// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F11: a router that is not fit for users gets none, and a way back is confirmed for all processes or for none. */
class ElsewhereTest {
    private static Event.Behind behind(String unfit, String process, String elsewhere) {
        return new Event.Behind("canary 1, baseline 9", "", unfit, process, elsewhere);
    }

    @Test
    void whatSpeaksAgainstUsersIsSaidBeforeAnyAreMoved() {
        FakeRolloutWorld world = new FakeRolloutWorld(71);
        world.behind = behind("the canary has weight 100 in haproxy.cfg", "pid 7", null);
        world.start();
        world.run(Duration.ofMinutes(10));
        assertThat(world.events(Event.Intended.class))
                .noneMatch(i -> i.effect().equals("shift") && !i.detail().equals("0 %"));
        assertThat(world.events(Event.Held.class))
                .filteredOn(h -> h.cause() == HoldCause.ROUTER)
                .singleElement()
                .satisfies(h -> assertThat(h.reason()).contains("not fit to be given users", "weight 100"));
        assertThat(world.events(Event.Breached.class))
                .extracting(Event.Breached::cause)
                .containsExactly(BreachCause.ROUTER);
    }

    @Test
    void whoeverSetsItRightMeanwhileGoesOn() {
        FakeRolloutWorld world = new FakeRolloutWorld(72);
        world.behind = behind("an agent-check is on for new", "pid 7", null);
        world.start();
        world.runUntil(() -> world.state.isHeldFor(HoldCause.ROUTER));
        world.behind = behind(null, "pid 7", null);
        world.runUntil(() -> world.state.phaseIndex() > 1);
        assertThat(world.events(Event.Breached.class)).isEmpty();
    }

    private static FakeRolloutWorld back(Event.Behind first, Event.Behind then) {
        FakeRolloutWorld world = new FakeRolloutWorld(73);
        world.behind = first;
        world.start().runUntilPhase(1);
        world.run(Duration.ofSeconds(10));
        world.behind = then;
        // the new process has the file's weight until it is set again
        world.run(Duration.ofSeconds(10));
        world.canaryErrors = 1;
        world.runUntil(() -> world.state.isRollingBack());
        world.run(Duration.ofMinutes(10));
        return world;
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @CsvSource({
        "pid 7, pid 7, , true",
        "pid 7, pid 8, , false",
        ", , , true",
        ", , old worker 5 of a reload still carries 16 connections to the canary, false",
    })
    void theRollbackIsConfirmedForAllProcessesOrNotAtAll(
            String before, String after, String elsewhere, boolean confirmed) {
        FakeRolloutWorld world = back(behind(null, before, null), behind(null, after, elsewhere));
        assertThat(world.events(Event.RollbackConfirmed.class)).hasSize(confirmed ? 1 : 0);
        if (!confirmed) {
            assertThat(world.events(Event.RollbackUnconfirmed.class))
                    .isNotEmpty()
                    .first()
                    .satisfies(u -> assertThat(u.reason())
                            .contains(elsewhere == null ? "process was replaced (pid 7 before)" : elsewhere));
        }
    }

    @Test
    void anOldWorkerThatHasEndedLetsItBeConfirmed() {
        FakeRolloutWorld world = back(behind(null, null, null), behind(null, null, "old worker 5 carries 3"));
        assertThat(world.events(Event.RollbackConfirmed.class)).isEmpty();
        world.behind = behind(null, null, null);
        world.run(Duration.ofMinutes(1));
        assertThat(world.events(Event.RollbackConfirmed.class)).hasSize(1);
    }
}
