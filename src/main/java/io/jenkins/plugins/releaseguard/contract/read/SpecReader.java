// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.Nearest;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.Shape;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads checks and actions, {@code {kind: value}} or {@code {kind: {field: value}}}, against the {@link SpecCatalog}. */
final class SpecReader {
    private final ShapeReader shapes;
    private final SpecCatalog catalog;
    private final Problems problems;

    SpecReader(ShapeReader shapes, SpecCatalog catalog, Problems problems) {
        this.shapes = shapes;
        this.catalog = catalog;
        this.problems = problems;
    }

    CheckSpec check(Field field, Node node) {
        List<CheckSpec> checks = node instanceof MappingNode ? checks(field, node) : List.of();
        if (!(node instanceof MappingNode map)) {
            shapes.wrong(field, node);
        } else if (map.getValue().size() > 1) {
            problems.error(
                    ReadRule.TYPE,
                    shapes.position(node),
                    field.name() + " holds one check, not " + map.getValue().size(),
                    "make an entry for each");
        }
        return checks.isEmpty() ? null : checks.get(0);
    }

    List<CheckSpec> checks(Field field, Node node) {
        List<CheckSpec> checks = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                if (item instanceof MappingNode) {
                    checks.addAll(checks(field, item));
                } else {
                    shapes.wrong(field, item);
                }
            }
        } else if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                Settings settings = settings(tuple, catalog.checks(), SpecKind.Role.CHECK);
                if (settings != null) {
                    checks.add(new CheckSpec(name(tuple), settings, shapes.position(tuple.getKeyNode())));
                }
            }
        } else {
            shapes.wrong(field, node);
        }
        return checks;
    }

    List<ActionSpec> actions(Field field, Node node) {
        List<ActionSpec> actions = new ArrayList<>();
        if (!(node instanceof SequenceNode list)) {
            shapes.wrong(field, node);
            return actions;
        }
        for (Node item : list.getValue()) {
            if (!(item instanceof MappingNode map) || map.getValue().size() != 1) {
                shapes.wrong(field, item);
                continue;
            }
            NodeTuple tuple = map.getValue().get(0);
            Settings settings = settings(tuple, catalog.actions(), SpecKind.Role.ACTION);
            if (settings != null) {
                actions.add(new ActionSpec(name(tuple), settings, shapes.position(tuple.getKeyNode())));
            }
        }
        return actions;
    }

    private Settings settings(NodeTuple tuple, Map<String, SpecKind> kinds, SpecKind.Role role) {
        String name = name(tuple);
        SpecKind kind = kinds.get(name);
        if (kind == null && catalog.isOpen()) {
            return common(tuple, role);
        }
        if (kind == null) {
            problems.error(
                    ReadRule.UNKNOWN_KEY,
                    shapes.position(tuple.getKeyNode()),
                    "there is no " + role.text() + " '" + Cursor.shorten(name) + "'",
                    Nearest.to(name, kinds.keySet())
                            .map(n -> "did you mean '" + n + "'?")
                            .orElse("known: " + String.join(", ", kinds.keySet())));
            return null;
        }
        Node value = tuple.getValueNode();
        if (value instanceof MappingNode map) {
            return withValue(shapes.read(map, kind.shape(), name), kind);
        }
        boolean nothing =
                value instanceof ScalarNode scalar && scalar.getValue().isEmpty();
        if (kind.main().isEmpty()
                || nothing && kind.shape().field(kind.main()).orElseThrow().required()) {
            problems.error(
                    ReadRule.TYPE,
                    shapes.position(value),
                    name + " needs its fields, not " + YamlText.what(value),
                    "fields: " + String.join(", ", kind.shape().names()));
            return null;
        }
        List<NodeTuple> main =
                nothing ? List.of() : List.of(new NodeTuple(key(kind.main(), tuple.getKeyNode()), value));
        MappingNode wrapped =
                new MappingNode(Tag.MAP, true, main, value.getStartMark(), value.getEndMark(), FlowStyle.BLOCK);
        return withValue(shapes.read(wrapped, kind.shape(), name), kind);
    }

    /** Of a kind that nobody here knows, what all kinds have. */
    private Settings common(NodeTuple tuple, SpecKind.Role role) {
        Shape shape = new Shape(name(tuple), "", role.common());
        Node value = tuple.getValueNode();
        List<NodeTuple> known = value instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(field -> shape.field(name(field)).isPresent())
                        .toList()
                : List.of();
        MappingNode fields =
                new MappingNode(Tag.MAP, true, known, value.getStartMark(), value.getEndMark(), FlowStyle.BLOCK);
        return shapes.read(fields, shape, shape.name()).with(SpecKind.VALUE, null);
    }

    private static ScalarNode key(String name, Node like) {
        return new ScalarNode(Tag.STR, name, like.getStartMark(), like.getEndMark(), ScalarStyle.PLAIN);
    }

    private static Settings withValue(Settings settings, SpecKind kind) {
        Object main = kind.main().isEmpty() ? null : settings.values().get(kind.main());
        return settings.with(SpecKind.VALUE, main);
    }

    private static String name(NodeTuple tuple) {
        return ((ScalarNode) tuple.getKeyNode()).getValue();
    }
}
