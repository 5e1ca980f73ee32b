// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamReader;

/**
 * Cobertura (coverage-04.dtd): the root's {@code lines-valid} and its kin where the writer gives them (version 4 does), else
 * the lines of the classes counted.
 */
final class CoberturaReader implements CoverageReader.Format {
    private static final Pattern CONDITIONS =
            Pattern.compile("\\(\\s{0,9}(\\d{1,9})\\s{0,9}/\\s{0,9}(\\d{1,9})\\s{0,9}\\)");

    private final Deque<String> path = new ArrayDeque<>();
    private long linesValid = -1;
    private long linesCovered = -1;
    private long branchesValid = -1;
    private long branchesCovered = -1;
    private Count lines = Count.NONE;
    private Count branches = Count.NONE;

    @Override
    public void start(String name, int depth, XMLStreamReader xml) throws FormatException {
        if (depth == 1) {
            root(xml);
        } else if (name.equals("line") && ofClass()) {
            line(xml);
        }
        path.push(name);
    }

    @Override
    public void end(String name, int depth) {
        path.pop();
    }

    private void root(XMLStreamReader xml) throws FormatException {
        if (xml.getAttributeValue(null, "line-rate") == null) {
            throw new FormatException("no Cobertura report: the root has no line-rate");
        }
        linesValid = SafeXml.count(xml, "lines-valid");
        linesCovered = SafeXml.count(xml, "lines-covered");
        branchesValid = SafeXml.count(xml, "branches-valid");
        branchesCovered = SafeXml.count(xml, "branches-covered");
    }

    private boolean ofClass() {
        String parent = path.peek();
        String[] above = path.stream().limit(2).toArray(String[]::new);
        return "lines".equals(parent) && above.length == 2 && above[1].equals("class");
    }

    private void line(XMLStreamReader xml) throws FormatException {
        long hits = SafeXml.count(xml, "hits");
        if (hits < 0) {
            throw new FormatException("a Cobertura line lacks its hits");
        }
        lines = lines.plus(new Count(hits > 0 ? 1 : 0, 1));
        String conditions = xml.getAttributeValue(null, "condition-coverage");
        if ("true".equalsIgnoreCase(xml.getAttributeValue(null, "branch")) && conditions != null) {
            Matcher matcher = CONDITIONS.matcher(conditions);
            if (matcher.find()) {
                branches = branches.plus(new Count(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
            }
        }
    }

    @Override
    public Coverage coverage() {
        return new Coverage(
                linesValid >= 0 && linesCovered >= 0 ? new Count(linesCovered, linesValid) : lines,
                branchesValid >= 0 && branchesCovered >= 0 ? new Count(branchesCovered, branchesValid) : branches,
                Count.NONE,
                Count.NONE);
    }
}
