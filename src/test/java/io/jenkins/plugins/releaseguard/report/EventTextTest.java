// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.PlanOutline;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.report.EventText.Detail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventTextTest {
    private static final Pattern FIGURE = Pattern.compile("[0-9][0-9.,]* (?:ms|s|min|h|%|events?)");

    private static final PlanOutline PLAN = plan(1, true);

    private static PlanOutline plan(double speed, boolean routed) {
        return new PlanOutline(
                List.of(
                        new PlanOutline.Phase("internal", 0, Duration.ofMinutes(5)),
                        new PlanOutline.Phase("25%", 25, Duration.ofMinutes(15))),
                3,
                Duration.ofSeconds(30),
                Duration.ofMinutes(90),
                Duration.ofSeconds(60),
                routed,
                speed);
    }

    @Test
    void aReportHasASentenceForEveryEvent() throws ReflectiveOperationException {
        assertThat(untold(Detail.TIMELINE)).isEmpty();
    }

    /** A new kind of event must be told, or be listed here as not told. */
    @Test
    void aTerminalTellsAllButWhatMachinesWantToKnow() throws ReflectiveOperationException {
        assertThat(untold(Detail.TERMINAL))
                .containsExactlyInAnyOrder(
                        Event.Opened.class,
                        Event.CanaryStarted.class,
                        Event.Intended.class,
                        Event.Done.class,
                        Event.RouterRead.class,
                        Event.Looked.class,
                        Event.BodyEnded.class,
                        Event.Ended.class,
                        Event.Unknown.class);
    }

    @Test
    void aBuildsLogLeavesOutWhatTheGateSaidAndTheJudgesWordsToo() throws ReflectiveOperationException {
        assertThat(untold(Detail.LOG))
                .containsExactlyInAnyOrder(
                        Event.Opened.class,
                        Event.EvidenceGathered.class,
                        Event.GateDecided.class,
                        Event.CanaryStarted.class,
                        Event.Intended.class,
                        Event.Done.class,
                        Event.RouterRead.class,
                        Event.Looked.class,
                        Event.Judged.class,
                        Event.BodyEnded.class,
                        Event.Unknown.class);
    }

    /** Events that say nothing but that they happened: what a plan adds must not need more. */
    private static List<Class<?>> untold(Detail detail) throws ReflectiveOperationException {
        List<Class<?>> untold = new ArrayList<>();
        for (Class<?> type : Event.class.getPermittedSubclasses()) {
            boolean told = EventText.of(ReportTest.hollow(type), PLAN, detail).isPresent();
            assertThat(EventText.of(ReportTest.hollow(type), null, detail).isPresent())
                    .isEqualTo(told);
            if (!told) {
                untold.add(type);
            }
        }
        return untold;
    }

    private static Stream<Event> measured() {
        return Stream.of(
                new Event.EvidenceGathered(
                        "DEP-002",
                        "Criteria",
                        "Tests",
                        "tests",
                        EvidenceStatus.FAIL,
                        true,
                        "91.3 %",
                        "> 95 %",
                        "6 tests failed",
                        "see them",
                        "",
                        null,
                        null,
                        1),
                new Event.PhaseStarted(1, "canary", 2.5, "all"),
                new Event.PhaseEnded(1, PhaseVerdict.PASS, 972.4, "limits kept"),
                new Event.RollbackActed(0.4449),
                new Event.RollbackConfirmed(6.8, 8.47, true),
                new Event.RollbackUnconfirmed("weight 5 % still", 125.3),
                new Event.Recovered(51.04),
                new Event.Resumed(25.5, "controller restarted"),
                new Event.LookLate(12.5),
                new Event.Gap(2, "No space left on device"),
                new Event.Validated("DEP-004", "Smoke tests", EvidenceStatus.FAIL, "3 s", "2 s", "too slow"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("measured")
    void theSameNumberReadsTheSameEverywhere(Event event) {
        List<String> figures = FIGURE.matcher(
                        EventText.of(event, null, Detail.TIMELINE).orElseThrow())
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(figures).isNotEmpty();
        assertThat(EventText.of(event, PLAN, Detail.TERMINAL).orElseThrow()).contains(figures);
        EventText.of(event, PLAN, Detail.LOG).ifPresent(line -> assertThat(line).contains(figures));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"LOG", "TERMINAL"})
    void whileAReleaseRunsThePlanIsToldToo(Detail detail) {
        assertThat(EventText.of(new Event.Armed(Map.of()), PLAN, detail))
                .contains("rollback armed, baseline captured; watching 3 triggers every 30 s");
        assertThat(EventText.of(new Event.PhaseStarted(0, "internal", 0, "staff"), PLAN, detail))
                .contains("phase 1 of 2 (internal, 0 %) begins");
        assertThat(EventText.of(new Event.BakeStarted(1), PLAN, detail))
                .contains("phase 25 %: weight confirmed, baking for 15 min");
        assertThat(EventText.of(new Event.BakeStarted(1, 120.0), PLAN, detail))
                .contains("phase 25 %: weight confirmed, warming up for 2 min, then baking for 15 min");
        assertThat(EventText.of(new Event.PhaseEnded(1, PhaseVerdict.FAIL, 90, "tests"), PLAN, detail))
                .contains("phase 25 % failed after 90 s: tests");
        assertThat(EventText.of(new Event.CanaryEnded(), PLAN, detail))
                .contains("the new version has all traffic, rollback still armed for 1 h 30 min");
        assertThat(EventText.of(new Event.RollbackConfirmed(2, 8.47, true), PLAN, detail))
                .contains("rollback confirmed 8.5 s after the breach, within the objective of 60 s");
        assertThat(EventText.of(new Event.RollbackConfirmed(2, 66, false), PLAN, detail))
                .contains("rollback confirmed 66 s after the breach, LATER THAN the objective of 60 s");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Detail.class)
    void withoutAPlanTheEventSpeaksForItself(Detail detail) {
        assertThat(EventText.of(new Event.BakeStarted(1), null, detail).orElseThrow())
                .isEqualToIgnoringCase("Weight confirmed, baking");
        assertThat(EventText.of(new Event.PhaseEnded(1, PhaseVerdict.UNPROVEN, 90, ""), null, detail)
                        .orElseThrow())
                .isEqualToIgnoringCase("Phase 2 unproven after 90 s");
        assertThat(EventText.of(new Event.RollbackConfirmed(2, 66, false), null, detail)
                        .orElseThrow())
                .isEqualToIgnoringCase("Rollback confirmed 66 s after the breach");
    }

    @Test
    void aRehearsalSaysWhatATimeIsOnTheWall() {
        assertThat(EventText.of(new Event.BakeStarted(1), plan(200, true), Detail.TERMINAL))
                .contains("phase 25 %: weight confirmed, baking for 15 min (4.5 s here)");
    }

    @Test
    void whoMovesNoTrafficSendsNoneBack() {
        assertThat(EventText.of(new Event.RollbackActed(0.4), plan(1, false), Detail.LOG))
                .contains("the way back is carried out, within 400 ms");
    }

    @Test
    void whatNobodyMayMissIsSaidLoudly() {
        Event.Breached breach =
                new Event.Breached(BreachCause.TRIGGER, "DEP-009", "MON-001", "4.4 %", "2 %", "errors", null);
        assertThat(EventText.of(breach, PLAN, Detail.LOG)).contains("BREACH of DEP-009: errors");
        assertThat(EventText.of(new Event.RollbackUnconfirmed("weight 5 %", 61), PLAN, Detail.LOG))
                .contains("rollback NOT CONFIRMED after 61 s: weight 5 %");
        Event.Ended ended = new Event.Ended(ReleaseOutcome.ROLLED_BACK, false, "errors");
        assertThat(EventText.of(ended, PLAN, Detail.LOG)).contains("release ended, rolled back, NOT CONFIRMED: errors");
    }

    @Test
    void ofTheWayBacksAttemptsALogHasThoseWhoseNumberIsAPowerOfTwo() {
        assertThat(IntStream.range(0, 9)
                        .mapToObj(i -> EventText.of(new Event.Done("back-" + i, "refused", 0.1), PLAN, Detail.LOG))
                        .flatMap(java.util.Optional::stream))
                .containsExactly(
                        "moving the traffic back failed: refused",
                        "moving the traffic back, attempt 2, failed: refused",
                        "moving the traffic back, attempt 4, failed: refused",
                        "moving the traffic back, attempt 8, failed: refused");
        assertThat(EventText.of(new Event.Done("action-2", "503", 0.1), PLAN, Detail.LOG))
                .contains("action 3 of the rollback's procedure failed: 503");
        assertThat(EventText.of(new Event.Done("shift-1-0-1", "503", 0.1), PLAN, Detail.LOG))
                .contains("moving the traffic failed: 503");
    }
}
