// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.Nearest;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.schema.ContractShapes;
import io.jenkins.plugins.releaseguard.contract.schema.EntryShapes;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.Shape;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads YAML nodes as a {@link Shape} says: unknown keys, missing and mistyped values become problems, everything else
 * typed {@link Settings}. Goes on after a problem, so that all of them are found at once.
 */
final class ShapeReader {
    /** Under this key each {@link Settings} knows where its own object stands. */
    static final String SELF = "";

    private static final Set<FieldType> LIMITS =
            EnumSet.of(FieldType.THRESHOLD, FieldType.MEASURE, FieldType.CONDITION);

    private final SourceOffset origin;
    private final Scalars scalars;
    private final Problems problems;
    private final SpecReader specs;
    private final CollectionReader collections;

    ShapeReader(String file, SpecCatalog catalog, Scalars scalars, Problems problems) {
        this(SourceOffset.of(file), catalog, scalars, problems);
    }

    ShapeReader(SourceOffset origin, SpecCatalog catalog, Scalars scalars, Problems problems) {
        this.origin = origin;
        this.scalars = scalars;
        this.problems = problems;
        this.specs = new SpecReader(this, catalog, problems);
        this.collections = new CollectionReader(this, scalars, problems);
    }

    /** The object's fields; {@code name} is how messages call it. */
    Settings read(MappingNode node, Shape shape, String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Position> positions = new LinkedHashMap<>();
        positions.put(SELF, position(node));
        for (NodeTuple tuple : node.getValue()) {
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            Field field = shape.field(key).orElse(null);
            if (field == null) {
                unknown(key, position(tuple.getKeyNode()), shape, name);
                continue;
            }
            positions.putIfAbsent(key, place(field, tuple.getValueNode()));
            if (isNull(tuple.getValueNode())) {
                if (!field.required()) {
                    problems.warning(
                            ReadRule.EMPTY,
                            position(tuple.getKeyNode()),
                            key + " of " + name + " is empty",
                            "give it a value, or take the line out");
                }
                continue;
            }
            Object value = value(field, tuple.getValueNode());
            if (value != null) {
                values.putIfAbsent(key, value);
            }
        }
        for (Field field : shape.fields()) {
            if (field.required() && (!positions.containsKey(field.name()) || isAbsent(node, field.name()))) {
                problems.error(
                        ReadRule.REQUIRED,
                        position(node),
                        name + " has no " + field.name(),
                        "add " + field.name() + ": " + wanted(field));
            }
            if (!field.standard().isEmpty() && !values.containsKey(field.name())) {
                values.put(field.name(), standard(field));
            }
        }
        return new Settings(values, positions, shape.names());
    }

    /** What to write for a field that is missing: the only word there is, the fields that it must have, or what it is for. */
    private static String wanted(Field field) {
        if (field.choices().size() == 1) {
            return field.choices().get(0);
        }
        List<String> must = field.type() == FieldType.OBJECT
                ? field.shape().fields().stream()
                        .filter(Field::required)
                        .map(inner -> inner.name() + ": …")
                        .toList()
                : List.of();
        return must.isEmpty() ? "(" + field.help() + ")" : "{" + String.join(", ", must) + "}";
    }

    private void unknown(String key, Position at, Shape shape, String name) {
        if (key.equals("<<")) {
            problems.error(
                    ReadRule.UNKNOWN_KEY,
                    at,
                    "merge keys are not part of the contract",
                    "write the fields out, or use include");
            return;
        }
        String near = Nearest.to(key, shape.names())
                .map(n -> "did you mean '" + n + "'?")
                .orElse("known here: " + String.join(", ", shape.names()));
        problems.error(ReadRule.UNKNOWN_KEY, at, name + " has no field '" + Cursor.shorten(key) + "'", near);
    }

    /** The typed value, or null after a problem. */
    Object value(Field field, Node node) {
        return switch (field.type()) {
            case OBJECT ->
                node instanceof MappingNode map ? read(map, field.shape(), field.name()) : wrong(field, node);
            case OBJECTS -> objects(field, node);
            case ENTRIES -> entries(field, node);
            case LIST, LINES -> collections.texts(field, node);
            case IDS -> collections.ids(field, node);
            case MAP -> collections.map(field, node);
            case LISTS -> collections.lists(field, node);
            case CHECK -> specs.check(field, node);
            case CHECKS -> specs.checks(field, node);
            case ACTIONS -> specs.actions(field, node);
            case PHASES -> phases(field, node);
            default -> node instanceof ScalarNode scalar ? scalar(field, scalar) : wrong(field, node);
        };
    }

    Object scalar(Field field, ScalarNode node) {
        boolean block = node.getScalarStyle() == ScalarStyle.FOLDED || node.getScalarStyle() == ScalarStyle.LITERAL;
        if (block && LIMITS.contains(field.type())) {
            problems.error(
                    ReadRule.THRESHOLD,
                    position(node),
                    "without quotes, YAML takes > or | for the beginning of a longer text",
                    "put quotes around a threshold: \">2% of requests for 5 minutes\"");
            return null;
        }
        return scalars.value(field, node.getValue(), inside(node));
    }

