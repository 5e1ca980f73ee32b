// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table, row by row; a column that nothing stands in is left out. */
final class TableBuilder {
    private final String caption;
    private final List<String> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    TableBuilder(String caption, String... columns) {
        this.caption = caption;
        this.columns = List.of(columns);
    }

    /** A text in a fixed-width face. */
    record Code(String text) {}

    /** One value a column: a text, a number, a {@link Badge}, a {@link Code}; null is an empty cell. */
    TableBuilder row(Object... values) {
        rows.add(IntStream.range(0, columns.size())
                .mapToObj(i -> cell(columns.get(i), values[i]))
                .toList());
        return this;
    }

    private static Cell cell(String column, Object value) {
        if (value instanceof Badge badge) {
            return new Cell(column, "", badge, false);
        }
        if (value instanceof Code code) {
            return new Cell(column, code.text(), null, true);
        }
        return new Cell(column, value == null ? "" : value.toString(), null, false);
    }

    Table build() {
        List<Integer> used = IntStream.range(0, columns.size())
                .filter(i -> i == 0 || rows.stream().anyMatch(row -> !blank(row.get(i))))
                .boxed()
                .toList();
        return new Table(
                caption,
                used.stream().map(columns::get).toList(),
                rows.stream()
                        .map(row -> new Row(used.stream().map(row::get).toList()))
                        .toList());
    }

    private static boolean blank(Cell cell) {
        return cell.badge() == null && cell.text().isEmpty();
    }

    /** A list of the table, empty where it has no rows. */
    List<Table> ifAny() {
        return rows.isEmpty() ? List.of() : List.of(build());
    }
}
