// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A published schema, held against what is really written, both ways: each output must fit it, and of what it allows (a field, leaving one
 * out, a null) nothing may be missing from all outputs.
 */
public final class PublishedSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode root;
    private final JsonSchema schema;

    /** By the place of an object in the schema and the field: how often it was there, absent, null. */
    private final Map<String, int[]> seen = new LinkedHashMap<>();

    private PublishedSchema(JsonNode root) {
        this.root = root;
        this.schema = FACTORY.getSchema(root);
        objects(root, "#");
    }

    /** @param name as in {@code report} */
    public static PublishedSchema of(String name) {
        String resource = "/io/jenkins/plugins/releaseguard/schema/" + name + "-v1.schema.json";
        try (InputStream in = PublishedSchema.class.getResourceAsStream(resource)) {
            return new PublishedSchema(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode root() {
        return root;
    }

    /** It is one of the draft that it names, and every object in it names all its fields. */
    public void isASchema() {
        JsonSchema meta = FACTORY.getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(root)).isEmpty();
        assertThat(root.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(root.findParents("type").stream()
                        .filter(node -> node.path("type").asText().equals("object")))
                .allMatch(node -> node.has("additionalProperties"));
    }

    /** An output that must fit. */
    public void fits(String output) {
        JsonNode node;
        try {
            node = JSON.readTree(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(schema.validate(node)).isEmpty();
        walk(root, "#", node);
    }

    /** One field more, or one fewer that must be there, anywhere in an output that fits, and it fits no more. */
    public void refusesOtherFieldsIn(String output) {
        try {
            JsonNode whole = JSON.readTree(output);
            assertThat(schema.validate(whole)).isEmpty();
            mutate(root, whole, whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mutate(JsonNode where, JsonNode node, JsonNode whole) {
        JsonNode at = resolve(where, "#", node).node();
        if (node instanceof ArrayNode) {
            node.forEach(item -> mutate(at.path("items"), item, whole));
        } else if (node instanceof ObjectNode object && at.has("properties")) {
            object.put("anotherField", 1);
            assertThat(schema.validate(whole)).as("another field in %s", at).isNotEmpty();
            object.remove("anotherField");
            for (JsonNode required : at.path("required")) {
                ObjectNode before = object.deepCopy();
                object.remove(required.asText());
                assertThat(schema.validate(whole)).as("without %s", required).isNotEmpty();
                object.setAll(before);
            }
            object.properties().forEach(f -> mutate(at.path("properties").path(f.getKey()), f.getValue(), whole));
        } else if (node instanceof ObjectNode object) {
            object.forEach(value -> mutate(at.path("additionalProperties"), value, whole));
        }
    }

    /**
     * What it allows and none of the outputs does.
     *
     * @param rare what no test's output does, though the code can: as in {@code "#/$defs/finding p: null"}
     */
    public void allowsNothingElse(String... rare) {
        Set<String> unused = new TreeSet<>();
        seen.forEach((field, counts) -> {
            JsonNode object = root.at(field.substring(1, field.indexOf(' ')));
            String name = field.substring(field.indexOf(' ') + 1);
            boolean required = StreamSupport.stream(object.path("required").spliterator(), false)
                    .anyMatch(r -> r.asText().equals(name));
            if (counts[0] == 0
                    && !object.path("properties")
                            .path(name)
                            .path("type")
                            .asText()
                            .equals("null")) {
                unused.add(field + ": there");
            }
            if (counts[1] == 0 && !required) {
                unused.add(field + ": absent");
            }
            if (counts[2] == 0 && nullable(object.path("properties").path(name))) {
                unused.add(field + ": null");
            }
        });
        assertThat(unused).isSubsetOf(rare);
    }

    /** The fields of an object: {@code ""} for the root, else the name of a definition. */
    public List<String> fields(String definition) {
        List<String> names = new ArrayList<>();
        (definition.isEmpty() ? root : root.path("$defs").path(definition))
                .path("properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    /** All definitions. */
    public List<String> definitions() {
        List<String> names = new ArrayList<>();
        root.path("$defs").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The words of a field. */
    public List<String> words(String definition, String field) {
        JsonNode at = definition.isEmpty() ? root : root.path("$defs").path(definition);
        return StreamSupport.stream(
                        at.path("properties").path(field).path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The components of a record, as fields. */
    public static List<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(c -> c.getName()).toList();
    }

    private record At(JsonNode node, String place) {}

    private At resolve(JsonNode where, String place, JsonNode instance) {
        if (where.has("$ref")) {
            String ref = where.path("$ref").asText();
            return resolve(root.at(ref.substring(1)), ref, instance);
        }
        if (where.has("oneOf")) {
            for (int i = 0; i < where.path("oneOf").size(); i++) {
                At option = resolve(where.path("oneOf").get(i), place + "/oneOf/" + i, instance);
                if (FACTORY.getSchema(withDefinitions(option.node()))
                        .validate(instance)
                        .isEmpty()) {
                    return option;
                }
            }
        }
        return new At(where, place);
    }

    private JsonNode withDefinitions(JsonNode part) {
        return part.<ObjectNode>deepCopy().set("$defs", root.path("$defs"));
    }

    private void walk(JsonNode where, String place, JsonNode instance) {
        At at = resolve(where, place, instance);
        if (instance.isArray()) {
            instance.forEach(item -> walk(at.node().path("items"), at.place() + "/items", item));
        } else if (instance.isObject() && at.node().has("properties")) {
            at.node().path("properties").properties().forEach(f -> {
                int[] counts = seen.get(at.place() + ' ' + f.getKey());
                JsonNode value = instance.get(f.getKey());
                counts[0] += value == null || value.isNull() ? 0 : 1;
                counts[1] += value == null ? 1 : 0;
                counts[2] += value != null && value.isNull() ? 1 : 0;
                if (value != null) {
                    walk(f.getValue(), at.place() + "/properties/" + f.getKey(), value);
                }
            });
        } else if (instance.isObject()) {
            instance.forEach(
                    value -> walk(at.node().path("additionalProperties"), at.place() + "/additionalProperties", value));
        }
    }

    private void objects(JsonNode where, String place) {
        if (where.has("properties")) {
            where.path("properties").fieldNames().forEachRemaining(f -> seen.put(place + ' ' + f, new int[3]));
        }
        where.properties().forEach(f -> objects(f.getValue(), place + '/' + f.getKey()));
        for (int i = 0; where.isArray() && i < where.size(); i++) {
            objects(where.get(i), place + '/' + i);
        }
    }

    private static boolean nullable(JsonNode field) {
        return Stream.concat(
                        StreamSupport.stream(field.path("type").spliterator(), false),
                        StreamSupport.stream(field.path("oneOf").spliterator(), false)
                                .map(o -> o.path("type")))
                .anyMatch(type -> type.asText().equals("null"));
    }
}
