// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import static io.jenkins.plugins.releaseguard.evidence.read.tests.Attributes.attribute;

import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.SafeXml;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/**
 * JUnit's XML, as its many writers produce it. There is no standard; what Jenkins' junit plugin makes of a case counts
 * ({@code SuiteResult}, {@code CaseResult}): {@code <skipped>} before {@code <error>} and {@code <failure>}, however many there
 * are; {@code <error>} in a suite is a failure; {@code <flakyFailure>}, {@code <rerunFailure>} and their like are runs before
 * the last. Beyond that plugin:
 *
 * <ul>
 *   <li>figures of suites and of the root count where they are worse;
 *   <li>{@code status} and {@code result} (gtest, Bazel, CTest, LUnit) count where no element says anything: what did not run
 *       has not passed;
 *   <li>CTest marks as skipped also what it calls failed, since it could not be run;
 *   <li>a case that comes again after it failed is or may be a rerun ({@link Reruns}), where {@code file} and {@code line} and
 *       the suite's {@code hostname}, {@code package} and {@code id} are the same too (Playwright's suites of two browsers
 *       differ in these).
 * </ul>
 */
final class JunitElements implements SafeXml.Elements {
    private static final List<List<String>> FAILING = List.of(List.of("failures"), List.of("errors"));
    private static final List<List<String>> OFF =
            List.of(List.of("skipped", "skips", "skip", "ignored"), List.of("disabled"));

    private static final Set<String> YES = Set.of("true", "yes", "1");

    /** A suite that is open; {@code place} is what else its element says of where it ran. */
    private static final class Suite {
        private final String name;
        private final String place;
        private boolean go;

        private Suite(String name, String place) {
            this.name = name;
            this.place = place;
        }
    }

    private final TestTally tally;
    private final PropertyText text = new PropertyText();
    private String property;
    private int caseDepth;
    private String name;
    private Namesakes namesakes = Namesakes.UNSURE;
    private String file = "";
    private final Deque<Suite> suites = new ArrayDeque<>();
    private Outcome stated;
    private boolean skipped;
    private boolean notFound;
    private boolean ctest;
    private long failures;
    private long reruns;
    private int suiteDepth;

    JunitElements(TestTally tally) {
        this.tally = tally;
    }

    @Override
    public void start(String element, int depth, XMLStreamReader xml) throws FormatException {
        switch (element) {
            case "testsuites", "testsuite" -> suite(element, depth, xml);
            case "testcase" -> testCase(depth, xml);
            case "property" -> property(xml);
            default -> child(element, depth, xml);
        }
    }

    private void suite(String element, int depth, XMLStreamReader xml) throws FormatException {
        if (caseDepth > 0) {
            throw SafeXml.at(xml, "a <" + element + "> within a <testcase> is no JUnit XML");
        }
        Figures figures = Figures.of(xml, "tests", FAILING, OFF);
        if (element.equals("testsuites")) {
            tally.openRoot(figures);
        } else {
            tally.open(attribute(xml, "name"), figures);
        }
        suites.push(new Suite(
                attribute(xml, "name"),
                String.join("\0", attribute(xml, "hostname"), attribute(xml, "package"), attribute(xml, "id"))));
        suiteDepth = depth;
        tally.time(attribute(xml, "timestamp", "timeStamp"));
    }

    private void testCase(int depth, XMLStreamReader xml) throws FormatException {
        if (caseDepth > 0) {
            throw SafeXml.at(xml, "a <testcase> within a <testcase> is no JUnit XML");
        }
        caseDepth = depth;
        String type = attribute(xml, "classname");
        String plain = attribute(xml, "name");
        name = (type.isEmpty() ? "" : type + ".") + plain;
        Outcome result = Outcome.of(attribute(xml, "result"));
        Outcome status = Outcome.of(attribute(xml, "status"));
        stated = result == Outcome.FAILED || status == null ? result : status;
        if (stated == null && (yes(xml, "skipped") || yes(xml, "disabled") || yes(xml, "ignored"))) {
            stated = Outcome.SKIPPED;
        }
        ctest = attribute(xml, "status").equals("notrun")
                && attribute(xml, "result").isEmpty()
                && type.equals(plain);
        file = attribute(xml, "file") + '\0' + attribute(xml, "line");
        boolean line =
                !attribute(xml, "file").isEmpty() && !attribute(xml, "line").isEmpty();
        Suite suite = suites.peek();
        namesakes = suite == null ? Namesakes.UNSURE : Namesakes.of(suite.name, type, plain, suite.go, line);
        skipped = false;
        notFound = false;
        failures = 0;
        reruns = 0;
        tally.time(attribute(xml, "timestamp"));
    }

    private static boolean yes(XMLStreamReader xml, String attribute) {
        return YES.contains(attribute(xml, attribute));
    }

    private void property(XMLStreamReader xml) {
        property = attribute(xml, "name");
        if (property.equals("go.version") && !suites.isEmpty()) {
            suites.peek().go = true;
        }
        String value = xml.getAttributeValue(null, "value");
        if (value != null) {
            tally.property(property, value);
            property = null;
        } else {
            text.begin();
        }
    }

    private void child(String element, int depth, XMLStreamReader xml) {
        boolean ofCase = caseDepth > 0 && depth == caseDepth + 1;
        switch (element) {
            case "failure", "error" -> {
                if (ofCase) {
                    failures++;
                } else if (caseDepth == 0 && depth == suiteDepth + 1) {
                    tally.broken();
                }
            }
            case "flakyFailure", "flakyError", "rerunFailure", "rerunError" -> reruns += ofCase ? 1 : 0;
            case "skipped", "ignored", "disabled" -> {
                if (ofCase) {
                    skipped = true;
                    notFound = ctest && missing(attribute(xml, "message"));
                }
            }
            default -> {}
        }
    }

    /** CTest's words for a test that was to be left out; any other says why it could not be run. */
    private static boolean missing(String message) {
        return !message.isEmpty()
                && !message.startsWith("SKIP_")
                && !message.equalsIgnoreCase("Disabled")
                && !message.equalsIgnoreCase("Skipped");
    }

    @Override
    public void text(XMLStreamReader reader) {
        text.add(reader);
    }

    @Override
    public void end(String element, int depth) {
        if (depth == caseDepth && element.equals("testcase")) {
            Outcome outcome = outcome();
            if (notFound) {
                tally.lost();
            }
            long shown = outcome == Outcome.SKIPPED ? 0 : failures;
            String place = file + '\0' + (suites.isEmpty() ? "" : suites.peek().place);
            long failed = Math.max(outcome == Outcome.FAILED ? 1 : 0, shown) + reruns;
            tally.ran(name, outcome, failed, reruns > 0, place, namesakes);
            caseDepth = 0;
        } else if (element.equals("testsuites") || element.equals("testsuite")) {
            tally.close();
            suites.pop();
            suiteDepth = depth - 1;
        } else if (element.equals("property") && property != null) {
            tally.property(property, text.end());
            property = null;
        }
    }

    private Outcome outcome() {
        if (skipped) {
            return notFound ? Outcome.FAILED : Outcome.SKIPPED;
        }
        if (failures > 0) {
            return Outcome.FAILED;
        }
        return stated == null ? Outcome.PASSED : stated;
    }
}
