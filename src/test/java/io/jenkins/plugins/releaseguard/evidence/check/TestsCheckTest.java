// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

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
