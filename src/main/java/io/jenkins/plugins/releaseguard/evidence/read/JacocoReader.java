// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import io.jenkins.plugins.releaseguard.evidence.read.CoverageUnits.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;

/**
 * JaCoCo (report.dtd 1.1): the counters right below the root are the whole's, {@code sourcefile/line} has lines, {@code
 * class/counter} methods, {@code sessioninfo/@dump} when data was written; the oldest session counts, as its coverage does.
 */
final class JacocoReader implements CoverageReader.Format {
    private final Map<String, Count> counters = new HashMap<>();
    private final CoverageUnits units = new CoverageUnits();
    private final Map<Integer, Line> lines = new HashMap<>();
    private final boolean detail;
    private String report = "";
    private String pack = "";
    private String inside = "";
    private String insideName = "";
    private int insideDepth;
    private OwnTime time = OwnTime.NONE;

    JacocoReader(boolean detail) {
        this.detail = detail;
    }

    @Override
    public void start(String name, int depth, XMLStreamReader xml) throws FormatException {
        switch (name) {
            case "report" -> report = SafeXml.text(xml, "name");
            case "sessioninfo" -> time = time.earlier(OwnTime.ofCount("dump", xml.getAttributeValue(null, "dump")));
            case "package" -> pack = SafeXml.text(xml, "name");
            case "class", "sourcefile" -> {
                inside = name;
                insideName = SafeXml.text(xml, "name");
                insideDepth = depth;
                lines.clear();
            }
            case "line" -> line(depth, xml);
            case "counter" -> counter(depth, xml);
            default -> {
                // nothing to count
            }
        }
    }

    private void counter(int depth, XMLStreamReader xml) throws FormatException {
        boolean method = detail && inside.equals("class") && depth == insideDepth + 1;
        if (depth != 2 && !method) {
            return;
        }
        long missed = SafeXml.count(xml, "missed");
        long covered = SafeXml.count(xml, "covered");
        String type = xml.getAttributeValue(null, "type");
        if (missed < 0 || covered < 0 || type == null) {
            throw new FormatException("a JaCoCo counter lacks type, missed or covered");
        }
        Count count = new Count(covered, Math.addExact(missed, covered));
        if (depth == 2) {
            counters.put(type, count);
        } else if (type.equals("METHOD")) {
            units.figures(insideName, new Coverage(Count.NONE, Count.NONE, Count.NONE, count));
        }
    }

    private void line(int depth, XMLStreamReader xml) throws FormatException {
        if (!detail || !inside.equals("sourcefile") || depth != insideDepth + 1) {
            return;
        }
        int covered = SafeXml.small(xml, "ci");
        int taken = SafeXml.small(xml, "cb");
        int instructions = SafeXml.small(xml, "mi") + covered;
        int branches = SafeXml.small(xml, "mb") + taken;
        lines.put(
                SafeXml.small(xml, "nr"),
                new Line(1, covered > 0 ? 1 : 0, branches, taken, taken, instructions, covered, covered));
    }

    @Override
    public void end(String name, int depth) throws FormatException {
        if (depth == insideDepth && name.equals(inside)) {
            if (inside.equals("sourcefile") && !lines.isEmpty()) {
                units.file(pack + "/" + insideName, lines);
            }
            inside = "";
        }
    }

    @Override
    public CoverageReport report() throws FormatException {
        Coverage whole = new Coverage(of("LINE"), of("BRANCH"), of("INSTRUCTION"), of("METHOD"));
        return new CoverageReport(whole, detail ? units(whole) : null, time);
    }

    /** The lines where they are all that the report speaks of; else the report as one. */
    private CoverageUnits units(Coverage whole) throws FormatException {
        List<Long> found = units.least().totals();
        if (found.equals(whole.totals())) {
            return units;
        }
        CoverageUnits one = new CoverageUnits();
        one.figures(report, whole);
        return one;
    }

    private Count of(String type) {
        return counters.getOrDefault(type, Count.NONE);
    }
}
