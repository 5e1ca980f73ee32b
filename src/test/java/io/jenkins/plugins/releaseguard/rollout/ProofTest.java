// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** H3: no evidence, no pass. */
class ProofTest {
    private static final Duration LONG = Duration.ofHours(3);
    private static final String HOLD = FakeRolloutWorld.CONTRACT.replace("undecided: proceed", "undecided: hold");
    private static final String BLIND = HOLD.replaceFirst("(?s)metrics:.*?rollout:", "rollout:")
            .replaceFirst("metric: MON-001\n\\s+threshold: .*?\n", "person: on-call\n");

    private static FakeRolloutWorld world(long seed, String contract) {
        return new FakeRolloutWorld(seed, contract, PlanOptions.ALONE).start();
    }

    @Test
    void withoutMetricsAPhaseWithTrafficWaitsForAPerson() {
        FakeRolloutWorld world = world(91, BLIND);
        world.canaryErrors = 1;
        world.run(Duration.ofMinutes(11));
        assertThat(world.state.phaseIndex()).isEqualTo(1);
        assertThat(world.state.holds()).containsOnlyKeys(HoldCause.UNDECIDED);
        assertThat(world.state.holds().get(HoldCause.UNDECIDED)).contains("no metric counts");
        world.run(LONG);
        assertThat(world.outcome()).isNull();
        for (int phase = 1; phase <= 3; phase++) {
            world.accept(new Event.Operated(OperatorCommand.PROMOTE, "ann", "seen by hand", phase));
            world.run(Duration.ofMinutes(11));
        }
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.outcome().reason()).contains("unproven: 5%, 25%, 100%");
        assertThat(world.events(Event.PhaseEnded.class))
                .extracting(Event.PhaseEnded::verdict)
                .containsOnly(PhaseVerdict.UNPROVEN);
    }

    @Test
    void withoutMetricsAndToldToProceedPhasesAreUnproven() {
        FakeRolloutWorld world = world(92, BLIND.replace("undecided: hold", "undecided: proceed"))
                .run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.events(Event.PhaseEnded.class)).hasSize(4).allMatch(p -> p.verdict() == PhaseVerdict.UNPROVEN);
    }

    @Test
    void mutedMetricsProveNothing() {
        FakeRolloutWorld world = world(93, HOLD.replace("critical: true}", "critical: true, muted: true}"));
        world.run(LONG);
        assertThat(world.state.phaseIndex()).isEqualTo(1);
        assertThat(world.state.holds()).containsOnlyKeys(HoldCause.UNDECIDED);
    }

    @Test
    void aPhaseWithoutTrafficIsUnproven() {
        FakeRolloutWorld world = world(94, HOLD).runUntilPhase(1);
        assertThat(world.events(Event.PhaseEnded.class)).singleElement().satisfies(ended -> {
            assertThat(ended.verdict()).isEqualTo(PhaseVerdict.UNPROVEN);
            assertThat(ended.reason()).contains("no traffic");
        });
        world.run(LONG);
        assertThat(world.outcome().reason()).isEqualTo("all phases passed");
    }

    @Test
    void internalUsersThatWereSeenProveIt() {
        FakeRolloutWorld world = world(95, HOLD);
        world.tells = s -> Event.Sample.rate(s.metric(), 0, s.canaryTotal() + 3, s.baselineErrors(), s.baselineTotal());
        world.runUntilPhase(1);
        assertThat(world.events(Event.PhaseEnded.class).get(0).verdict()).isEqualTo(PhaseVerdict.PASS);
    }

    @Test
    void allTrafficOnAVersionThatNobodySeesIsNoPass() {
        FakeRolloutWorld world = world(96, HOLD).runUntilPhase(3);
        world.tells = s -> Event.Sample.rate(s.metric(), 0, 0, 0, 0);
        world.run(LONG);
        assertThat(world.state.phaseIndex()).isEqualTo(3);
        assertThat(world.state.holds().get(HoldCause.UNDECIDED))
                .contains("the router sends requests to the new version, and no metric that counts shows one");
    }

    /** A source that says that nothing happened, while the router sends users. */
    @Test
    void requestsThatNoMetricShowsTurnBackEvenWhereItMayProceed() {
        FakeRolloutWorld world = world(100, FakeRolloutWorld.CONTRACT).runUntilPhase(3);
        world.tells = s -> Event.Sample.rate(s.metric(), 0, 0, 0, 0);
        world.run(LONG);
        assertThat(world.events(Event.Breached.class))
                .singleElement()
                .extracting(Event.Breached::reason)
                .asString()
                .contains("no metric that counts shows one");
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
    }

    /** F1: a metric that sees less than half of the router's requests sees others, or is of another name by now. */
    @Test
    void aMetricThatSeesLessThanHalfOfTheRoutersRequestsIsNotBelieved() {
        FakeRolloutWorld world = world(96, HOLD).runUntilPhase(3);
        world.tells = s -> Event.Sample.rate(s.metric(), 0, s.canaryTotal() * 0.3, 0, s.baselineTotal());
        world.run(LONG);
        assertThat(world.state.phaseIndex()).isEqualTo(3);
        assertThat(world.state.holds().get(HoldCause.UNDECIDED)).contains("less than half isn't believed");
    }

    @Test
    void allTrafficThatStillGoesToTheOldVersionTurnsBackEvenWhereItMayProceed() {
        FakeRolloutWorld world = world(97, FakeRolloutWorld.CONTRACT).runUntilPhase(3);
        world.tells = s -> Event.Sample.rate(s.metric(), 0, 0, 0, 500);
        world.run(LONG);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
    }

    @Test
    void aDeadReferenceIsNoPass() {
        FakeRolloutWorld world = world(98, HOLD).runUntilPhase(2);
        world.tells = s -> Event.Sample.rate(s.metric(), 0, s.canaryTotal(), 0, 0);
        world.run(Duration.ofMinutes(30));
        assertThat(world.events(Event.PhaseEnded.class)).hasSize(2);
        assertThat(world.state.holds()).containsKey(HoldCause.UNDECIDED);
    }

    /** F2: a ratio is of one request as well as of a million. */
    @Test
    void ratiosAndRecordingRulesPromoteNothingByThemselves() {
        for (String values : List.of(
                "job:errors:ratio{track=\"$track\"}",
                "sum(rate(e_total{track=\"$track\"}[1m])) / sum(rate(a_total{track=\"$track\"}[1m]))")) {
            String ratio = HOLD.replace(
                            "kind: rate, source: prometheus, errors: \"e\", total: \"t\",",
                            "kind: gauge, source: prometheus, values: '" + values + "',")
                    .replace("\">2% of requests for 1 minute\"", "\"> 1000 for 1 minute\"");
            FakeRolloutWorld world = world(99, ratio).runUntilPhase(1);
            world.tells = s ->
                    new Event.Sample(s.metric(), null, null, null, null, List.of(0.5), List.of(0.5), null, null, null);
            world.run(Duration.ofHours(2));
            assertThat(world.state.holds().get(HoldCause.UNDECIDED)).contains("only ratios and recording rules");
        }
    }

    @Test
    void countsProveWhatTheRouterSentRequestsTo() {
        String counts = HOLD.replace(
                        "kind: rate, source: prometheus, errors: \"e\", total: \"t\",",
                        "kind: count, source: prometheus, values: \"v\",")
                .replace("\">2% of requests for 1 minute\"", "\"> 1000 for 1 minute\"");
        FakeRolloutWorld world = world(99, counts).runUntilPhase(3);
        world.tells = s -> new Event.Sample(s.metric(), 0.0, null, 0.0, null, null, null, null, null, null);
        world.run(Duration.ofMinutes(6));
        assertThat(world.events(Event.PhaseEnded.class).get(3).verdict()).isEqualTo(PhaseVerdict.PASS);
    }
}
