// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamReader;

/**
 * Test results in JUnit's XML, as its many writers produce it. Where a suite's own figures and its cases differ, the worse
 * counts. A case rerun to success (Surefire's {@code flakyFailure}) has passed.
 */
public final class JunitReader implements SafeXml.Elements {
    private static final int NAMED = 20;
    private static final Set<String> NOT_RUN = Set.of("notrun", "disabled", "skipped");

    private final Predicate<String> wanted;
    private final Instant modified;
    private final Deque<JunitSuite> suites = new ArrayDeque<>();
    private final List<String> failures = new ArrayList<>();
    private JunitCase current;
    private Instant at;
    private long passed;
    private long failed;
    private long skipped;

    private JunitReader(Predicate<String> wanted, Instant modified) {
        this.wanted = wanted;
        this.modified = modified;
        this.at = modified;
    }

    /**
     * Reads one file. {@code wanted} chooses suites by name; {@code modified} is the file's time, which stands for the tests'
     * where the file says nothing older.
     */
    public static TestCounts read(InputStream in, Predicate<String> wanted, Instant modified) throws IOException {
        JunitReader reader = new JunitReader(wanted, modified);
        SafeXml.read(in, false, reader);
        return new TestCounts(reader.passed, reader.failed, reader.skipped, reader.failures, reader.at);
    }

    @Override
    public void start(String name, int depth, XMLStreamReader xml) throws FormatException {
        if (depth == 1 && !name.equals("testsuites") && !name.equals("testsuite")) {
            throw new FormatException("no JUnit XML: the root is <" + name + ">");
        }
        switch (name) {
            case "testsuite" -> suite(depth, xml);
            case "testcase" -> current = testCase(depth, xml);
            case "failure", "error" -> bad(depth);
            case "flakyFailure", "flakyError", "rerunFailure", "rerunError" -> {
                if (!suites.isEmpty()) {
                    suites.peek().reruns++;
                }
            }
            case "skipped" -> {
                if (current != null && depth == current.depth() + 1) {
                    current = current.skip();
                }
            }
            default -> {}
        }
    }

    @Override
    public void end(String name, int depth) {
        if (name.equals("testcase") && current != null && depth == current.depth()) {
            count(current);
            current = null;
        } else if (name.equals("testsuite") && !suites.isEmpty()) {
            close(suites.pop());
        }
    }

    private void suite(int depth, XMLStreamReader xml) {
        JunitSuite parent = suites.peek();
        String name = text(xml, "name");
        if (parent != null) {
            parent.nested = true;
        }
        suites.push(new JunitSuite(name, depth, parent != null && parent.wanted || wanted.test(name), xml));
        at = earlier(time(text(xml, "timestamp")));
    }

    private JunitCase testCase(int depth, XMLStreamReader xml) {
        String type = text(xml, "classname");
        boolean ran = !NOT_RUN.contains(text(xml, "status"));
        return new JunitCase(depth, (type.isEmpty() ? "" : type + ".") + text(xml, "name"), false, !ran);
    }

    private void bad(int depth) {
        if (current != null && depth == current.depth() + 1) {
            current = current.fail();
        } else if (current == null && !suites.isEmpty() && depth == suites.peek().depth + 1) {
            suites.peek().ownFailures++;
        }
    }

    private void count(JunitCase ended) {
        JunitSuite suite = suites.peek();
        boolean counts = suite == null ? wanted.test("") : suite.wanted;
        if (suite != null) {
            suite.cases++;
            suite.failedCases += ended.failed() ? 1 : 0;
        }
        if (!counts) {
            return;
        }
        if (ended.failed()) {
            failed++;
            name(ended.name());
        } else if (ended.skipped()) {
            skipped++;
        } else {
            passed++;
        }
    }

    /** A suite's own figures count where it has no cases, or where they are worse. */
    private void close(JunitSuite suite) {
        if (!suite.wanted || suite.nested) {
            failed += suite.wanted ? suite.ownFailures : 0;
            return;
        }
        long declared = Math.max(0, suite.failures) + Math.max(0, suite.errors);
        // Surefire counts every run of a case as a failure of the suite
        long extra = Math.max(suite.ownFailures, declared - suite.failedCases - suite.reruns);
        if (extra > 0) {
            failed += extra;
            name(suite.name + " (suite)");
        }
        if (suite.cases == 0 && suite.readable && suite.tests > 0) {
            long left = Math.max(0, suite.tests - Math.max(0, extra));
            long off = Math.min(left, Math.max(0, suite.skipped));
            skipped += off;
            passed += left - off;
        }
    }

    private void name(String test) {
        if (failures.size() < NAMED) {
            failures.add(test);
        }
    }

    private Instant earlier(Instant time) {
        return time != null && time.isBefore(at) ? time : at;
    }

    /** Times without a zone are taken as UTC, and never as later than the file. */
    private Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException none) {
                return modified;
            }
        }
    }

    private static String text(XMLStreamReader xml, String attribute) {
        String text = xml.getAttributeValue(null, attribute);
        return text == null ? "" : text;
    }
}
