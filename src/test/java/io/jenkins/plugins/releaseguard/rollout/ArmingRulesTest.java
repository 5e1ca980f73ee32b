// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.promql.QueryExplanation;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.metric.SourceExamination.Finding;
import io.jenkins.plugins.releaseguard.rollout.ArmingRules.Agreement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F1: what speaks against the metrics is said, and keeps the release from beginning, before anybody's traffic moves. */
class ArmingRulesTest {
    private static final Plan PLAN = new FakeRolloutWorld(1).plan;
    private static final Event.Armed ARMED = new Event.Armed(Map.of("MON-001", 0.01));
    /** The same, with what lint explains of the queries: kind and unit, and what is asked. */
    private static final Event.Armed SAID = new Event.Armed(
            ARMED.baseline(),
            false,
            null,
            null,
            PLAN.metrics().stream().collect(Collectors.toMap(Metric::id, QueryExplanation::of)));

    private static final Finding FAILS = new Finding("MON-001", true, "total: no series x_total", "correct the query");
    private static final Finding TOLD = new Finding("MON-002", false, "errors: no series y_total", "correct the name");

    private static List<Event.Sample> baseline(Double total) {
        return List.of(new Event.Sample(
                "MON-001", null, null, total == null ? null : 0.0, total, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 1, ENOUGH",
        "500, 1000, 1, ENOUGH",
        "499, 1000, 1, OPEN",
        "499, 1000, 2, OPEN",
        "499, 1000, 3, TOO_LITTLE",
        "0, 1000, 3, TOO_LITTLE",
        // fewer requests are a look that is late; a router that doesn't count, a source without a new scrape
        "0, 39, 1, ENOUGH",
        "0, NaN, 1, ENOUGH",
        ", 1000, 1, OPEN",
        ", 1000, 3, ENOUGH"
    })
    void aMetricThatSeesLessThanHalfOfTheRoutersRequestsIsNotBelieved(
            Double counted, double routed, int comparisons, Agreement agreement) {
        assertThat(ArmingRules.agreement(PLAN, baseline(counted), routed, comparisons))
                .isEqualTo(agreement);
    }

    @Test
    void bothCountsAreSaid() {
        Finding finding = ArmingRules.tooLittle(PLAN, baseline(40.0), 412);
        assertThat(finding.fails()).isTrue();
        assertThat(finding.toString())
                .startsWith(
                        "MON-001, the router has sent 412 requests to the last good version, and the metrics count 40:"
                                + " less than half isn't believed; ");
    }

    @Test
    void whatFailsKeepsTheReleaseFromBeginning() {
        List<Event> events = ArmingRules.events(PLAN, ARMED, List.of(TOLD, FAILS));
        assertThat(events).hasSize(3).noneMatch(Event.Armed.class::isInstance);
        assertThat(((Event.Noted) events.get(1)).text())
                .isEqualTo("Before any traffic moves: MON-001, total: no series x_total; correct the query");
        assertThat(events.get(2)).isInstanceOfSatisfying(Event.Ended.class, ended -> {
            assertThat(ended.verdict()).isEqualTo(ReleaseOutcome.HALTED);
            assertThat(ended.confirmed()).isTrue();
            assertThat(ended.reason())
                    .contains("not begun")
                    .contains(FAILS.toString())
                    .doesNotContain("y_total");
        });
    }

    @Test
    void whatIsOnlyToldArms() {
        assertThat(ArmingRules.events(PLAN, ARMED, List.of(TOLD))).hasSize(2).endsWith(SAID);
        assertThat(ArmingRules.events(PLAN, ARMED, List.of())).containsExactly(SAID);
    }

    @Test
    void whoOnlyObservesIsToldAndWatches() {
        Plan observing = Plans.of(
                FakeRolloutWorld.read(FakeRolloutWorld.CONTRACT),
                "production",
                new PlanOptions(Plan.Movement.ROUTER, false, false, true, 1, true));
        assertThat(ArmingRules.events(observing, ARMED, List.of(FAILS)))
                .hasSize(2)
                .endsWith(SAID);
    }

    /** The new version has no series before it has users: that is no silence, and no time that counts. */
    @Test
    void whatOnlyTheNewVersionLacksBeforeItHasUsersIsNoSilence() {
        FakeRolloutWorld world = new FakeRolloutWorld(41).start();
        world.tells = s -> world.weight > 0 ? s : lacking(s);
        world.run(Duration.ofHours(3));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.events(Event.Held.class)).isEmpty();
    }

    /** F1: the router sends it requests and the source has no series: no data, told and held, never 0 of 0. */
    @Test
    void whatOnlyTheNewVersionLacksWithUsersIsNoData() {
        FakeRolloutWorld world = new FakeRolloutWorld(41).start();
        world.tells = ArmingRulesTest::lacking;
        world.run(Duration.ofHours(3));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.events(Event.Held.class))
                .anyMatch(h -> h.cause() == HoldCause.NO_DATA && h.reason().contains("canary: no series"));
        assertThat(world.events(Event.PhaseEnded.class))
                .noneMatch(p -> world.plan.phases().get(p.phase()).weight() > 0);
    }

    /** A share so small that no request has come yet is not held against anybody, and proves nothing. */
    @Test
    void whereTheRouterHasSentItNothingItMayHaveNoSeriesYet() {
        FakeRolloutWorld world = new FakeRolloutWorld(41).start();
        world.requestsPerSecond = 0;
        world.tells = ArmingRulesTest::lacking;
        world.runUntilPhase(1).run(Duration.ofMinutes(2));
        assertThat(world.events(Event.Breached.class)).isEmpty();
        assertThat(world.state.phaseIndex()).isEqualTo(1);
    }

    private static Event.Sample lacking(Event.Sample s) {
        return new Event.Sample(
                s.metric(),
                null,
                null,
                s.baselineErrors(),
                s.baselineTotal(),
                null,
                s.baselineValues(),
                null,
                s.baselineQuantiles(),
                null,
                null,
                null,
                "canary: no series x_total{track=\"canary\"}");
    }
}
