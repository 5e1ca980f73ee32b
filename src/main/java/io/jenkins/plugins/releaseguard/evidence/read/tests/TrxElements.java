// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import static io.jenkins.plugins.releaseguard.evidence.read.tests.Attributes.attribute;

import io.jenkins.plugins.releaseguard.evidence.read.SafeXml;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/**
 * Visual Studio's test results (TRX, schema TeamTest 2010), as vstest, MSTest and Microsoft.Testing.Platform write them:
 * {@code Results} with outcomes, data rows within a test's {@code InnerResults} instead of the test, the {@code Counters} and
 * {@code outcome} of {@code ResultSummary}, its {@code RunInfo} of outcome Error (a host that crashed), and {@code Times}. A
 * name may be that of a method alone, and rows of a test have its {@code testId}, so that each result is a test: tools write
 * reruns into files of their own. A result without outcome, or with one that the schema doesn't have, has failed. There are no suites; where some are chosen,
 * tests are, by name.
 */
final class TrxElements implements SafeXml.Elements {
    private static final Set<String> RESULTS = Set.of(
            "UnitTestResult",
            "TestResult",
            "TestResultAggregation",
            "GenericTestResult",
            "ManualTestResult",
            "WebTestResult",
            "LoadTestResult");
    private static final Set<String> PASSED = Set.of("Passed", "PassedButRunAborted", "Warning", "Completed");
    private static final Set<String> NOT_RUN =
            Set.of("NotExecuted", "NotRunnable", "Inconclusive", "Pending", "NotApplicable", "Skipped");
    private static final Set<String> WELL = Set.of("Completed", "Passed", "Warning", "NotExecuted", "Inconclusive", "");

    private static final List<List<String>> FAILING = List.of(
            List.of("failed"), List.of("error"), List.of("timeout"), List.of("aborted"), List.of("disconnected"));
    private static final List<List<String>> OFF =
            List.of(List.of("notExecuted"), List.of("notRunnable"), List.of("inconclusive"), List.of("pending"));

    /** A result that is open; {@code within} counts results in it. */
    private static final class Result {
        private final String name;
        private final String outcome;
        private final String id;
        private long within;
        private boolean failedWithin;

        private Result(String name, String outcome, String id) {
            this.name = name;
            this.outcome = outcome;
            this.id = id;
        }
    }

    private final TestTally tally;
    private final Deque<Result> results = new ArrayDeque<>();
    private final PropertyText text = new PropertyText();
    private String key = "";
    /** The outcome of the information on the run that is open, where it is a failure; and its text. */
    private String info = "";

    private String infoText = "";
    /** Tests that are counted by their rows; some versions of vstest count them beside these. */
    private long parents;

    TrxElements(TestTally tally) {
        this.tally = tally;
    }

    @Override
    public void start(String element, int depth, XMLStreamReader xml) {
        if (depth == 1) {
            tally.chooseCases();
            tally.openRoot(Figures.NONE);
        } else if (RESULTS.contains(element)) {
            results.push(new Result(attribute(xml, "testName"), attribute(xml, "outcome"), attribute(xml, "testId")));
            tally.time(attribute(xml, "startTime"));
        } else {
            other(element, xml);
        }
    }

    private void other(String element, XMLStreamReader xml) {
        switch (element) {
            case "Times" -> tally.time(attribute(xml, "start", "creation"));
            case "Counters" -> tally.figures(counters(xml));
            case "ResultSummary" -> {
                String outcome = attribute(xml, "outcome");
                if (outcome.equals("Failed")) {
                    tally.ended("run: " + outcome);
                } else if (!WELL.contains(outcome)) {
                    tally.crashed("run: " + outcome);
                }
            }
            case "RunInfo" -> {
                info = Outcome.of(attribute(xml, "outcome")) == Outcome.FAILED ? attribute(xml, "outcome") : "";
                infoText = "";
            }
            case "Text", "Key", "Value" -> text.begin();
            case "Property" -> {
                key = "";
                tally.property(attribute(xml, "name", "Name"), attribute(xml, "value", "Value"));
            }
            default -> {}
        }
    }

    /** vstest counts what did not run only by what it executed. */
    private Figures counters(XMLStreamReader xml) {
        Figures own = Figures.of(xml, "total", FAILING, OFF);
        Figures executed = Figures.of(xml, "executed", List.of(), List.of());
        boolean says = xml.getAttributeValue(null, "executed") != null
                && executed.unreadable().isEmpty();
        long off = says ? Math.max(own.off(), own.tests() - executed.tests()) : own.off();
        return new Figures(
                Math.max(0, own.tests() - parents), own.failing(), off, own.unreadable(), own.failuresUnread());
    }

    @Override
    public void text(XMLStreamReader reader) {
        text.add(reader);
    }

    @Override
    public void end(String element, int depth) {
        if (depth == 1) {
            tally.close();
        } else if (RESULTS.contains(element) && !results.isEmpty()) {
            close(results.pop());
        } else if (element.equals("Text")) {
            infoText = text.end();
        } else if (element.equals("RunInfo")) {
            told();
        } else if (element.equals("Key")) {
            key = text.end();
        } else if (element.equals("Value")) {
            tally.property(key, text.end());
        }
    }

    /** xUnit's adapter tells each test that failed as an error of the run: {@code [xUnit.net 00:00:01.23] Some.Test [FAIL]}. */
    private void told() {
        boolean test =
                infoText.strip().startsWith("[xUnit.net") && infoText.strip().endsWith("[FAIL]");
        if (!info.isEmpty() && test) {
            tally.ended("run: " + info);
        } else if (!info.isEmpty()) {
            tally.crashed("run: " + info);
        }
        info = "";
    }

    private void close(Result result) {
        Outcome outcome = outcome(result.outcome);
        Result test = results.peek();
        if (test != null) {
            test.within++;
            test.failedWithin |= outcome == Outcome.FAILED;
        }
        boolean rows = result.within > 0 && (outcome != Outcome.FAILED || result.failedWithin);
        parents += rows ? 1 : 0;
        if (!rows) {
            tally.ran(result.name, outcome, outcome == Outcome.FAILED ? 1 : 0, false, result.id, Namesakes.OTHERS);
        } else if (outcome == Outcome.FAILED) {
            tally.shown();
        }
    }

    private static Outcome outcome(String word) {
        if (PASSED.contains(word)) {
            return Outcome.PASSED;
        }
        return NOT_RUN.contains(word) ? Outcome.SKIPPED : Outcome.FAILED;
    }
}
