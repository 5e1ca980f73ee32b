// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import io.jenkins.plugins.releaseguard.evidence.read.CoverageUnits.Line;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamReader;

/**
 * Cobertura (coverage-04.dtd), as Jenkins' coverage plugin takes it: {@code class/lines/line} by file, a line that stands
 * there twice once, the same {@code filename} in another package another file; {@code condition-coverage} where {@code branch} is true, two branches where it is missing. The root's
 * {@code lines-valid} and its kin stand in where there are no lines, and where they are worse, or its {@code line-rate} where it hasn't them. {@code source} is where the
 * paths lead from. {@code timestamp} is in
 * milliseconds or, as many write it, seconds.
 */
final class CoberturaReader implements CoverageReader.Format {
    private static final Pattern CONDITIONS =
            Pattern.compile("\\(\\s{0,9}(\\d{1,9})\\s{0,9}/\\s{0,9}(\\d{1,9})\\s{0,9}\\)");

    /** Counts of what ran: of the largest only the sign is of interest, and below zero is an overflow. */
    private static final Pattern HITS =
            Pattern.compile("\\A\\s*+([-+]?[0-9]{1,40}+(\\.[0-9]{1,40}+)?+([eE][-+]?[0-9]{1,3}+)?+)\\s*+");
    /** Rates are rounded, and never by more. */
    private static final double ROUNDED = 0.01;

    private static final int LONGEST = 10_000;

    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder sources = new StringBuilder();
    private final CoverageUnits units = new CoverageUnits();
    private Count lines = Count.NONE;
    private Count branches = Count.NONE;
    private double rate = Double.NaN;
    private String within = "";
    private OwnTime time = OwnTime.NONE;
    private String file = "";
    private int nameless;

    @Override
    public void start(String name, int depth, XMLStreamReader xml) throws FormatException {
        if (depth == 1) {
            root(xml);
        } else if (name.equals("package")) {
            within = SafeXml.text(xml, "name");
        } else if (name.equals("class")) {
            String filename = SafeXml.text(xml, "filename");
            file = filename.isEmpty() ? SafeXml.text(xml, "name") : filename;
            file = file.isEmpty() ? "\0" + nameless++ : file;
        } else if (name.equals("line") && ofClass()) {
            line(xml);
        }
        path.push(name);
    }

    @Override
    public void text(XMLStreamReader xml) {
        if ("source".equals(path.peek()) && sources.length() < LONGEST) {
            sources.append(xml.getText().strip()).append(' ');
        }
    }

    @Override
    public void end(String name, int depth) {
        path.pop();
    }

    private void root(XMLStreamReader xml) throws FormatException {
        lines = stated(xml, "lines-covered", "lines-valid");
        branches = stated(xml, "branches-covered", "branches-valid");
        rate = rate(SafeXml.text(xml, "line-rate"));
        time = OwnTime.ofCount("timestamp", xml.getAttributeValue(null, "timestamp"));
    }

    private static Count stated(XMLStreamReader xml, String covered, String valid) throws FormatException {
        long part = SafeXml.count(xml, covered);
        long all = SafeXml.count(xml, valid);
        return part >= 0 && all >= 0 ? new Count(part, all) : Count.NONE;
    }

    private static double rate(String text) {
        try {
            double rate = Double.parseDouble(text);
            return rate >= 0 && rate <= 1 ? rate : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private boolean ofClass() {
        String parent = path.peek();
        String[] above = path.stream().limit(2).toArray(String[]::new);
        return "lines".equals(parent) && above.length == 2 && above[1].equals("class");
    }

    private void line(XMLStreamReader xml) throws FormatException {
        Matcher hits = HITS.matcher(SafeXml.text(xml, "hits"));
        if (!hits.matches()) {
            throw SafeXml.at(xml, "hits=\"" + SafeXml.text(xml, "hits") + "\" of a Cobertura line is no count");
        }
        boolean hit = new BigDecimal(hits.group(1)).signum() > 0;
        int number = xml.getAttributeValue(null, "number") == null ? - ++nameless : SafeXml.small(xml, "number");
        units.line(file, within, number, line(hit, xml));
    }

    private static Line line(boolean hit, XMLStreamReader xml) throws FormatException {
        if (!"true".equalsIgnoreCase(xml.getAttributeValue(null, "branch"))) {
            return Line.of(hit);
        }
        String conditions = xml.getAttributeValue(null, "condition-coverage");
        if (conditions == null) {
            return Line.of(hit, 2, hit ? 2 : 0);
        }
        Matcher matcher = CONDITIONS.matcher(conditions);
        if (!matcher.find()) {
            return Line.of(hit);
        }
        int taken = Integer.parseInt(matcher.group(1));
        int all = Integer.parseInt(matcher.group(2));
        if (taken > all) {
            throw new FormatException("condition-coverage says " + taken + " of " + all);
        }
        return Line.of(hit, all, taken);
    }

    @Override
    public CoverageReport report() throws FormatException {
        units.from(sources.toString().strip());
        Coverage found = units.least();
        Count line = found.line();
        if (lines.total() == 0 && line.rate() > rate + ROUNDED) {
            lines = new Count((long) (rate * line.total()), line.total());
        }
        Coverage stated = new Coverage(lines, branches, Count.NONE, Count.NONE);
        if (found.line().total() == 0) {
            units.figures("", stated);
        }
        return new CoverageReport(found.worse(stated), units, time);
    }
}
