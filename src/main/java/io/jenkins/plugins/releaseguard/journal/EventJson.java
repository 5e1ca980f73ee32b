// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The serial form of events. The mapper also serves the report, so that both say numbers and times alike. */
public final class EventJson {
    private static final Map<String, Class<?>> NAMES = Arrays.stream(
                    Event.class.getAnnotation(JsonSubTypes.class).value())
            .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::name, JsonSubTypes.Type::value));

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(JsonNumbers.module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private static final ObjectWriter EVENTS = MAPPER.writerFor(Event.class);

    private EventJson() {}

    /** A copy to configure further; ISO-8601 times, NaN as null, unknown fields ignored. */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode tree(byte[] line) throws java.io.IOException {
        return MAPPER.readTree(line);
    }

    /** The event's own fields, its {@code type} first. */
    static ObjectNode write(Event event) {
        ObjectNode node = MAPPER.createObjectNode();
        if (event instanceof Event.Unknown unknown) {
            node.put("type", unknown.type());
            unknown.fields().forEach((name, value) -> node.set(name, MAPPER.valueToTree(value)));
            return node;
        }
        try {
            return (ObjectNode) MAPPER.readTree(text(event));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot be written: " + event.getClass().getSimpleName(), e);
        }
    }

    /** The same as text, which is the shorter way there. */
    static String text(Event event) throws JsonProcessingException {
        return event instanceof Event.Unknown ? text(write(event)) : EVENTS.writeValueAsString(event);
    }

    /** How many characters {@link #write} makes of it, without making it twice. */
    static int length(Event event) {
        try {
            return text(event).length();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot be written: " + event.getClass().getSimpleName(), e);
        }
    }

    /** The event in a line's object; a type this version doesn't know becomes {@link Event.Unknown}. */
    static Event read(ObjectNode fields) throws JsonProcessingException {
        String type = fields.path("type").asText("");
        if (NAMES.containsKey(type)) {
            return MAPPER.treeToValue(fields, Event.class);
        }
        Map<String, Object> rest = new LinkedHashMap<>();
        fields.properties()
                .forEach(field -> rest.put(field.getKey(), MAPPER.convertValue(field.getValue(), Object.class)));
        rest.remove("type");
        return new Event.Unknown(type, rest);
    }

    static String text(JsonNode node) throws JsonProcessingException {
        return MAPPER.writeValueAsString(node);
    }
}
