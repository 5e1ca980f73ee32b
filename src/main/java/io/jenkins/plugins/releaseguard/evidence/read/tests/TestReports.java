// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.SafeXml;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a test report in any of the formats, told by its root element. In all of them figures of suites, at any depth, and
 * their cases are held against each other, and the worse counts; errors count as failed.
 */
public final class TestReports implements SafeXml.Elements {
    private final TestTally tally;
    private SafeXml.Elements format;

    private TestReports(TestTally tally) {
        this.tally = tally;
    }

    /**
     * Reads one file. {@code wanted} chooses suites by name (assemblies and collections too), and is asked for the empty name
     * whether all count; {@code modified} is the file's time, which stands for the tests' where the file says nothing older.
     *
     * @throws FormatException it is none of these formats, or not whole
     */
    public static TestReport read(InputStream in, Predicate<String> wanted, Instant modified) throws IOException {
        return read(in, wanted, modified, TestCases.none());
    }

    /** The same, where each test is kept, so that later runs can be laid over them. */
    public static TestReport cases(InputStream in, Predicate<String> wanted, Instant modified) throws IOException {
        return read(in, wanted, modified, TestCases.kept());
    }

    private static TestReport read(InputStream in, Predicate<String> wanted, Instant modified, TestCases cases)
            throws IOException {
        TestTally tally = new TestTally(wanted, modified, cases);
        SafeXml.read(in, false, new TestReports(tally));
        return tally.report();
    }

    @Override
    public void start(String name, int depth, XMLStreamReader xml) throws FormatException {
        if (depth == 1) {
            format = format(name, xml);
        }
        format.start(name, depth, xml);
    }

    @Override
    public void text(XMLStreamReader text) {
        format.text(text);
    }

    @Override
    public void end(String name, int depth) throws FormatException {
        format.end(name, depth);
    }

    private SafeXml.Elements format(String root, XMLStreamReader xml) throws FormatException {
        return switch (root) {
            case "testsuites", "testsuite" -> new JunitElements(tally);
            case "TestRun" -> new TrxElements(tally);
            case "test-run" -> new NunitElements(tally);
            case "assemblies", "assembly" -> new XunitElements(tally);
            case "test-results" ->
                throw SafeXml.at(
                        xml, "results of NUnit 2 are not read: let nunit-console write nunit3, or JUnit's XML");
            default ->
                throw SafeXml.at(
                        xml, "no test report in JUnit's XML, TRX, NUnit 3 or xUnit 2: the root is <" + root + ">");
        };
    }
}
