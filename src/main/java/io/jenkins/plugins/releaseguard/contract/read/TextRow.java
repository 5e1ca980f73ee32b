// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A row of a Markdown table: its cells, each a line of its own with its column. {@code \|} is a bar in a cell. */
record TextRow(List<TextLine> cells) {
    private static final Pattern LINE_BELOW = Pattern.compile("\\|?\\s*+:?-++:?\\s*+(?:\\|\\s*+:?-++:?\\s*+)*+\\|?");

    static boolean isRow(TextLine line) {
        return line.text().indexOf('|') >= 0;
    }

    /** Whether the line is the one below a table's header. */
    static boolean isLineBelow(TextLine line) {
        return isRow(line) && LINE_BELOW.matcher(line.text()).matches();
    }

    static TextRow of(TextLine line) {
        List<TextLine> cells = new ArrayList<>();
        String raw = line.raw();
        int from = raw.startsWith("|") ? 1 : 0;
        for (int i = from; i <= raw.length(); i++) {
            boolean bar = i < raw.length() && raw.charAt(i) == '|' && (i == 0 || raw.charAt(i - 1) != '\\');
            if (bar || i == raw.length() && from < i) {
                TextLine cell = TextLine.of(raw.substring(from, i).replace("\\|", "|"), line.number());
                cells.add(new TextLine(cell.raw(), cell.text(), line.indent() + from + cell.indent(), line.number()));
                from = i + 1;
            }
        }
        return new TextRow(cells);
    }

    /** Whether the rows below this header are entries. */
    boolean isOfEntries() {
        return column("type") >= 0 && cells.stream().noneMatch(TextLabel::isType);
    }

    /** The cell in a column, an empty one where the row is shorter. */
    TextLine cell(int column) {
        return column < cells.size() ? cells.get(column) : new TextLine("", "", 0, 0);
    }

    /** The column whose cell reads so, letters and digits alone and in small; -1 for none. */
    int column(String plain) {
        for (int i = 0; i < cells.size(); i++) {
            if (TextEntry.plain(cells.get(i).text()).equals(plain)) {
                return i;
            }
        }
        return -1;
    }
}
