// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.BoxMark;
import io.jenkins.plugins.releaseguard.contract.grammar.CheckBox;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Splits plain text into entries. One begins with a {@link TextHead} or is a row of a table with a column {@code Type}; a line across the
 * page, a heading that is no deeper or the next entry ends it. Emphasis, quotes and code fences are looked through. What only looks
 * like an entry goes to {@link TextStrays}.
 */
final class TextBlocks {
    private static final Pattern ITEM = Pattern.compile("(?:[-*+•]|\\d{1,3}[.)])\\s+(.*)");
    private static final Set<String> FIELD_WORDS = Set.of("", "field", "key", "attribute", "property");

    private final String file;
    private final List<TextLine> lines;
    private final Problems problems;
    private final TextStrays strays;
    private final List<TextBlock> blocks = new ArrayList<>();
    private TextBlock open;
    private TextHead head;
    private boolean quoted;
    private TextRow header;

    /** How far the box that began the open entry is indented; -1 where no box did. */
    private int boxIndent = -1;

    private final TextSections sections = new TextSections();
    private final BitSet fences;
    private final TextChecklist checklist;

    private TextBlocks(List<TextLine> lines, String file, Problems problems) {
        this.file = file;
        this.lines = lines;
        this.problems = problems;
        this.strays = new TextStrays(file, problems);
        this.fences = TextFences.in(lines);
        this.checklist = new TextChecklist(file, sections, problems);
    }

    /**
     * The entries of the lines.
     *
     * @param lines without what stands before the entries
     * @param known ids of entries that stand elsewhere
     * @param others whether entries may stand in files that aren't read yet
     */
    static List<TextBlock> of(List<TextLine> lines, String file, Problems problems, Set<String> known, boolean others) {
        TextBlocks blocks = new TextBlocks(lines, file, problems);
        for (int i = 0; i < lines.size(); i++) {
            blocks.line(i);
        }
        return blocks.checklist.named(blocks.strays.judge(blocks.blocks, known, others), known);
    }

    private void line(int i) {
        TextLine line = strays.visible(lines.get(i));
        if (line.isBlank() || line.isFence() || line.isDecoration()) {
            header = null;
            return;
        }
        if (row(line, i)) {
            return;
        }
        header = null;
        if (box(line, i)) {
            return;
        }
        Optional<TextHead> found = TextHead.in(line);
        if (found.isPresent() && begins(found.get(), line, i)) {
            begin(found.get(), line);
            sections.above(
                    found.get().level() == 0 ? Integer.MAX_VALUE : found.get().level());
        } else if (line.isRule()) {
            sections.rule(line);
            open = line.isUnderline() && open != null && open.at().line() == line.number() - 1 ? open : null;
        } else {
            boolean heading = TextHead.isHeading(line);
            if (heading) {
                TextHead.named(line).ifPresent(id -> strays.named(id, line));
            } else {
                found.filter(f -> f.kind() == TextHead.Kind.LIKE)
                        .filter(f -> !f.title().isEmpty() || open == null)
                        .filter(f -> open == null || !open.isLinked())
                        .ifPresent(f -> strays.named(f.id(), line));
            }
            if (heading) {
                heading(line, i);
            } else if (part(line, i)) {
                sections.heading(line, after(i));
            } else if (open == null) {
                checklist.outside(line);
                strays.outside(line);
            } else {
                inside(quoted && line.text().startsWith(">") ? line.from(1) : line);
            }
        }
    }

