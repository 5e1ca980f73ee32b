// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import io.jenkins.plugins.releaseguard.evidence.read.CoverageUnits.Line;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * LCOV's tracefiles (geninfo(1), "FILES"): {@code SF}, {@code DA}, {@code BRDA}, and {@code LF}, {@code LH}, {@code BRF}, {@code
 * BRH}, {@code FNF}, {@code FNH}, up to {@code end_of_record}; other records are passed over. A file that stands there several
 * times (one for each test name) is united, and so is what is stated of it. A count below zero covers nothing. A tracefile has no time of its own.
 */
final class LcovReader {
    private static final int LONGEST = 1 << 20;
    private static final Pattern FIGURE = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE]\\+?[0-9]{1,2})?");
    private static final Set<String> STATED = Set.of("LF", "LH", "BRF", "BRH", "FNF", "FNH");

    private final CoverageUnits units = new CoverageUnits();
    private final Set<String> files = new HashSet<>();
    private final Map<Integer, Line> lines = new HashMap<>();
    private final Map<String, Long> figures = new HashMap<>();
    private final Map<String, Coverage> stated = new HashMap<>();
    private String file;
    private int at;

    static CoverageReport read(InputStream in, Charset charset) throws IOException {
        return new LcovReader().all(new InputStreamReader(in, charset));
    }

    private CoverageReport all(Reader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                record(line.toString().strip());
                line.setLength(0);
            } else if (line.length() >= LONGEST) {
                throw new FormatException("not LCOV: a line of more than " + LONGEST + " characters", at + 1, 1);
            } else {
                line.append((char) c);
            }
        }
        record(line.toString().strip());
        if (file != null) {
            throw new FormatException("not LCOV: the last file has no end_of_record", at, 1);
        }
        if (files.isEmpty()) {
            throw new FormatException("not LCOV: it names no file");
        }
        Coverage all = Coverage.NONE;
        for (Coverage each : stated.values()) {
            all = all.plus(each);
        }
        return new CoverageReport(units.least().worse(all), units, OwnTime.NONE);
    }

    private void record(String text) throws FormatException {
        at++;
        String record = at == 1 && text.startsWith("\uFEFF") ? text.substring(1).strip() : text;
        if (record.isEmpty() || record.startsWith("#")) {
            return;
        }
        if (record.equals("end_of_record")) {
            end();
            return;
        }
        int colon = record.indexOf(':');
        String key = colon < 0 ? "" : record.substring(0, colon);
        if (key.isEmpty() || !key.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            throw new FormatException("not LCOV: '" + Lines.bounded(record, 40) + "'", at, 1);
        }
        String value = record.substring(colon + 1);
        if (key.equals("SF")) {
            if (file != null) {
                throw new FormatException("not LCOV: the file before has no end_of_record", at, 1);
            }
            file = value;
            files.add(value);
        } else if (key.equals("DA") || key.equals("BRDA")) {
            line(key, parts(key, value));
        } else if (STATED.contains(key)) {
            figures.put(key, stated(value));
        }
    }

    /** Of a branch the name of its block may hold commas: what was taken stands after the last one. */
    private static String[] parts(String key, String value) {
        int first = value.indexOf(',');
        int last = value.lastIndexOf(',');
        if (key.equals("DA")) {
            return value.split(",", 3);
        }
        return value.chars().filter(c -> c == ',').count() < 3
                ? new String[0]
                : new String[] {value.substring(0, first), value.substring(last + 1)};
    }

    private long stated(String text) throws FormatException {
        BigDecimal number = number(text);
        if (number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new FormatException("not LCOV: " + Lines.bounded(text, 40) + " is no count of lines", at, 1);
        }
        return number.longValue();
    }

    private void line(String key, String[] parts) throws FormatException {
        if (file == null || parts.length < 2) {
            throw new FormatException("not LCOV: " + key + (file == null ? " of no file" : " lacks a figure"), at, 1);
        }
        BigDecimal where = key.equals("DA") ? number(parts[0]) : signed(parts[0]);
        int number = where.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
        if (key.equals("DA")) {
            Line line = Line.of(signed(parts[1]).signum() > 0);
            lines.merge(number, line, Line::with);
            return;
        }
        // "-": the line was never reached
        int taken = !parts[1].equals("-") && signed(parts[1]).signum() > 0 ? 1 : 0;
        Line known = lines.getOrDefault(number, new Line(0, 0, 0, 0, 0, 0, 0, 0));
        lines.put(
                number,
                new Line(
                        known.lines(),
                        known.covered(),
                        known.branches() + 1,
                        known.least() + taken,
                        known.most() + taken,
                        0,
                        0,
                        0));
    }

    private void end() throws FormatException {
        if (file == null) {
            throw new FormatException("not LCOV: end_of_record of no file", at, 1);
        }
        for (Map.Entry<Integer, Line> line : lines.entrySet()) {
            units.line(file, line.getKey(), line.getValue());
        }
        Coverage own = new Coverage(count("LH", "LF"), count("BRH", "BRF"), Count.NONE, count("FNH", "FNF"));
        stated.merge(CoverageUnits.path(file), own, Coverage::repeated);
        units.figures(
                CoverageUnits.path(file),
                new Coverage(
                        lines.isEmpty() ? own.line() : Count.NONE,
                        lines.isEmpty() ? own.branch() : Count.NONE,
                        Count.NONE,
                        own.method()));
        lines.clear();
        figures.clear();
        file = null;
    }

    private Count count(String covered, String total) {
        Long part = figures.get(covered);
        Long all = figures.get(total);
        return part == null || all == null ? Count.NONE : new Count(part, all);
    }

    private BigDecimal number(String text) throws FormatException {
        BigDecimal number = signed(text);
        if (number.signum() < 0) {
            throw new FormatException("not LCOV: " + number.toPlainString() + " is no count", at, 1);
        }
        return number;
    }

    /** Counts below zero are overflows or placeholders of their writers, lines below zero are those of branches that leave. */
    private BigDecimal signed(String text) throws FormatException {
        String figure = text.strip();
        if (figure.length() <= 40 && FIGURE.matcher(figure).matches()) {
            return new BigDecimal(figure);
        }
        throw new FormatException("not LCOV: '" + Lines.bounded(figure, 40) + "' is no count", at, 1);
    }
}
