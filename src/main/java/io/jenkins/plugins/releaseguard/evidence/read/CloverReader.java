// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import io.jenkins.plugins.releaseguard.evidence.read.CoverageUnits.Line;
import javax.xml.stream.XMLStreamReader;

/**
 * Clover (OpenClover's clover.xsd, PHPUnit's and Istanbul's writers), as Jenkins' coverage plugin takes it: lines of type
 * {@code stmt} and {@code cond} by file; conditionals, statements (as instructions) and methods of the {@code metrics}. What
 * stands below {@code testproject} is test code, and not counted. {@code generated} is in milliseconds or, as PHPUnit writes it,
 * seconds.
 */
final class CloverReader implements CoverageReader.Format {
    private final CoverageUnits units = new CoverageUnits();
    private Coverage stated = Coverage.NONE;
    private OwnTime time = OwnTime.NONE;
    private boolean project;
    private boolean counted;
    private int fileDepth;
    private String file = "";
    private int nameless;

    @Override
    public void start(String name, int depth, XMLStreamReader xml) throws FormatException {
        if (depth == 1) {
            time = OwnTime.ofCount("generated", xml.getAttributeValue(null, "generated"));
        } else if (depth == 2) {
            project = name.equals("project");
            counted |= project;
        } else if (!project) {
            return;
        } else if (name.equals("file")) {
            String path = SafeXml.text(xml, "path");
            file = path.isEmpty() ? SafeXml.text(xml, "name") : path;
            file = file.isEmpty() ? "\0" + nameless++ : file;
            fileDepth = depth;
        } else if (name.equals("line") && fileDepth > 0) {
            line(xml);
        } else if (name.equals("metrics") && depth == 3) {
            stated = stated.plus(metrics(xml));
        } else if (name.equals("metrics") && depth == fileDepth + 1) {
            Coverage own = metrics(xml);
            units.figures(file, new Coverage(Count.NONE, own.branch(), own.instruction(), own.method()));
        }
    }

    @Override
    public void end(String name, int depth) {
        if (depth == fileDepth) {
            fileDepth = 0;
        }
    }

    private static Coverage metrics(XMLStreamReader xml) throws FormatException {
        Count statements = count(xml, "coveredstatements", "statements");
        return new Coverage(
                statements,
                count(xml, "coveredconditionals", "conditionals"),
                statements,
                count(xml, "coveredmethods", "methods"));
    }

    private static Count count(XMLStreamReader xml, String covered, String total) throws FormatException {
        long part = SafeXml.count(xml, covered);
        long all = SafeXml.count(xml, total);
        return part >= 0 && all >= 0 ? new Count(part, all) : Count.NONE;
    }

    private void line(XMLStreamReader xml) throws FormatException {
        String type = SafeXml.text(xml, "type");
        if (!type.equals("stmt") && !type.equals("cond")) {
            return;
        }
        long count = SafeXml.count(xml, "count");
        if (count < 0 && type.equals("cond")) {
            count = Math.max(SafeXml.count(xml, "truecount"), SafeXml.count(xml, "falsecount"));
        }
        if (count < 0) {
            throw new FormatException("a Clover line lacks its count");
        }
        units.line(file, SafeXml.small(xml, "num"), Line.of(count > 0));
    }

    @Override
    public CoverageReport report() throws FormatException {
        if (!counted) {
            throw new FormatException("no Clover report: the root has no <project>");
        }
        Coverage found = units.least();
        if (found.totals().stream().allMatch(total -> total == 0)) {
            units.figures("", stated);
        }
        // statements are not lines: the root's stand for lines only where the files have none
        Coverage rest = found.line().total() == 0
                ? stated
                : new Coverage(Count.NONE, stated.branch(), stated.instruction(), stated.method());
        return new CoverageReport(found.worse(rest), units, time);
    }
}
