// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The contract's JSON Schema (draft 7, which editors understand best), made of the same shapes that the reader
 * follows. It says
 * what a value may look like; what only the reader can tell (units, ranges of ids, references) stays with lint.
 */
public final class ContractSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SCALARS = List.of("string", "number", "boolean");
    private static final String VARIABLE = "\\$\\{";

    private final ObjectNode definitions = JSON.createObjectNode();

    private final SpecCatalog catalog;

    private ContractSchema(SpecCatalog catalog) {
        this.catalog = catalog;
    }

    /** The schema of contracts that may name these kinds; of the standard ones, docs/release-guard-v1.schema.json. */
    public static String json(SpecCatalog catalog) {
        return new ContractSchema(catalog).schema().toPrettyString() + "\n";
    }

    private ObjectNode schema() {
        ObjectNode root = JSON.createObjectNode()
                .put("$schema", "http://json-schema.org/draft-07/schema#")
                .put("$id", "urn:release-guard:contract:v1")
                .put("title", "Release Guard contract")
                .put(
                        "description",
                        "A release contract: what a release must hold before, during and after its deployment.");
        object(ContractShapes.CONTRACT, root);
        specs("check", catalog.checks(), 1);
        specs("checks", catalog.checks(), 0);
        specs("action", catalog.actions(), 1);
        entries();
        root.set("definitions", definitions);
        return root;
    }

    private void object(Shape shape, ObjectNode node) {
        node.put("type", "object");
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = JSON.createArrayNode();
        for (Field field : shape.fields()) {
            properties.set(field.name(), described(field));
            if (field.required()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        node.put("additionalProperties", false);
    }

    private ObjectNode described(Field field) {
        ObjectNode node = type(field);
        if (node.has("$ref")) {
            // in draft 7 nothing counts beside a $ref
            ObjectNode all = JSON.createObjectNode();
            all.putArray("allOf").add(node);
            node = all;
        }
        node.put("description", field.help());
        if (!field.standard().isEmpty() && field.type() == FieldType.LIST) {
            ArrayNode list = node.putArray("default");
            List.of(field.standard().split(", ")).forEach(list::add);
        } else if (!field.standard().isEmpty()) {
            node.put("default", field.standard());
        }
        return node;
    }

    private ObjectNode type(Field field) {
        return switch (field.type()) {
            case TEXT -> scalar();
            case NUMBER -> numberOr("^\\s*-?[0-9]+(\\.[0-9]+)?\\s*$");
            case AMOUNT -> numberOr("^\\s*-?[0-9]+(\\.[0-9]+)?\\s*[A-Za-z%µ]*\\s*$");
            case BOOLEAN -> bool();
            case DURATION -> duration();
            case PERCENT -> pattern("^\\s*[0-9]+(\\.[0-9]+)?\\s*%\\s*$");
            case THRESHOLD -> pattern("^\\s*(>|<|=|≥|≤|[Bb][Uu][Rr][Nn])");
            // words before the sign: a metric, a quantile, average, 3 of 5 looks
            case MEASURE, CONDITION -> pattern("^[^<>=≥≤]*(>|<|=|≥|≤)");
            case DATE -> pattern("^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$");
            case CHOICE -> choice(field.choices());
            case LIST, LINES, IDS -> listOrOne();
            case MAP -> mapOf(scalar());
            case LISTS -> mapOf(listOrOne());
            case OBJECT -> reference(field.shape());
            case OBJECTS -> array(reference(field.shape()));
            case CHECK -> ref("check");
            case CHECKS -> checks();
            case ACTIONS -> array(ref("action"));
            case ENTRIES -> array(ref("entry"));
            case PHASES -> phases(field.shape());
        };
    }

    private static ObjectNode scalar() {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode types = node.putArray("type");
        SCALARS.forEach(types::add);
        return node;
    }

    private static ObjectNode pattern(String regex) {
        return JSON.createObjectNode().put("type", "string").put("pattern", regex + "|" + VARIABLE);
    }

    private static ObjectNode numberOr(String regex) {
        ObjectNode node = JSON.createObjectNode();
        node.putArray("anyOf")
                .add(JSON.createObjectNode().put("type", "number"))
                .add(pattern(regex));
        return node;
    }

    /** Only of nothing the unit may be missing. */
    private static ObjectNode duration() {
        ObjectNode node = JSON.createObjectNode();
        node.putArray("anyOf")
                .add(JSON.createObjectNode().put("const", 0))
                .add(pattern("^\\s*[0-9]+(\\.[0-9]+)?\\s*[A-Za-z]|^\\s*0\\s*$"));
        return node;
    }

    private static ObjectNode bool() {
        ObjectNode node = JSON.createObjectNode();
        ObjectNode words = JSON.createObjectNode();
        ArrayNode values = words.putArray("enum").add(true).add(false);
        List.of("yes", "no", "true", "false", "on", "off").forEach(values::add);
        node.putArray("anyOf").add(words).add(pattern(VARIABLE));
        return node;
    }

    private static ObjectNode choice(List<String> choices) {
        ObjectNode node = JSON.createObjectNode();
        ObjectNode words = JSON.createObjectNode();
        ArrayNode values = words.putArray("enum");
        choices.forEach(values::add);
        node.putArray("anyOf").add(words).add(pattern(VARIABLE));
        return node;
    }

    private static ObjectNode listOrOne() {
        ObjectNode node = JSON.createObjectNode();
        node.putArray("anyOf").add(scalar()).add(array(scalar()));
        return node;
    }

    private static ObjectNode mapOf(ObjectNode value) {
        ObjectNode node = JSON.createObjectNode().put("type", "object");
        node.set("additionalProperties", value);
        return node;
    }

    private static ObjectNode array(ObjectNode item) {
        ObjectNode node = JSON.createObjectNode().put("type", "array");
        node.set("items", item);
        return node;
    }

    private static ObjectNode ref(String name) {
        return JSON.createObjectNode().put("$ref", "#/definitions/" + name);
    }

    private ObjectNode reference(Shape shape) {
        if (!definitions.has(shape.name())) {
            ObjectNode node = definitions.putObject(shape.name()).put("description", shape.help());
            object(shape, node);
        }
        return ref(shape.name());
    }

    private ObjectNode checks() {
        ObjectNode node = JSON.createObjectNode();
        node.putArray("anyOf").add(ref("checks")).add(array(ref("checks")));
        return node;
    }

    private ObjectNode phases(Shape shape) {
        ObjectNode phase = JSON.createObjectNode();
        phase.putArray("anyOf")
                .add(numberOr("^\\s*(internal|[0-9]+(\\.[0-9]+)?\\s*%?)\\s*$"))
                .add(reference(shape));
        return array(phase);
    }

    /** {@code {kind: value}} for each kind; {@code most} is how many may stand in one mapping, 0 for any number. */
    private void specs(String name, Map<String, SpecKind> kinds, int most) {
        ObjectNode node = definitions.putObject(name).put("type", "object").put("minProperties", 1);
        if (most > 0) {
            node.put("maxProperties", most);
        }
        ObjectNode properties = node.putObject("properties");
        for (SpecKind kind : kinds.values()) {
            String definition = (name.equals("action") ? "action-" : "check-") + kind.name();
            if (!definitions.has(definition)) {
                kind(kind, definitions.putObject(definition));
            }
            properties.set(kind.name(), ref(definition));
        }
        node.put("additionalProperties", false);
    }

    private void kind(SpecKind kind, ObjectNode node) {
        node.put("description", kind.shape().help());
        ObjectNode fields = JSON.createObjectNode();
        object(kind.shape(), fields);
        ArrayNode either = node.putArray("anyOf").add(fields);
        if (!kind.main().isEmpty()) {
            Field main = kind.shape().field(kind.main()).orElseThrow();
            either.add(type(main));
            if (!main.required()) {
                either.add(JSON.createObjectNode().put("type", "null"));
            }
        }
    }

    /** An entry's type chooses its fields. */
    private void entries() {
        ObjectNode node = definitions.putObject("entry").put("type", "object");
        ObjectNode type = JSON.createObjectNode();
        ArrayNode types = type.putArray("enum");
        EntryShapes.types().forEach(types::add);
        node.putObject("properties").set("type", type);
        node.putArray("required").add("id").add("type");
        ArrayNode all = node.putArray("allOf");
        for (Map.Entry<String, Shape> entry : EntryShapes.all().entrySet()) {
            ObjectNode condition = all.addObject();
            ObjectNode when = condition.putObject("if");
            when.putObject("properties").putObject("type").put("const", entry.getKey());
            when.putArray("required").add("type");
            condition.set("then", reference(entry.getValue()));
        }
    }
}
