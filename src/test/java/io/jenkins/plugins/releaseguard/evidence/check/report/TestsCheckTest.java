// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.report;

import static io.jenkins.plugins.releaseguard.testing.FakeCheckContext.DIGEST;
import static io.jenkins.plugins.releaseguard.testing.FakeCheckContext.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the check makes of a report: reruns as a budget, the commit and artifact that were tested, formats side by side. */
class TestsCheckTest {
    private static final String FLAKY =
            "<testsuite name='a'><testcase name='x'/><testcase name='y'/><testcase name='z'/>"
                    + "<testcase name='f'><flakyFailure/></testcase></testsuite>";

    private static Evidence of(String check, String... reports) {
        FakeCheckContext context = new FakeCheckContext();
        for (int i = 0; i < reports.length; i++) {
            context.file("TEST-" + i + ".xml", reports[i]);
        }
        return CheckFixture.at(check, context);
    }

    private static String made(String properties) {
        return "<testsuite name='a'><properties>" + properties + "</properties><testcase name='x'/></testsuite>";
    }

    private static String property(String name, String value) {
        return "<property name='" + name + "' value='" + value + "'/>";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            tests: {}               | PASS
            tests: {flaky: '<= 1'}  | PASS
            tests: {flaky: '<= 0'}  | FAIL
            tests: {flaky: '<= 25%'}| PASS
            tests: {flaky: '< 25%'} | FAIL
            """)
    void testsThatPassedOnARerunHaveABudget(String check, Status expected) {
        Evidence evidence = of(check, FLAKY);

        assertThat(evidence.status()).as(evidence.reason()).isEqualTo(expected);
        assertThat(evidence.reason())
                .startsWith("4 of 4 tests passed, 1 on a rerun only")
                .contains("flaky: f");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            <= 1   | FAIL
            <= 2   | UNKNOWN
            <= 11  | UNKNOWN
            <= 12  | PASS
            <= 10% | FAIL
            <= 50% | UNKNOWN
            """)
    void ofTheBuildsOwnRecordTheLeastIsKnown(String limit, Status expected) {
        FakeCheckContext context = new FakeCheckContext().tests(new TestCounts(12, 0, 0, 2, List.of(), NOW));

        Evidence evidence = CheckFixture.at("tests: {build: this, flaky: '" + limit + "'}", context);
        assertThat(evidence.status()).as(evidence.reason()).isEqualTo(expected);
        if (expected == Status.UNKNOWN) {
            assertThat(evidence.reason()).contains("the junit plugin records failures before a pass, and no errors");
        } else {
            assertThat(evidence.reason()).contains("12 of 12 tests passed, at least 2 on a rerun only");
        }
    }

    @Test
    void ofTheBuildsOwnRecordNobodyKnowsReruns() {
        FakeCheckContext context = new FakeCheckContext().tests(new TestCounts(12, 0, 0, List.of(), NOW));

        assertThat(CheckFixture.at("tests: {build: this}", context).status()).isEqualTo(Status.PASS);
        Evidence limited = CheckFixture.at("tests: {build: this, flaky: '<= 3'}", context);
        assertThat(limited.status()).isEqualTo(Status.UNKNOWN);
        assertThat(limited.reason()).contains("flaky: nobody knows the number");
    }

