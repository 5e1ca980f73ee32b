// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.journal.LedgerEntry;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.journal.Word;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
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
        return Stream.concat(Arrays.stream(Event.class.getPermittedSubclasses()), Stream.of(Event.Finding.class))
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .filter(component -> Word.class.isAssignableFrom(component.getType()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("words")
    void isReadAsUnknown(RecordComponent word) throws ReflectiveOperationException, IOException {
        Class<?> type = word.getDeclaringRecord();
        ObjectNode fields = JSON.createObjectNode().put(word.getName(), LATER);
        if (type != Event.Finding.class) {
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
                .noneMatch(LaterWordsTest::green);
        assertThat(report.entries())
                .isNotEmpty()
                .extracting(entry -> entry.status().text())
                .noneMatch(LaterWordsTest::green);
        assertThat(report.health())
                .isNotEmpty()
                .extracting(Report.Health::verdict)
                .noneMatch(LaterWordsTest::green);
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
                .noneMatch(moment -> moment.tone().equals(Tone.GOOD.word()));
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
