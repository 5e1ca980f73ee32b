// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import static io.jenkins.plugins.releaseguard.evidence.read.tests.Attributes.attribute;

import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.SafeXml;
import java.util.List;
import javax.xml.stream.XMLStreamReader;

/**
 * NUnit 3's result format ({@code test-run}, {@code test-suite}, {@code test-case}): results Passed and Warning have passed,
 * Skipped (ignored, explicit) and Inconclusive did not run to an end, anything else has failed. A suite that failed in its own
 * one-time tear-down is a failure although all of its cases passed, and so is one that could not be run at all.
 */
final class NunitElements implements SafeXml.Elements {
    private static final List<List<String>> FAILING = List.of(List.of("failed"));
    private static final List<List<String>> OFF = List.of(List.of("skipped"), List.of("inconclusive"));

    private final TestTally tally;

    NunitElements(TestTally tally) {
        this.tally = tally;
    }

    @Override
    public void start(String element, int depth, XMLStreamReader xml) throws FormatException {
        switch (element) {
            case "test-run" -> {
                tally.openRoot(Figures.of(xml, "total", FAILING, OFF));
                suite(xml);
            }
            case "test-suite" -> {
                tally.open(attribute(xml, "fullname", "name"), Figures.of(xml, "total", FAILING, OFF));
                suite(xml);
            }
            case "test-case" -> testCase(xml);
            case "property" -> tally.property(attribute(xml, "name"), attribute(xml, "value"));
            default -> {}
        }
    }

    private void suite(XMLStreamReader xml) {
        tally.time(attribute(xml, "start-time"));
        String result = attribute(xml, "result");
        if (!result.isEmpty() && outcome(result) == Outcome.FAILED
                || attribute(xml, "runstate").equals("NotRunnable")) {
            String label = attribute(xml, "label");
            tally.ended(attribute(xml, "site", "result") + (label.isEmpty() ? "" : ", " + label));
            if (attribute(xml, "site").equals("TearDown")) {
                tally.broken();
            }
        }
    }

    private void testCase(XMLStreamReader xml) {
        tally.time(attribute(xml, "start-time"));
        Outcome outcome = outcome(attribute(xml, "result"));
        tally.ran(
                attribute(xml, "fullname", "name"),
                outcome,
                outcome == Outcome.FAILED ? 1 : 0,
                false,
                attribute(xml, "id"),
                Namesakes.OTHERS);
    }

    private static Outcome outcome(String result) {
        return switch (result) {
            case "Passed", "Warning" -> Outcome.PASSED;
            case "Skipped", "Inconclusive" -> Outcome.SKIPPED;
            default -> Outcome.FAILED;
        };
    }

    @Override
    public void end(String element, int depth) {
        if (element.equals("test-run") || element.equals("test-suite")) {
            tally.close();
        }
    }
}
