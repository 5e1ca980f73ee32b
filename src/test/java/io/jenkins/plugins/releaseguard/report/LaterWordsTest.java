// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.journal.Word;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import io.jenkins.plugins.releaseguard.report.view.Badge;
import io.jenkins.plugins.releaseguard.report.view.Cell;
import io.jenkins.plugins.releaseguard.report.view.MetricCard;
import io.jenkins.plugins.releaseguard.report.view.ReportView;
import io.jenkins.plugins.releaseguard.report.view.Step;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words of a later version: each becomes UNKNOWN on reading, and none of them is ever green. */
class LaterWordsTest {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final String LATER = "word-of-a-later-version";

    /** Every field that is a word, of an event or of a finding in one. */
    static Stream<RecordComponent> words() {
        return words(
                Stream.concat(Arrays.stream(Event.class.getPermittedSubclasses()), Stream.of(Event.Finding.class)));
    }

    /** Every field of a report that is one. */
    static Stream<RecordComponent> wordsOfReports() {
        return words(Arrays.stream(Report.class.getDeclaredClasses()));
    }

    private static Stream<RecordComponent> words(Stream<Class<?>> records) {
        return records.flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .filter(component -> Word.class.isAssignableFrom(component.getType()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"words", "wordsOfReports"})
    void isReadAsUnknown(RecordComponent word) throws ReflectiveOperationException, IOException {
        Class<?> type = word.getDeclaringRecord();
        ObjectNode fields = JSON.createObjectNode().put(word.getName(), LATER);
        if (Event.class.isAssignableFrom(type)) {
            fields.put("type", nameOf(type));
        }
        Object read = JSON.treeToValue(fields, type);
        assertThat((Enum<?>) word.getAccessor().invoke(read))
                .extracting(Enum::name)
                .isEqualTo("UNKNOWN");
    }

    private static String nameOf(Class<?> type) {
        return Arrays.stream(Event.class.getAnnotation(JsonSubTypes.class).value())
                .filter(named -> named.value() == type)
                .findFirst()
                .orElseThrow()
                .name();
    }

    @Test
    void aReleaseOfWhichNobodyKnowsTheWordsIsNotGreen() {
        List<Stamped> events =
                ReportFixture.promoted().stream().map(LaterWordsTest::later).toList();
        Report report = Report.of(events);
        assertThat(report.verdict()).isEqualTo("unknown");
        assertThat(report.outcome()).isEqualTo(ReleaseOutcome.UNKNOWN);
        assertThat(report.phases())
                .isNotEmpty()
                .extracting(Report.Phase::verdict)
                .containsOnly(PhaseStatus.UNKNOWN);
        assertThat(report.entries())
                .isNotEmpty()
                .extracting(entry -> entry.status().text())
                .noneMatch(LaterWordsTest::green);
        assertThat(report.health())
                .isNotEmpty()
                .extracting(Report.Health::verdict)
                .containsOnly(MetricVerdict.UNKNOWN);
        assertThat(green(report.gate().decision())).isFalse();
        assertThat(green(report.verdict())).isFalse();
        assertThat(report.whyNotGreen()).isNotNull();
        Set<Class<?>> withWords =
                words().map(RecordComponent::getDeclaringRecord).collect(Collectors.toSet());
        Set<Long> lines = events.stream()
                .filter(stamped -> withWords.contains(stamped.event().getClass()))
                .map(Stamped::seq)
                .collect(Collectors.toSet());
        assertThat(report.timeline())
                .filteredOn(moment -> lines.contains(moment.seq()))
                .isNotEmpty()
                .noneMatch(moment -> moment.tone() == Tone.GOOD);
    }

    @Test
    void aReportOfALaterVersionIsNotGreenEither() throws IOException {
        Report now = Report.of(ReportFixture.promoted());
        String json = ReportJson.of(now, null);
        String later = json.replaceAll("\"(verdict|status|decision)\" : \"[^\"]+\"", "\"$1\" : \"" + LATER + "\"");
        assertThat(badges(now)).contains(Tone.GOOD.word());
        assertThat(badges(ReportJson.read(json).report())).isEqualTo(badges(now));
        assertThat(badges(ReportJson.read(later).report()))
                .hasSameSizeAs(badges(now))
                .doesNotContain(Tone.GOOD.word());
    }

    @Test
    void aToneOfALaterVersionIsAWarning() throws IOException {
        Report now = Report.of(ReportFixture.promoted());
        String json = ReportJson.of(now, null);
        String later = json.replaceAll("\"tone\" : \"[^\"]+\"", "\"tone\" : \"" + LATER + "\"");
        assertThat(ReportJson.read(json).report().timeline()).isEqualTo(now.timeline());
        assertThat(ReportView.of(ReportJson.read(later).report()).getTimeline())
                .hasSameSizeAs(now.timeline())
                .allMatch(line -> line.tone().equals(Tone.WARN.word()));
    }

    /** The tones of all that a page shows of checks, phases and metrics, and of its head. */
    private static List<String> badges(Report report) {
        ReportView view = ReportView.of(report);
        Stream<Badge> cells = view.getSections().stream()
                .filter(section -> section.getNumber() <= 4)
                .flatMap(section -> section.getTables().stream())
                .filter(table -> !table.caption().equals("Steps"))
                .flatMap(table -> table.rows().stream())
                .flatMap(row -> row.cells().stream())
                .map(Cell::badge);
        Stream<Badge> steps = view.getSteps().stream().map(Step::badge);
        Stream<Badge> cards = view.getMetrics().stream().map(MetricCard::badge);
        return Stream.of(Stream.of(view.getVerdict()), steps, cards, cells)
                .flatMap(badges -> badges)
                .filter(Objects::nonNull)
                .map(Badge::tone)
                .toList();
    }

    @Test
    void anOutcomeThatNobodyKnowsIsNoPromotion() throws IOException {
        LedgerEntry entry = JSON.readValue("{\"verdict\":\"" + LATER + "\",\"confirmed\":true}", LedgerEntry.class);
        assertThat(entry.verdict()).isEqualTo(ReleaseOutcome.UNKNOWN);
        assertThat(entry.promoted()).isFalse();
    }

    private static boolean green(String word) {
        return Tone.of(word) == Tone.GOOD;
    }

    /** The same event with another word wherever one stands. */
    private static Stamped later(Stamped stamped) {
        JsonNode fields = JSON.valueToTree(stamped.event());
        words().forEach(word -> {
            if (word.getDeclaringRecord().isInstance(stamped.event())) {
                ((ObjectNode) fields).put(word.getName(), LATER);
            }
        });
        fields.path("findings").forEach(finding -> ((ObjectNode) finding).put("verdict", LATER));
        try {
            return new Stamped(stamped.seq(), stamped.at(), stamped.wall(), JSON.treeToValue(fields, Event.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
