// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.PlanOutline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan says of its contract, and who moves the traffic. */
class PlanTest {
    private static final String SECOND_METRIC = """
              - {id: MON-002, name: timeouts, kind: rate, source: prometheus, errors: "e", total: "t", worse: higher}
            """.replaceAll("(?m)^ {12}", "");
    /** Another trigger, and a check, each with an answer of its own. */
    private static final String SEVERAL = FakeRolloutWorld.CONTRACT.replace("rollout:\n", SECOND_METRIC + "rollout:\n")
            + """
              - id: DEP-004
                type: Rollback
                stage: Post-deploy
                title: Timeouts
                trigger: too many timeouts
                metric: MON-002
                threshold: ">3% of requests for 1 minute"
                procedure: [{traffic: 0}, {notify: network}]
                owner: team
              - id: DEP-005
                type: Rollback
                stage: Post-deploy
                title: Orphaned rows
                trigger: rows without an order appear
                check: {command: {run: ./integrity}}
                procedure: [{traffic: 0}, {notify: dba}]
                owner: team
            """.replaceAll("(?m)^ {12}", "");

    private static Contract contract() {
        return FakeRolloutWorld.read(FakeRolloutWorld.CONTRACT);
    }

    private static Plan plan(String contract, PlanOptions options) {
        return Plans.of(FakeRolloutWorld.read(contract), "production", options);
    }

    @Test
    void aPipelineLeavesTheTrafficToTheContractsRouter() {
        PlanOptions options = PlanOptions.ofPipeline(contract(), true, false);
        assertThat(options).isEqualTo(new PlanOptions(Plan.Movement.ROUTER, true, true, true, 1, false));
        assertThat(plan(FakeRolloutWorld.CONTRACT, options).routed()).isTrue();
    }

    @Test
    void withoutARouterThePipelinesBodyMovesTheTraffic() {
        Contract none = FakeRolloutWorld.read(FakeRolloutWorld.CONTRACT.replace("  router: r\n", ""));
        PlanOptions options = PlanOptions.ofPipeline(none, false, false);
        assertThat(options).isEqualTo(new PlanOptions(Plan.Movement.BODY, true, false, true, 1, false));
        assertThat(plan(FakeRolloutWorld.CONTRACT, options).routed()).isFalse();
    }

    @Test
    void whoOnlyObservesLeavesTheRouterAlone() {
        assertThat(PlanOptions.ofPipeline(contract(), false, true))
                .isEqualTo(new PlanOptions(Plan.Movement.BODY, true, false, true, 1, true));
    }

    @Test
    void aRehearsalRunsFasterAndElseAsBefore() {
        PlanOptions options = PlanOptions.ofPipeline(contract(), true, true);
        assertThat(options.withSpeed(60)).isEqualTo(new PlanOptions(Plan.Movement.BODY, true, true, true, 60, true));
    }

    @Test
    void anOutlineTellsThePhasesAndTheTimes() {
        Plan plan = plan(SEVERAL, PlanOptions.ALONE.withSpeed(10));
        PlanOutline outline = plan.outline();
        assertThat(outline.phases())
                .extracting(PlanOutline.Phase::weight)
                .containsExactlyElementsOf(
                        plan.shares().stream().map(share -> share * 100).toList())
                .containsExactly(0.0, 5.0, 25.0, 100.0);
        assertThat(outline)
                .isEqualTo(new PlanOutline(
                        outline.phases(),
                        2,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(60),
                        true,
                        10));
    }

    /** Both sides must have requests, and there must be something to compare. */
    @Test
    void onlyAPartOfTheTrafficCanBeCompared() {
        Plan plan = plan(FakeRolloutWorld.CONTRACT, PlanOptions.ALONE);
        assertThat(List.of(plan.comparable(0), plan.comparable(1), plan.comparable(2), plan.comparable(3)))
                .containsExactly(false, true, true, false);
    }

