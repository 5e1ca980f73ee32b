// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JunitReaderTest {
    private static final Instant MODIFIED = Instant.parse("2026-11-21T10:00:00Z");

    private static TestCounts read(String xml) throws IOException {
        return JunitReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), name -> true, MODIFIED);
    }

    private static void counts(TestCounts counts, long passed, long failed, long skipped) {
        assertThat(new long[] {counts.passed(), counts.failed(), counts.skipped()})
                .containsExactly(passed, failed, skipped);
    }

    @Test
    void countsCasesByOutcome() throws IOException {
        TestCounts counts = read("""
            <testsuites><testsuite name="a" timestamp="2026-11-21T08:00:00Z">
              <testcase classname="c" name="good"><system-out>&lt;failure/&gt;</system-out></testcase>
              <testcase classname="c" name="bad"><failure>x</failure></testcase>
              <testcase classname="c" name="worse"><error/><skipped/></testcase>
              <testcase classname="c" name="off"><skipped/></testcase>
              <testcase classname="c" name="gtest" status="notrun"/>
            </testsuite></testsuites>\
            """);

        counts(counts, 1, 2, 2);
        assertThat(counts.failures()).containsExactly("c.bad", "c.worse");
        assertThat(counts.at()).isEqualTo("2026-11-21T08:00:00Z");
    }

    @Test
    void aCaseRerunToSuccessHasPassedAndOneRerunInVainHasNot() throws IOException {
        counts(
                read("<testsuite name='a' tests='5' failures='4'><testcase"
                        + " name='x'><flakyFailure/><flakyFailure/></testcase><testcase"
                        + " name='y'><failure/><rerunFailure/></testcase></testsuite>"),
                1,
                1,
                0);
    }

    @Test
    void theWorseOfSuiteAndCasesCounts() throws IOException {
        counts(
                read("<testsuite name='a' tests='2' errors='1'><testcase name='x'/><testcase name='y'/></testsuite>"),
                2,
                1,
                0);
        counts(read("<testsuite name='a'><error/><testcase name='x'/></testsuite>"), 1, 1, 0);
        counts(read("<testsuite name='a' tests='9' failures='2' skipped='1'/>"), 6, 2, 1);
        counts(read("<testsuite name='a' tests='1' failures='5'/>"), 0, 5, 0);
        counts(read("<testsuite name='a' tests='many'/>"), 0, 0, 0);
        counts(
                read("<testsuites tests='9'><testsuite name='a' failures='0'><testsuite name='b' failures='1'>"
                        + "<testcase name='x'><failure/></testcase></testsuite></testsuite></testsuites>"),
                0,
                1,
                0);
    }

    @Test
    void aSuiteWithoutCasesWhoseFailuresCannotBeReadHasPassedNothing() throws IOException {
        counts(read("<testsuite name='a' tests='5' failures='many'/>"), 0, 0, 0);
        counts(read("<testsuite name='a' tests='5' errors='-1'/>"), 0, 0, 0);
    }

    @Test
    void figuresTooLargeToAddStayFailures() throws IOException {
        String xml = "<testsuite name='a' tests='5' failures='9223372036854775807' errors='1'>%s</testsuite>";

        counts(read(xml.formatted("")), 0, (1L << 32) + 1, 0);
        assertThat(read(xml.formatted("<testcase name='x'/>")).failed()).isPositive();
        assertThat(read("<testsuites>" + xml.formatted("").repeat(3) + "</testsuites>")
                        .failed())
                .isPositive();
    }

    @Test
    void onlyWantedSuitesCount() throws IOException {
        String xml = "<testsuites><testsuite name='api'><testcase name='x'><failure/></testcase></testsuite><testsuite"
                + " name='web'><testsuite name='cart'><testcase name='y'/></testsuite></testsuite></testsuites>";

        counts(
                JunitReader.read(
                        new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "web"::equals, MODIFIED),
                1,
                0,
                0);
    }

    @Test
    void timesWithoutZoneAreNeverLaterThanTheFile() throws IOException {
        String suite = "<testsuite name='a' timestamp='%s'><testcase name='x'/></testsuite>";

        assertThat(read(suite.formatted("2026-11-21T18:00:00")).at()).isEqualTo(MODIFIED);
        assertThat(read(suite.formatted("2026-11-20T18:00:00")).at()).isEqualTo("2026-11-20T18:00:00Z");
        assertThat(read(suite.formatted("2026-11-20T18:00:00+09:00")).at()).isEqualTo("2026-11-20T09:00:00Z");
        assertThat(read(suite.formatted("yesterday")).at()).isEqualTo(MODIFIED);
    }

    @Test
    void whatIsNoJunitXmlIsAnErrorWithItsPlace() {
        assertThatThrownBy(() -> read("<assemblies/>")).hasMessage("no JUnit XML: the root is <assemblies>");
        assertThatThrownBy(() -> read("<testsuite>\n<testcase>"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> read("")).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> read("<testsuite/><testsuite/>")).isInstanceOf(FormatException.class);
    }
}
