// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What looks like an entry of plain text, or like a part of one, and is not read as one: each is told, as a criterion that is overlooked
 * holds nothing back.
 */
final class TextStrays {
    /** Labels that only entries have. */
    private static final Set<String> FIELDS = Set.of(
            "stage",
            "verify",
            "threshold",
            "requirement",
            "procedure",
            "trigger",
            "metric",
            "blocker",
            "escalation",
            "linkedids",
            "onfailure",
            "successcriteria");

    private final String file;
    private final Problems problems;
    private final Map<String, Position> named = new LinkedHashMap<>();
    private final Set<TextBlock> rows = Collections.newSetFromMap(new IdentityHashMap<>());
    private Position comment;

    TextStrays(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** An entry's id stands where an entry could begin. */
    void named(String id, TextLine line) {
        named.putIfAbsent(id, at(line));
    }

    /** A block comes from a table; where the entry is written at length too, the row is its summary. */
    void isRow(TextBlock block) {
        rows.add(block);
    }

    /** A row of a table of entries has no id. */
    void row(TextLine line) {
        if (line.text().codePoints().anyMatch(Character::isLetterOrDigit)) {
            problems.error(
                    ReadRule.ID,
                    at(line),
                    "a row of a table of entries has no id, and is not read",
                    "give the table a column ID, and the row an id such as DEP-007");
        }
    }

    /** What is left of a line without the HTML comments around it. */
    TextLine visible(TextLine line) {
        TextLine rest = line;
        while (comment != null || rest.text().startsWith("<!--")) {
            TextLine inner = comment == null ? rest.from(4) : rest;
            comment = comment == null ? at(rest) : comment;
            TextHead.in(inner)
                    .filter(h -> h.kind() == TextHead.Kind.HEAD)
                    .ifPresent(h -> problems.warning(
                            ReadRule.UNKNOWN_KEY,
                            at(inner),
                            h.id() + " stands in a comment, and is not read",
                            "take it out of <!-- -->, or out of the file"));
            int end = inner.text().indexOf("-->");
            if (end < 0) {
                return inner.from(inner.raw().length());
            }
            comment = null;
            rest = inner.from(end + 3);
        }
        return rest;
    }

    /** A line that stands in no entry. */
    void outside(TextLine line) {
        Optional<TextLabel> label = TextLabel.in(line);
        if (label.isEmpty()) {
            return;
        }
        if (label.get().isType()) {
            problems.error(
                    ReadRule.ID,
                    at(line),
                    "a type stands here, and no entry begins above it",
                    "begin the entry with a line such as 'DEP-007: Title'");
        } else if (FIELDS.contains(TextEntry.plain(label.get().name()))) {
            problems.warning(
                    ReadRule.UNKNOWN_KEY,
                    at(line),
                    "'" + label.get().name() + "' stands in no entry, and is not read",
                    "put it below its entry's first line, before the next heading or line across the page");
        }
    }

    /** The blocks that are entries, after what isn't one has been told. */
    List<TextBlock> judge(List<TextBlock> blocks, Set<String> known, boolean others) {
        if (comment != null) {
            problems.error(ReadRule.UNKNOWN_KEY, comment, "a comment begins here and never ends", "close it with -->");
        }
        Set<String> whole = blocks.stream()
                .filter(b -> !rows.contains(b))
                .map(TextBlock::id)
                .collect(Collectors.toSet());
        List<TextBlock> entries = new ArrayList<>(blocks);
        // a box beside the name of an entry that is written at length is that entry's
        for (TextBlock row : rows) {
            blocks.stream()
                    .filter(b -> !rows.contains(b) && b.id().equals(row.id()))
                    .findFirst()
                    .ifPresent(b -> b.boxes().addAll(row.boxes()));
        }
        entries.removeIf(b -> rows.contains(b) && whole.contains(b.id()));
        Set<String> ids = entries.stream().map(TextBlock::id).collect(Collectors.toCollection(HashSet::new));
        ids.addAll(known);
        named.forEach((id, at) -> {
            if (!ids.contains(id)) {
                stray(id, at, others);
            }
        });
        return entries;
    }

    private void stray(String id, Position at, boolean others) {
        String message = id + " looks like an entry here, and is not read as one";
        String fix = "begin it with a line '" + id
                + ": Title', and 'Type: ' below it; where it is only named, put a word before it";
        if (others) {
            problems.warning(ReadRule.ID, at, message + "; an included file may have it", fix);
        } else {
            problems.error(ReadRule.ID, at, message, fix);
        }
    }

    private Position at(TextLine line) {
        return new Position(file, line.number(), line.column(0));
    }
}