    /** Half of what is borne, but three looks, and never longer than it is borne. */
    @ParameterizedTest
    @CsvSource({"5s, 1m, 30", "10s, 1m, 30", "15s, 1m, 45", "30s, 1m, 60", "5s, 10m, 300"})
    void silenceIsBorneForHalfTheLimitOrThreeLooks(String interval, String noData, int seconds) {
        String contract = FakeRolloutWorld.CONTRACT
                .replace("interval: 5s", "interval: " + interval)
                .replace("noData: 1m", "noData: " + noData);
        assertThat(plan(contract, PlanOptions.ALONE).patience()).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static String answer(Plan plan, BreachCause cause, String entry, String metric) {
        return text(plan.procedure(new Event.Breached(cause, entry, metric, null, null, "", null)));
    }

    private static String text(List<ActionSpec> procedure) {
        return procedure.get(procedure.size() - 1).toString();
    }

    @Test
    void aBreachIsAnsweredByItsOwnEntry() {
        Plan plan = plan(SEVERAL, PlanOptions.ALONE);
        assertThat(answer(plan, BreachCause.TRIGGER, "DEP-003", "MON-001")).contains("oncall");
        assertThat(answer(plan, BreachCause.TRIGGER, "DEP-004", "MON-002")).contains("network");
        assertThat(answer(plan, BreachCause.TRIGGER, "DEP-005", null)).contains("dba");
        assertThat(plan.procedures())
                .extracting(PlanTest::text)
                .satisfiesExactly(
                        text -> assertThat(text).contains("oncall"),
                        text -> assertThat(text).contains("network"),
                        text -> assertThat(text).contains("dba"),
                        text -> assertThat(text).contains("oncall"));
    }

    /** What people decide is answered by the procedure that the contract has for it, wherever it stands. */
    @Test
    void anOperatorsRollbackFollowsTheProcedureOfThePersonsEntry() {
        Plan plan = plan(SEVERAL + """
              - id: DEP-006
                type: Rollback
                title: Users complain
                trigger: ten reports
                person: support-lead
                procedure: [{traffic: 0}, {notify: support}]
                owner: team
            """.replaceAll("(?m)^ {12}", ""), PlanOptions.ALONE);
        assertThat(answer(plan, BreachCause.OPERATOR, null, null)).contains("support");
        assertThat(answer(plan, BreachCause.TRIGGER, "DEP-003", "MON-001")).contains("oncall");
    }

    @Test
    void aValidationThatFailsIsAnsweredByTheEntryThatItEscalatesTo() {
        String validation = """
              - {id: DEP-007, type: Validation, title: Smoke, verify: {command: ./smoke}, escalation: DEP-005, owner: team}
              - {id: DEP-008, type: Validation, title: Other, verify: {command: ./smoke}, escalation: ann, owner: team}
            """.replaceAll("(?m)^ {12}", "");
        Plan plan = plan(SEVERAL + validation, PlanOptions.ALONE);
        assertThat(answer(plan, BreachCause.VALIDATION, "DEP-007", null)).contains("dba");
        assertThat(answer(plan, BreachCause.VALIDATION, "DEP-008", null)).contains("oncall");
    }

    @Test
    void theJudgesBreachIsAnsweredByTheEntryThatWatchesItsMetric() {
        Plan plan = plan(SEVERAL, PlanOptions.ALONE);
        assertThat(answer(plan, BreachCause.JUDGE, null, "MON-002")).contains("network");
        assertThat(answer(plan, BreachCause.OPERATOR, null, null))
                .as("the first")
                .contains("oncall");
        assertThat(answer(plan, BreachCause.TRIGGER, "DEP-999", "MON-002"))
                .as("an entry that is gone is not another's")
                .contains("oncall");
    }

    /** A waiver of the tests, or one that is over, once kept everybody from looking whether the artifact was replaced. */
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "'check: tests, by: cto, reason: r, until: 2026-12-31', 2026-12-31T23:59:59Z, artifact freeze",
        "'check: freeze, by: cto, reason: r, until: 2026-12-31', 2026-12-31T23:59:59Z, artifact",
        "'check: freeze, by: cto, reason: r, until: 2026-12-31', 2027-01-01T00:00:00Z, artifact freeze",
        "'by: cto, reason: r, until: 2026-12-31', 2026-12-31T00:00:00Z, artifact freeze",
        "'check: freeze, by: cto, reason: \" \", until: 2026-12-31', 2026-12-31T00:00:00Z, artifact freeze"
    })
    void aWaiverTakesItsOwnCheckAloneFromTheLookBeforeTheFirstUsers(String waiver, Instant now, String left) {
        String entry =
                "  - {id: DEP-009, type: Criteria, owner: team, verify: {artifact: a.jar, tests: {}, freeze: {windows:"
                        + " [\"2026-12-20..2027-01-02\"]}}, waived: {" + waiver + "}}\n";
        assertThat(Plans.changing(FakeRolloutWorld.read(FakeRolloutWorld.CONTRACT + entry), one -> one.counts(now)))
                .flatExtracting(CriteriaEntry::verify)
                .extracting(CheckSpec::kind)
                .containsExactly(left.split(" "));
    }

    @ParameterizedTest
    @EnumSource(Lifecycle.class)
    void looksAreTakenFromArmingToTheEnd(Lifecycle life) {
        assertThat(life.watches()).isEqualTo(life != Lifecycle.OPEN && life != Lifecycle.ENDED);
        assertThat(life.isCanary()).isEqualTo(life == Lifecycle.SHIFTING || life == Lifecycle.BAKING);
    }
}
