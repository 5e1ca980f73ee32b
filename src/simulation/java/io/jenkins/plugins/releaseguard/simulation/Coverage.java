// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;

/** How often which fault met a release that stood where. Safe for several threads. */
final class Coverage {
    private static final int MOMENTS = Moment.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(FaultKind.values().length * MOMENTS);

    void count(FaultKind kind, Moment moment) {
        counts.incrementAndGet(kind.ordinal() * MOMENTS + moment.ordinal());
    }

    long of(FaultKind kind, Moment moment) {
        return counts.get(kind.ordinal() * MOMENTS + moment.ordinal());
    }

    /** What never happened. */
    List<String> empty() {
        List<String> all = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            for (Moment moment : Moment.values()) {
                if (of(kind, moment) == 0) {
                    all.add(kind + " in " + moment);
                }
            }
        }
        return all;
    }

    /** As a table of Markdown. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("| fault |");
        for (Moment moment : Moment.values()) {
            text.append(' ')
                    .append(moment.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(" |");
        }
        text.append("\n|---|").append("---:|".repeat(MOMENTS)).append('\n');
        for (FaultKind kind : FaultKind.values()) {
            text.append("| ")
                    .append(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(" |");
            for (Moment moment : Moment.values()) {
                text.append(' ').append(of(kind, moment)).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }
}