    /** Whether the line is a box that counts: an entry of its own, or one of the open criterion. */
    private boolean box(TextLine line, int i) {
        Optional<CheckBox> box = CheckBox.parse(line.raw());
        if (box.isEmpty()) {
            return false;
        }
        BoxMark mark = BoxMark.in(line.raw()).orElseThrow();
        Optional<TextHead> head = TextHead.in(line);
        Optional<TextHead> found = head.or(() -> TextHead.in(line.from(mark.end())))
                .filter(h -> h.kind() != TextHead.Kind.NAME && !h.title().isEmpty());
        boolean heading = TextHead.isHeading(line);
        if (mark.sign()
                        && (heading
                                || box.get().text().isEmpty()
                                || head.isPresent() && head.get().kind() == TextHead.Kind.HEAD)
                || heading && head.isPresent()) {
            return false;
        }
        if (found.isEmpty() && open != null && boxIndent < 0 && !TextChecklist.takes(open)) {
            checklist.kept(box.get(), line, open, open.isListOpen());
            return false;
        }
        if (fences.get(i) && (open == null || boxIndent >= 0)) {
            checklist.code(box.get(), line);
            return true;
        }
        if (mark.sign() && mark.ticked() && box.get().by().isEmpty()) {
            checklist.sign(box.get(), line);
            return false;
        }
        if (heading && (open == null || boxIndent >= 0)) {
            heading(line, i);
        }
        if (checklist.isElsewhere(box.get(), line, open)) {
            return false;
        }
        Position at = new Position(file, line.number(), line.column(0));
        if (found.isPresent()) {
            begin(found.get(), line);
            open = open.named(open.id(), TextChecklist.title(found.get().title()));
            blocks.set(blocks.size() - 1, open);
            strays.isRow(open);
            boxIndent = line.indent();
        } else if (open == null || boxIndent >= 0 && line.indent() <= boxIndent) {
            open = new TextBlock("", box.get().text(), at);
            head = null;
            quoted = false;
            blocks.add(open);
            checklist.owns(open);
            boxIndent = line.indent();
        }
        open.boxes().add(new TextBlock.Box(line.raw(), at));
        return true;
    }

    /** Whether a heading that has no marks of its own begins a part here. */
    private boolean part(TextLine line, int i) {
        boolean part = !fences.get(i) && TextSections.level(line, after(i)).isPresent();
        if (part && boxIndent >= 0 && line.indent() <= boxIndent) {
            open = null;
        }
        return part && open == null;
    }

    private TextLine after(int i) {
        return i + 1 < lines.size() ? lines.get(i + 1) : TextLine.of("", 0);
    }

    private boolean begins(TextHead found, TextLine line, int i) {
        return switch (found.kind()) {
            case HEAD -> true;
            case NAME -> false;
            case LIKE ->
                TextOutlook.underlined(lines, i)
                        || (open == null || open.hasType())
                                && !line.text().startsWith("|")
                                && TextOutlook.typed(lines, i);
        };
    }

    private void begin(TextHead found, TextLine line) {
        head = found;
        boxIndent = -1;
        quoted = line.text().startsWith(">");
        open = new TextBlock(found.id(), found.title(), new Position(file, line.number(), line.column(0)));
        blocks.add(open);
        if (!found.isPlainlyWritten()) {
            problems.warning(
                    ReadRule.ID,
                    new Position(file, line.number(), line.column(found.at())),
                    "'" + found.written() + "' is read as " + found.id(),
                    "write " + found.id() + ", with a plain hyphen, so that others can name it");
        }
    }

    /** A heading below that of the open entry is a label of it, any other ends it. */
    private void heading(TextLine line, int i) {
        if (open == null || head == null || head.level() == 0 || TextHead.level(line) <= head.level()) {
            open = null;
            if (!fences.get(i)) {
                sections.heading(line, after(i));
            }
            return;
        }
        TextLine text = TextSections.unmarked(line);
        Optional<TextLabel> label = TextLabel.in(text);
        if (label.isPresent()) {
            field(label.get().name(), text, label.get().value());
        } else {
            field(text.raw(), text, text.from(text.raw().length()));
        }
    }

    private void inside(TextLine line) {
        Optional<TextLabel> label = TextLabel.in(line);
        Matcher matcher = ITEM.matcher(line.text());
        boolean item = matcher.matches();
        // under an open list a bullet with a colon is an item of it: "- LOG_LEVEL: info"
        if (label.isPresent() && !(item && (!label.get().bulleted() || open.isListOpen()))) {
            if (!label.get().value().isBlank() || !label.get().name().startsWith("For ")) {
                field(label.get().name(), line, label.get().value());
            }
            return;
        }
        content(item ? line.from(matcher.start(1)) : line);
    }

