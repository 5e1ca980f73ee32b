// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TRX, NUnit 3 and xUnit 2: inputs by kind, and what comes out. */
class DotnetElementsTest {
    private static final String TRX =
            "<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'><Results>%s</Results>%s</TestRun>";

    /** {@code results} is a word for each result, brackets for data rows; {@code summary} the rest. */
    @ParameterizedTest(name = "TRX: {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            all outcomes that are none        | 1 7 0 | Passed Failed Error Timeout Aborted Disconnected InProgress Strange | ``
            all that did not run              | 0 0 4 | NotExecuted NotRunnable Inconclusive Pending | ``
            passed although the run aborted   | 1 1 0 | PassedButRunAborted | <ResultSummary outcome='Aborted'/>
            no outcome                        | 0 1 0 | - | ``
            data rows, not their test         | 2 1 0 | Failed(Passed,Failed,Passed) | <ResultSummary outcome='Failed'><Counters total='4' executed='4' passed='2' failed='2'/></ResultSummary>
            a test that failed beside its rows| 2 1 0 | Failed(Passed,Passed) | ``
            a well-ended run                  | 1 0 1 | Passed NotExecuted | <ResultSummary outcome='Completed'><Counters total='2' executed='1' passed='1' failed='0' notExecuted='0'/></ResultSummary>
            a host that crashed               | 2 1 0 | Passed Passed | <ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='2' failed='0'/><RunInfos><RunInfo outcome='Error'><Text>Test host process crashed</Text></RunInfo></RunInfos></ResultSummary>
            an error beside failing tests     | 1 1 0 | Passed Failed | <ResultSummary outcome='Failed'><Counters total='2' executed='2' failed='1'/><RunInfos><RunInfo outcome='Error'><Text>[xUnit.net] a [FAIL]</Text></RunInfo></RunInfos></ResultSummary>
            a warning of the run              | 1 0 0 | Passed | <ResultSummary outcome='Warning'><Counters total='1' executed='1'/><RunInfos><RunInfo outcome='Warning'/></RunInfos></ResultSummary>
            counters that say worse           | 1 3 0 | Passed | <ResultSummary outcome='Completed'><Counters total='4' executed='4' failed='1' timeout='1' aborted='1'/></ResultSummary>
            counted as not executed           | 1 0 2 | Passed | <ResultSummary outcome='Completed'><Counters total='3' executed='1' notExecuted='0'/></ResultSummary>
            counters alone                    | 4 1 1 | `` | <ResultSummary outcome='Failed'><Counters total='6' executed='5' passed='4' failed='1'/></ResultSummary>
            counters that can't be read       | 0 0 0 | `` | <ResultSummary outcome='Completed'><Counters total='x' executed='5'/></ResultSummary>
            a run that has not ended          | 1 1 0 | Passed | <ResultSummary outcome='InProgress'/>
            nothing                           | 0 0 0 | `` | ``
            """)
    void trx(String kind, String expected, String results, String summary) throws IOException {
        StringBuilder xml = new StringBuilder();
        int n = 0;
        for (String result : results.strip().split(" ")) {
            if (!result.isEmpty()) {
                String[] parts = result.split("[(),]");
                xml.append("<UnitTestResult testName='t").append(n++).append('\'');
                xml.append(parts[0].equals("-") ? "" : " outcome='" + parts[0] + "'")
                        .append("><InnerResults>");
                for (String row : List.of(parts).subList(1, parts.length)) {
                    xml.append("<UnitTestResult testName='t").append(n++).append("' outcome='" + row + "'/>");
                }
                xml.append("</InnerResults></UnitTestResult>");
            }
        }
        Reading.counts(kind, Reading.of(TRX.formatted(xml, summary)), expected);
    }

    @Test
    void trxSaysWhenAndOfWhichCommit() throws IOException {
        TestReport report = Reading.of(TRX.formatted(
                "<UnitTestResult testName='a' outcome='Passed' startTime='2026-11-20T10:00:00.1234567+02:00'/>",
                "<Times creation='2026-11-20T11:00:00+02:00' start='2026-11-20T11:00:00+02:00'/><TestDefinitions><UnitTest>"
                        + "<Properties><Property><Key>git.commit</Key><Value>0123ABCD</Value></Property></Properties>"
                        + "</UnitTest></TestDefinitions>"));

        assertThat(report.counts().at()).isEqualTo("2026-11-20T08:00:00.123456700Z");
        assertThat(report.commits()).containsExactly("0123abcd");
    }

    /** Versions of vstest count a test beside its rows. */
    @Test
    void aTestThatIsCountedBesideItsRowsIsNoTestThatIsMissing() throws IOException {
        TestReport report = Reading.of(TRX.formatted(
                "<UnitTestResult testName='t' outcome='Passed'><InnerResults><UnitTestResult testName='t (1)'"
                        + " outcome='Passed'/><UnitTestResult testName='t (2)' outcome='Passed'/></InnerResults>"
                        + "</UnitTestResult>",
                "<ResultSummary outcome='Completed'><Counters total='3' executed='3' passed='3'/></ResultSummary>"));

        Reading.counts("rows", report, "2 0 0");
        assertThat(report.told()).isEmpty();
    }

    @Test
    void testsOfATrxAreChosenByName() throws IOException {
        String xml = TRX.formatted(
                "<UnitTestResult testName='Shop.Cart.a' outcome='Passed'/><UnitTestResult testName='Shop.Pay.b'"
                        + " outcome='Failed'/>",
                "<ResultSummary outcome='Failed'><Counters total='2' executed='2' failed='1'/></ResultSummary>");

        Reading.counts("Cart", Reading.only("Cart", xml), "1 0 0");
        Reading.counts("Pay", Reading.only("Pay", xml), "0 1 0");
    }

    @Test
    void aResultOfATrxThatComesAgainIsATest() throws IOException {
        Reading.counts(
                "rows of one name, or another class",
                Reading.of(
                        TRX.formatted(
                                "<UnitTestResult testName='a' outcome='Failed'/><UnitTestResult testName='a' outcome='Passed'/>",
                                "<ResultSummary outcome='Completed'><Counters total='2' executed='2' failed='1'/></ResultSummary>")),
                "1 1 0");
    }

    @ParameterizedTest(name = "NUnit 3: {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            results                       | 2 3 2 | <test-run result='Failed' total='7' failed='2'><test-suite result='Failed' site='Child'><test-case name='a' result='Passed'/><test-case name='b' result='Warning'/><test-case name='c' result='Failed' label='Error'/><test-case name='d' result='Skipped' label='Ignored'/><test-case name='e' result='Inconclusive'/><test-case name='f'/><test-case name='g' result='New'/></test-suite></test-run>
            a tear-down that failed       | 2 1 0 | <test-run result='Failed' total='2' failed='0'><test-suite result='Failed' site='Child'><test-suite name='f' result='Failed' site='TearDown' label='Error'><test-case name='a' result='Passed'/><test-case name='b' result='Passed'/></test-suite></test-suite></test-run>
            a tear-down beside a failure  | 1 2 0 | <test-run result='Failed' failed='1'><test-suite name='f' result='Failed' site='TearDown'><test-case name='a' result='Passed'/><test-case name='b' result='Failed'/></test-suite></test-run>
            a set-up that failed          | 0 2 0 | <test-run result='Failed' failed='2'><test-suite name='f' result='Failed' site='SetUp'><test-case name='a' result='Failed' site='Parent'/><test-case name='b' result='Failed' site='Parent'/></test-suite></test-run>
            an assembly that can't run    | 0 1 0 | <test-run result='Failed' total='0'><test-suite type='Assembly' name='a.dll' runstate='NotRunnable' result='Failed' label='Invalid'/></test-run>
            the same, called skipped      | 0 1 0 | <test-run result='Skipped' total='0'><test-suite type='Assembly' name='a.dll' runstate='NotRunnable' result='Skipped' label='NonRunnable'/></test-run>
            the run says worse            | 1 2 0 | <test-run result='Failed' total='3' failed='2'><test-suite result='Passed'><test-case name='a' result='Passed'/></test-suite></test-run>
            skips by figure               | 1 0 1 | <test-run result='Passed' total='2' skipped='1'><test-case name='a' result='Passed'/><test-case name='b' result='Passed'/></test-run>
            figures alone                 | 3 1 1 | <test-run result='Failed' total='5' failed='1' skipped='1'/>
            no tests                      | 0 0 0 | <test-run result='Inconclusive' total='0'/>
            """)
    void nunit(String kind, String expected, String xml) throws IOException {
        Reading.counts(kind, Reading.of(xml), expected);
    }

