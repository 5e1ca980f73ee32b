// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final ObjectMapper JSON = EventJson.mapper();

    @Test
    void everyEventOfTheVocabularyHasAName() {
        Set<Class<?>> named = Arrays.stream(
                        Event.class.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::value)
                .collect(Collectors.toSet());
        Set<Class<?>> events = Arrays.stream(Event.class.getPermittedSubclasses())
                .filter(type -> type != Event.Unknown.class)
                .collect(Collectors.toSet());
        assertThat(named).isEqualTo(events);
    }

    @Test
    void unknownNumbersAreNullAndComeBackAsUnknown() throws IOException {
        Event.RouterRead read = new Event.RouterRead("k", Double.NaN, Double.NaN, 3, Double.NaN, null, "refused", null);
        ObjectNode node = EventJson.write(read);
        assertThat(node.toString())
                .isEqualTo("{\"type\":\"router-read\",\"key\":\"k\",\"weight\":null,\"canaryRequests\":null,"
                        + "\"baselineRequests\":3,\"canarySessions\":null,\"error\":\"refused\"}");
        assertThat(EventJson.read(node)).isEqualTo(read);
    }

    @Test
    void aNumberThatIsNotThereIsUnknownNotZero() throws IOException {
        Event event = EventJson.read((ObjectNode) JSON.readTree("{\"type\":\"router-read\",\"key\":\"k\"}"));
        assertThat(((Event.RouterRead) event).weight()).isNaN();
    }

    @Test
    void gapsWithinListsAndMapsStayGaps() throws IOException {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        quantiles.put("0.99", Double.NaN);
        Event.Sample sample = new Event.Sample(
                "MON-001", 1.5, null, null, null, List.of(1.0, Double.NaN), List.of(), quantiles, Map.of(), null);
        Event.Looked looked = new Event.Looked(0, JournalFixture.START, JournalFixture.START, List.of(sample), null);
        assertThat(EventJson.read(EventJson.write(looked))).isEqualTo(looked);
    }

    @Test
    void infiniteBoundsAreKept() throws IOException {
        Event.Judged judged = new Event.Judged(
                0,
                LookAction.HOLD,
                "",
                List.of(new Event.Finding(
                        "m",
                        "m",
                        "",
                        MetricVerdict.INCONCLUSIVE,
                        1.0,
                        1.0,
                        0.0,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));
        assertThat(EventJson.read(EventJson.write(judged))).isEqualTo(judged);
    }

    @Test
    void anEventOfALaterVersionIsKeptAsItStands() throws IOException {
        ObjectNode node =
                (ObjectNode) JSON.readTree("{\"type\":\"teleported\",\"to\":{\"place\":\"Mars\"},\"n\":[1,2.5]}");
        Event event = EventJson.read(node.deepCopy());
        assertThat(event).isInstanceOfSatisfying(Event.Unknown.class, unknown -> {
            assertThat(unknown.type()).isEqualTo("teleported");
            assertThat(unknown.fields()).containsKeys("to", "n");
        });
        assertThat(EventJson.write(event)).isEqualTo(node);
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() throws IOException {
        Event event = EventJson.read(
                (ObjectNode) JSON.readTree("{\"type\":\"noted\",\"kind\":\"note\",\"text\":\"t\",\"colour\":\"red\"}"));
        assertThat(event).isEqualTo(new Event.Noted(NoteKind.NOTE, "t"));
    }

    @Test
    void textIsNeverTakenForANumber() {
        assertThatThrownBy(() -> EventJson.read(
                        (ObjectNode) JSON.readTree("{\"type\":\"resumed\",\"downSeconds\":\"soon\",\"why\":\"\"}")))
                .isInstanceOf(IOException.class);
    }
}
