// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.io.StringReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Turns a text into YAML nodes, which know where they stand, and refuses what a contract never needs and an attacker
 * does:
 * tags, cycles, aliases that multiply, doubled keys. No object is ever constructed.
 */
public final class YamlText {
    static final int MOST_CHARACTERS = 1 << 20;
    static final int MOST_NODES = 100_000;
    static final int DEEPEST = 20;
    private static final int MOST_ALIASES = 50;
    private static final Set<Tag> TAGS = Set.of(
            Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MAP, Tag.SEQ, Tag.MERGE, new Tag("!"));

    private final SourceOffset origin;
    private final Problems problems;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    private YamlText(SourceOffset origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
    }

    /** The root mapping of a whole text without a byte order mark, its marks those of the text; empty where it can't be read. */
    public static Optional<MappingNode> tree(String text) {
        Problems problems = new Problems();
        MappingNode root = read(text, "contract", problems);
        return problems.hasErrors() ? Optional.empty() : Optional.ofNullable(root);
    }

    /** The root mapping of a whole file, or null after an error. */
    static MappingNode read(String text, String file, Problems problems) {
        return mapping(text, SourceOffset.of(file), problems);
    }

    /** The root mapping of a part of a file, or null after an error. */
    static MappingNode mapping(String text, SourceOffset origin, Problems problems) {
        Node root = any(text, origin, problems);
        if (root == null || root instanceof MappingNode) {
            return (MappingNode) root;
        }
        problems.error(
                ReadRule.TYPE,
                origin.position(root),
                "a contract is a mapping of keys to values, this is " + what(root),
                "begin with: apiVersion: release-guard/v1");
        return null;
    }

    /** Whatever the text holds, or null after an error. */
    static Node any(String text, SourceOffset origin, Problems problems) {
        return new YamlText(origin, problems).read(text);
    }

    private Node read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            problems.error(
                    ReadRule.SIZE,
                    origin.start(),
                    "the contract has " + text.length() + " characters, the limit is " + MOST_CHARACTERS,
                    "move what is not about this release into documents of its own");
            return null;
        }
        int before = problems.size();
        Node root = compose(text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (root == null && problems.size() == before) {
            problems.error(
                    ReadRule.EMPTY,
                    origin.start(),
                    "the contract is empty",
                    "start from the sample in docs/contract.md");
        }
        return root == null || !sound(root, root) ? null : root;
    }

    private Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setAllowRecursiveKeys(false);
        options.setProcessComments(false);
        try {
            return new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            problems.add(YamlHints.problem(e, origin, text));
        } catch (ReaderException e) {
            long line = text.codePoints()
                    .limit(Math.max(0, e.getPosition()))
                    .filter(c -> c == '\n')
                    .count();
            problems.error(
                    ReadRule.YAML,
                    new Position(origin.file(), origin.line() + (int) line, 0),
                    String.format(Locale.ROOT, "the character U+%04X may not stand in a contract", e.getCodePoint()),
                    "save the file as UTF-8 text");
        } catch (YAMLException e) {
            boolean alias = String.valueOf(e.getMessage()).contains("alias");
            problems.error(
                    alias ? ReadRule.ALIAS : ReadRule.SIZE,
                    origin.start(),
                    alias
                            ? "more than " + MOST_ALIASES + " aliases"
                            : "the contract is nested deeper than " + DEEPEST + " levels",
                    alias
                            ? "write the values out, or put shared entries into an include"
                            : "a contract needs no more than 8 levels");
        }
        return null;
    }

    /** Walks as the reader will, following aliases, so what is refused here can't hurt there. */
    private boolean sound(Node node, Node parent) {
        if (++nodes > MOST_NODES) {
            problems.error(
                    ReadRule.SIZE,
                    origin.position(parent),
                    "the contract has more than " + MOST_NODES + " values, aliases counted where they are used",
                    "write less, or take out aliases that stand in one another");
            return false;
        }
        if (!TAGS.contains(node.getTag())) {
            problems.error(
                    ReadRule.TAG,
                    origin.position(node),
                    "the tag " + Cursor.shorten(node.getTag().getValue()) + " is not allowed",
                    "take it out: a contract holds texts, lists and mappings only");
            return false;
        }
        if (node instanceof ScalarNode) {
            return true;
        }
        if (!open.add(node)) {
            problems.error(
                    ReadRule.ALIAS,
                    origin.position(node),
                    "the anchor &" + node.getAnchor() + " contains itself",
                    "take out the alias *" + node.getAnchor() + " inside it");
            return false;
        }
        boolean good = node instanceof MappingNode mapping ? soundMapping(mapping) : soundList((SequenceNode) node);
        open.remove(node);
        return good;
    }

    private boolean soundList(SequenceNode list) {
        for (Node item : list.getValue()) {
            if (!sound(item, list)) {
                return false;
            }
        }
        return true;
    }

    private boolean soundMapping(MappingNode mapping) {
        Map<String, Node> seen = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.error(
                        ReadRule.YAML,
                        origin.position(tuple.getKeyNode()),
                        "a key is " + what(tuple.getKeyNode()) + ", it must be a word",
                        "in {…} put quotes around text that holds : { } [ ] or ,");
                return false;
            }
            Node before = seen.putIfAbsent(key.getValue(), key);
            if (before != null) {
                problems.error(
                        ReadRule.DUPLICATE_KEY,
                        origin.position(key),
                        "'" + Cursor.shorten(key.getValue()) + "' stands twice, first in line "
                                + origin.position(before).line(),
                        "keep one of the two");
            }
            if (!sound(tuple.getValueNode(), mapping)) {
                return false;
            }
        }
        return true;
    }

    static String what(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().isEmpty() ? "empty" : "the text '" + Cursor.shorten(scalar.getValue()) + "'";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }
}
