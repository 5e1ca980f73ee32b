// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Coverage by file and line, and by whatever has figures but no lines, to be united with that of other runs: a line that
 * one of them covered is covered. Of branches and instructions of one line, and of figures without lines, only the least
 * and the most that two runs cover together can be told.
 */
public final class CoverageUnits {
    /** Lines above this are not held in memory. */
    static final int MOST = 3_000_000;

    /** A line: how many lines it counts for (0 where only branches are known), then totals, the least and the most covered. */
    record Line(int lines, int covered, int branches, int least, int most, int instructions, int few, int many) {
        static Line of(boolean covered) {
            return new Line(1, covered ? 1 : 0, 0, 0, 0, 0, 0, 0);
        }

        static Line of(boolean covered, int branches, int taken) {
            return new Line(1, covered ? 1 : 0, branches, taken, taken, 0, 0, 0);
        }

        Line with(Line other) {
            int total = Math.max(branches, other.branches);
            int parts = Math.max(instructions, other.instructions);
            return new Line(
                    Math.max(lines, other.lines),
                    Math.max(covered, other.covered),
                    total,
                    Math.max(least, other.least),
                    (int) Math.min(total, (long) most + other.most),
                    parts,
                    Math.max(few, other.few),
                    (int) Math.min(parts, (long) many + other.many));
        }
    }

    private record Figures(Coverage least, Coverage most) {
        Figures with(Figures other) {
            return new Figures(least.greatest(other.least), most.together(other.most));
        }
    }

    private final Map<String, List<Map<Integer, Line>>> files = new HashMap<>();
    private final Map<String, Figures> figures = new HashMap<>();
    private final Map<Line, Line> same = new HashMap<>();
    private int lines;
    private int nameless;
    private int apart;

    /** Adds a line to the one file of a path; what is there already is united with it. */
    void line(String path, int number, Line line) throws FormatException {
        put(
                files.computeIfAbsent(path(path), p -> new ArrayList<>(List.of(new HashMap<>())))
                        .get(0),
                number,
                line);
    }

    /** Adds a file of a path, beside others of the same path. */
    void file(String path, Map<Integer, Line> all) throws FormatException {
        Map<Integer, Line> file = new HashMap<>();
        for (Map.Entry<Integer, Line> line : all.entrySet()) {
            put(file, line.getKey(), line.getValue());
        }
        files.computeIfAbsent(path(path), p -> new ArrayList<>()).add(file);
    }

    private void put(Map<Integer, Line> file, int number, Line line) throws FormatException {
        Line known = file.get(number);
        if (known == null && ++lines > MOST) {
            throw new FormatException("more than " + MOST + " lines");
        }
        Line now = known == null ? line : known.with(line);
        file.put(number, same.computeIfAbsent(now, l -> l));
    }

    /** Adds figures of something that has no lines; empty for a name that nothing else can have. */
    void figures(String name, Coverage counts) throws FormatException {
        if (++lines > MOST) {
            throw new FormatException("more than " + MOST + " lines");
        }
        String base = name.isEmpty() ? "\0" + nameless++ : name;
        String key = base + "\0" + counts.totals();
        for (int again = 2; figures.containsKey(key); again++) {
            key = base + "\0" + counts.totals() + "\0" + again;
        }
        figures.put(key, new Figures(counts, counts));
    }

    private static String path(String path) {
        String unix = path.replace('\\', '/');
        return unix.startsWith("./") ? unix.substring(2) : unix;
    }

    /** Unites it with what another run covered. */
    public void add(CoverageUnits other) throws FormatException {
        for (Map.Entry<String, List<Map<Integer, Line>>> file : other.files.entrySet()) {
            List<Map<Integer, Line>> mine = files.computeIfAbsent(file.getKey(), p -> new ArrayList<>());
            List<Map<Integer, Line>> free = new ArrayList<>(mine);
            for (Map<Integer, Line> theirs : file.getValue()) {
                Map<Integer, Line> to = free.stream()
                        .filter(m -> isSame(file.getKey(), m, theirs))
                        .findFirst()
                        .orElse(null);
                if (to == null) {
                    apart += mine.isEmpty() ? 0 : 1;
                    to = new HashMap<>();
                    mine.add(to);
                } else {
                    // by identity: two files may hold the same lines
                    Map<Integer, Line> taken = to;
                    free.removeIf(m -> m == taken);
                }
                for (Map.Entry<Integer, Line> line : theirs.entrySet()) {
                    put(to, line.getKey(), line.getValue());
                }
            }
        }
        other.figures.forEach((key, theirs) -> {
            String mine = key.startsWith("\0") ? "\0" + nameless++ : key;
            figures.merge(mine, theirs, Figures::with);
        });
    }

    /**
     * Whether two files of one path are one: they have the same lines; or, where the path is more than a name or a Java
     * package's, the lines of one are among the other's, as some tools leave out what wasn't loaded.
     */
    private static boolean isSame(String path, Map<Integer, Line> a, Map<Integer, Line> b) {
        if (a.keySet().equals(b.keySet())) {
            return true;
        }
        String name = path.toLowerCase(Locale.ROOT);
        boolean strict = path.indexOf('/') < 0 || name.endsWith(".java") || name.endsWith(".kt");
        return !strict && (a.keySet().containsAll(b.keySet()) || b.keySet().containsAll(a.keySet()));
    }

    /** How many files have the path of another and other lines, so that they are counted apart. */
    public int apart() {
        return apart;
    }

    /** The least that is covered. */
    public Coverage least() {
        Coverage sum = lines(true);
        for (Figures each : figures.values()) {
            sum = sum.plus(each.least());
        }
        return sum;
    }

    /** The most that may be. */
    public Coverage most() {
        Coverage sum = lines(false);
        for (Figures each : figures.values()) {
            sum = sum.plus(each.most());
        }
        return sum;
    }

    private Coverage lines(boolean least) {
        long[] sums = new long[6];
        for (List<Map<Integer, Line>> variants : files.values()) {
            for (Map<Integer, Line> file : variants) {
                for (Line line : file.values()) {
                    sums[0] += line.covered();
                    sums[1] += line.lines();
                    sums[2] += least ? line.least() : line.most();
                    sums[3] += line.branches();
                    sums[4] += least ? line.few() : line.many();
                    sums[5] += line.instructions();
                }
            }
        }
        return new Coverage(
                new Count(sums[0], sums[1]), new Count(sums[2], sums[3]), new Count(sums[4], sums[5]), Count.NONE);
    }
}
