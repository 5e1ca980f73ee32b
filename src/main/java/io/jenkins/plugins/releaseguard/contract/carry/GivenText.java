// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML (1.1, as its tools read it) or JSON (RFC 8259) of a stranger, with the line of each value. Bounded: 1 MiB of characters, 200 documents, 100 000
 * values with aliases counted where they are used, 50 levels. Tags and types mean nothing, and no object is made.
 */
final class GivenText {
    static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_VALUES = 100_000;
    private static final int MOST_DOCUMENTS = 200;
    private static final int DEEPEST = 50;

    /** An object with a quoted key, or a list of such: {@code {a: b}} is YAML. */
    private static final Pattern JSON = Pattern.compile("\\A(?:\\[\\s*+)?\\{\\s*+\"");

    private int values;

    private GivenText() {}

    /** @throws UnreadableException it is neither, or larger than is read */
    static List<Given> documents(String text) throws UnreadableException {
        if (text.length() > MOST_CHARACTERS) {
            throw new UnreadableException(
                    1, "it has more than " + MOST_CHARACTERS + " characters", "take what is of one service");
        }
        String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String start = whole.stripLeading();
        if (JSON.matcher(start).lookingAt()) {
            return List.of(new GivenText().json(whole));
        }
        return new GivenText().yaml(whole);
    }

    private List<Given> yaml(String text) throws UnreadableException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(50);
        options.setAllowRecursiveKeys(false);
        options.setProcessComments(false);
        List<Given> documents = new ArrayList<>();
        try {
            for (Node node : new Yaml(options).composeAll(new StringReader(text))) {
                if (documents.size() == MOST_DOCUMENTS) {
                    throw new UnreadableException(
                            line(node), "it has more than " + MOST_DOCUMENTS + " documents", "split it");
                }
                documents.add(of("", node, 0));
            }
            return documents;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new UnreadableException(line, "it can't be read as YAML: " + e.getProblem(), hint(text));
        } catch (YAMLException | ClassCastException e) {
            throw new UnreadableException(1, "it can't be read as YAML", hint(text));
        }
    }

    private static String hint(String text) {
        return text.contains("{{")
                ? "a chart's template is read as it is rendered: helm template … > FILE"
                : "correct it, as the tool that it is for would refuse it too";
    }

    private static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    private void count(int depth, int line) throws UnreadableException {
        if (++values > MOST_VALUES || depth > DEEPEST) {
            throw new UnreadableException(
                    line,
                    "it has more than " + MOST_VALUES + " values, or " + DEEPEST + " levels",
                    "take what is of one service");
        }
    }

    private Given of(String key, Node node, int depth) throws UnreadableException {
        count(depth, line(node));
        if (node instanceof ScalarNode scalar) {
            boolean empty = scalar.isPlain() && Tag.NULL.equals(scalar.getTag());
            return empty ? Given.nothing(line(node)) : Given.text(key, line(node), scalar.getValue());
        }
        if (node instanceof SequenceNode sequence) {
            Given list = Given.list(key, line(node));
            for (Node item : sequence.getValue()) {
                list.add(of("", item, depth + 1));
            }
            return list;
        }
        Given map = Given.map(key, line(node));
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                throw new UnreadableException(line(tuple.getKeyNode()), "a key is no word", hint("{{"));
            }
            if (map.has(name.getValue())) {
                throw new UnreadableException(
                        line(name),
                        "'" + Given.text("", 1, name.getValue()).words() + "' stands twice",
                        "keep one of them");
            }
            // what the value says counts, and where its key stands
            map.put(name.getValue(), of(name.getValue(), tuple.getValueNode(), depth + 1));
        }
        return map;
    }

    private Given json(String text) throws UnreadableException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            parser.nextToken();
            Given root = json("", parser, 0);
            if (parser.nextToken() != null) {
                throw new UnreadableException(
                        parser.currentTokenLocation().getLineNr(), "something stands after its end", "keep one value");
            }
            return root;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new UnreadableException(line, "it can't be read as JSON", "let it be JSON, whole, no key twice");
        } catch (IOException e) {
            throw new UnreadableException(1, "it can't be read as JSON", "let it be JSON, whole");
        }
    }

    private Given json(String key, JsonParser parser, int depth) throws IOException, UnreadableException {
        int line = parser.currentTokenLocation().getLineNr();
        count(depth, line);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            Given list = Given.list(key, line);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(json("", parser, depth + 1));
            }
            return list;
        }
        if (token == JsonToken.START_OBJECT) {
            Given map = Given.map(key, line);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                map.put(name, json(name, parser, depth + 1));
            }
            return map;
        }
        return token == JsonToken.VALUE_NULL ? Given.nothing(line) : Given.text(key, line, parser.getText());
    }
}
