// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** E1: what the gate saw is looked at again before the first users; it was believed for as long as the release took to begin. */
class AdmissionRulesTest {
    private static final String CONTRACT = FakeRolloutWorld.CONTRACT + """
                - id: DEP-004
                  type: Criteria
                  owner: team
                  verify: {artifact: dist/shop.tar.gz, freeze: {windows: ["2026-12-20..2027-01-02"]}, tests: {}}
                - {id: DEP-005, type: Criteria, owner: team, blocker: no, verify: {artifact: dist/other.tar.gz}}
                - {id: DEP-006, type: Criteria, owner: team, verify: {artifact: old.jar}, waived: {by: cto, reason: r, until: 2026-12-31}}
              """.replaceAll("(?m)^ {14}", "");
    private static final PlanOptions ADMITTED = PlanOptions.ALONE.withAdmission();

    private static FakeRolloutWorld world(PlanOptions options) {
        return new FakeRolloutWorld(41, CONTRACT, options).start();
    }

    @Test
    void theMustHavesThatCanChangeAreLookedAt() {
        assertThat(Plans.of(FakeRolloutWorld.read(CONTRACT), "production", ADMITTED)
                        .admission()
                        .verify())
                .extracting(CheckSpec::kind)
                .as("a waiver counts or not when it is looked")
                .containsExactly("artifact", "freeze", "artifact");
        assertThat(Plans.of(FakeRolloutWorld.read(CONTRACT), "production", PlanOptions.ALONE)
                        .admission())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(Plan.Movement.class)
    void whatFailsThenGivesNobodyTheNewVersion(Plan.Movement movement) {
        FakeRolloutWorld world =
                world(new PlanOptions(movement, movement == Plan.Movement.BODY, false, true, 1, false, true));
        world.checkStatus = EvidenceStatus.FAIL;
        world.runUntil(() -> !world.events(Event.Breached.class).isEmpty());
        assertThat(world.weight).isZero();
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(breach -> {
            assertThat(breach.cause()).isEqualTo(BreachCause.ADMISSION);
            assertThat(breach.entry()).isEqualTo(Plans.ADMISSION);
            assertThat(breach.value()).isEqualTo("3 rows");
            assertThat(breach.limit()).isEqualTo("0 rows");
            assertThat(breach.reason()).isEqualTo("no users get the new version: 3 rows are orphaned");
        });
        assertThat(world.events(Event.PhaseStarted.class))
                .last()
                .extracting(Event.PhaseStarted::phase)
                .isEqualTo(1);
        assertThat(world.acts).noneMatch(act -> act.contains("5.0"));
    }

    @Test
    void whatHoldsThenIsLookedAtOnce() {
        FakeRolloutWorld world = world(ADMITTED);
        world.run(Duration.ofHours(2));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.events(Event.Validated.class))
                .filteredOn(said -> said.entry().equals(Plans.ADMISSION))
                .hasSize(1);
    }

