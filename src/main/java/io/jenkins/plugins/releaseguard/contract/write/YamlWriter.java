// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.write;

import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/** Texts, lists and maps as YAML. Each text stands on one line, in quotes where it needs them, and what looks like a variable in it gets a second dollar. */
final class YamlWriter {
    private YamlWriter() {}

    /** Maps and lists over several lines, those within a list's item on its own. */
    static String block(Map<String, ?> map) {
        return write(node(map, FlowStyle.BLOCK, 0));
    }

    /** All on one line. */
    static String flow(Object value) {
        return write(node(value, FlowStyle.FLOW, 0)).strip();
    }

    /** A text as it is filled again. */
    static String escaped(String text) {
        return text.replace("${", "$${");
    }

    private static Node node(Object value, FlowStyle style, int depth) {
        FlowStyle own = depth > 3 ? FlowStyle.FLOW : style;
        if (value instanceof Map<?, ?> map) {
            List<NodeTuple> tuples = new ArrayList<>();
            map.forEach((k, v) -> tuples.add(new NodeTuple(scalar(String.valueOf(k)), node(v, own, depth + 1))));
            return new MappingNode(Tag.MAP, tuples, own);
        }
        if (value instanceof List<?> list) {
            List<Node> items = new ArrayList<>();
            list.forEach(item -> items.add(node(item, own, depth + 1)));
            return new SequenceNode(Tag.SEQ, items, own);
        }
        return scalar(escaped(String.valueOf(value)));
    }

    private static ScalarNode scalar(String text) {
        boolean odd = text.isEmpty() || !Shown.line(text).equals(text);
        return new ScalarNode(Tag.STR, text, null, null, odd ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
    }

    private static String write(Node node) {
        DumperOptions options = new DumperOptions();
        options.setWidth(Integer.MAX_VALUE);
        options.setSplitLines(false);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        StringWriter out = new StringWriter();
        Serializer serializer = new Serializer(new Emitter(out, options), new Resolver(), options, null);
        try {
            serializer.open();
            serializer.serialize(node);
            serializer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory", e);
        }
        // what hides or steers stands in double quotes alone, where JSON's escapes are YAML's
        return Shown.json(out.toString());
    }
}
