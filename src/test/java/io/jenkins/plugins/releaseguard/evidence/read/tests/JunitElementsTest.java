// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JunitElementsTest {
    private static final String OK = "<testcase name='%s'/>";
    private static final String GO_OK = "<testcase classname='p' name='%s'/>";
    private static final String GO_BAD = "<testcase classname='p' name='%s'><failure/></testcase>";
    private static final String BAD = "<testcase name='%s'><failure/></testcase>";

    /** Inputs by kind, and what comes out: passed, failed, skipped and, where there are some, flaky. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            outcomes                              | 1 1 1 | <testsuite name='a'><testcase name='x'/><testcase name='y'><error/></testcase><testcase name='z'><skipped/></testcase></testsuite>
            output that looks like an element     | 1 0 0 | <testsuite name='a'><testcase name='x'><system-out>&lt;failure/&gt;</system-out></testcase></testsuite>
            another namespace                     | 1 1 0 | <t:testsuite xmlns:t='urn:t' name='a'><t:testcase name='x'/><t:testcase name='y'><t:failure/></t:testcase></t:testsuite>
            cases in the root (Jenkins)           | 1 1 0 | <testsuites><testcase name='x'/><testcase name='y'><failure/></testcase></testsuites>
            a failure deeper in a case            | 1 0 0 | <testsuite name='a'><testcase name='x'><system-out><failure/></system-out></testcase></testsuite>
            an error of the suite (Jenkins)       | 1 1 0 | <testsuite name='a'><error/><testcase name='x'/></testsuite>
            an error of the root                  | 1 1 0 | <testsuites><error/><testsuite name='a'><testcase name='x'/></testsuite></testsuites>
            a class that could not be loaded      | 0 1 0 | <testsuite name='a' tests='1' errors='1' failures='0'><error message='m'/></testsuite>
            figures without cases                 | 6 2 1 | <testsuite name='a' tests='9' failures='2' skipped='1'/>
            more failures than tests              | 0 5 0 | <testsuite name='a' tests='1' failures='5'/>
            figures with a point                  | 2 1 0 | <testsuite name='a' tests='3.0' failures='1.0'/>
            tests that can't be read              | 0 0 0 | <testsuite name='a' tests='many'/>
            failures that can't be read           | 0 0 0 | <testsuite name='a' tests='5' failures='many'/>
            errors below zero                     | 0 0 0 | <testsuite name='a' tests='5' errors='-1'/>
            a suite says worse                    | 2 1 0 | <testsuite name='a' tests='2' errors='1'><testcase name='x'/><testcase name='y'/></testsuite>
            an outer suite says worse             | 2 1 0 | <testsuites><testsuite name='a' tests='3' failures='0' errors='1'><testsuite name='b' tests='2' failures='0'><testcase name='x'/><testcase name='y'/></testsuite></testsuite></testsuites>
            the root says worse                   | 1 3 2 | <testsuites tests='90' failures='3' skipped='2'><testsuite name='a' tests='1' failures='0'><testcase name='x'/></testsuite></testsuites>
            root and suite say the same worse     | 1 1 0 | <testsuites failures='1'><testsuite name='a' failures='1'><testcase name='x'/></testsuite></testsuites>
            an inner suite says worse             | 0 1 0 | <testsuites tests='9'><testsuite name='a' failures='0'><testsuite name='b' failures='1'><testcase name='x'><failure/></testcase></testsuite></testsuite></testsuites>
            cases say worse                       | 0 1 0 | <testsuites failures='0'><testsuite name='a' failures='0' errors='0'><testcase name='x'><failure/></testcase></testsuite></testsuites>
            many failures in a case               | 1 1 0 | <testsuite name='a' tests='2' failures='1'><testcase name='x'><failure/><failure/><failure/></testcase><testcase name='y'/></testsuite>
            many failures, each counted (Catch2)  | 1 1 0 | <testsuite name='a' tests='7' failures='3'><testcase name='x'><failure/><failure/><failure/></testcase><testcase name='y'/></testsuite>
            failure and error in a case (pytest)  | 0 1 0 | <testsuite name='a' tests='1' failures='1' errors='1'><testcase name='x'><failure/><error/></testcase></testsuite>
            may fail (Catch2)                     | 1 0 1 | <testsuites><testsuite name='a' errors='0' failures='0' skipped='1' tests='2'><testcase name='x' status='run'><skipped message='mayfail'/><failure/></testcase><testcase name='y' status='run'/></testsuite></testsuites>
            skipped with its reason as a failure  | 1 0 1 | <testsuites><testsuite><testcase name='x'><skipped/><failure message='Skipped'/></testcase><testcase name='y'/></testsuite></testsuites>
            failed assertions, then skip (LUnit)  | 0 0 1 | <testsuite name='a'><testcase name='x' status='Skipped'><failure/><skipped message=' '/></testcase></testsuite>
            skipped and failed, counted as failed | 0 1 1 | <testsuite name='a' tests='1' errors='1' skipped='1'><testcase name='x'><skipped/><error/></testcase></testsuite>
            skip by figure of the suite (PySys)   | 1 0 1 | <testsuite name='a' tests='2' failures='0' skipped='1'><testcase name='x'/><testcase name='y'/></testsuite>
            skip by figure of the root            | 1 0 1 | <testsuites tests='2' skipped='1'><testsuite name='a'><testcase name='x'/><testcase name='y'/></testsuite></testsuites>
            skip by figure, all of them           | 0 0 2 | <testsuite name='a' tests='2' skipped='2'><testcase name='x'/><testcase name='y'/></testsuite>
            skips (old pytest), not among tests   | 1 0 1 | <testsuite name='a' tests='1' skips='1'><testcase name='x'/><testcase name='y'><skipped/></testcase></testsuite>
            skip (nose)                           | 1 0 1 | <testsuite name='a' tests='2' skip='1'><testcase name='x'/><testcase name='y'/></testsuite>
            ignored                               | 1 0 1 | <testsuite name='a' tests='2' ignored='1'><testcase name='x'/><testcase name='y'/></testsuite>
            disabled and skipped (jasmine)        | 1 0 2 | <testsuite name='a' tests='3' disabled='1' skipped='1'><testcase name='x'/><testcase name='y'/><testcase name='z'/></testsuite>
            skipped by result (gtest)             | 0 0 1 | <testsuites tests='1'><testsuite name='T' tests='1' failures='0' disabled='0' errors='0'><testcase name='a' status='run' result='skipped'/></testsuite></testsuites>
            disabled (gtest)                      | 1 0 2 | <testsuites tests='3' disabled='2'><testsuite name='A' tests='1'><testcase name='x' status='run' result='completed'/></testsuite><testsuite name='S' tests='2' disabled='2'><testcase name='DISABLED_y' status='notrun' result='suppressed'/><testcase name='DISABLED_z' status='notrun' result='suppressed'/></testsuite></testsuites>
            skipped with a reason (gtest)         | 0 0 1 | <testsuite name='T'><testcase name='a' status='run' result='skipped'><skipped message='no network'/></testcase></testsuite>
            skipped by attribute                  | 1 0 2 | <testsuite name='a'><testcase name='x' skipped='true'/><testcase name='y' ignored='true'/><testcase name='z'/></testsuite>
            ignored by element                    | 1 0 2 | <testsuite name='a'><testcase name='x'><ignored/></testcase><testcase name='y'><disabled/></testcase><testcase name='z'/></testsuite>
            could not be run (CTest)              | 1 1 0 | <testsuite name='(empty)' tests='2' failures='0' disabled='0' skipped='1'><testcase name='x' classname='x' status='run'/><testcase name='y' classname='y' status='notrun'><skipped message='Unable to find executable'/></testcase></testsuite>
            fixture failed (CTest)                | 0 1 0 | <testsuite name='c'><testcase name='y' classname='y' status='notrun'><skipped message='Fixture dependency failed'/></testcase></testsuite>
            left out by its exit code (CTest)     | 1 0 1 | <testsuite name='c' tests='2' skipped='1'><testcase name='x' classname='x' status='run'/><testcase name='y' classname='y' status='notrun'><skipped message='SKIP_RETURN_CODE=77'/></testcase></testsuite>
            disabled (CTest)                      | 1 0 1 | <testsuite name='c' tests='2' disabled='1'><testcase name='x' classname='x' status='run'/><testcase name='y' classname='y' status='disabled'><skipped message='Disabled'/></testcase></testsuite>
            not run, not CTest's                  | 0 0 1 | <testsuite name='c'><testcase name='y' classname='C' status='notrun'><skipped message='on another day'/></testcase></testsuite>
            failed by status alone                | 0 2 0 | <testsuite name='a'><testcase name='x' status='failed'/><testcase name='y' status='run' result='interrupted'/></testsuite>
            a status that says nothing            | 3 0 0 | <testsuite name='a'><testcase name='x' status='0'/><testcase name='y' status='passed'/><testcase name='z' status='run' result='completed'/></testsuite>
            flaky (Surefire)                      | 2 1 0 1 | <testsuite name='a' tests='3' failures='5'><testcase name='x'><flakyFailure/><flakyFailure/></testcase><testcase name='y'><failure/><rerunFailure/><rerunFailure/></testcase><testcase name='z'/></testsuite>
            flaky error (Surefire)                | 1 0 0 1 | <testsuite name='a' tests='1' errors='1' failures='0' flakes='1'><testcase name='x'><flakyError/></testcase></testsuite>
            rerun in vain (nextest)               | 0 1 0 | <testsuite name='a' tests='1' failures='1'><testcase name='x'><failure/><rerunFailure/></testcase></testsuite>
            a failure for each try (gdUnit)       | 0 1 0 | <testsuites tests='1' failures='2' flaky='1'><testsuite name='a' tests='1' failures='2' flaky='1'><testcase name='x'><failure message='at retry 1'/><failure message='at retry 2'/></testcase></testsuite></testsuites>
            """)
    void kind(String kind, String expected, String xml) throws IOException {
        Reading.counts(kind, Reading.of(xml), expected);
    }

    /** A failure may be a run before one that passed, or another test: counted as failed, and left open. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a title in a file of JavaScript    | 1 1 0 | 1 | <testsuite name='s'><testcase classname='a.js' name='works'><failure/></testcase><testcase classname='a.js' name='works'/></testsuite>
            a title in a suite of its name     | 1 1 0 | 1 | <testsuite name='Suite'><testcase classname='Suite' name='Login works'><failure/></testcase><testcase classname='Suite' name='Login works'/></testsuite>
            jest: a title, retried             | 1 2 0 | 2 | <testsuite name='S 1'><testcase classname='S 1 a' name='S 1 a'><failure/></testcase><testcase classname='S 1 a' name='S 1 a'><failure/></testcase><testcase classname='S 1 a' name='S 1 a'/></testsuite>
            a display name of a class          | 1 1 0 | 1 | <testsuite name='n.C'><testcase classname='n.C' name='it works'><failure/></testcase><testcase classname='n.C' name='it works'/></testsuite>
            a method of another suite's class  | 1 1 0 | 1 | <testsuite name='all'><testcase classname='n.C' name='works'><failure/></testcase><testcase classname='n.C' name='works'/></testsuite>
            a second suite of one name         | 1 1 0 | 1 | <testsuites><testsuite name='p'><testcase classname='p' name='TestA'><failure/></testcase></testsuite><testsuite name='p'><testcase classname='p' name='TestA'/></testsuite></testsuites>
            no names at all                    | 1 1 0 | 1 | <testsuite><testcase><failure/></testcase><testcase/></testsuite>
            in the root                        | 1 1 0 | 1 | <testsuites><testcase name='x'><failure/></testcase><testcase name='x'/></testsuites>
            with arguments: another test       | 1 1 0 | 0 | <testsuite name='n.C'><testcase classname='n.C' name='adds(1)'><failure/></testcase><testcase classname='n.C' name='adds(1)'/></testsuite>
            two browsers: another test         | 1 1 0 | 0 | <testsuites tests='2' failures='1'><testsuite name='p.ts' hostname='a'><testcase name='x' classname='p.ts'><failure/></testcase></testsuite><testsuite name='p.ts' hostname='b'><testcase name='x' classname='p.ts'/></testsuite></testsuites>
            gotestsum                          | 2 0 0 1 | 0 | <testsuites failures='1'><testsuite name='o/p' failures='1'><testcase classname='o/p' name='TestA'><failure/></testcase><testcase classname='o/p' name='TestB'/><testcase classname='o/p' name='TestA'/></testsuite></testsuites>
            gotestsum, short names of suites   | 1 0 0 1 | 0 | <testsuites><testsuite name='p'><properties><property name='go.version' value='go1.25'/></properties><testcase classname='o/p' name='TestA/b_(1)'><failure/></testcase><testcase classname='o/p' name='TestA/b_(1)'/></testsuite></testsuites>
            Gradle: a method of JUnit 4        | 1 0 0 1 | 0 | <testsuite name='n.C' tests='2' failures='1'><properties/><testcase name='works' classname='n.C'><failure/></testcase><testcase name='works' classname='n.C'/></testsuite>
            Gradle: a method of Kotlin         | 1 0 0 1 | 0 | <testsuite name='C'><testcase name='it works()' classname='C'><failure/></testcase><testcase name='it works()' classname='C'/></testsuite>
            pytest: a parameter                | 1 0 0 1 | 0 | <testsuite name='pytest'><testcase classname='t.a' name='test_x[1-(2)]'><failure/></testcase><testcase classname='t.a' name='test_x[1-(2)]'/></testsuite>
            one line of one file               | 1 0 0 1 | 0 | <testsuite name='s'><testcase classname='c' name='x y' file='a.php' line='4'><failure/></testcase><testcase classname='c' name='x y' file='a.php' line='4'/></testsuite>
            two lines of one file: another test| 1 1 0 | 0 | <testsuite name='s'><testcase classname='c' name='x y' file='a.php' line='4'><failure/></testcase><testcase classname='c' name='x y' file='a.php' line='9'/></testsuite>
            """)
    void namesakes(String kind, String expected, long open, String xml) throws IOException {
        TestReport report = Reading.of(xml);

        Reading.counts(kind, report, expected);
        assertThat(report.doubts().failures()).as(kind).isEqualTo(open);
        assertThat(report.doubts().tests()).as(kind).isEqualTo(Math.min(1, open));
    }

    private static String suite(String... cases) {
        return "<testsuites><testsuite name='p' tests='" + cases.length + "'>" + String.join("", cases)
                + "</testsuite></testsuites>";
    }

    @Test
    void aCaseThatFailedAndComesAgainHasPassedOnARerun() throws IOException {
        TestReport report =
                Reading.of(suite(GO_BAD.formatted("TestX"), GO_OK.formatted("TestY"), GO_OK.formatted("TestX")));

        Reading.counts("gotestsum", report, "2 0 0 1");
        assertThat(report.counts().failures()).isEmpty();
        assertThat(report.flaky()).containsExactly("p.TestX");
        Reading.counts(
                "the suite counts it as failed",
                Reading.of("<testsuites failures='1'><testsuite name='p' failures='1'>" + GO_BAD.formatted("TestX")
                        + GO_OK.formatted("TestX") + "</testsuite></testsuites>"),
                "1 0 0 1");
        Reading.counts(
                "twice in vain",
                Reading.of(suite(GO_BAD.formatted("TestX"), GO_BAD.formatted("TestX"), GO_OK.formatted("TestX"))),
                "1 0 0 1");
        Reading.counts(
                "only in vain", Reading.of(suite(GO_BAD.formatted("TestX"), GO_BAD.formatted("TestX"))), "0 2 0");
        Reading.counts(
                "rerun and skipped",
                Reading.of(
                        suite(GO_BAD.formatted("TestX"), "<testcase classname='p' name='TestX'><skipped/></testcase>")),
                "0 1 1");
        Reading.counts(
                "parts of a test that is run again as a whole",
                Reading.of(suite(
                        GO_OK.formatted("TestT/a"),
                        GO_BAD.formatted("TestT/b"),
                        GO_BAD.formatted("TestT"),
                        GO_OK.formatted("TestT/a"),
                        GO_OK.formatted("TestT/b"),
                        GO_OK.formatted("TestT"))),
                "4 0 0 2");
    }

    /** Namesakes: nothing tells a rerun from another test, and the plugin counts each. */
    @Test
    void aNameThatDoesNotTellTestsApartHidesNoFailure() throws IOException {
        Reading.counts("failed after it passed", Reading.of(suite(OK.formatted("x"), BAD.formatted("x"))), "1 1 0");
        Reading.counts(
                "failed between", Reading.of(suite(OK.formatted("x"), BAD.formatted("x"), OK.formatted("x"))), "2 1 0");
        Reading.counts(
                "passed twice after",
                Reading.of(suite(BAD.formatted("x"), OK.formatted("x"), OK.formatted("x"))),
                "2 1 0");
        Reading.counts(
                "another name of the suite comes twice",
                Reading.of(suite(OK.formatted("y"), OK.formatted("y"), BAD.formatted("x"), OK.formatted("x"))),
                "3 1 0");
        Reading.counts(
                "in another suite",
                Reading.of("<testsuites><testsuite name='p'>" + BAD.formatted("x") + "</testsuite><testsuite name='q'>"
                        + OK.formatted("x") + "</testsuite></testsuites>"),
                "1 1 0");
        for (String name : List.of("[1] 7", "inner(Item)", "adds[1]", "a.TestB.adds(1/2)")) {
            Reading.counts(name, Reading.of(suite(BAD.formatted(name), OK.formatted(name))), "1 1 0");
        }
        Reading.counts("a method", Reading.of(suite(GO_BAD.formatted("adds()"), GO_OK.formatted("adds()"))), "1 0 0 1");
        String part = "<testcase classname='p' name='TestA/[1] (x)'%s";
        Reading.counts(
                "a part of Go's",
                Reading.of(suite(part.formatted("><failure/></testcase>"), part.formatted("/>"))),
                "1 0 0 1");
        Reading.counts(
                "in another class",
                Reading.of(suite(
                        "<testcase classname='A' name='x'><failure/></testcase>",
                        "<testcase classname='B' name='x'/>")),
                "1 1 0");
    }

    @Test
    void failuresAreNamed() throws IOException {
        assertThat(Reading.of("<testsuite name='a' failures='2'><testcase classname='c' name='x'><failure/></testcase>"
                                + "</testsuite>")
                        .counts()
                        .failures())
                .containsExactly("c.x", "a (suite)");
        assertThat(Reading.of(suite(BAD.formatted("n").repeat(3000))).counts().failures())
                .hasSize(20);
    }

    @Test
    void figuresTooLargeToAddStayFailures() throws IOException {
        String xml = "<testsuite name='a' tests='5' failures='9223372036854775807' errors='1'>%s</testsuite>";

        Reading.counts("none", Reading.of(xml.formatted("")), "0 4294967297 0");
        assertThat(Reading.of("<testsuites>"
                                + xml.formatted("<testcase name='x'/>").repeat(3) + "</testsuites>")
                        .counts()
                        .failed())
                .isPositive();
    }

    @Test
    void onlyWantedSuitesCount() throws IOException {
        String xml = "<testsuites failures='7'><testsuite name='api' timestamp='2020-01-01T00:00:00Z'><testcase"
                + " name='x'><failure/></testcase></testsuite><testsuite name='web'><testsuite name='cart'><testcase"
                + " name='y'/></testsuite></testsuite></testsuites>";

        Reading.counts("web", Reading.only("web", xml), "1 0 0");
        assertThat(Reading.only("web", xml).counts().at()).isEqualTo(Reading.MODIFIED);
        Reading.counts("cart", Reading.only("cart", xml), "1 0 0");
        Reading.counts("none", Reading.only("nothing", xml), "0 0 0");
    }

    @Test
    void theOldestTimeCountsWhereverItStands() throws IOException {
        String xml = "<testsuites timestamp='%s'><testsuite name='a' timestamp='%s'><testcase name='x' timestamp='%s'/>"
                + "</testsuite></testsuites>";
        String old = "2026-11-20T10:00:00Z";

        assertThat(Reading.of(xml.formatted(old, "", "")).counts().at()).isEqualTo(old);
        assertThat(Reading.of(xml.formatted("", old, "")).counts().at()).isEqualTo(old);
        assertThat(Reading.of(xml.formatted("", "", old)).counts().at()).isEqualTo(old);
        assertThat(Reading.of(xml.formatted("", "2027-01-01T00:00:00Z", "1970-01-01T00:00:00.000"))
                        .counts()
                        .at())
                .isEqualTo(Reading.MODIFIED);
        TestReport unread = Reading.of(xml.formatted("yesterday", "01/02/2020", old));
        assertThat(unread.counts().at()).isEqualTo(old);
        assertThat(unread.told()).containsExactly("the time 'yesterday' can't be read, the file's counts");
    }

    @Test
    void whatDoesNotAddUpIsTold() throws IOException {
        assertThat(Reading.of(
                                "<testsuites tests='1425'><testsuite name='a' failures='few'><testcase name='x'/></testsuite>"
                                        + "</testsuites>")
                        .told())
                .containsExactly("failures=\"few\" is no count", "it counts 1425 tests and lists 1");
        assertThat(Reading.of("<testsuites tests='501'><testsuite name='a' tests='500'><testcase name='x'/></testsuite>"
                                + "<testsuite name='b' tests='1'><testcase name='y'/></testsuite></testsuites>")
                        .told())
                .containsExactly("suite 'a' counts 500 tests and lists 1");
        assertThat(Reading.of("<testsuites tests='9'><testsuite name='a' tests='2'><testcase name='x'/></testsuite>"
                                + "</testsuites>")
                        .told())
                .containsExactly("suite 'a' counts 2 tests and lists 1", "it counts 9 tests and lists 1");
        assertThat(Reading.of(suite(OK.formatted("x"))).told()).isEmpty();
    }

    @Test
    void propertiesSayWhatWasTested() throws IOException {
        String sha = "AB".repeat(32);
        TestReport report = Reading.of("<testsuites><testsuite name='a'><properties>"
                + "<property name='git.commit.id' value='4BE1F0C0aa'/>"
                + "<property name='env.GIT_COMMIT'> 0123abcd </property>"
                + "<property name='commit' value='main'/><property name='git.branch' value='abcdef0'/>"
                + "<property name='artifact.sha256' value='sha256:" + sha + "'/>"
                + "</properties><testcase name='x'><properties><property name='CI_COMMIT_SHA'"
                + " value='fedcba9-dirty'/></properties></testcase></testsuite></testsuites>");

        assertThat(report.commits()).containsExactlyInAnyOrder("4be1f0c0aa", "0123abcd", "fedcba9-dirty");
        assertThat(report.digests()).containsExactly(sha.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void whatIsNoJunitXmlIsAnErrorWithItsPlace() {
        assertThatThrownBy(() -> Reading.of("<html/>")).hasMessageContaining("the root is <html>");
        for (String bad : List.of(
                "",
                "<testsuite>\n<testcase>",
                "<testsuite/><testsuite/>",
                "<testsuite><testcase name='a'><testcase name='b'/></testcase></testsuite>",
                "<testsuite><testcase name='a'><testsuite/></testcase></testsuite>",
                "<testsuite><testcase name='\u0001'/></testsuite>",
                "<!DOCTYPE testsuite [<!ENTITY a 'b'>]><testsuite name='&a;'/>")) {
            assertThatThrownBy(() -> Reading.of(bad)).as(bad).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> Reading.of("<testsuite>\n<testcase>")).hasMessageContaining("line 2");
    }
}
