// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.Position;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    private static final Set<String> TICKS = Set.of("✅", "✔", "✔️", "☑", "☑️", "✓");
    private static final Set<String> CROSSES = Set.of("❌", "✗", "✘", "☐", "⬜", "⬜️", "✖", "✖️");

    /** Headings of what can be ticked only when traffic has moved, and so never when the contract is read. */
    private static final Pattern LATE = Pattern.compile(
            "(?i).*\\b(?:post[- ]?|after (?:the )?)(?:deploy|release|launch|live|go[- ]?live|production|roll[- ]?out).*");

    private final String file;
    private final Problems problems;
    private String section = "";
    private String owner = "";

    TextChecklist(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Another part of the text begins. */
    void section(TextLine heading) {
        section = heading.text();
        owner = "";
    }

    /** A line between entries. */
    void outside(TextLine line) {
        TextLabel.in(line)
                .filter(label -> TextEntry.plain(label.name()).equals("owner"))
                .ifPresent(label -> owner = label.value().raw());
    }

    /** A box without an id is a criterion of the part that it stands in. */
    void owns(TextBlock block) {
        if (!owner.isEmpty()) {
            block.add("Owner", owner, block.at());
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

    /** Whether the box stands where none can be ticked in time, which is told. */
    boolean isLate(CheckBox box, TextLine line, TextBlock open) {
        boolean late = open == null && LATE.matcher(section).matches();
        if (late) {
            problems.warning(
                    ReadRule.UNKNOWN_KEY,
                    new Position(file, line.number(), line.column(0)),
                    "the box '" + Cursor.shorten(box.text()) + "' is not read: nobody can tick it before the release",
                    "make it a Validation entry with a check, or put it under a heading of what is done before");
        }
        return late;
    }

    /** The words of a box, without who ticked it. */
    static String title(String text) {
        return CheckBox.parse("[ ] " + text).map(CheckBox::text).orElse(text);
    }

    /** The column of a row that says whether it is done. */
    static Optional<Integer> box(TextRow header, TextRow row) {
        for (int c = 0; c < Math.min(header.cells().size(), row.cells().size()); c++) {
            String cell = row.cell(c).raw();
            if (TICKS.contains(cell)
                    || CROSSES.contains(cell)
                    || CheckBox.parse(cell).filter(b -> b.text().isEmpty()).isPresent()) {
                return Optional.of(c);
            }
        }
        return Optional.empty();
    }

    /** The row as a box of a list. */
    static String item(TextRow header, TextRow row) {
        String mark = row.cell(box(header, row).orElseThrow()).raw();
        boolean ticked = TICKS.contains(mark)
                || CheckBox.parse(mark).map(CheckBox::ticked).orElse(false);
        String by = value(header, row, BY);
        String on = value(header, row, ON);
        String signature =
                by.isEmpty() ? "" : " (by " + by.replaceFirst("^@", "") + (on.isEmpty() ? "" : ", " + on) + ")";
        return (ticked ? "[x] " : "[ ] ") + title(header, row) + signature;
    }

    private static String value(TextRow header, TextRow row, Set<String> names) {
        for (int c = 0; c < row.cells().size(); c++) {
            if (names.contains(TextEntry.plain(header.cell(c).text()))) {
                return row.cell(c).raw();
            }
        }
        return "";
    }

    /** What a row is about: the column that says so, else the first cell that says anything. */
    static String title(TextRow header, TextRow row) {
        String named = value(header, row, TITLES);
        return !named.isEmpty()
                ? named
                : row.cells().stream()
                        .map(TextLine::raw)
                        .filter(cell -> cell.codePoints().anyMatch(Character::isLetter))
                        .filter(cell -> CheckBox.parse(cell).isEmpty())
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
