// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** H15: a change that can't be undone freezes where it stands; only a person goes back, or closes the release. */
class FreezeTest {
    private static final String IRREVERSIBLE = FakeRolloutWorld.CONTRACT.replace(
            "rollback: {objective: 60s}",
            "rollback: {objective: 60s}, change: {reversible: no, compensation: refunds}");

    private static FakeRolloutWorld frozen() {
        FakeRolloutWorld world = new FakeRolloutWorld(50, IRREVERSIBLE, PlanOptions.ALONE)
                .start()
                .runUntilPhase(2);
        world.canaryErrors = 0.5;
        world.run(Duration.ofMinutes(30));
        return world;
    }

    @Test
    void theTrafficStaysAndPeopleAreCalled() {
        FakeRolloutWorld world = frozen();
        assertThat(world.weight).isEqualTo(25);
        assertThat(world.state.isFrozen()).isTrue();
        assertThat(world.state.isHeldFor(HoldCause.FROZEN)).isTrue();
        assertThat(world.events(Event.RollbackStarted.class)).isEmpty();
        assertThat(world.events(Event.Breached.class)).hasSize(1);
        assertThat(world.acts).isEmpty();
        assertThat(world.calls).hasSizeGreaterThan(4).allMatch(call -> call.startsWith("FROZEN: "));
        assertThat(Fold.all(world.plan, world.journal)).isEqualTo(world.state);
    }

    @Test
    void aPersonGoesBackAllTheSame() {
        FakeRolloutWorld world = frozen();
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "we can live with the loss"));
        int before = world.calls.size();
        world.run(Duration.ofHours(1));
        assertThat(world.weight).isZero();
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.outcome().confirmed()).isTrue();
        assertThat(world.calls).hasSize(before);
    }

    @Test
    void aPersonClosesItAsItStands() {
        FakeRolloutWorld world = frozen();
        world.accept(new Event.Operated(OperatorCommand.TAKE, "ann", null));
        int before = world.calls.size();
        world.run(Duration.ofHours(1));
        assertThat(world.calls).hasSize(before);
        world.accept(new Event.Operated(OperatorCommand.CLOSE, "ann", "fixed forward by hand"));
        world.second();
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.HALTED);
        assertThat(world.outcome().confirmed()).isFalse();
        assertThat(world.outcome().reason()).contains("closed by ann: fixed forward by hand");
        assertThat(world.weight).isEqualTo(25);
    }

    @Test
    void theRouterIsReadWithTheLooksAndAskedForNothing() {
        FakeRolloutWorld world = frozen();
        int before = world.events(Event.RouterRead.class).size();
        int intended = world.events(Event.Intended.class).size();
        world.run(Duration.ofSeconds(50));
        assertThat(world.events(Event.RouterRead.class).size() - before).isBetween(9, 11);
        assertThat(world.events(Event.Intended.class)
                        .subList(intended, world.events(Event.Intended.class).size()))
                .noneMatch(intent -> intent.effect().equals("shift"));
    }

    @Test
    void withoutARouterThereIsNothingToRead() {
        FakeRolloutWorld world = new FakeRolloutWorld(
                        51, IRREVERSIBLE, new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false))
                .start()
                .runUntilPhase(2);
        world.canaryErrors = 0.5;
        world.run(Duration.ofMinutes(10));
        assertThat(world.state.isFrozen()).isTrue();
        assertThat(world.events(Event.RouterRead.class)).isEmpty();
    }
}
