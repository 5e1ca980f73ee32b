// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.read.YamlText;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Changes one value of a contract's YAML text and nothing else: comments, order and quotes stay. */
final class ContractEdit {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String text;

    private ContractEdit(String text) {
        this.text = text;
    }

    /** The text with the change; empty where its place isn't in this file, or holds a value that only a build knows. */
    static Optional<String> apply(String text, PlanChange change) {
        if (text.startsWith(BYTE_ORDER_MARK)) {
            return apply(text.substring(1), change).map(BYTE_ORDER_MARK::concat);
        }
        return YamlText.tree(text).flatMap(root -> new ContractEdit(text).changed(root, change));
    }

    private Optional<String> changed(MappingNode root, PlanChange change) {
        String[] place = change.place().split("/", 2);
        Node rollout = value(root, "rollout");
        switch (place[0]) {
            case "rollout" -> {
                return rollout == null
                        ? Optional.of(ended(text) + "\nrollout:\n  " + change.key() + ": " + change.value() + "\n")
                        : set(rollout, change);
            }
            case "phases" -> {
                Node phases = rollout instanceof MappingNode m ? value(m, "phases") : null;
                int index = Integer.parseInt(place[1]);
                return phases instanceof SequenceNode list
                                && index < list.getValue().size()
                        ? phase(list.getValue().get(index), change)
                        : Optional.empty();
            }
            default -> {
                return value(root, "metrics") instanceof SequenceNode list
                        ? list.getValue().stream()
                                .filter(m -> m instanceof MappingNode one
                                        && value(one, "id") instanceof ScalarNode id
                                        && id.getValue().equals(place[1]))
                                .findFirst()
                                .flatMap(m -> set(m, change))
                        : Optional.empty();
            }
        }
    }

    /** A phase may be its weight alone. */
    private Optional<String> phase(Node phase, PlanChange change) {
        if (!(phase instanceof ScalarNode weight)) {
            return set(phase, change);
        }
        return change.key().equals("weight")
                ? replace(weight, change.value())
                : replace(
                        weight,
                        "{weight: " + text.substring(at(weight.getStartMark()), at(weight.getEndMark())) + ", "
                                + change.key() + ": " + change.value() + "}");
    }

    private Optional<String> set(Node node, PlanChange change) {
        if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
            return Optional.empty();
        }
        Node now = value(mapping, change.key());
        if (now != null) {
            return replace(now, change.value());
        }
        String line = change.key() + ": " + change.value();
        List<NodeTuple> tuples = mapping.getValue();
        if (mapping.getFlowStyle() == org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW) {
            return insert(at(tuples.get(tuples.size() - 1).getValueNode().getEndMark()), ", " + line);
        }
        for (int i = tuples.size() - 1; i >= 0; i--) {
            Node key = tuples.get(i).getKeyNode();
            Node value = tuples.get(i).getValueNode();
            if (value.getEndMark().getLine() == key.getStartMark().getLine()
                    && at(value.getEndMark()) > at(key.getEndMark())) {
                int end = text.indexOf('\n', at(value.getEndMark()));
                String newLine = text.contains("\r\n") ? "\r\n" : "\n";
                String indented = " ".repeat(key.getStartMark().getColumn()) + line;
                return end < 0 ? Optional.of(ended(text) + indented + newLine) : insert(end + 1, indented + newLine);
            }
        }
        return Optional.empty();
    }

    private Optional<String> replace(Node node, String value) {
        int from = at(node.getStartMark());
        int to = at(node.getEndMark());
        boolean plain = node instanceof ScalarNode && !text.substring(from, to).contains("${");
        return plain && node.getAnchor() == null
                ? Optional.of(text.substring(0, from) + value + text.substring(to))
                : Optional.empty();
    }

    private Optional<String> insert(int at, String what) {
        return Optional.of(text.substring(0, at) + what + text.substring(at));
    }

    private static String ended(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }

    /** Marks count code points. */
    private int at(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private static Node value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(t ->
                        t.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }
}
