// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import static io.jenkins.plugins.releaseguard.evidence.read.tests.Attributes.attribute;

import io.jenkins.plugins.releaseguard.evidence.read.SafeXml;
import java.util.List;
import javax.xml.stream.XMLStreamReader;

/**
 * xUnit.net's XML of version 2 (and the same of version 3): {@code assemblies}, {@code assembly}, {@code collection},
 * {@code test}. Result Pass has passed, Skip and NotRun did not run, anything else has failed; errors of an assembly (clean-up
 * of classes, collections, assemblies) are failures of it. When it ran is {@code run-date} and {@code run-time}, or
 * {@code start-rtf}; {@code timestamp} of the assemblies has the day and the month in American order.
 */
final class XunitElements implements SafeXml.Elements {
    private static final List<List<String>> FAILING = List.of(List.of("failed"), List.of("errors"));
    private static final List<List<String>> OFF =
            List.of(List.of("skipped"), List.of("not-run", "notrun", "not-running"));

    private final TestTally tally;

    XunitElements(TestTally tally) {
        this.tally = tally;
    }

    @Override
    public void start(String element, int depth, XMLStreamReader xml) {
        switch (element) {
            case "assemblies" -> {
                tally.openRoot(Figures.of(xml, "total", FAILING, OFF));
                tally.time(attribute(xml, "start-rtf"));
            }
            case "assembly" -> {
                tally.open(attribute(xml, "name"), Figures.of(xml, "total", FAILING, OFF));
                tally.time(attribute(xml, "start-rtf"));
                tally.time(attribute(xml, "run-date") + " " + attribute(xml, "run-time"));
            }
            case "collection" -> tally.open(attribute(xml, "name"), Figures.of(xml, "total", FAILING, OFF));
            case "test" -> {
                Outcome outcome = outcome(attribute(xml, "result"));
                // the name may be one for people, and several tests' alike
                String place = attribute(xml, "type") + '\0' + attribute(xml, "method");
                tally.ran(
                        attribute(xml, "name"),
                        outcome,
                        outcome == Outcome.FAILED ? 1 : 0,
                        false,
                        place,
                        Namesakes.OTHERS);
            }
            case "error" -> tally.broken();
            case "trait" -> tally.property(attribute(xml, "name"), attribute(xml, "value"));
            default -> {}
        }
    }

    private static Outcome outcome(String result) {
        return switch (result) {
            case "Pass" -> Outcome.PASSED;
            case "Skip", "Skipped", "NotRun" -> Outcome.SKIPPED;
            default -> Outcome.FAILED;
        };
    }

    @Override
    public void end(String element, int depth) {
        if (element.equals("assemblies") || element.equals("assembly") || element.equals("collection")) {
            tally.close();
        }
    }
}