    @Test
    void whatCannotBeSeenIsLookedAtAgainAndTurnsBackInTheEnd() {
        FakeRolloutWorld world = world(ADMITTED);
        world.checkStatus = EvidenceStatus.UNKNOWN;
        world.runUntil(() -> world.events(Event.Validated.class).size() == 3);
        assertThat(world.weight).isZero();
        assertThat(world.events(Event.Breached.class)).isEmpty();
        world.checkStatus = EvidenceStatus.PASS;
        world.runUntil(() -> world.weight > 0);

        FakeRolloutWorld never = world(ADMITTED);
        never.checkStatus = EvidenceStatus.UNKNOWN;
        never.run(Duration.ofHours(1));
        assertThat(never.events(Event.Breached.class))
                .singleElement()
                .extracting(Event.Breached::cause)
                .isEqualTo(BreachCause.ADMISSION);
        assertThat(never.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
    }

    /** Between the look and the shift a machine may sleep, or the router fall silent. */
    @Test
    void whatWasGreenALongTimeAgoIsLookedAtAgain() {
        FakeRolloutWorld world = lookedAt();
        world.now = world.now.plus(AdmissionRules.FRESH);
        world.checkStatus = EvidenceStatus.FAIL;
        world.runUntil(() -> !world.events(Event.Breached.class).isEmpty());
        assertThat(world.weight).isZero();
        assertThat(world.acts).noneMatch(act -> act.contains("5.0"));

        FakeRolloutWorld soon = lookedAt();
        soon.now = soon.now.plus(AdmissionRules.FRESH).minusSeconds(2);
        soon.checkStatus = EvidenceStatus.FAIL;
        soon.runUntil(() -> soon.weight > 0);
        assertThat(looks(soon)).isEqualTo(1);
    }

    /** A look that began before a night's sleep has seen yesterday. */
    @Test
    void anAnswerThatSleptIsNone() {
        FakeRolloutWorld world = world(ADMITTED);
        world.runUntil(() -> world.state.phaseIndex() == 1);
        Instant began = world.state.phase().started().plusSeconds(30);
        State looking = Fold.apply(
                world.plan,
                world.state,
                new Stamped(
                        98,
                        began,
                        began,
                        new Event.Intended(
                                EffectKey.validate(Plans.ADMISSION, 3).toString(), "validate", "")));
        for (Duration slept : List.of(Duration.ofSeconds(50), Duration.ofHours(8))) {
            Instant answered = began.plus(slept);
            State answer = Fold.apply(
                    world.plan,
                    looking,
                    new Stamped(
                            99,
                            answered,
                            answered,
                            new Event.Validated(Plans.ADMISSION, "", EvidenceStatus.PASS, "", "", "")));
            assertThat(AdmissionRules.waits(world.plan, answer, answered))
                    .as(slept.toString())
                    .isEqualTo(slept.toHours() > 0);
        }
    }

    /** A restart, or a pause of the machine, in the bake of the first phase with users: it has them already. */
    @Test
    void whoHasUsersIsNotHeldToTheirAdmissionAgain() {
        FakeRolloutWorld world = world(ADMITTED).runUntilPhase(1);
        world.run(Duration.ofMinutes(2));
        assertThat(world.weight).isPositive();
        world.accept(new Event.Resumed(15, "the machine was suspended"));
        world.checkStatus = EvidenceStatus.FAIL;
        world.run(Duration.ofMinutes(5));
        assertThat(world.events(Event.Breached.class)).isEmpty();
        assertThat(looks(world)).isEqualTo(1);
        assertThat(world.weight).isPositive();
    }

    /** What could not be seen when the controller went away is looked at again before it counts. */
    @Test
    void silenceBeforeAnAbsenceIsNoSilenceNow() {
        FakeRolloutWorld world =
                new FakeRolloutWorld(41, CONTRACT.replace("noData: 1m", "noData: 10m"), ADMITTED).start();
        world.checkStatus = EvidenceStatus.UNKNOWN;
        world.runUntil(() -> looks(world) == 1);
        world.now = world.now.plus(Duration.ofMinutes(10)).minusSeconds(5);
        world.accept(new Event.Resumed(590, "restart"));
        world.checkStatus = EvidenceStatus.PASS;
        world.runUntil(() -> world.weight > 0);
        assertThat(world.events(Event.Breached.class)).isEmpty();
    }

    /** The patience is with the silence, not with the phase. */
    @Test
    void patienceBeginsWithTheFirstAnswerThatIsNotGreen() {
        FakeRolloutWorld world = lookedAt();
        world.now = world.now.plus(world.plan.noData()).minusSeconds(15);
        world.checkStatus = EvidenceStatus.UNKNOWN;
        world.runUntil(() -> looks(world) == 5);
        assertThat(world.events(Event.Breached.class)).isEmpty();
        assertThat(world.weight).isZero();
        world.checkStatus = EvidenceStatus.PASS;
        world.runUntil(() -> world.weight > 0);
    }

    /** The first users are next, and the look before them was green. */
    private static FakeRolloutWorld lookedAt() {
        // long enough that nothing but the look's own rules ends it
        FakeRolloutWorld world =
                new FakeRolloutWorld(41, CONTRACT.replace("noData: 1m", "noData: 30m"), ADMITTED).start();
        world.runUntil(() -> looks(world) == 1);
        assertThat(world.weight).isZero();
        return world;
    }

    private static int looks(FakeRolloutWorld world) {
        return Math.toIntExact(world.events(Event.Validated.class).stream()
                .filter(said -> said.entry().equals(Plans.ADMISSION))
                .count());
    }

    @Test
    void laterPhasesAskNobody() {
        FakeRolloutWorld world = world(ADMITTED).runUntilPhase(1);
        world.runUntil(() -> world.weight > 0);
        world.checkStatus = EvidenceStatus.FAIL;
        world.runUntilPhase(2);
        assertThat(world.events(Event.Breached.class)).isEmpty();
    }
}
