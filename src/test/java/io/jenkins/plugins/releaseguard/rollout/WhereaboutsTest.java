// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import org.junit.jupiter.api.Test;

/** H10: before a record is taken up again its router has a word. */
class WhereaboutsTest {

    @Test
    void whileAPhaseBakesOnlyItsWeightWillDo() {
        FakeRolloutWorld world = new FakeRolloutWorld(7).start().runUntilPhase(1);
        double now = world.plan.phases().get(1).weight();
        double before = world.plan.phases().get(0).weight();
        assertThat(Whereabouts.mustAsk(world.plan, world.state)).isTrue();
        assertThat(Whereabouts.contradiction(world.plan, world.state, now)).isEmpty();
        assertThat(Whereabouts.contradiction(world.plan, world.state, before)).isPresent();
        assertThat(Whereabouts.contradiction(world.plan, world.state, 0))
                .hasValueSatisfying(why -> assertThat(why).contains("the router reads 0 %"));
    }

    @Test
    void whileAWeightIsBeingSetTheOneBeforeWillDoToo() {
        FakeRolloutWorld world = new FakeRolloutWorld(7).start().runUntilPhase(1);
        double before = world.plan.phases().get(0).weight();
        State shifting = world.state.with(Lifecycle.SHIFTING);
        assertThat(Whereabouts.contradiction(world.plan, shifting, before)).isEmpty();
        assertThat(Whereabouts.contradiction(world.plan, shifting, 100)).isPresent();
    }

    @Test
    void whoGoesBackAnywayAndWhoHasMovedNothingAsksNobody() {
        FakeRolloutWorld world = new FakeRolloutWorld(7).start();
        State armed = world.state.with(Lifecycle.ARMED).with(PhaseState.NONE);
        assertThat(Whereabouts.mustAsk(world.plan, armed)).isFalse();
        world.runUntilPhase(0);
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "enough"));
        assertThat(Whereabouts.mustAsk(world.plan, world.state)).isFalse();
    }
}
