// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.BoxMark;
import io.jenkins.plugins.releaseguard.contract.grammar.CheckBox;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Boxes that are entries: each is a criterion, and belongs to whom an {@code Owner:} below the heading names. One without an id gets one
 * that its words make, so that it stays the same when others come and go, and is another where they change: what was waived for
 * it then holds no more.
 */
final class TextChecklist {
    private static final String OWN = EntryType.CRITERIA.text();
    private static final int FIRST = 900_000;
    private static final int MANY = 100_000;
    private static final Set<String> TITLES =
            Set.of("title", "item", "task", "what", "criterion", "check", "step", "todo", "activity", "requirement");
    private static final Set<String> BY =
            Set.of("by", "who", "signedby", "doneby", "signedoffby", "tickedby", "checkedby");
    private static final Set<String> ON = Set.of("on", "date", "when", "day");
    /** Columns that say whether a row is done, in words too. */
    private static final Set<String> DONE =
            Set.of("done", "ok", "okay", "checked", "ticked", "complete", "completed", "finished");

    private static final Set<String> STATES = Set.of("status", "state", "progress", "result", "ready");
    private static final Set<String> YES =
            Set.of("yes", "y", "x", "done", "ok", "okay", "true", "checked", "complete", "completed", "finished");
    private static final Set<String> NO = Set.of(
            "no",
            "n",
            "not",
            "notdone",
            "notyet",
            "notstarted",
            "open",
            "todo",
            "pending",
            "tbd",
            "false",
            "wip",
            "inprogress",
            "started",
            "failed",
            "missing",
            "blocked",
            "waiting");

    private final String file;
    private final Problems problems;
    private final TextSections sections;

    TextChecklist(String file, TextSections sections, Problems problems) {
        this.sections = sections;
        this.file = file;
        this.problems = problems;
    }

    /** A line between entries. */
    void outside(TextLine line) {
        TextLabel.in(line)
                .filter(label -> TextEntry.plain(label.name()).equals("owner"))
                .ifPresent(label -> sections.owner(label.value().raw()));
    }

    /** A box without an id is a criterion of the part that it stands in. */
    void owns(TextBlock block) {
        if (!sections.owner().isEmpty()) {
            block.add("Owner", sections.owner(), block.at());
        }
    }

    /** Whether boxes below an entry are its own. */
    static boolean takes(TextBlock block) {
        String type = TextEntry.plain(block.value("type"));
        return type.isEmpty() || type.equals(TextEntry.plain(OWN));
    }

    /** The box stands in an entry that is no criterion: in a list of steps it is one of them, elsewhere that is told. */
    void kept(CheckBox box, TextLine line, TextBlock open, boolean list) {
        if (!list) {
            problems.warning(
                    ReadRule.UNKNOWN_KEY,
                    new Position(file, line.number(), line.column(0)),
                    "the box '" + Cursor.shorten(box.text()) + "' is kept as words of " + open.id()
                            + ", and holds nothing back",
                    "put it under a heading or a line across the page, or into a Criteria entry");
        }
    }

    /** Whether the box stands where none is read, which is told. */
    boolean isElsewhere(CheckBox box, TextLine line, TextBlock open) {
        TextSections.When when = open == null ? sections.when() : TextSections.When.BEFORE;
        Position at = new Position(file, line.number(), line.column(0));
        String what = "the box '" + Cursor.shorten(box.text()) + "'";
        if (when == TextSections.When.AFTER) {
            problems.warning(
                    ReadRule.UNKNOWN_KEY,
                    at,
                    what + " is not read: nobody can tick it before the release",
                    "make it a Validation entry with a check, or put it under a heading of what is done before");
        } else if (when == TextSections.When.UNSURE) {
            problems.error(
                    ReadRule.UNKNOWN_KEY,
                    at,
                    what
                            + " stands below a bold line in a part of what is done after the release: is it done before or after?",
                    "make the bold line a heading, such as '### Monitoring' for a part of that, or '## Before the release'");
        }
        return when != TextSections.When.BEFORE;
    }

    /** Whether the row of a table stands where no box is read, or in a block of code, which is told. */
    boolean isUnread(String item, TextLine line, TextBlock open, boolean fenced) {
        CheckBox box = CheckBox.parse(item).orElseThrow();
        if (isElsewhere(box, line, open)) {
            return true;
        }
        boolean code = fenced && open == null;
        if (code) {
            code(box, line);
        }
        return code;
    }

    /** The box stands in a block of code. */
    void code(CheckBox box, TextLine line) {
        problems.note(
                ReadRule.UNKNOWN_KEY,
                new Position(file, line.number(), line.column(0)),
                "the box '" + Cursor.shorten(box.text()) + "' stands in a block of code, and is not read",
                "take it out of the block if it is to be ticked");
    }

    /** A tick without a name before words that may be no item of a checklist: a list of what is new looks so. */
    void sign(CheckBox box, TextLine line) {
        problems.warning(
                ReadRule.UNKNOWN_KEY,
                new Position(file, line.number(), line.column(0)),
                "the sign before '" + Cursor.shorten(box.text()) + "' is not read as a box, as it says nobody's name",
                "where it is one, write - " + CheckBox.EXAMPLE);
    }

    /** The words of a box, without who ticked it. */
    static String title(String text) {
        return CheckBox.parse("[ ] " + text).map(CheckBox::text).orElse(text);
    }

