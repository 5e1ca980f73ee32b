// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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

    /**
     * A file: its lines as all reports together have them. Where it isn't proven that the reports mean one file, their own
     * lines are kept beside that.
     */
    private static final class Source {
        private final String within;
        private final String root;
        private final String folder;
        private final Map<Integer, Line> lines = new HashMap<>();
        private final List<Map<Integer, Line>> apart = new ArrayList<>();

        Source(String within, String root, String folder) {
            this.within = within;
            this.root = root;
            this.folder = folder;
        }
    }

    private final Map<String, List<Source>> files = new HashMap<>();
    private final CoverageFigures figures = new CoverageFigures();
    /** Paths by the folder of the reports that have them. */
    private final Map<String, Set<String>> named = new HashMap<>();

    private final Map<Line, Line> same = new HashMap<>();
    private String root = "";
    private int lines;
    private int apart;
    private int doubtful;
    private int assumed;

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
            file = new Source(within, "", "");
            known.add(file);
        }
        put(file.lines, number, line);
    }

    /** Adds a file of a path, beside others of the same path. */
    void file(String path, Map<Integer, Line> all) throws FormatException {
        Source file = new Source("", "", "");
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
        figures.put(name, counts);
    }

    static String path(String path) {
        String unix = path.replace('\\', '/');
        return unix.startsWith("./") ? unix.substring(2) : unix;
    }

    /** Unites it with what another run covered, by a report that lies in a folder. */
    public void add(CoverageUnits other, String folder) throws FormatException {
        Map<String, Boolean> alike = new HashMap<>();
        Set<String> doubted = new HashSet<>();
        for (Map.Entry<String, List<Source>> file : other.files.entrySet()) {
            String path = file.getKey();
            List<Source> mine = files.computeIfAbsent(path, p -> new ArrayList<>(1));
            List<Source> free = new ArrayList<>(mine);
            for (Source theirs : file.getValue()) {
                Predicate<Source> proven = each -> isProven(path, each, theirs, other.root)
                        && (!isLoose(path, each, other.root, folder)
                                || alike.computeIfAbsent(each.folder, f -> isAlike(f, other)));
                Source to = one(path, free, theirs, proven);
                if (to == null) {
                    apart += mine.isEmpty() ? 0 : 1;
                    to = new Source(theirs.within, other.root, folder);
                    mine.add(to);
                } else {
                    free.remove(to);
                    if (!to.apart.isEmpty() || !proven.test(to)) {
                        doubt(to, theirs);
                        doubted.add(path);
                    } else if (isLoose(path, to, other.root, folder)) {
                        assumed++;
                    }
                }
                put(to.lines, theirs.lines);
            }
        }
        named.computeIfAbsent(folder, f -> new HashSet<>()).addAll(other.files.keySet());
        figures.add(other.figures, doubted);
    }

    /** The file among those of one path that another report may mean: one that it must mean first. */
    private static Source one(String path, List<Source> among, Source theirs, Predicate<Source> proven) {
        Source found = null;
        for (Source each : among) {
            if (isSame(path, each.lines, theirs.lines)) {
                if (proven.test(each)) {
                    return each;
                }
                found = found == null ? each : found;
            }
        }
        return found;
    }

    private void doubt(Source to, Source theirs) throws FormatException {
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

    /**
     * Whether two files of one path are one: they have the same lines; or, where the path is more than a name or a Java
     * package's, the lines of one are among the other's, as some tools leave out what wasn't loaded.
     */
    private static boolean isSame(String path, Map<Integer, Line> a, Map<Integer, Line> b) {
        if (a.keySet().equals(b.keySet())) {
            return true;
        }
        boolean strict = path.indexOf('/') < 0 || isOfPackage(path);
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

    /** Whether nothing but path and lines says that they are one: the path leads from somewhere, in reports of two folders. */
    private static boolean isLoose(String path, Source mine, String from, String folder) {
        boolean told = !mine.root.isEmpty() && !from.isEmpty();
        return !told && !isWhole(path) && !isOfPackage(path) && !mine.folder.equals(folder);
    }

    /**
     * Whether a report can be of the same source as that of a folder: one has all files of the other, none with other lines.
     * Two runs of one module look like that; two modules have files of their own.
     */
    private boolean isAlike(String folder, CoverageUnits other) {
        Set<String> mine = named.get(folder);
        Set<String> theirs = other.files.keySet();
        if (!mine.containsAll(theirs) && !theirs.containsAll(mine)) {
            return false;
        }
        for (Map.Entry<String, List<Source>> file : other.files.entrySet()) {
            List<Source> known = files.getOrDefault(file.getKey(), List.of()).stream()
                    .filter(each -> each.folder.equals(folder))
                    .toList();
            boolean differs = file.getValue().stream()
                    .noneMatch(own -> known.stream().anyMatch(each -> isSame(file.getKey(), each.lines, own.lines)));
            if (!known.isEmpty() && differs) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfPackage(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return path.indexOf('/') >= 0 && (name.endsWith(".java") || name.endsWith(".kt"));
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

    /** How many files of reports in two folders are taken for one, as the reports have the same files. */
    public int assumed() {
        return assumed;
    }

    /** The least that is covered. */
    public Coverage least() {
        Coverage sum = all(true, false);
        return doubtful == 0 ? sum : sum.worse(all(true, true));
    }

    /** The most that may be. */
    public Coverage most() {
        Coverage sum = all(false, false);
        return doubtful == 0 ? sum : sum.better(all(false, true));
    }

    private Coverage all(boolean least, boolean apart) {
        return lines(least, apart).plus(figures.sum(least, apart));
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
