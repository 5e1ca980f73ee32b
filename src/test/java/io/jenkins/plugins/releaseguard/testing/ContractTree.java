// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.contract.Position;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A contract in YAML that can be changed at a place and written again. */
final class ContractTree {
    private final String text;

    private ContractTree(String text) {
        this.text = text;
    }

    /** Empty where it is no YAML. */
    static Optional<ContractTree> of(String text) {
        try {
            return compose(text) instanceof MappingNode ? Optional.of(new ContractTree(text)) : Optional.empty();
        } catch (YAMLException e) {
            return Optional.empty();
        }
    }

    private static Node compose(String text) {
        return new Yaml().compose(new StringReader(text));
    }

    /** A value as it stands in a fix: YAML where it is, else a text. */
    private static Node value(String code) {
        try {
            Node node = compose(code);
            if (node != null && !(node instanceof MappingNode && !code.startsWith("{"))) {
                return node;
            }
        } catch (YAMLException e) {
            // a text
        }
        return new ScalarNode(Tag.STR, code, null, null, DumperOptions.ScalarStyle.DOUBLE_QUOTED);
    }

    private String changed(Consumer<MappingNode> change) {
        MappingNode root = (MappingNode) compose(text);
        change.accept(root);
        DumperOptions options = new DumperOptions();
        options.setWidth(1000);
        StringWriter out = new StringWriter();
        new Yaml(options).serialize(root, out);
        return out.toString();
    }