    /** Whether some cell of a row says whether it is done; what can't be read of that is told. */
    boolean ticks(TextRow header, TextRow row) {
        if (row.cells().stream().noneMatch(cell -> cell.text().codePoints().anyMatch(Character::isLetter))) {
            return false;
        }
        boolean ticks = false;
        for (int c = 0; c < row.cells().size(); c++) {
            String title = heading(header, c);
            String word = word(row.cell(c).text());
            ticks |= ticked(header, row, c).isPresent();
            if (ticked(header, row, c).isEmpty()
                    && (DONE.contains(title) || STATES.contains(title) && NO.contains(word))) {
                problems.warning(
                        ReadRule.UNKNOWN_KEY,
                        new Position(file, row.cell(c).number(), row.cell(c).column(0)),
                        "'" + Cursor.shorten(row.cell(c).raw()) + "' under '"
                                + header.cell(c).raw() + "' is not read, and holds nothing back",
                        "write [ ] or [x] there, and who ticked it in a column 'By'");
            }
        }
        return ticks;
    }

    /** Whether a cell is ticked; empty where it is none that says so. */
    private static Optional<Boolean> ticked(TextRow header, TextRow row, int column) {
        Optional<CheckBox> box = CheckBox.parse(row.cell(column).raw());
        if (box.isPresent() || !DONE.contains(heading(header, column))) {
            return box.map(CheckBox::ticked);
        }
        String word = word(row.cell(column).text());
        return YES.contains(word)
                ? Optional.of(true)
                : word.isEmpty() || NO.contains(word) ? Optional.of(false) : Optional.empty();
    }

    private static String heading(TextRow header, int column) {
        String cell = header.cell(column).raw();
        return BoxMark.in(cell)
                        .filter(mark -> cell.substring(mark.end()).isBlank())
                        .isPresent()
                ? "done"
                : word(cell);
    }

    /** Letters alone, in small. */
    private static String word(String cell) {
        StringBuilder word = new StringBuilder();
        cell.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(word::appendCodePoint);
        return word.toString();
    }

    /** Whether a header is a row itself: a box that is drawn, with words behind it. */
    static boolean isRow(TextRow header) {
        return header.cells().stream()
                .anyMatch(cell -> BoxMark.in(cell.raw())
                        .filter(mark -> !mark.sign())
                        .filter(mark -> !cell.raw().substring(mark.end()).isBlank())
                        .isPresent());
    }

    /** The row as a box of a list, ticked where all its boxes are. */
    static String item(TextRow header, TextRow row) {
        boolean ticked = IntStream.range(0, row.cells().size())
                .mapToObj(c -> ticked(header, row, c))
                .flatMap(Optional::stream)
                .allMatch(each -> each);
        String by = value(header, row, BY);
        String on = value(header, row, ON);
        String signature =
                by.isEmpty() ? "" : " (by " + by.replaceFirst("^@", "") + (on.isEmpty() ? "" : ", " + on) + ")";
        return (ticked ? "[x] " : "[ ] ") + words(header, row) + signature;
    }

    private static String value(TextRow header, TextRow row, Set<String> names) {
        for (int c = 0; c < row.cells().size(); c++) {
            if (names.contains(TextEntry.plain(header.cell(c).text()))) {
                return row.cell(c).raw();
            }
        }
        return "";
    }

    /** What a row is about, without who ticked it. */
    static String title(TextRow header, TextRow row) {
        return title(words(header, row));
    }

    /** The column that says what a row is about, else what stands behind its box, else the first cell that says anything. */
    private static String words(TextRow header, TextRow row) {
        String named = value(header, row, TITLES);
        String found =
                named.substring(BoxMark.in(named).map(BoxMark::end).orElse(0)).strip();
        for (int c = 0; c < row.cells().size() && found.isEmpty(); c++) {
            String cell = row.cell(c).raw();
            Optional<BoxMark> mark = BoxMark.in(cell).filter(m -> !m.sign());
            if (mark.isPresent() && !DONE.contains(heading(header, c)) && !STATES.contains(heading(header, c))) {
                found = cell.substring(mark.get().end()).strip();
            }
        }
        return !found.isEmpty()
                ? found
                : row.cells().stream()
                        .map(TextLine::raw)
                        .filter(cell -> cell.codePoints().anyMatch(Character::isLetter))
                        .filter(cell -> BoxMark.in(cell).isEmpty())
                        .findFirst()
                        .orElse("");
    }

    /** The blocks with types and ids. */
    List<TextBlock> named(List<TextBlock> blocks, Set<String> known) {
        Set<String> used = blocks.stream().map(TextBlock::id).collect(Collectors.toCollection(HashSet::new));
        used.addAll(known);
        List<TextBlock> all = new ArrayList<>();
        for (TextBlock block : blocks) {
            if (!block.boxes().isEmpty() && !block.hasType()) {
                block.add("Type", OWN, block.at());
            }
            all.add(block.id().isEmpty() ? block.named(id(block, used), block.title()) : block);
        }
        return all;
    }

    private String id(TextBlock block, Set<String> used) {
        String words =
                block.title().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
        int number = (int) (Long.parseLong(Sha256.hex(words).substring(0, 8), 16) % MANY);
        while (!used.add("DEP-" + (FIRST + number))) {
            number = (number + 1) % MANY;
        }
        String id = "DEP-" + (FIRST + number);
        problems.note(
                ReadRule.DEFAULTS,
                block.at(),
                "the box '" + Cursor.shorten(block.title()) + "' is " + id,
                "give it an id of its own where others name it: - [ ] DEP-041: …");
        return id;
    }
}
