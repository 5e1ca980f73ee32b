// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Figures of what has no lines, by name and totals, as all reports together have them: only the least and the most that two
 * runs cover together can be told. Those of a file that may be one or several are kept beside that, each report's.
 */
final class CoverageFigures {
    private record Figures(Coverage least, Coverage most) {
        Figures with(Figures other) {
            return new Figures(least.greatest(other.least), most.together(other.most));
        }
    }

    private final Map<String, Figures> united = new HashMap<>();
    private final Map<String, List<Figures>> apart = new HashMap<>();
    private int nameless;

    /** Adds those of something in one report; empty for a name that nothing else can have. */
    void put(String name, Coverage counts) {
        String base = name.isEmpty() ? "\0" + nameless++ : name;
        String key = base + "\0" + counts.totals();
        for (int again = 2; united.containsKey(key); again++) {
            key = base + "\0" + counts.totals() + "\0" + again;
        }
        united.put(key, new Figures(counts, counts));
    }

    /** Unites them with another report's; {@code doubted} are files of it that may be others. */
    void add(CoverageFigures other, Set<String> doubted) {
        other.united.forEach((key, theirs) -> {
            String mine = key.startsWith("\0") ? "\0" + nameless++ : key;
            Figures before = united.put(mine, theirs);
            if (before != null) {
                united.put(mine, before.with(theirs));
                if (apart.containsKey(mine) || doubted.contains(mine.substring(0, mine.indexOf('\0')))) {
                    apart.computeIfAbsent(mine, k -> new ArrayList<>(List.of(before)))
                            .add(theirs);
                }
            }
        });
    }

    /** The least or the most, of files that may be several as one or {@code several}. */
    Coverage sum(boolean least, boolean several) {
        Coverage sum = Coverage.NONE;
        for (Map.Entry<String, Figures> each : united.entrySet()) {
            List<Figures> parts = several ? apart.get(each.getKey()) : null;
            for (Figures one : parts == null ? List.of(each.getValue()) : parts) {
                sum = sum.plus(least ? one.least() : one.most());
            }
        }
        return sum;
    }
}
