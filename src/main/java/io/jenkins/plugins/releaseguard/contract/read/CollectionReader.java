// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.IdList;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;
import io.jenkins.plugins.releaseguard.text.HeaderNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads lists and mappings of plain values. */
final class CollectionReader {
    private final ShapeReader shapes;
    private final Scalars scalars;
    private final Problems problems;

    CollectionReader(ShapeReader shapes, Scalars scalars, Problems problems) {
        this.shapes = shapes;
        this.scalars = scalars;
        this.problems = problems;
    }

    List<String> texts(Field field, Node node) {
        if (node instanceof ScalarNode scalar) {
            String text = scalars.text(field, scalar.getValue(), shapes.inside(scalar));
            if (text == null) {
                return null;
            }
            if (field.type() == FieldType.LIST && text.contains(", ")) {
                problems.error(
                        ReadRule.TYPE,
                        shapes.inside(scalar),
                        "'" + field.name() + "' is one text with commas",
                        "write a list: [" + Cursor.shorten(text) + "]");
                return null;
            }
            return List.of(text);
        }
        List<String> list = new ArrayList<>();
        for (Node item : items(field, node)) {
            if (item instanceof ScalarNode scalar) {
                String text = scalars.text(field, scalar.getValue(), shapes.inside(scalar));
                if (text != null) {
                    list.add(text);
                }
            } else {
                shapes.wrong(field, item);
            }
        }
        return List.copyOf(list);
    }

    Object ids(Field field, Node node) {
        if (node instanceof ScalarNode scalar) {
            return shapes.scalar(field, scalar);
        }
        IdList.Builder ids = new IdList.Builder();
        for (Node item : items(field, node)) {
            if (item instanceof ScalarNode scalar && shapes.scalar(field, scalar) instanceof IdList some) {
                ids.addAll(some);
            } else if (!(item instanceof ScalarNode)) {
                shapes.wrong(field, item);
            }
        }
        return ids.build();
    }

    Map<String, String> map(Field field, Node node) {
        Map<String, String> map = new LinkedHashMap<>();
        for (NodeTuple tuple : tuples(field, node)) {
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            if (field.place() == ValuePlace.HEADER && !header(key, shapes.position(tuple.getKeyNode()))) {
                continue;
            }
            if (tuple.getValueNode() instanceof ScalarNode scalar) {
                String text = scalars.text(field, scalar.getValue(), shapes.inside(scalar));
                if (text != null) {
                    map.put(key, text);
                }
            } else {
                problems.error(
                        ReadRule.TYPE,
                        shapes.position(tuple.getValueNode()),
                        key + " in " + field.name() + " is one value, not " + YamlText.what(tuple.getValueNode()),
                        "write it on one line, in quotes where it holds : or #");
            }
        }
        return map;
    }

    private boolean header(String name, Position at) {
        boolean steers = HeaderNames.steers(name);
        if (steers || !HeaderNames.isName(name)) {
            problems.error(
                    ReadRule.HEADER,
                    at,
                    steers
                            ? "the header " + Cursor.shorten(name) + " steers the connection or where the request goes"
                            : "'" + Cursor.shorten(name) + "' is no name of a header",
                    steers
                            ? "take it out; what an address needs is set up with its endpoint in Jenkins"
                            : "write letters, digits and hyphens");
            return false;
        }
        return true;
    }

    Map<String, List<String>> lists(Field field, Node node) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (NodeTuple tuple : tuples(field, node)) {
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            List<String> list = texts(Field.list(key, field.help()).in(field.place()), tuple.getValueNode());
            if (list != null) {
                map.put(key, list);
            }
        }
        return map;
    }

    /** The items of a list; empty ones are reported. */
    List<Node> items(Field field, Node node) {
        if (node instanceof SequenceNode list) {
            boolean texts = field.type() == FieldType.LIST || field.type() == FieldType.LINES;
            if (texts && list.getValue().size() > Bounds.MOST_ITEMS) {
                problems.error(
                        ReadRule.SIZE,
                        shapes.position(list.getValue().get(Bounds.MOST_ITEMS)),
                        list.getValue().size() + " items in " + field.name() + ", the limit is " + Bounds.MOST_ITEMS,
                        "write fewer");
                return List.of();
            }
            return list.getValue().stream().filter(n -> !nullItem(field, n)).toList();
        }
        shapes.wrong(field, node);
        return List.of();
    }

    private boolean nullItem(Field field, Node item) {
        if (ShapeReader.isNull(item)) {
            problems.error(
                    ReadRule.EMPTY,
                    shapes.position(item),
                    "an item of " + field.name() + " is empty",
                    "fill it in, or take it out");
            return true;
        }
        return false;
    }

    private List<NodeTuple> tuples(Field field, Node node) {
        if (node instanceof MappingNode map) {
            return map.getValue();
        }
        shapes.wrong(field, node);
        return List.of();
    }
}
