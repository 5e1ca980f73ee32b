// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.ContractSource;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import io.jenkins.plugins.releaseguard.report.view.ReportHtml;
import io.jenkins.plugins.releaseguard.report.view.ReportMarkdown;
import io.jenkins.plugins.releaseguard.report.view.ReportView;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {

    /** H13: records of versions that didn't note it. */
    @Test
    void whereTheContractWasReadIsSaidOrThatNobodyNotedIt() {
        Report old = Report.of(ReportFixture.promoted());
        assertThat(old.release().contractOrigin()).isNull();
        assertThat(ReportMarkdown.of(ReportView.of(old))).contains("| Contract read from | not recorded |");
        assertThat(Report.of(ReportFixture.hostile("x"))
                        .release()
                        .contractOrigin()
                        .source())
                .isEqualTo(ContractSource.WORKSPACE);
    }

    @Test
    void aPromotedReleaseSaysSoWithItsNumbers() {
        Report report = Report.of(ReportFixture.promoted());
        assertThat(report.verdict()).isEqualTo("promoted");
        assertThat(report.phases()).extracting(Report.Phase::verdict).containsOnly(PhaseStatus.PASS);
        assertThat(report.phases()).extracting(Report.Phase::weight).containsExactly(0.0, 1.0, 5.0, 25.0, 50.0, 100.0);
        assertThat(report.reason())
                .startsWith("All 6 phases passed: error rate ")
                .contains(
                        "p95 latency 141 ms over 6 min (baseline 134 ms)",
                        "CPU 61 % at the median over 6 min (baseline 60 %)");
        assertThat(report.whyNotGreen()).isNull();
        assertThat(report.rollback()).isNull();
        assertThat(report.seconds()).isGreaterThan(6 * 12 * 30);
        assertThat(report.approvals()).extracting(Report.Approval::by).containsExactly("s.lee", "m.ortiz");
        assertThat(report.followUps()).first().asString().contains("feature flag");
        assertThat(report.release().risk()).isEqualTo("medium");
    }

    @Test
    void aRolledBackReleaseSaysFirstWhyItIsNotGreen() {
        Report report = Report.of(ReportFixture.rolledBack());
        assertThat(report.verdict()).isEqualTo("rolled-back");
        assertThat(report.reason())
                .isEqualTo("Error rate 4.4 % is over the limit of 2 % (baseline 0.2 %) at 25 % of the traffic."
                        + " All traffic was back on the stable version, confirmed, 8.5 s after the breach.");
        assertThat(report.whyNotGreen().what()).isEqualTo("DEP-009: a rollback trigger fired");
        assertThat(report.whyNotGreen().value()).isEqualTo("4.4 %");
        assertThat(report.whyNotGreen().limit()).isEqualTo("2 %");
        assertThat(report.whyNotGreen().fix()).isNotEmpty();
        assertThat(report.phases().get(3).verdict()).isEqualTo(PhaseStatus.FAIL);
        assertThat(report.planned()).hasSize(6);

        Report.Rollback rollback = report.rollback();
        assertThat(rollback.trigger()).isEqualTo("DEP-009");
        assertThat(rollback.confirmed()).isTrue();
        assertThat(rollback.detectSeconds()
                        + rollback.decideSeconds()
                        + rollback.actSeconds()
                        + rollback.confirmSeconds())
                .isCloseTo(rollback.totalSeconds(), within(0.01));
        assertThat(rollback.recoveredSeconds()).isEqualTo(51);
        assertThat(rollback.actions())
                .extracting(Report.Action::key)
                .containsExactly("rollback-traffic", "rollback-notify");
        assertThat(rollback.actions().get(1).error()).contains("503");
        assertThat(report.actions()).hasSize(4);
        assertThat(report.entries())
                .filteredOn(entry -> entry.id().equals("DEP-009"))
                .extracting(Report.EntryResult::status)
                .containsExactly(EvidenceStatus.FAIL);
    }

    @Test
    void aNoGoNamesTheEntryTheNumberTheLimitAndTheFix() {
        Report report = Report.of(ReportFixture.noGo());
        assertThat(report.whyNotGreen().what()).startsWith("DEP-003 ");
        assertThat(report.whyNotGreen().value()).contains("7d793037");
        assertThat(report.whyNotGreen().limit()).contains("0cc175b9");
        assertThat(report.whyNotGreen().fix()).contains("Deploy the artifact that was tested");
        assertThat(report.reason()).endsWith("No traffic was moved.");
        assertThat(report.phases()).isEmpty();
        assertThat(report.requests()).isNull();
    }

    @Test
    void timeWithoutAControllerStandsApart() {
        Report report = Report.of(ReportFixture.halted());
        assertThat(report.downSeconds()).isEqualTo(412);
        assertThat(report.issues())
                .extracting(Report.Issue::text)
                .contains("Metrics: prometheus: connection refused (2 looks)");
        assertThat(report.phases())
                .extracting(Report.Phase::verdict)
                .containsExactly(PhaseStatus.UNPROVEN, PhaseStatus.STOPPED);
        // its unproven phase had no traffic: watching it longer would prove nothing
        assertThat(report.followUps()).noneMatch(todo -> todo.contains("unproven"));
        List<Stamped> withTraffic = ReportFixture.halted().stream()
                .map(stamped -> stamped.event() instanceof Event.PhaseStarted phase
                        ? new Stamped(
                                stamped.seq(),
                                stamped.at(),
                                stamped.wall(),
                                new Event.PhaseStarted(phase.phase(), phase.name(), 5, phase.audience()))
                        : stamped)
                .toList();
        assertThat(Report.of(withTraffic).followUps()).anyMatch(todo -> todo.contains("unproven"));
    }

    @Test
    void beforeTheFirstPhaseItSaysWhatTheGateDoes() {
        Event approval = evidence("approval", "unknown");
        Event failed = evidence("tests", "fail");
        assertThat(Report.of(stamped(evidence("tests", "pass"))).reason()).isEqualTo("Gathering evidence.");
        assertThat(Report.of(stamped(evidence("tests", "pass"), approval)).reason())
                .isEqualTo("Waiting for sign-off on DEP-1.");
        assertThat(Report.of(stamped(failed, approval)).reason()).startsWith("Not green: DEP-1;");
        assertThat(Report.of(stamped(approval, evidence("approval", "pass"))).reason())
                .isEqualTo("Gathering evidence.");
        assertThat(Report.of(stamped(new Event.GateDecided(GateWord.NO_GO, List.of(), null, null)))
                        .reason())
                .isEqualTo("The gate says no-go.");
        assertThat(Report.of(stamped(new Event.GateDecided(GateWord.GO, List.of(), null, null)))
                        .reason())
                .isEqualTo("Passed the gate.");
        assertThat(Report.of(stamped(new Event.Armed(Map.of()))).reason())
                .isEqualTo("The deployment runs; rollback is armed.");
    }

    @Test
    void aRunningReleaseSaysWhatItWaitsFor() {
        Report report = Report.of(ReportFixture.running());
        assertThat(report.running()).isTrue();
        assertThat(report.reason())
                .isEqualTo("Phase 3 of 6, 5 % of the traffic on the new version, for 3 min 34 s now."
                        + " Holding: p99 latency needs 37 more canary requests, about 6 min at the present rate.");
    }

    @Test
    void aReleaseOnItsWayBackSaysHowItGoesAndNotWhyItHadWaited() {
        Event held = new Event.Held(HoldCause.NO_DATA, "no metrics for 10 s; rolls back at 20 s");
        Event started = new Event.RollbackStarted("no metrics for 20 s", 0, 0, false);
        Event unconfirmed = new Event.RollbackUnconfirmed("not confirmed within 60 s: the router is away", 60);
        Event confirmed = new Event.RollbackConfirmed(1, 111, false);
        assertThat(Report.of(stamped(held, started)).reason()).isEqualTo("Rolling back.");
        assertThat(Report.of(stamped(held, started, unconfirmed)).reason())
                .isEqualTo("Rolling back, NOT CONFIRMED: not confirmed within 60 s: the router is away."
                        + " See where the traffic is, now; it is tried on.");
        assertThat(Report.of(stamped(held, started, unconfirmed, confirmed)).reason())
                .startsWith("All traffic is back on the stable version");
    }

    @Test
    void lostRequestsAreThoseBeyondTheBaselinesRate() {
        Event.Sample sample = Event.Sample.rate("MON-001", 30, 1000, 10, 2000);
        Event.Looked look = new Event.Looked(0, ReportFixture.START, ReportFixture.START, List.of(sample), null);
        Report.Requests requests = Report.of(stamped(look, look)).requests();
        assertThat(requests.canary()).isEqualTo(2000);
        assertThat(requests.lost()).isEqualTo(50);
    }

    /** Pooled it would be none: the baseline failed at another time, with many more requests. */
    @Test
    void lostRequestsAreTakenLookByLookAndAddedUp() {
        Event.Sample bad = Event.Sample.rate("MON-001", 2000, 2000, 50, 2000);
        Event.Sample outage = Event.Sample.rate("MON-001", 0, 2000, 18_000, 18_000);
        assertThat(lost(bad, outage)).isEqualTo(1950);
        assertThat(lost(outage, bad, outage)).isEqualTo(1950);
    }

    /** Chance is made up for by chance: a healthy release has not lost what some of its looks had more. */
    @Test
    void aHealthyReleaseHasLostNothing() {
        assertThat(lost(
                        Event.Sample.rate("MON-001", 12, 1000, 10, 1000),
                        Event.Sample.rate("MON-001", 7, 1000, 10, 1000)))
                .isZero();
    }

    @Test
    void withoutABaselineTheCapturedRateCounts() {
        Event.Sample alone = new Event.Sample("MON-001", 30.0, 1000.0, null, null, null, null, null, null, null);
        assertThat(lost(Event.Sample.rate("MON-001", 10, 1000, 10, 1000), alone))
                .isEqualTo(20);
    }

    private static Double lost(Event.Sample... samples) {
        Event[] looks = Stream.of(samples)
                .map(sample -> new Event.Looked(0, ReportFixture.START, ReportFixture.START, List.of(sample), null))
                .toArray(Event[]::new);
        return Report.of(stamped(looks)).requests().lost();
    }

    @Test
    void withoutABaselineNobodyKnowsWhatWasLost() {
        Event.Sample sample = new Event.Sample("MON-001", 30.0, 1000.0, null, null, null, null, null, null, null);
        Event.Looked look = new Event.Looked(0, ReportFixture.START, ReportFixture.START, List.of(sample), null);
        assertThat(Report.of(stamped(look)).requests().lost()).isNull();
        assertThat(Report.of(stamped(new Event.Armed(Map.of("MON-001", 0.01)), look))
                        .requests()
                        .lost())
                .isEqualTo(20);
    }

    @Test
    void aPromotedReleaseKeepsTheBaselineThatItWasLastComparedWith() {
        Event.Sample half = histogram(List.of(90.0, 10.0, 0.0), List.of(80.0, 20.0, 0.0));
        Event.Sample all = histogram(List.of(180.0, 20.0, 0.0), List.of(0.0, 0.0, 0.0));
        Report report = Report.of(stamped(
                new Event.Looked(0, ReportFixture.START, ReportFixture.START.plusSeconds(1), List.of(half), null),
                new Event.Looked(
                        1,
                        ReportFixture.START.plusSeconds(1),
                        ReportFixture.START.plusSeconds(2),
                        List.of(all),
                        null)));
        assertThat(report.health()).singleElement().satisfies(h -> {
            assertThat(h.canary()).isPositive();
            assertThat(h.baseline()).isPositive();
        });
    }

    @Test
    void aBreachIsAnIssueAndAnAbortIsNot() {
        assertThat(Report.of(ReportFixture.rolledBack()).issues())
                .filteredOn(issue -> issue.kind().equals("breach"))
                .singleElement()
                .extracting(Report.Issue::text)
                .asString()
                .startsWith("Breach: ");
        Event.Breached abort = new Event.Breached(BreachCause.ABORT, null, null, null, null, "ann: not today", null);
        assertThat(Report.of(stamped(abort)).issues()).isEmpty();
    }

    /** The number is made up inside the bucket, and says so wherever it is shown. */
    @Test
    void aHistogramsLevelIsShownWithItsBucket() {
        Report report = Report.of(stamped(new Event.Looked(
                0,
                ReportFixture.START,
                ReportFixture.START.plusSeconds(1),
                List.of(histogram(List.of(0.0, 100.0, 0.0), List.of(0.0, 0.0, 7.0))),
                null)));
        Report.Health health = report.health().get(0);
        assertThat(health.canaryBucket()).isEqualTo(new Report.Bucket(100, 200.0));
        assertThat(health.baselineBucket()).isEqualTo(new Report.Bucket(200, null));
        assertThat(MetricText.numbers(health))
                .isEqualTo(
                        "MON-002 p95 about 195, in the bucket 100–200 over 1 s (baseline above 200, in the last bucket)");
        assertThat(ReportJson.tree(report).at("/health/0/canaryBucket/high").asDouble())
                .isEqualTo(200);
    }

    @Test
    void aQuantileThatTheNamePromisesComesFromAllBucketsTogether() {
        Event.Sample first = histogram(List.of(90.0, 9.0, 1.0), List.of(100.0, 0.0, 0.0));
        Event.Sample second = histogram(List.of(10.0, 90.0, 0.0), List.of(100.0, 0.0, 0.0));
        Report report = Report.of(stamped(
                new Event.Looked(0, ReportFixture.START, ReportFixture.START.plusSeconds(1), List.of(first), null),
                new Event.Looked(
                        0,
                        ReportFixture.START.plusSeconds(1),
                        ReportFixture.START.plusSeconds(2),
                        List.of(second),
                        null),
                new Event.Judged(
                        0,
                        LookAction.CONTINUE,
                        "",
                        List.of(new Event.Finding(
                                "MON-002",
                                "p95 latency",
                                "ms",
                                MetricVerdict.PASS,
                                40.0,
                                30.0,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "")))));
        Report.Health health = report.health().get(0);
        // 200 requests: 100 up to 100 ms, 99 up to 200 ms, 1 beyond; the 190th is 90/99 into the second bucket
        assertThat(health.canary()).isCloseTo(100 + 100 * 90 / 99.0, within(1e-9));
        assertThat(health.baseline()).isCloseTo(95, within(1e-9));
        assertThat(health.kind()).isEqualTo("p95");
    }

    @Test
    void unknownWordsAreNeverGreen() {
        Report report = Report.of(stamped(evidence("c", "excellent")));
        assertThat(report.entries().get(0).status()).isEqualTo(EvidenceStatus.UNKNOWN);
        for (String word :
                List.of("excellent", "inconclusive", "nodata", "marginal", "unproven", "waived", "unknown")) {
            assertThat(Tone.of(word)).as(word).isEqualTo(Tone.WARN);
        }
    }

    @Test
    void theWorstCheckSpeaksForItsEntry() {
        Report report =
                Report.of(stamped(evidence("tests", "pass"), evidence("sarif", "unknown"), evidence("http", "waived")));
        assertThat(report.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.status()).isEqualTo(EvidenceStatus.UNKNOWN);
            assertThat(entry.checks()).hasSize(3);
        });
        assertThat(Report.of(stamped(evidence("tests", "fail"), evidence("tests", "pass")))
                        .entries()
                        .get(0)
                        .status())
                .as("the last word of one check")
                .isEqualTo(EvidenceStatus.PASS);
    }

    @Test
    void reportJsonHasWhatOthersReadAndNothingThatJsonLacks() throws IOException {
        JsonNode json = new ObjectMapper().readTree(ReportJson.of(Report.of(ReportFixture.rolledBack()), null));
        for (String pointer : List.of(
                "/release/service",
                "/release/version",
                "/release/commit",
                "/release/environment",
                "/verdict",
                "/phases/0/weight",
                "/phases/0/verdict",
                "/phases/0/seconds",
                "/health/0/metric",
                "/health/0/canary",
                "/health/0/baseline",
                "/health/0/unit",
                "/health/0/verdict",
                "/rollback/trigger",
                "/rollback/cause",
                "/rollback/confirmed",
                "/rollback/detectSeconds",
                "/rollback/decideSeconds",
                "/rollback/actSeconds",
                "/rollback/confirmSeconds",
                "/rollback/totalSeconds",
                "/rollback/recoveredSeconds",
                "/rollback/withinObjective",
                "/rollback/actions/0/effect",
                "/entries/0/id",
                "/entries/0/type",
                "/entries/0/status",
                "/entries/0/value",
                "/entries/0/limit",
                "/entries/0/reason",
                "/approvals/0/by",
                "/issues/0/text",
                "/followUps/0",
                "/timeline/0/text")) {
            assertThat(json.at(pointer).isMissingNode()).as(pointer).isFalse();
        }
        assertThat(json.at("/health/0/unit").asText()).isEqualTo("%");
        assertThat(json.has("seal")).isTrue();
        assertThat(new ObjectMapper()
                        .readTree(ReportJson.of(Report.of(ReportFixture.noGo()), null))
                        .get("rollback")
                        .isNull())
                .isTrue();
    }

    @Test
    void theSameJournalAlwaysGivesTheSameFiles() throws IOException {
        for (List<Stamped> events : ReportGallery.releases().values()) {
            Report report = Report.of(events);
            assertThat(Report.of(new ArrayList<>(events))).isEqualTo(report);
            String json = ReportJson.of(report, null);
            assertThat(ReportJson.of(ReportJson.read(json).report(), null)).isEqualTo(json);
            assertThat(ReportHtml.of(ReportView.of(report))).isEqualTo(ReportHtml.of(ReportView.of(report)));
        }
    }

    /** A running release's report is made of every beginning of its journal. */
    @Test
    void everyBeginningOfAJournalGivesAReport() {
        for (List<Stamped> events : ReportGallery.releases().values()) {
            for (int length = 0; length <= events.size(); length++) {
                Report report = Report.of(events.subList(0, length));
                assertThat(report.reason()).isNotEmpty();
                assertThat(report.running())
                        .isEqualTo(length < events.size()
                                || events.isEmpty()
                                || !(events.get(length - 1).event() instanceof Event.Ended));
            }
        }
    }

    @Test
    void eventsWithNothingInThemBreakNothing() throws ReflectiveOperationException {
        List<Event> hollow = new ArrayList<>();
        for (Class<?> type : Event.class.getPermittedSubclasses()) {
            hollow.add(hollow(type));
            render(stamped(hollow.get(hollow.size() - 1)));
        }
        render(stamped(hollow.toArray(Event[]::new)));
    }

    @Test
    void theLedgerKeepsWhatMatters() {
        Report report = Report.of(ReportFixture.rolledBack());
        LedgerEntry entry = LedgerSummary.of(report, Seal.over(1, "h", "r", Map.of()));
        assertThat(entry.verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(entry.rollbackSeconds()).isEqualTo(8.47);
        assertThat(entry.promoted()).isFalse();
        assertThat(LedgerSummary.of(Report.of(ReportFixture.promoted()), Seal.over(1, "h", "r", Map.of()))
                        .promoted())
                .isTrue();
    }

    private static void render(List<Stamped> events) {
        Report report = Report.of(events);
        ReportView view = ReportView.of(report);
        assertThat(ReportHtml.of(view)).endsWith("</html>\n");
        assertThat(ReportMarkdown.of(view)).startsWith("# ");
        assertThat(ReportJson.of(report, null)).isNotEmpty();
    }

    static Event hollow(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        Object[] nothing = Arrays.stream(types)
                .map(t -> t == double.class
                        ? (Object) Double.NaN
                        : t == int.class ? (Object) 0 : t == boolean.class ? (Object) false : null)
                .toArray();
        return (Event) constructor.newInstance(nothing);
    }

    private static Event.Sample histogram(List<Double> canary, List<Double> baseline) {
        return new Event.Sample(
                "MON-002",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(100.0, 200.0),
                canary,
                baseline,
                null);
    }

    private static Event evidence(String check, String status) {
        return new Event.EvidenceGathered(
                "DEP-1",
                "Criteria",
                "t",
                check,
                EvidenceStatus.of(status),
                true,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                1);
    }

    static List<Stamped> stamped(Event... events) {
        List<Stamped> stamped = new ArrayList<>();
        for (Event event : events) {
            Objects.requireNonNull(event);
            stamped.add(new Stamped(stamped.size() + 1L, ReportFixture.START, ReportFixture.START, event));
        }
        return stamped;
    }
}