    @ParameterizedTest(name = "xUnit: {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            results                    | 1 3 3 | <assemblies><assembly name='a.dll' total='7' failed='1' skipped='2'><collection name='c'><test name='a' result='Pass'/><test name='b' result='Fail'><failure/></test><test name='c' result='Skip'/><test name='d' result='Skipped'/><test name='e' result='NotRun'/><test name='f'/><test name='g' result='Odd'/></collection></assembly></assemblies>
            an assembly as the root    | 1 0 0 | <assembly name='a.dll' total='1'><collection name='c'><test name='a' result='Pass'/></collection></assembly>
            an error in clean-up       | 1 1 0 | <assemblies><assembly name='a.dll' total='1' failed='0' errors='1'><errors><error type='assembly-cleanup'><failure/></error></errors><collection name='c'><test name='a' result='Pass'/></collection></assembly></assemblies>
            an error that none lists   | 1 1 0 | <assemblies><assembly name='a.dll' total='1' failed='0' errors='1'><errors/><collection name='c'><test name='a' result='Pass'/></collection></assembly></assemblies>
            an error beside a failure  | 0 2 0 | <assemblies><assembly name='a.dll' total='1' failed='1' errors='1'><errors><error/></errors><collection name='c'><test name='a' result='Fail'/></collection></assembly></assemblies>
            a collection says worse    | 1 1 0 | <assemblies><assembly name='a.dll'><collection name='c' total='2' failed='1'><test name='a' result='Pass'/></collection></assembly></assemblies>
            not run by figure (v3)     | 1 0 1 | <assemblies schema-version='3'><assembly name='a.dll' total='2' not-run='1'><collection name='c'><test name='a' result='Pass'/><test name='b' result='Pass'/></collection></assembly></assemblies>
            no assembly                | 0 0 0 | <assemblies/>
            """)
    void xunit(String kind, String expected, String xml) throws IOException {
        Reading.counts(kind, Reading.of(xml), expected);
    }

    @Test
    void theirTimesAndCommitsAreRead() throws IOException {
        TestReport nunit =
                Reading.of("<test-run result='Passed' start-time='2026-11-20 10:00:00Z'><test-suite result='Passed'>"
                        + "<properties><property name='git.sha' value='0123abcd'/></properties><test-case name='a'"
                        + " result='Passed'/></test-suite></test-run>");
        TestReport xunit =
                Reading.of("<assemblies timestamp='11/12/2026 10:00:00'><assembly name='a' run-date='2026-11-20'"
                        + " run-time='10:00:00'><collection name='c'><test name='a' result='Pass'><traits><trait name='git-commit'"
                        + " value='0123abcd'/></traits></test></collection></assembly></assemblies>");

        for (TestReport report : List.of(nunit, xunit)) {
            assertThat(report.counts().at()).isEqualTo("2026-11-20T10:00:00Z");
            assertThat(report.commits()).containsExactly("0123abcd");
            assertThat(report.told()).isEmpty();
        }
        assertThat(Reading.of("<assemblies start-rtf='2026-11-19T10:00:00.0000000+00:00'/>")
                        .counts()
                        .at())
                .isEqualTo("2026-11-19T10:00:00Z");
    }

    @Test
    void otherFormatsAreNamed() {
        assertThatThrownBy(() -> Reading.of("<test-results name='a'/>")).hasMessageContaining("NUnit 2 are not read");
        assertThatThrownBy(() -> Reading.of("<coverage/>"))
                .hasMessageContaining("no test report in JUnit's XML, TRX, NUnit 3 or xUnit 2: the root is <coverage>");
    }
}
