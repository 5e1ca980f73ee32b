// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.Report;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each type of event is folded, told and named, or stands here among those that are not. */
class EventTypesTest {
    /** What the rollout's decisions don't depend on: the gate's part, ends that others begin, and what is only told. */
    private static final Set<Class<?>> NOT_FOLDED = Set.of(
            Event.Opened.class,
            Event.EvidenceGathered.class,
            Event.SignedOff.class,
            Event.GateDecided.class,
            Event.CanaryStarted.class,
            Event.Recovered.class,
            Event.Noted.class,
            Event.Gap.class,
            Event.Unknown.class);

    /** What only comes before something that is told. */
    private static final Set<Class<?>> NOT_TOLD = Set.of(Event.Intended.class, Event.BakeStarted.class);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Plan PLAN = new FakeRolloutWorld(1).plan;

    /** One of each type, in an order in which each finds what it speaks of. */
    private static List<Stamped> oneOfEach() {
        List<Event> events = List.of(
                new Event.Opened(
                        "shop",
                        "2",
                        "abc",
                        "production",
                        "",
                        "team",
                        "release.yaml",
                        "d",
                        Map.of(),
                        "ann",
                        "shop#1",
                        Map.of(),
                        60,
                        false,
                        List.of(),
                        null,
                        null),
                new Event.EvidenceGathered(
                        "DEP-1",
                        "Criteria",
                        "t",
                        "tests",
                        EvidenceStatus.PASS,
                        true,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        START,
                        1),
                new Event.SignedOff("DEP-2", "ann", true, "", null),
                new Event.GateDecided(GateWord.GO, List.of(), null, null),
                new Event.Armed(Map.of("MON-001", 0.001)),
                new Event.CanaryStarted(List.of(0.0, 5.0)),
                new Event.PhaseStarted(1, "5", 5, "all"),
                new Event.Intended(EffectKey.shift(1, 0, 0).toString(), "shift", "5 %"),
                new Event.Done(EffectKey.shift(1, 0, 0).toString(), "connection refused", 1),
                new Event.RouterRead("read", Double.NaN, 0, 0, 0, null, "connection refused", null),
                new Event.BakeStarted(1),
                new Event.Looked(1, START, START.plusSeconds(5), List.of(), "no answer"),
                new Event.Judged(1, LookAction.HOLD, "no samples", List.of()),
                new Event.Held(HoldCause.NO_DATA, "no metrics"),
                new Event.Released(HoldCause.NO_DATA),
                new Event.Operated(OperatorCommand.PAUSE, "ann", "lunch"),
                new Event.BodyEnded(1, 0, "the check failed"),
                new Event.PhaseEnded(1, PhaseVerdict.UNPROVEN, 60, "promoted by ann"),
                new Event.Validated("DEP-4", "smoke", EvidenceStatus.FAIL, null, null, "too slow"),
                new Event.Resumed(20, "restart"),
                new Event.LookLate(12.5),
                new Event.CanaryEnded(),
                new Event.Noted(NoteKind.ISSUE, "look at it"),
                new Event.Gap(2, "disk full"),
                new Event.Unknown("teleported", Map.of()),
                Event.Breached.of(BreachCause.OPERATOR, "looks bad"),
                new Event.RollbackStarted("looks bad", 0, 0, false),
                new Event.RollbackActed(1),
                new Event.RollbackUnconfirmed("no answer", 60),
                new Event.RollbackConfirmed(1, 61, false),
                new Event.Recovered(30),
                new Event.Ended(ReleaseOutcome.ROLLED_BACK, true, "looks bad"));
        List<Stamped> stamped = new ArrayList<>();
        for (Event event : events) {
            Instant at = START.plusSeconds(stamped.size());
            stamped.add(new Stamped(stamped.size() + 1, at, at, event));
        }
        return stamped;
    }

    private static Set<Class<?>> types() {
        return Set.of(Event.class.getPermittedSubclasses());
    }

    private static Set<Class<?>> without(Set<Class<?>> some) {
        return types().stream().filter(type -> !some.contains(type)).collect(Collectors.toSet());
    }

    @Test
    void theSampleHasEachTypeOnce() {
        List<Class<?>> sample = new ArrayList<>();
        oneOfEach().forEach(stamped -> sample.add(stamped.event().getClass()));
        assertThat(sample).doesNotHaveDuplicates().hasSameElementsAs(types());
    }

    @Test
    void isFoldedOrListed() {
        Set<Class<?>> folded = new HashSet<>();
        State state = State.NEW;
        for (Stamped stamped : oneOfEach()) {
            State next = Fold.apply(PLAN, state, stamped);
            if (!next.equals(state.at(stamped.at()))) {
                folded.add(stamped.event().getClass());
            }
            state = next;
        }
        assertThat(folded).isEqualTo(without(NOT_FOLDED));
    }

    @Test
    void isToldOrListed() {
        List<Stamped> events = oneOfEach();
        Set<Class<?>> told = Report.of(events).timeline().stream()
                .filter(moment -> !moment.text().isBlank())
                .map(moment -> events.get((int) moment.seq() - 1).event().getClass())
                .collect(Collectors.toSet());
        assertThat(told).isEqualTo(without(NOT_TOLD));
    }

    @Test
    void hasANameInTheJournal() {
        JsonSubTypes.Type[] named =
                Event.class.getAnnotation(JsonSubTypes.class).value();
        assertThat(Arrays.stream(named).map(JsonSubTypes.Type::name))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
        // an unknown event has the name that it came with
        assertThat(Arrays.stream(named).map(JsonSubTypes.Type::value).collect(Collectors.toSet()))
                .isEqualTo(without(Set.of(Event.Unknown.class)));
    }

    @Test
    void theJournalOfVersion1Folds() throws Exception {
        Path file = Path.of(Report.class.getResource("version-1/journal.jsonl").toURI());
        State state = Fold.all(PLAN, JournalReader.read(file).events());
        assertThat(state.life()).isEqualTo(Lifecycle.ENDED);
        assertThat(state.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
    }

    @Test
    void aRollbackWithoutItsBreachChangesNothing() {
        for (Event event : List.of(
                new Event.RollbackStarted("", 0, 0, false),
                new Event.RollbackActed(1),
                new Event.RollbackUnconfirmed("", 60),
                new Event.RollbackConfirmed(1, 60, true))) {
            assertThat(Fold.apply(PLAN, State.NEW, new Stamped(1, START, START, event)))
                    .isEqualTo(State.NEW.at(START));
        }
    }
}
