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

    /**
     * A file: its lines as all reports together have them. Where it isn't proven that the reports mean one file, their own
     * lines are kept beside that.
     */
    private static final class Source {
        private final String within;
        private final String root;
        private final Map<Integer, Line> lines = new HashMap<>();
        private final List<Map<Integer, Line>> apart = new ArrayList<>();

        Source(String within, String root) {
            this.within = within;
            this.root = root;
        }
    }

    private final Map<String, List<Source>> files = new HashMap<>();
    private final Map<String, Figures> figures = new HashMap<>();
    private final Map<Line, Line> same = new HashMap<>();
    private String root = "";
    private int lines;
    private int nameless;
    private int apart;
    private int doubtful;

    /** Says where the report's paths lead from; a second workspace of Jenkins, {@code job@2}, is as good as the first. */
    void from(String directory) {
        String unix = directory
                .replace('\\', '/')
                .replaceAll("@[0-9]{1,9}(?=/|$)", "")
                .replaceAll("/{1,99}$", "");
        root = isWhole(unix) ? unix : "";
    }

    /** Adds a line to the one file of a path; what is there already is united with it. */
    void line(String path, int number, Line line) throws FormatException {
        line(path, "", number, line);
    }

    /** Adds a line to the file of a path within a package: the same path within another is another file. */
    void line(String path, String within, int number, Line line) throws FormatException {
        List<Source> known = files.computeIfAbsent(path(path), p -> new ArrayList<>(1));
        Source file = known.stream()
                .filter(each -> each.within.equals(within))
                .findFirst()
                .orElse(null);
        if (file == null) {
            file = new Source(within, "");
            known.add(file);
        }
        put(file.lines, number, line);
    }

    /** Adds a file of a path, beside others of the same path. */
    void file(String path, Map<Integer, Line> all) throws FormatException {
        Source file = new Source("", "");
        put(file.lines, all);
        files.computeIfAbsent(path(path), p -> new ArrayList<>(1)).add(file);
    }

    private void put(Map<Integer, Line> file, Map<Integer, Line> all) throws FormatException {
        for (Map.Entry<Integer, Line> line : all.entrySet()) {
            put(file, line.getKey(), line.getValue());
        }
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

    static String path(String path) {
        String unix = path.replace('\\', '/');
        return unix.startsWith("./") ? unix.substring(2) : unix;
    }

    /** Unites it with what another run covered. */
    public void add(CoverageUnits other) throws FormatException {
        for (Map.Entry<String, List<Source>> file : other.files.entrySet()) {
            List<Source> mine = files.computeIfAbsent(file.getKey(), p -> new ArrayList<>(1));
            List<Source> free = new ArrayList<>(mine);
            for (Source theirs : file.getValue()) {
                Source to = one(file.getKey(), free, theirs, other.root);
                if (to == null) {
                    apart += mine.isEmpty() ? 0 : 1;
                    to = new Source(theirs.within, other.root);
                    mine.add(to);
                } else {
                    free.remove(to);
                    doubt(file.getKey(), to, theirs, other.root);
                }
                put(to.lines, theirs.lines);
            }
        }
        other.figures.forEach((key, theirs) -> {
            String mine = key.startsWith("\0") ? "\0" + nameless++ : key;
            figures.merge(mine, theirs, Figures::with);
        });
    }

    /** The file among those of one path that another report may mean: one that it must mean first. */
    private static Source one(String path, List<Source> among, Source theirs, String from) {
        Source found = null;
        for (Source each : among) {
            if (isSame(path, each.lines, theirs.lines)) {
                if (isProven(path, each, theirs, from)) {
                    return each;
                }
                found = found == null ? each : found;
            }
        }
        return found;
    }

    private void doubt(String path, Source to, Source theirs, String from) throws FormatException {
        if (!to.apart.isEmpty() || !isProven(path, to, theirs, from)) {
            if (to.apart.isEmpty()) {
                doubtful++;
                Map<Integer, Line> before = new HashMap<>();
                put(before, to.lines);
                to.apart.add(before);
            }
            Map<Integer, Line> own = new HashMap<>();
            put(own, theirs.lines);
            to.apart.add(own);
        }
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

    /**
     * Whether they are one for sure: the path is a whole one, both reports say the same directory that it leads from, or
     * neither says one and the lines are the same. Two parts of a repository may each have their {@code src/index.ts}.
     */
    private static boolean isProven(String path, Source mine, Source theirs, String from) {
        if (isWhole(path)) {
            return true;
        }
        boolean told = !mine.root.isEmpty() && !from.isEmpty();
        return told ? mine.root.equals(from) : mine.lines.keySet().equals(theirs.lines.keySet());
    }

    private static boolean isWhole(String path) {
        return path.startsWith("/") || path.startsWith(":", 1);
    }

    /** How many files have the path of another and other lines, so that they are counted apart. */
    public int apart() {
        return apart;
    }

    /** How many files may be one or several: they are counted both ways. */
    public int doubtful() {
        return doubtful;
    }

    /** The least that is covered. */
    public Coverage least() {
        Coverage sum = lines(true, false);
        sum = doubtful == 0 ? sum : sum.worse(lines(true, true));
        for (Figures each : figures.values()) {
            sum = sum.plus(each.least());
        }
        return sum;
    }

    /** The most that may be. */
    public Coverage most() {
        Coverage sum = lines(false, false);
        sum = doubtful == 0 ? sum : sum.better(lines(false, true));
        for (Figures each : figures.values()) {
            sum = sum.plus(each.most());
        }
        return sum;
    }

    private Coverage lines(boolean least, boolean apart) {
        long[] sums = new long[6];
        for (List<Source> variants : files.values()) {
            for (Source file : variants) {
                if (apart && !file.apart.isEmpty()) {
                    file.apart.forEach(part -> sum(part, least, sums));
                } else {
                    sum(file.lines, least, sums);
                }
            }
        }
        return new Coverage(
                new Count(sums[0], sums[1]), new Count(sums[2], sums[3]), new Count(sums[4], sums[5]), Count.NONE);
    }

    private static void sum(Map<Integer, Line> file, boolean least, long[] sums) {
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