    /** The release is of commit 4be1f0c. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            4be1f0c                                  | PASS | -
            4BE1F0Ca90001234567890123456789012345678 | PASS | -
            4be1f0d                                  | FAIL | the tests ran on commit 4be1f0d, the release is commit 4be1f0c
            4be1f0c-dirty                            | FAIL | the tests ran on commit 4be1f0c, with changes that are in no commit, the release is commit 4be1f0c
            main                                     | PASS | of which commit isn't said
            """)
    void testsOfAnotherCommitAreNoEvidence(String commit, Status expected, String said) {
        Evidence evidence = of("tests: {}", made(property("git.commit", commit)));

        assertThat(evidence.status()).as(evidence.reason()).isEqualTo(expected);
        if (said == null) {
            assertThat(evidence.reason()).isEqualTo("1 of 1 test passed");
        } else {
            assertThat(evidence.reason()).contains(said);
        }
    }

    @Test
    void oneReportOfAnotherCommitAmongMany() {
        Evidence evidence =
                of("tests: {}", made(property("git.commit", "4be1f0c")), made(property("git.commit", "0000000aa")));

        assertThat(evidence.status()).isEqualTo(Status.FAIL);
        assertThat(evidence.value()).isEqualTo("commit 0000000aa");
        assertThat(evidence.limit()).isEqualTo("commit 4be1f0c");
    }

    @Test
    void testsOfAnotherArtifactAreNoEvidence() {
        String other = "cd".repeat(32);

        assertThat(of("tests: {}", made(property("artifact.sha256", DIGEST))).status())
                .isEqualTo(Status.PASS);
        Evidence evidence = of("tests: {}", made(property("image.digest", "shop@sha256:" + other)));
        assertThat(evidence.status()).isEqualTo(Status.FAIL);
        assertThat(evidence.reason()).contains(other.substring(0, 8)).contains(DIGEST.substring(0, 8));
    }

    private static String suite(String cases) {
        return "<testsuite name='a'>" + cases + "</testsuite>";
    }

    private static String ok(String name) {
        return "<testcase classname='a' name='" + name + "'/>";
    }

    private static String bad(String name) {
        return "<testcase classname='a' name='" + name + "'><failure/></testcase>";
    }

    private static Evidence rerun(String check, String first, String... later) {
        FakeCheckContext context = new FakeCheckContext().file("out/TEST-a.xml", first);
        for (int i = 0; i < later.length; i++) {
            context.file("again/" + i + ".xml", later[i]);
        }
        return CheckFixture.at("tests: {reruns: 'again/*.xml'" + check + "}", context);
    }

    /** The first run and the later ones as o (passed), x (failed) and s (skipped) by name; numbers and what is said of it. */
    @ParameterizedTest(name = "{0}: {1}, then {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no rerun needed                | ao bo | ``       | PASS    | 2 of 2 tests passed
            one passed when run again      | ax bo | ao       | PASS    | 2 of 2 tests passed, 1 on a rerun only; flaky: a.a()
            failed in its last run         | ax bo | ao;ax    | FAIL    | 1 of 2 tests passed; failed: a.a()
            failed again                   | ax bo | ax       | FAIL    | 1 of 2 tests passed; failed: a.a()
            passed in the second rerun     | ax bo | ax;ao    | PASS    | 2 of 2 tests passed, 1 on a rerun only; flaky: a.a()
            passed before, failed again    | ao bo | ax       | FAIL    | 1 of 2 tests passed; failed: a.a()
            all run again                  | ax bo | ao bo    | PASS    | 2 of 2 tests passed, 1 on a rerun only; flaky: a.a()
            not run when run again         | ax bo | as       | FAIL    | 1 of 2 tests passed; failed: a.a()
            skipped, then run              | as bo | ao       | PASS    | 2 of 2 tests passed
            skipped, then failed           | as bo | ax       | FAIL    | 1 of 2 tests passed; failed: a.a()
            one that the first did not have| bo    | ao       | PASS    | 2 of 2 tests passed; 1 test ran in a later run only
            another test                   | ax bo | co       | FAIL    | 2 of 3 tests passed; failed: a.a()
            namesakes, one run again       | ax ax | ao       | FAIL    | 0 of 2 tests passed; failed: a.a()
            namesakes that passed, one not | ao ao | ax       | FAIL    | 2 of 3 tests passed; failed: a.a()
            failed and passed in the rerun | ax bo | ax ao    | PASS    | 2 of 2 tests passed, 1 on a rerun only; flaky: a.a()
            known for flaky, failed again  | ax ao | ax       | FAIL    | 0 of 1 test passed; failed: a.a()
            """)
    void aTestEndsAsInItsLastRun(String kind, String first, String later, Status status, String said) {
        String[] runs = later.isEmpty() ? new String[0] : later.split(";");
        for (int i = 0; i < runs.length; i++) {
            runs[i] = suite(cases(runs[i]));
        }
        Evidence evidence = rerun("", suite(cases(first)), runs);

        assertThat(evidence.reason()).as(kind).startsWith(said);
        assertThat(evidence.status()).as(kind).isEqualTo(status);
    }

    private static String cases(String words) {
        StringBuilder cases = new StringBuilder();
        for (String word : words.split(" ")) {
            String name = word.charAt(0) + "()";
            cases.append(
                    switch (word.charAt(1)) {
                        case 'o' -> ok(name);
                        case 'x' -> bad(name);
                        default -> "<testcase classname='a' name='" + name + "'><skipped/></testcase>";
                    });
        }
        return cases.toString();
    }

    private static final String NAMESAKES =
            "<testsuite name='s' tests='3' failures='1'>%1$s<failure/></testcase>%1$s</testcase><testcase classname='a.js'"
                    + " name='other'/></testsuite>";

    /** One of the two may be a rerun of the other, or another test. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            tests: {}                                | UNKNOWN
            tests: {passRate: '>= 50%'}              | PASS
            tests: {passRate: '>= 60%', flaky: '<= 0'}| UNKNOWN
            tests: {passRate: '>= 60%', flaky: '<= 1'}| PASS
            tests: {failures: '<= 1', passRate: '> 0%'}| PASS
            tests: {failures: '<= 0', passRate: '> 0%'}| UNKNOWN
            tests: {minimum: 3, passRate: '> 0%'}    | UNKNOWN
            """)
    void aNameThatMayBeOfTwoTestsLeavesItOpen(String check, Status expected) {
        Evidence evidence = of(check, NAMESAKES.formatted("<testcase classname='a.js' name='works'>"));

        assertThat(evidence.status()).as(evidence.reason()).isEqualTo(expected);
        assertThat(evidence.reason())
                .contains("failed and then passed under one name")
                .contains("a.js.works");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            one of two that there is      | suites: [Pay, Checkout] | UNKNOWN | no suite's name holds Checkout | <testsuites><testsuite name='Pay' tests='1'><testcase name='b'/></testsuite></testsuites>
            both, one within the other    | suites: [Pay, Checkout] | PASS    | 1 of 1 test passed             | <testsuites><testsuite name='Pay'><testsuite name='Checkout'><testcase name='b'/></testsuite></testsuite></testsuites>
            both in one name              | suites: [Pay, Checkout] | PASS    | 1 of 1 test passed             | <testsuite name='PayCheckout'><testcase name='b'/></testsuite>
            a failure without a suite     | suites: [Pay]           | UNKNOWN | the report tells 1 failure     | <testsuites errors='1'><testsuite name='Pay' tests='1'><testcase name='b'/></testsuite></testsuites>
            an error without a suite      | suites: [Pay]           | UNKNOWN | the report tells 1 failure     | <testsuites><error/><testsuite name='Pay' tests='1'><testcase name='b'/></testsuite></testsuites>
            a failure of an outer suite   | suites: [Pay]           | UNKNOWN | all tells 1 failure            | <testsuites><testsuite name='all' failures='1'><testsuite name='Pay'><testcase name='b'/></testsuite></testsuite></testsuites>
            a failure of another suite    | suites: [Pay]           | PASS    | 1 of 1 test passed             | <testsuites failures='1'><testsuite name='Pay'><testcase name='b'/></testsuite><testsuite name='Web' failures='1'><testcase name='c'><failure/></testcase></testsuite></testsuites>
            figures of another suite      | suites: [Pay]           | PASS    | 1 of 1 test passed             | <testsuites failures='2'><testsuite name='Pay'><testcase name='b'/></testsuite><testsuite name='Web' tests='3' failures='2'/></testsuites>
            a run that crashed            | suites: [Pay]           | UNKNOWN | the report tells 'run: Error'  | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='0'/><RunInfos><RunInfo outcome='Error'><Text>Test host process crashed</Text></RunInfo></RunInfos></ResultSummary></TestRun>
            another test of the run failed| suites: [Pay]           | PASS    | 1 of 1 test passed             | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/></ResultSummary></TestRun>
            a crash beside another's failure | suites: [Pay] | UNKNOWN | the report tells 'run: Error' | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/><RunInfos><RunInfo outcome='Error'><Text>Test host process crashed</Text></RunInfo></RunInfos></ResultSummary></TestRun>
            an abort beside another's failure | suites: [Pay] | UNKNOWN | the report tells 'run: Aborted' | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Aborted'><Counters total='2' executed='2' passed='1' failed='1'/></ResultSummary></TestRun>
            a summary that is an error | suites: [Pay] | UNKNOWN | the report tells 'run: Error' | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Error'><Counters total='2' executed='2' passed='1' failed='1'/></ResultSummary></TestRun>
            a crash beside a failure of one asked for | suites: [Pay] | FAIL | 0 of 1 test passed; failed: Pay.A | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Failed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/><RunInfos><RunInfo outcome='Error'><Text>Test host process crashed</Text></RunInfo></RunInfos></ResultSummary></TestRun>
            a crash where all are asked for | minimum: 1 | FAIL | 1 of 2 tests passed; failed: Web.A | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/><RunInfos><RunInfo outcome='Error'><Text>Test host process crashed</Text></RunInfo></RunInfos></ResultSummary></TestRun>
            xUnit's word for a failed test | suites: [Pay] | PASS | 1 of 1 test passed | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/><RunInfos><RunInfo outcome='Error'><Text>[xUnit.net 00:00:01.20]     Web.A [FAIL]</Text></RunInfo></RunInfos></ResultSummary></TestRun>
            xUnit's word and a crash | suites: [Pay] | UNKNOWN | the report tells 'run: Error' | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/><RunInfos><RunInfo outcome='Error'><Text>[xUnit.net 00:00:01.20]     Web.A [FAIL]</Text></RunInfo><RunInfo outcome='Error'><Text>The active test run was aborted. Reason: Test host process crashed</Text></RunInfo></RunInfos></ResultSummary></TestRun>
            a crash, then xUnit's word | suites: [Pay] | UNKNOWN | the report tells 'run: Error' | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/><RunInfos><RunInfo outcome='Error'/><RunInfo outcome='Error'><Text>[xUnit.net 00:00:01.20] Web.A [FAIL]</Text></RunInfo></RunInfos></ResultSummary></TestRun>
            a warning of the run beside it | suites: [Pay] | PASS | 1 of 1 test passed | <TestRun><Results><UnitTestResult testId='a' testName='Pay.A' outcome='Passed'/><UnitTestResult testId='b' testName='Web.A' outcome='Failed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/><RunInfos><RunInfo outcome='Warning'><Text>x</Text></RunInfo></RunInfos></ResultSummary></TestRun>
            a tear-down beside another's failure | suites: [S.Pay] | UNKNOWN | /s.dll tells 'TearDown' | <test-run result='Failed' total='2' failed='1'><test-suite fullname='/s.dll' result='Failed' site='TearDown'><test-suite fullname='S.Pay' result='Passed'><test-case name='a' result='Passed'/></test-suite><test-suite fullname='S.Web' result='Failed' site='Child'><test-case name='a' result='Failed'/></test-suite></test-suite></test-run>
            another fixture failed        | suites: [S.Pay]         | PASS    | 1 of 1 test passed             | <test-run result='Failed' total='2' failed='1'><test-suite fullname='/s.dll' result='Failed' site='Child'><test-suite fullname='S.Pay' result='Passed'><test-case name='a' result='Passed'/></test-suite><test-suite fullname='S.Web' result='Failed' site='Child'><test-case name='a' result='Failed'/></test-suite></test-suite></test-run>
            an assembly's tear-down failed| suites: [S.Pay]         | UNKNOWN | /s.dll tells                   | <test-run result='Failed' total='1'><test-suite fullname='/s.dll' result='Failed' site='TearDown'><test-suite fullname='S.Pay' result='Passed'><test-case name='a' result='Passed'/></test-suite></test-suite></test-run>
            failures that can't be read   | minimum: 1              | UNKNOWN | failures="1/2"                 | <testsuite name='s' tests='2' failures='1/2'><testcase name='b'/></testsuite>
            errors below zero             | minimum: 1              | UNKNOWN | errors="-1"                    | <testsuites><testsuite name='s' errors='-1'><testcase name='b'/></testsuite></testsuites>
            the same, and one that failed | minimum: 1              | FAIL    | failed: c                      | <testsuite name='s' failures='few'><testcase name='b'/><testcase name='c'><failure/></testcase></testsuite>
            tests that can't be read      | minimum: 1              | PASS    | tests="x" is no count          | <testsuite name='s' tests='x'><testcase name='b'/></testsuite>
            """)
    void whatNoCaseShowsIsNeverGreen(String kind, String settings, Status expected, String said, String xml) {
        Evidence evidence = of("tests: {" + settings + "}", xml);

        assertThat(evidence.status()).as(evidence.reason()).isEqualTo(expected);
        assertThat(evidence.reason()).contains(said);
    }

    @Test
    void rerunsInOtherFilesCountForTheBudget() {
        assertThat(rerun(", flaky: '<= 0'", suite(bad("x") + ok("y")), suite(ok("x")))
                        .status())
                .isEqualTo(Status.FAIL);
        assertThat(rerun(", flaky: '<= 1'", suite(bad("x") + ok("y")), suite(ok("x")))
                        .status())
                .isEqualTo(Status.PASS);
    }

    /** Two modules, or one module on two systems, are no reruns of each other unless somebody says so. */
    @Test
    void whatIsNotNamedARerunIsNone() {
        assertThat(of("tests: {}", suite(bad("x")), suite(ok("x"))).status()).isEqualTo(Status.FAIL);
        Evidence evidence = CheckFixture.at(
                "tests: {results: ['m/*.xml'], reruns: ['again.xml']}",
                new FakeCheckContext()
                        .file("m/a.xml", suite(bad("x")))
                        .file("m/b.xml", suite(ok("x")))
                        .file("again.xml", suite(ok("x"))));
        assertThat(evidence.status()).isEqualTo(Status.FAIL);
        assertThat(evidence.reason())
                .contains(
                        "several tests have the name of one that passed when it ran again, so what failed stays failed: a.x");
    }

    @Test
    void whatOnlyFiguresOfALaterRunTellCounts() {
        Evidence later = rerun("", suite(bad("x")), "<testsuite name='a' errors='1'>" + ok("x") + "</testsuite>");
        assertThat(later.status()).isEqualTo(Status.FAIL);
        assertThat(later.reason()).contains("failed: a (suite)");
        assertThat(rerun("", "<testsuite name='a' errors='1'>" + bad("x") + "<error/></testsuite>", suite(ok("x")))
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void aFileOfRerunsIsNoneOfTheFirstRun() {
        FakeCheckContext context =
                new FakeCheckContext().file("out/a.xml", suite(bad("x"))).file("out/a-rerun.xml", suite(ok("x")));
        Evidence evidence = CheckFixture.at("tests: {results: 'out/*.xml', reruns: 'out/*-rerun.xml'}", context);
        assertThat(evidence.status()).as(evidence.reason()).isEqualTo(Status.PASS);
        assertThat(CheckFixture.at("tests: {results: 'out/*.xml', reruns: 'out/*.xml'}", context)
                        .reason())
                .contains("all files of results are among those of reruns");
    }

    @Test
    void aRerunIsFoundWhereItsSuiteRanElsewhere() {
        String first = "<testsuite name='a' hostname='%s' id='%s'>";
        assertThat(rerun(
                                "",
                                first.formatted("one", 0) + bad("x") + "</testsuite>",
                                first.formatted("two", 7) + ok("x") + "</testsuite>")
                        .status())
                .isEqualTo(Status.PASS);
        String browsers = "<testsuites>" + first.formatted("chromium", "") + "%s</testsuite>"
                + first.formatted("webkit", "") + "%s</testsuite></testsuites>";
        String webkit = first.formatted("webkit", "") + ok("x") + "</testsuite>";
        assertThat(rerun("", browsers.formatted(ok("x"), bad("x")), webkit).status())
                .isEqualTo(Status.PASS);
        assertThat(rerun("", browsers.formatted(bad("x"), ok("x")), webkit).status())
                .isEqualTo(Status.FAIL);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "out/TEST-a.xml, <testsuite name='a'><testcase name='x'/></testsuite>",
        "TestResults/run.trx, <TestRun><Results><UnitTestResult testName='y' outcome='Passed'/></Results></TestRun>",
        "TestResult.xml, <test-run result='Passed'><test-case name='z' result='Passed'/></test-run>",
        "a/TestResults.xml, <assemblies><assembly name='a'><collection><test name='t' result='Pass'/></collection></assembly></assemblies>"
    })
    void eachFormatsUsualFileIsFoundUnasked(String path, String report) {
        assertThat(CheckFixture.at("tests: {}", new FakeCheckContext().file(path, report))
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(CheckFixture.at(
                                "tests: {results: ['**/TEST-*.xml', '**/*.trx']}",
                                new FakeCheckContext().file(path, report))
                        .status())
                .as("what is asked for must be there")
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void formatsStandSideBySide() {
        Evidence evidence = of(
                "tests: {}",
                "<testsuite name='a'><testcase name='x'/></testsuite>",
                "<TestRun><Results><UnitTestResult testName='y' outcome='Passed'/></Results></TestRun>",
                "<test-run result='Passed'><test-case name='z' result='Passed'/></test-run>",
                "<assemblies><assembly name='a'><collection><test name='t' result='Fail'/></collection></assembly></assemblies>");

        assertThat(evidence.status()).isEqualTo(Status.FAIL);
        assertThat(evidence.reason()).startsWith("3 of 4 tests passed; failed: t");
    }

    @Test
    void whatIsToldNamesItsFile() {
        Evidence evidence =
                of("tests: {}", "<testsuite name='a' timestamp='yesterday'><testcase name='x'/></testsuite>");

        assertThat(evidence.status()).isEqualTo(Status.PASS);
        assertThat(evidence.reason()).contains("'TEST-0.xml': the time 'yesterday' can't be read, the file's counts");
        assertThat(evidence.at()).isEqualTo(NOW.minusSeconds(3600));
    }

    @Test
    void errorsOfEncodingNameTheFile() {
        Evidence evidence = of("tests: {}", "<?xml version='1.0' encoding='no-such'?><testsuite name='a'/>");

        assertThat(evidence.status()).isEqualTo(Status.UNKNOWN);
        assertThat(evidence.reason())
                .contains("'TEST-0.xml'")
                .contains("encoding")
                .contains("no-such");
    }
}
