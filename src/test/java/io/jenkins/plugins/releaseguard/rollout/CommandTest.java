// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** M6: a person's command is for the phase that the person saw, and for nothing else. */
class CommandTest {
    private static final String APPROVED = FakeRolloutWorld.CONTRACT.replace(
            "phases: [internal, 5, 25, 100]", "phases: [internal, {weight: 5, approve: [ann]}, 25, 100]");

    private static Event.Operated promote(Integer phase) {
        return new Event.Operated(OperatorCommand.PROMOTE, "ann", "looks fine", phase);
    }

    @Test
    void promotionThatComesLateDoesNotEndTheNextPhase() {
        FakeRolloutWorld world = new FakeRolloutWorld(61).start().runUntilPhase(2);
        world.accept(promote(1));
        world.run(Duration.ofSeconds(30));
        assertThat(world.state.phaseIndex()).isEqualTo(2);
        world.accept(promote(2));
        world.run(Duration.ofSeconds(2));
        assertThat(world.events(Event.PhaseEnded.class).get(2).verdict()).isEqualTo(PhaseVerdict.UNPROVEN);
    }

    @Test
    void approvalThatComesLateIsNotTheNextPhases() {
        FakeRolloutWorld world =
                new FakeRolloutWorld(62, APPROVED, PlanOptions.ALONE).start().runUntilPhase(1);
        world.accept(new Event.Operated(OperatorCommand.APPROVE, "ann", null, 0));
        assertThat(world.state.phase().leave().approved()).isFalse();
        world.accept(new Event.Operated(OperatorCommand.APPROVE, "ann", null, 1));
        assertThat(world.state.phase().leave().approved()).isTrue();
    }

    @Test
    void aCommandOfARecordThatNamesNoPhaseIsForTheOneUnderWay() {
        FakeRolloutWorld world = new FakeRolloutWorld(63).start().runUntilPhase(1);
        world.accept(promote(null));
        world.run(Duration.ofSeconds(2));
        assertThat(world.state.phaseIndex()).isEqualTo(2);
    }

    @Test
    void promotionDoesNotPassOverAnApproval() {
        FakeRolloutWorld world =
                new FakeRolloutWorld(64, APPROVED, PlanOptions.ALONE).start().runUntilPhase(1);
        world.accept(promote(1));
        world.run(Duration.ofSeconds(30));
        assertThat(world.state.phaseIndex()).isEqualTo(1);
        assertThat(world.state.holds()).containsOnlyKeys(HoldCause.APPROVAL);
        world.accept(new Event.Operated(OperatorCommand.APPROVE, "ann", null, 1));
        world.run(Duration.ofSeconds(2));
        assertThat(world.state.phaseIndex()).isEqualTo(2);
        assertThat(world.events(Event.PhaseEnded.class).get(1).reason()).contains("promoted by ann");
    }

    @Test
    void evidenceThatDoesNotDecideDoesNotPassOverAnApproval() {
        String contract =
                APPROVED.replace("bake: 5m", "promote: proof\n  bake: 30s").replace("maxBake: 10m", "maxBake: 1m");
        FakeRolloutWorld world = new FakeRolloutWorld(65, contract, PlanOptions.ALONE);
        world.requestsPerSecond = 20;
        world.start().runUntilPhase(1);
        world.run(Duration.ofSeconds(70));
        assertThat(world.state.phaseIndex()).isEqualTo(1);
        assertThat(world.state.holds()).containsOnlyKeys(HoldCause.APPROVAL);
        world.accept(new Event.Operated(OperatorCommand.APPROVE, "ann", null, 1));
        world.run(Duration.ofSeconds(2));
        assertThat(world.state.phaseIndex()).isEqualTo(2);
        assertThat(world.events(Event.PhaseEnded.class).get(1).reason()).contains("undecided");
    }
}
