// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** H16: calling people is an effect like any other: intended, done, and repeated until a channel took it. */
class CallTest {
    private static final Duration LONG = Duration.ofHours(2);

    private static FakeRolloutWorld unconfirmed() {
        FakeRolloutWorld world = new FakeRolloutWorld(40).start().runUntilPhase(2);
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.routerUp = false;
        world.run(Duration.ofSeconds(70));
        return world;
    }

    private static List<Event.Done> answers(FakeRolloutWorld world) {
        return world.events(Event.Done.class).stream()
                .filter(done -> EffectKey.parse(done.key()).kind() == EffectKey.Kind.CALL)
                .toList();
    }

    @Test
    void anUnconfirmedRollbackCallsAgainEveryFewMinutes() {
        FakeRolloutWorld world = unconfirmed();
        assertThat(world.calls).hasSize(1).first().asString().startsWith("ROLLBACK NOT CONFIRMED: for 6");
        world.run(Duration.ofMinutes(30));
        assertThat(world.calls).hasSizeBetween(6, 8).last().asString().contains("31 min", "tries so far", "refused");
        world.routerUp = true;
        world.run(Duration.ofSeconds(10));
        int before = world.calls.size();
        world.run(LONG);
        assertThat(world.calls).as("confirmed").hasSize(before);
        assertThat(world.outcome().confirmed()).isTrue();
    }

    @Test
    void whoTakesItIsNotCalledAgain() {
        FakeRolloutWorld world = unconfirmed();
        world.accept(new Event.Operated(OperatorCommand.TAKE, "ann", null));
        int before = world.calls.size();
        world.run(LONG);
        assertThat(world.calls).hasSize(before);
        assertThat(world.state.life()).isEqualTo(Lifecycle.ROLLING_BACK);
    }

    @Test
    void aChannelThatFailsIsTriedUntilItTakesTheCall() {
        FakeRolloutWorld world = new FakeRolloutWorld(41).start().runUntilPhase(2);
        world.channelUp = false;
        world.actionError = "could not tell oncall";
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.run(Duration.ofSeconds(10));
        assertThat(world.outcome()).as("an end waits for the call").isNull();
        assertThat(answers(world)).isNotEmpty().allMatch(done -> done.error() != null);
        world.channelUp = true;
        world.run(LONG);
        assertThat(world.calls)
                .singleElement()
                .asString()
                .startsWith("ROLLBACK INCOMPLETE: ")
                .contains("could not tell oncall");
        assertThat(world.outcome().confirmed()).isTrue();
    }

    @Test
    void whatFailsWhileACallAboutSomethingElseIsUnderWayIsToldToo() {
        String contract = FakeRolloutWorld.CONTRACT.replace("{notify: oncall}]", "{notify: oncall}, {notify: team}]");
        FakeRolloutWorld world =
                new FakeRolloutWorld(46, contract, PlanOptions.ALONE).start().runUntilPhase(2);
        world.actionError = "could not tell oncall";
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.runUntil(() -> !world.acts.isEmpty());
        // the second action ends after the call about the first was intended, and before that is answered
        world.actionError = "could not tell team";
        world.run(LONG);
        assertThat(world.acts).containsExactly("notify", "notify");
        assertThat(world.calls)
                .last()
                .asString()
                .startsWith("ROLLBACK INCOMPLETE: ")
                .contains("could not tell oncall", "could not tell team");
        assertThat(world.outcome().confirmed()).isTrue();
    }

    @Test
    void anEndDoesNotWaitForEverForAChannelThatIsGone() {
        FakeRolloutWorld world = new FakeRolloutWorld(41).start().runUntilPhase(2);
        world.channelUp = false;
        world.actionError = "could not tell oncall";
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.run(Duration.ofMinutes(3));
        assertThat(world.outcome().reason()).contains("NOT DONE");
        assertThat(answers(world)).hasSize(5);
    }

    @Test
    void aCallLostInACrashIsMadeAgainUnderItsKey() {
        FakeRolloutWorld world = new FakeRolloutWorld(42).start().runUntilPhase(2);
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "looks bad"));
        world.routerUp = false;
        world.run(Duration.ofMinutes(2));
        List<Event> events = world.journal.stream()
                .map(stamped -> stamped.event())
                .takeWhile(event ->
                        !(event instanceof Event.Done done && done.key().startsWith("call")))
                .toList();
        State state = Fold.all(world.plan, world.journal.subList(0, events.size()));
        assertThat(Rollout.react(world.plan, state, world.now, world.now).effects())
                .filteredOn(Effect.Call.class::isInstance)
                .extracting(effect -> effect.key().toString())
                .containsExactly("call-rollback-0");
    }

    @Test
    void peopleHearWhatWaitsForThemOnce() {
        String contract = FakeRolloutWorld.CONTRACT
                .replace("undecided: proceed", "undecided: hold")
                .replace("[internal, 5, 25, 100]", "[internal, {weight: 5, approve: ann}, 25, 100]");
        FakeRolloutWorld world = new FakeRolloutWorld(43, contract, PlanOptions.ALONE).start();
        world.run(Duration.ofMinutes(30));
        assertThat(world.calls).singleElement().asString().startsWith("WAITING for approval: phase 5");
        world.requestsPerSecond = 0.2;
        world.accept(new Event.Operated(OperatorCommand.APPROVE, "ann", null));
        world.run(LONG);
        assertThat(world.calls).hasSize(2).last().asString().startsWith("WAITING for a decision: undecided after");
    }

    @Test
    void silentSourcesCallOnceEachTime() {
        FakeRolloutWorld world = new FakeRolloutWorld(44).start().runUntilPhase(1);
        for (int i = 0; i < 2; i++) {
            world.sourceUp = false;
            world.run(Duration.ofSeconds(45));
            world.sourceUp = true;
            world.run(Duration.ofSeconds(30));
        }
        assertThat(world.calls).hasSize(2).allMatch(call -> call.startsWith("NO DATA: no metrics for"));
    }

    @Test
    void aReleaseThatLostItsBuildAndIsHeldCalls() {
        FakeRolloutWorld world = new FakeRolloutWorld(45).start().runUntilPhase(1);
        world.accept(new Event.Operated(OperatorCommand.PAUSE, Event.Operated.MACHINE, "the build is gone"));
        world.run(Duration.ofMinutes(20));
        assertThat(world.calls).containsExactly("BUILD GONE: the build is gone");
        world.accept(new Event.Operated(OperatorCommand.PAUSE, "ann", "lunch"));
        world.run(Duration.ofMinutes(20));
        assertThat(world.calls).hasSize(1);
    }

    @Test
    void aRecordThatCannotBeWrittenCalls() {
        FakeRolloutWorld world = new FakeRolloutWorld(46).start().runUntilPhase(1);
        world.accept(Event.Breached.of(BreachCause.JOURNAL, "the journal can't be written: disk full"));
        world.run(LONG);
        assertThat(world.calls).containsExactly("RECORD NOT WRITTEN: the journal can't be written: disk full");
        assertThat(world.outcome().confirmed()).isTrue();
    }

    @Test
    void whoOnlyObservesCallsNobody() {
        FakeRolloutWorld world = new FakeRolloutWorld(
                47,
                FakeRolloutWorld.CONTRACT.replace("undecided: proceed", "undecided: hold"),
                new PlanOptions(Plan.Movement.BODY, true, false, true, 1, true));
        world.requestsPerSecond = 0.2;
        world.start().run(LONG);
        assertThat(world.state.isHeld()).isTrue();
        assertThat(world.calls).isEmpty();
    }
}
