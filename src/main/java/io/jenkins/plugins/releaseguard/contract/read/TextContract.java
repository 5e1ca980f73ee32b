// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.schema.ContractShapes;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Reads a {@code .md} or {@code .txt} file of DEP- entries in the plain-text template. What surrounds the entries in
 * YAML
 * (release, metrics, rollout, risks) may stand before them between two lines of {@code ---}; without it lint says
 * what is missing.
 */
final class TextContract {
    private static final int MOST_BLOCKS = 5000;

    /** Every end of a line there is, so that none hides what stands behind it. */
    private static final Pattern LINE_END = Pattern.compile("\\R");

    private final String file;
    private final SpecCatalog catalog;
    private final Scalars scalars;
    private final Problems problems;

    TextContract(String file, SpecCatalog catalog, Scalars scalars, Problems problems) {
        this.file = file;
        this.catalog = catalog;
        this.scalars = scalars;
        this.problems = problems;
    }

    Settings read(String text) {
        Position start = new Position(file, 1, 1);
        if (text.length() > YamlText.MOST_CHARACTERS) {
            problems.error(
                    ReadRule.SIZE,
                    start,
                    "the contract has " + text.length() + " characters, the limit is " + YamlText.MOST_CHARACTERS,
                    "move other text elsewhere");
            return new Settings(Map.of(), Map.of(ShapeReader.SELF, start), ContractShapes.CONTRACT.names());
        }
        List<TextLine> lines = lines(text);
        int matter = frontMatter(lines);
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Position> positions = new HashMap<>();
        positions.put(ShapeReader.SELF, start);
        if (matter > 0) {
            Settings front = front(source(text).subList(1, matter));
            values.putAll(front.values());
            positions.putAll(front.positions());
        }
        values.putIfAbsent("apiVersion", ContractShapes.VERSION);
        List<Settings> all = new ArrayList<>(FieldValues.or(new Settings(values, Map.of()), "entries", List.of()));
        List<TextBlock> blocks = TextBlocks.of(
                lines.subList(matter > 0 ? matter + 1 : 0, lines.size()),
                file,
                problems,
                all.stream().map(s -> s.text("id")).collect(Collectors.toSet()),
                values.containsKey("include"));
        if (blocks.isEmpty() && all.isEmpty()) {
            problems.error(
                    ReadRule.EMPTY,
                    start,
                    text.isBlank() ? "the contract is empty" : "no DEP- entry stands in this text",
                    "an entry begins with a line such as 'DEP-001: Production environment'");
        } else if (blocks.size() > MOST_BLOCKS) {
            problems.error(
                    ReadRule.SIZE, start, blocks.size() + " entries, the limit is " + MOST_BLOCKS, "write fewer");
            blocks = List.of();
        }
        TextEntry entries = new TextEntry(file, catalog, scalars, problems);
        blocks.forEach(b -> all.add(entries.read(b)));
        values.put("entries", all);
        return new Settings(values, positions, ContractShapes.CONTRACT.names());
    }

    /** Without the byte-order mark, which is no part of the first line. */
    private static List<String> source(String text) {
        return LINE_END.splitAsStream(text.startsWith("\uFEFF") ? text.substring(1) : text)
                .toList();
    }

    private static List<TextLine> lines(String text) {
        List<String> source = source(text);
        return IntStream.range(0, source.size())
                .mapToObj(i -> TextLine.of(source.get(i), i + 1))
                .toList();
    }

    /** The line that closes the front matter, 0 for none. */
    private static int frontMatter(List<TextLine> lines) {
        if (lines.isEmpty() || !lines.get(0).text().equals("---")) {
            return 0;
        }
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).text().equals("---")) {
                return lines.subList(1, i).stream().anyMatch(l -> l.text().startsWith("DEP-") && l.indent() == 0)
                        ? 0
                        : i;
            }
        }
        return 0;
    }

    private Settings front(List<String> yaml) {
        SourceOffset origin = new SourceOffset(file, 2, 1);
        MappingNode root = YamlText.mapping(String.join("\n", yaml), origin, problems);
        return root == null
                ? new Settings(Map.of(), Map.of(), ContractShapes.FRONT.names())
                : new ShapeReader(origin, catalog, scalars, problems)
                        .read(root, ContractShapes.FRONT, "the front matter");
    }
}