    private static void put(MappingNode map, String key, Node value) {
        List<NodeTuple> tuples = new ArrayList<>(map.getValue());
        tuples.removeIf(t -> key(t).equals(key));
        tuples.add(new NodeTuple(new ScalarNode(Tag.STR, key, null, null, DumperOptions.ScalarStyle.PLAIN), value));
        map.setValue(tuples);
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static Optional<Node> get(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(t -> key(t).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static SequenceNode list(MappingNode root, String key) {
        if (get(root, key).isEmpty()) {
            put(root, key, compose("[]"));
        }
        return (SequenceNode) get(root, key).orElseThrow();
    }

    /** One entry more, with an owner and a title as any has. */
    String withEntry(String type, Map<String, String> fields) {
        return changed(root -> {
            SequenceNode entries = list(root, "entries");
            MappingNode entry = (MappingNode) compose("{id: DEP-9"
                    + (10 + entries.getValue().size()) + ", type: " + type + ", title: New, owner: somebody"
                    + (type.equals("Environment") ? ", name: staging" : "") + "}");
            fields.forEach((key, code) -> put(entry, key, value(code)));
            entries.getValue().add(entry);
        });
    }

    String withMetric(Map<String, String> fields) {
        return changed(root -> {
            MappingNode metric = (MappingNode) compose("{id: MON-990, source: prometheus}");
            fields.forEach((key, code) -> put(metric, key, value(code)));
            list(root, "metrics").getValue().add(metric);
        });
    }

    /** With these fields at the place, in what is around it, or in one of the parts of the contract. */
    List<String> withFields(Position at, Map<String, String> fields) {
        List<String> all = new ArrayList<>();
        int places = maps((MappingNode) compose(text), at).size();
        for (int i = 0; i < places; i++) {
            int place = i;
            all.add(changed(root ->
                    fields.forEach((key, code) -> put(maps(root, at).get(place), key, value(code)))));
        }
        return all;
    }

    /** With one item more in the list of this name at the place. */
    List<String> withItem(Position at, String key, String code) {
        List<String> all = new ArrayList<>();
        int places = maps((MappingNode) compose(text), at).size();
        for (int i = 0; i < places; i++) {
            int place = i;
            all.add(changed(root -> {
                MappingNode map = maps(root, at).get(place);
                if (get(map, key).isPresent() && get(map, key).get() instanceof SequenceNode list) {
                    list.getValue().add(value(code));
                }
            }));
        }
        return all;
    }

    /** With one item more in the list at the place. */
    List<String> withItem(Position at, String code) {
        List<String> all = new ArrayList<>();
        int count = values((MappingNode) compose(text), at).size();
        for (int i = 0; i < count; i++) {
            int which = i;
            all.add(changed(root -> {
                if (values(root, at).get(which).node() instanceof SequenceNode list) {
                    list.getValue().add(value(code));
                }
            }));
        }
        return all;
    }

    /** With another value for the text at the place; where a mapping stands there, for each of its texts. */
    List<String> withValue(Position at, String code) {
        List<String> all = new ArrayList<>();
        int count = values((MappingNode) compose(text), at).size();
        for (int i = 0; i < count; i++) {
            int which = i;
            all.add(changed(root -> {
                Place place = values(root, at).get(which);
                place.replace(code.equals("~sign") ? turned(place.node()) : value(code));
            }));
        }
        return all;
    }

    private static Node turned(Node node) {
        String value = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!value.startsWith("<") && !value.startsWith(">")) {
            return node;
        }
        return value(value.startsWith("<") ? ">" + value.substring(1) : "<" + value.substring(1));
    }

    /** Without a field of this name at the place or around it; without what stands at the place where there is none. */
    List<String> without(Position at, String key) {
        List<String> all = new ArrayList<>();
        int places = maps((MappingNode) compose(text), at).size();
        for (int i = 0; i < places; i++) {
            int place = i;
            all.add(changed(root -> {
                MappingNode map = maps(root, at).get(place);
                List<NodeTuple> tuples = new ArrayList<>(map.getValue());
                tuples.removeIf(t ->
                        key == null ? stands(t.getKeyNode(), at) || stands(t.getValueNode(), at) : key(t).equals(key));
                map.setValue(tuples);
            }));
        }
        return all;
    }

    private static boolean stands(Node node, Position at) {
        return node.getStartMark() != null
                && node.getStartMark().getLine() + 1 == at.line()
                && node.getStartMark().getColumn() + 1 == at.column();
    }

    private static boolean holds(Node node, Position at) {
        if (node.getStartMark() == null) {
            return false;
        }
        int line = at.line() - 1;
        int column = at.column() - 1;
        boolean begun = node.getStartMark().getLine() < line
                || node.getStartMark().getLine() == line && node.getStartMark().getColumn() <= column;
        boolean going = node.getEndMark().getLine() > line
                || node.getEndMark().getLine() == line && node.getEndMark().getColumn() >= column;
        return begun && going;
    }

    /** The mappings around a place, the innermost first, then the contract's own parts. */
    private static List<MappingNode> maps(MappingNode root, Position at) {
        List<MappingNode> around = new ArrayList<>();
        around(root, at, around);
        for (String part : List.of("release", "rollout")) {
            get(root, part)
                    .filter(MappingNode.class::isInstance)
                    .map(MappingNode.class::cast)
                    .filter(m -> !around.contains(m))
                    .ifPresent(around::add);
        }
        for (String part : List.of("metrics", "entries")) {
            get(root, part)
                    .filter(SequenceNode.class::isInstance)
                    .ifPresent(list -> ((SequenceNode) list)
                            .getValue().stream()
                                    .filter(MappingNode.class::isInstance)
                                    .map(MappingNode.class::cast)
                                    .filter(m -> !around.contains(m))
                                    .forEach(around::add));
        }
        return around;
    }

    private static void around(Node node, Position at, List<MappingNode> around) {
        if (!holds(node, at)) {
            return;
        }
        if (node instanceof MappingNode map) {
            map.getValue().forEach(t -> around(t.getValueNode(), at, around));
            if (around.isEmpty()) {
                inside(map, around);
            }
            around.add(map);
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> around(item, at, around));
        }
    }

    private static void inside(MappingNode map, List<MappingNode> all) {
        for (NodeTuple tuple : map.getValue()) {
            if (tuple.getValueNode() instanceof MappingNode inner) {
                inside(inner, all);
                all.add(inner);
            }
        }
    }

    /** A value that can be replaced. */
    private record Place(Node node, Consumer<Node> setter) {
        void replace(Node other) {
            setter.accept(other);
        }
    }

    private static List<Place> values(MappingNode root, Position at) {
        List<Place> places = new ArrayList<>();
        values(root, at, places);
        List<MappingNode> around = new ArrayList<>();
        around(root, at, around);
        if (!around.isEmpty()) {
            fields(around.get(0), places);
        }
        return places;
    }

    private static void values(Node node, Position at, List<Place> places) {
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                if (holds(tuple.getValueNode(), at)) {
                    values(tuple.getValueNode(), at, places);
                    places.add(new Place(tuple.getValueNode(), other -> set(map, tuple, other)));
                }
            }
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                int index = i;
                if (holds(list.getValue().get(i), at)) {
                    values(list.getValue().get(i), at, places);
                    places.add(new Place(
                            list.getValue().get(i), other -> list.getValue().set(index, other)));
                }
            }
        }
    }

    private static void fields(MappingNode map, List<Place> places) {
        for (NodeTuple tuple : map.getValue()) {
            places.add(new Place(tuple.getValueNode(), other -> set(map, tuple, other)));
        }
    }

    private static void set(MappingNode map, NodeTuple tuple, Node value) {
        List<NodeTuple> tuples = new ArrayList<>(map.getValue());
        tuples.set(tuples.indexOf(tuple), new NodeTuple(tuple.getKeyNode(), value));
        map.setValue(tuples);
    }
}