    private List<Settings> objects(Field field, Node node) {
        if (!(node instanceof SequenceNode)) {
            wrong(field, node);
            return null;
        }
        List<Settings> list = new ArrayList<>();
        for (Node item : collections.items(field, node)) {
            if (item instanceof MappingNode map) {
                String id = plain(map, "id");
                list.add(read(map, field.shape(), id.isEmpty() ? field.shape().name() : Cursor.shorten(id)));
            } else {
                wrongItem(field, item, field.shape().fields().get(0).name() + ": …, …");
            }
        }
        return list;
    }

    private List<Settings> entries(Field field, Node node) {
        List<Settings> list = new ArrayList<>();
        for (Node item : collections.items(field, node)) {
            if (!(item instanceof MappingNode map)) {
                wrongItem(field, item, "id: DEP-001, type: Step, …");
                continue;
            }
            String id = plain(map, "id");
            String type = plain(map, "type");
            String name = id.isEmpty() ? "an entry" : Cursor.shorten(id);
            Shape shape = EntryShapes.byType(type).orElseGet(() -> filledType(map, type));
            if (shape == null) {
                // without a type its other fields mean nothing; only what all entries share is looked at
                Shape head = EntryShapes.HEAD;
                Map<String, Object> none = new LinkedHashMap<>();
                if (type.isEmpty()) {
                    problems.error(
                            ReadRule.REQUIRED,
                            position(map),
                            name + " has no type",
                            "add type: one of " + String.join(", ", EntryShapes.types()));
                }
                none.put("id", id);
                list.add(new Settings(none, Map.of(SELF, position(map)), head.names()));
            } else {
                list.add(read(map, shape, name));
            }
        }
        return list;
    }

    /** The shape of a type that a variable stands for, or that is written otherwise; null for none, which is a problem by now. */
    private Shape filledType(MappingNode entry, String type) {
        return type.isEmpty()
                ? null
                : EntryShapes.HEAD
                        .field("type")
                        .map(field -> scalars.value(field, type, at(entry, "type")))
                        .flatMap(word -> EntryShapes.byType(word.toString()))
                        .orElse(null);
    }

    private List<Settings> phases(Field field, Node node) {
        if (!(node instanceof SequenceNode)) {
            wrong(field, node);
            return null;
        }
        List<Settings> list = new ArrayList<>();
        for (Node item : collections.items(field, node)) {
            if (item instanceof MappingNode map) {
                list.add(read(map, field.shape(), "a phase"));
            } else if (item instanceof ScalarNode scalar) {
                Object weight = scalars.value(ContractShapes.PHASE_WEIGHT, scalar.getValue(), inside(scalar));
                if (weight != null) {
                    list.add(new Settings(
                            Map.of("weight", weight),
                            Map.of(SELF, position(scalar), "weight", inside(scalar)),
                            field.shape().names()));
                }
            } else {
                wrong(field, item);
            }
        }
        return list;
    }

    Object wrong(Field field, Node node) {
        problems.error(
                ReadRule.TYPE,
                position(node),
                field.name() + " must be " + field.type().text() + ", not " + YamlText.what(node),
                field.type().example());
        return null;
    }

    private void wrongItem(Field field, Node item, String fields) {
        problems.error(
                ReadRule.TYPE,
                position(item),
                "an item of " + field.name() + " must have fields, and is " + YamlText.what(item),
                "write each as - {" + fields + "}");
    }

    /** The standard value, through the same reader as an author's. */
    static Object standard(Field field) {
        Problems none = new Problems();
        if (field.type() == FieldType.LIST) {
            return List.of(field.standard().split(", "));
        }
        Object value =
                new Scalars(Variables.none(), none).value(field, field.standard(), new Position("standard", 0, 0));
        if (value == null) {
            throw new IllegalStateException("standard of " + field.name() + ": " + none.sorted());
        }
        return value;
    }

    private boolean isAbsent(MappingNode node, String key) {
        return node.getValue().stream()
                .filter(t -> ((ScalarNode) t.getKeyNode()).getValue().equals(key))
                .allMatch(t -> isNull(t.getValueNode()));
    }

    private String plain(MappingNode node, String key) {
        return node.getValue().stream()
                .filter(t -> ((ScalarNode) t.getKeyNode()).getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .filter(v -> v instanceof ScalarNode && !isNull(v))
                .map(v -> ((ScalarNode) v).getValue().strip())
                .findFirst()
                .orElse("");
    }

    private Position at(MappingNode node, String key) {
        return node.getValue().stream()
                .filter(t -> ((ScalarNode) t.getKeyNode()).getValue().equals(key))
                .map(t -> position(t.getValueNode()))
                .findFirst()
                .orElse(position(node));
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("~")
                        || scalar.getValue().equalsIgnoreCase("null"));
    }

    Position position(Node node) {
        return origin.position(node);
    }

    /** Of a query where its text begins, whose own columns count from there; of anything else where the value does. */
    private Position place(Field field, Node node) {
        return field.place() == ValuePlace.QUERY && node instanceof ScalarNode scalar ? inside(scalar) : position(node);
    }

    /** Where a scalar's text begins: after the quote. */
    Position inside(ScalarNode node) {
        Position at = position(node);
        return node.isPlain() ? at : new Position(at.file(), at.line(), at.column() + 1);
    }
}
