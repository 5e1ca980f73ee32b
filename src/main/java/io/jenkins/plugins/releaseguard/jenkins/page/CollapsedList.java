// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.report.view.Cell;
import io.jenkins.plugins.releaseguard.report.view.Row;
import io.jenkins.plugins.releaseguard.report.view.Table;
import io.jenkins.plugins.releaseguard.report.view.TimelineLine;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A long list in two parts, so that a page with thousands of entries can be read: what is shown, and what is folded away. Nothing that isn't
 * green is folded away.
 */
@Restricted(NoExternalUse.class)
public record CollapsedList<T>(List<T> shown, List<T> hidden) {
    private static final int MOST_ROWS = 60;
    private static final int MOST_LINES = 200;

    public List<T> getShown() {
        return shown;
    }

    public List<T> getHidden() {
        return hidden;
    }

    static CollapsedList<Row> of(Table table) {
        List<Row> rows = table.rows();
        if (rows.size() <= MOST_ROWS + MOST_ROWS / 2) {
            return new CollapsedList<>(rows, List.of());
        }
        List<Row> shown = new ArrayList<>();
        List<Row> hidden = new ArrayList<>();
        int green = 0;
        for (Row row : rows) {
            boolean fine = row.cells().stream().allMatch(CollapsedList::isFine);
            (!fine || green++ < MOST_ROWS ? shown : hidden).add(row);
        }
        return new CollapsedList<>(shown, hidden);
    }

    private static boolean isFine(Cell cell) {
        return cell.badge() == null
                || !(cell.badge().tone().equals("bad") || cell.badge().tone().equals("warn"));
    }

    /** The newest are shown: they come last. */
    static CollapsedList<TimelineLine> of(List<TimelineLine> lines) {
        int cut = lines.size() <= MOST_LINES + MOST_LINES / 2 ? 0 : lines.size() - MOST_LINES;
        return new CollapsedList<>(lines.subList(cut, lines.size()), lines.subList(0, cut));
    }
}