    private void field(String name, TextLine line, TextLine value) {
        Position at = new Position(file, line.number(), line.column(0));
        Position valueAt = value.isBlank() ? at : new Position(file, value.number(), value.column(0));
        open.fields()
                .add(new TextBlock.Line(
                        name, TextOutlook.unmarked(value.raw()), at, valueAt, new ArrayList<>(), new ArrayList<>()));
    }

    private void content(TextLine text) {
        Position at = new Position(file, text.number(), text.column(0));
        if (open.fields().isEmpty()) {
            open.fields()
                    .add(new TextBlock.Line("Description", text.raw(), at, at, new ArrayList<>(), new ArrayList<>()));
            return;
        }
        TextBlock.Line last = open.fields().get(open.fields().size() - 1);
        last.more().add(text.raw());
        last.moreAt().add(at);
    }

    /** Whether the line is one of a table: its header, the line below that, or a row. */
    private boolean row(TextLine line, int i) {
        boolean begins = i + 1 < lines.size() && TextRow.isRow(line) && TextRow.isLineBelow(lines.get(i + 1));
        if (!TextRow.isRow(line) || header == null && !begins && !line.text().startsWith("|")) {
            return false;
        }
        if (TextRow.isLineBelow(line)) {
            return true;
        }
        TextRow row = TextRow.of(line);
        if (begins) {
            header = row;
        }
        TextRow above = header == null || header == row ? new TextRow(List.of()) : header;
        boolean ticks = (header != row || TextChecklist.isRow(row)) && checklist.ticks(above, row);
        if (ticks && checklist.isUnread(TextChecklist.item(above, row), line, open, fences.get(i))) {
            return true;
        }
        if (ticks && open != null && TextChecklist.takes(open) && !above.isOfEntries()) {
            open.boxes()
                    .add(new TextBlock.Box(
                            TextChecklist.item(above, row), new Position(file, line.number(), line.column(0))));
        } else if (ticks || header != null && header != row && header.isOfEntries()) {
            entry(above, row, line, ticks);
        } else if (open != null
                && row.cells().size() == 2
                && (TextLabel.isField(row.cell(0).text())
                        || header != null
                                && header != row
                                && FIELD_WORDS.contains(
                                        TextEntry.plain(header.cell(0).text())))) {
            field(row.cell(0).raw(), row.cell(0), row.cell(1));
        } else if (header != row) {
            row.cells().stream()
                    .flatMap(cell -> TextHead.in(cell).stream())
                    .filter(h -> open == null || !open.isLinked())
                    .findFirst()
                    .ifPresent(h -> strays.named(h.id(), line));
            if (open != null) {
                content(line);
            }
        }
        return true;
    }

    /** A row of a table of entries. */
    private void entry(TextRow above, TextRow row, TextLine line, boolean ticks) {
        open = null;
        int id = IntStream.range(0, row.cells().size())
                .filter(c -> TextHead.in(row.cell(c)).isPresent())
                .findFirst()
                .orElse(-1);
        if (id < 0 && ticks) {
            open = new TextBlock(
                    "", TextChecklist.title(above, row), new Position(file, line.number(), line.column(0)));
            blocks.add(open);
            checklist.owns(open);
            open.boxes().add(new TextBlock.Box(TextChecklist.item(above, row), open.at()));
            fields(above, row, -1, -1);
            open = null;
            return;
        }
        if (id < 0) {
            strays.row(line);
            return;
        }
        begin(TextHead.in(row.cell(id)).orElseThrow(), line);
        int title = open.title().isEmpty() ? above.column("title") : -1;
        if (title >= 0) {
            open = open.named(open.id(), row.cell(title).raw());
            blocks.set(blocks.size() - 1, open);
        }
        if (ticks) {
            open.boxes().add(new TextBlock.Box(TextChecklist.item(above, row), open.at()));
        }
        fields(above, row, id, title);
        strays.isRow(open);
        open = null;
    }

    private void fields(TextRow above, TextRow row, int id, int title) {
        for (int c = 0; c < row.cells().size(); c++) {
            if (c != id && c != title && !row.cell(c).isBlank()) {
                String label = above.cell(c).raw();
                field(label.isEmpty() ? "Notes" : label, row.cell(c), row.cell(c));
            }
        }
    }
}
