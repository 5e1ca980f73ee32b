// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports in the shape that each tool gives them, by tool and oddity. */
class ReportWritersTest {
    /** Passed, failed, skipped and, where there are some, flaky. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pytest: error in tear-down after a pass     | 1 1 0 | <testsuites name='pytest tests'><testsuite name='pytest' errors='1' failures='0' skipped='0' tests='3' timestamp='2026-11-20T10:00:00.123456+01:00'><testcase classname='tests.test_a' name='test_x'><error message='failed on teardown'/></testcase><testcase classname='tests.test_a' name='test_y'/></testsuite></testsuites>
            pytest: failure, then error in tear-down    | 0 2 0 | <testsuites><testsuite name='pytest' errors='1' failures='1' skipped='0' tests='1'><testcase classname='a' name='x'><failure/></testcase><testcase classname='a' name='x'><error message='failed on teardown'/></testcase></testsuite></testsuites>
            pytest: expected failure and strict pass    | 0 1 1 | <testsuites><testsuite name='pytest' errors='0' failures='1' skipped='1' tests='2'><testcase classname='a' name='x'><skipped type='pytest.xfail' message=''/></testcase><testcase classname='a' name='y'><failure message='[XPASS(strict)] '/></testcase></testsuite></testsuites>
            pytest: a module that can't be collected    | 0 1 0 | <testsuites><testsuite name='pytest' errors='1' failures='0' skipped='0' tests='1'><testcase classname='' name='tests.test_a'><error message='collection failure'/></testcase></testsuite></testsuites>
            pytest: run again by a plugin               | 1 0 0 1 | <testsuite name='pytest' errors='0' failures='2' skipped='0' tests='3'><testcase classname='a.B' name='x' file='a.py' line='4'><failure/></testcase><testcase classname='a.B' name='x' file='a.py' line='4'><failure/></testcase><testcase classname='a.B' name='x' file='a.py' line='4'/></testsuite>
            jest: a file that does not compile          | 0 1 0 | <testsuites name='jest tests' tests='1' failures='0' errors='1'><testsuite name='undefined' errors='1' failures='0' skipped='0' tests='1'><testcase classname='Test suite failed to run' name='undefined Test suite failed to run'><error>x</error></testcase></testsuite></testsuites>
            jest: a test with many failures             | 1 1 1 | <testsuites name='jest tests' tests='3' failures='1' errors='0'><testsuite name='a' errors='0' failures='1' skipped='1' timestamp='2026-11-20T10:00:00' tests='3'><testcase classname='a x' name='a x'><failure>1</failure><failure>2</failure></testcase><testcase classname='a y' name='a y'/><testcase classname='a z' name='a z'><skipped/></testcase></testsuite></testsuites>
            mocha: a hook that failed                   | 0 1 0 | <testsuites name='Mocha Tests' tests='0' failures='1'><testsuite name='Root Suite' tests='0' failures='0'/><testsuite name='a' tests='0' failures='1'><testcase name='a "before all" hook for "x"' classname='"before all" hook'><failure message='m' type='Error'/></testcase></testsuite></testsuites>
            mocha's xunit: told twice, the worse counts | 1 2 1 | <testsuite name='Mocha Tests' tests='3' failures='1' errors='1' skipped='1' timestamp='Fri, 20 Nov 2026 10:00:00 GMT'><testcase classname='a' name='x'/><testcase classname='a' name='y'><failure/></testcase><testcase classname='a' name='z'><skipped/></testcase></testsuite>
            surefire: a class whose set-up failed       | 0 1 0 | <testsuite name='A' tests='1' errors='1' skipped='0' failures='0'><testcase name='' classname='A'><error/><rerunError/></testcase></testsuite>
            surefire: set-up failed, then well          | 2 0 0 1 | <testsuite name='A' tests='2' errors='0' skipped='0' failures='0' flakes='1'><testcase name='' classname='A'><flakyError/></testcase><testcase name='x' classname='A'/></testsuite>
            gradle: a retry that is not merged          | 1 0 0 1 | <testsuite name='A' tests='2' skipped='0' failures='1' errors='0' timestamp='2026-11-20T10:00:00.000Z'><properties/><testcase name='x()' classname='A'><failure/></testcase><testcase name='x()' classname='A'/></testsuite>
            go-junit-report: a package that can't build | 0 1 0 | <testsuites tests='1' errors='1'><testsuite name='p' tests='1' failures='0' errors='1' id='0'><testcase name='[build failed]' classname='p'><error message='Build error'/></testcase></testsuite></testsuites>
            gotestsum: rerun in another package         | 1 1 0 | <testsuites tests='2' failures='1'><testsuite name='p' tests='1' failures='1'><testcase classname='p' name='TestA'><failure/></testcase></testsuite><testsuite name='q' tests='1' failures='0'><testcase classname='q' name='TestA'/></testsuite></testsuites>
            ginkgo: panicked and timed out              | 1 2 1 | <testsuites tests='4' disabled='1' errors='1' failures='1'><testsuite name='S' package='/p' tests='4' disabled='1' skipped='0' errors='1' failures='1'><testcase name='[It] x' classname='S' status='panicked'><error/></testcase><testcase name='[It] y' classname='S' status='timedout'><failure/></testcase><testcase name='[It] z' classname='S' status='pending'><skipped message='pending'/></testcase><testcase name='[It] w' classname='S' status='passed'/></testsuite></testsuites>
            ginkgo: panicked by status alone            | 0 1 0 | <testsuites><testsuite name='S'><testcase name='[It] x' classname='S' status='panicked'/></testsuite></testsuites>
            gtest: a failure outside of any test        | 1 1 0 | <testsuites tests='2' failures='1' name='AllTests'><testsuite name='A' tests='1' failures='0'><testcase name='x' status='run' result='completed' classname='A'/></testsuite><testsuite name='NonTestSuiteFailure' tests='1' failures='1'><testcase name='' status='run' result='completed' classname=''><failure/></testcase></testsuite></testsuites>
            ctest: a time limit                         | 0 1 0 | <testsuite name='c' tests='1' failures='1' disabled='0' skipped='0'><testcase name='x' classname='x' status='fail'><failure message='Timeout'/></testcase></testsuite>
            catch2: an exception among assertions       | 1 1 0 | <testsuites><testsuite name='c' errors='1' failures='1' skipped='0' tests='4'><testcase classname='c.global' name='a' status='run'><failure type='CHECK'/><error type='TEST_CASE'/></testcase><testcase classname='c.global' name='b' status='run'/></testsuite></testsuites>
            bazel: a target without a report of its own | 0 1 0 | <testsuites><testsuite name='pkg/t' tests='1' failures='0' errors='1'><testcase name='pkg/t' status='run' duration='3'><error message='exited with error code 1'/></testcase></testsuite></testsuites>
            rspec: pending and failed                   | 1 1 1 | <testsuite name='rspec' tests='3' skipped='1' failures='1' errors='0' timestamp='2026-11-20T10:00:00+00:00'><properties><property name='seed' value='7'/></properties><testcase classname='spec.a' name='A x' file='./spec/a_spec.rb'/><testcase classname='spec.a' name='A y' file='./spec/a_spec.rb'><skipped/></testcase><testcase classname='spec.a' name='A z' file='./spec/a_spec.rb'><failure/></testcase></testsuite>
            rspec: an error outside of examples         | 0 1 0 | <testsuite name='rspec' tests='0' skipped='0' failures='0' errors='1'/>
            rspec: namesakes in two files               | 1 1 0 | <testsuite name='rspec' tests='2' skipped='0' failures='1' errors='0'><testcase classname='spec.a' name='A x' file='./spec/a_spec.rb'><failure/></testcase><testcase classname='spec.a' name='A x' file='./spec/a/other_spec.rb'/></testsuite>
            phpunit: data sets and warnings             | 3 1 1 | <testsuites><testsuite name='' tests='5' assertions='4' errors='0' failures='1' warnings='1' skipped='1'><testsuite name='ATest' tests='5' failures='1' warnings='1' skipped='1'><testsuite name='ATest::testX' tests='3' failures='1'><testcase name='testX with data set #0'/><testcase name='testX with data set #1'><failure type='F'/></testcase><testcase name='testX with data set #2'/></testsuite><testcase name='testY'><warning type='W'/></testcase><testcase name='testZ'><skipped/></testcase></testsuite></testsuite></testsuites>
            phpunit: risky counted as an error          | 0 1 0 | <testsuites><testsuite name='' tests='1' errors='1' failures='0'><testcase name='testX' class='ATest'><error type='PHPUnit\\Framework\\RiskyTestError'/></testcase></testsuite></testsuites>
            cypress: a hook before each test            | 0 1 0 | <testsuites name='Mocha Tests' tests='1' failures='1'><testsuite name='Root Suite' file='cypress/a.cy.js' tests='0' failures='0'/><testsuite name='login' tests='1' failures='1'><testcase name='login "before each" hook for "x"' classname='"before each" hook for "x"'><failure type='Error'/></testcase></testsuite></testsuites>
            playwright: one test in two browsers        | 1 1 0 | <testsuites tests='2' failures='1' skipped='0' errors='0'><testsuite name='a.spec.ts' hostname='chromium' tests='1' failures='1' skipped='0' errors='0'><testcase name='a › x' classname='a.spec.ts'><failure type='FAILURE'/></testcase></testsuite><testsuite name='a.spec.ts' hostname='webkit' tests='1' failures='0' skipped='0' errors='0'><testcase name='a › x' classname='a.spec.ts'/></testsuite></testsuites>
            playwright: a test that is to be mended     | 0 0 1 | <testsuites tests='1' failures='0' skipped='1' errors='0'><testsuite name='a.spec.ts' hostname='' tests='1' failures='0' skipped='1' errors='0'><testcase name='x' classname='a.spec.ts'><properties><property name='fixme' value=''/></properties><skipped/></testcase></testsuite></testsuites>
            suites of one name in two packages          | 1 1 0 | <testsuites><testsuite name='tests' package='a' tests='1'><testcase name='x'><failure/></testcase></testsuite><testsuite name='tests' package='b' tests='1'><testcase name='x'/></testsuite></testsuites>
            robot: skip, fail, pass                     | 1 1 1 | <testsuite name='S' tests='3' errors='0' failures='1' skipped='1' timestamp='2026-11-20T10:00:00.123000'><testcase classname='S.Sub' name='A'/><testcase classname='S.Sub' name='B'><failure message='m' type='AssertionError'/></testcase><testcase classname='S.Sub' name='C'><skipped message='m'/></testcase></testsuite>
            karma: a browser that went away             | 1 1 0 | <testsuite name='Chrome 120' package='' id='0' tests='1' errors='1' failures='0'><properties><property name='browser.fullName' value='x'/></properties><testcase name='a x' classname='Chrome.a'/><system-err/></testsuite>
            nextest: flaky, failed, left out            | 1 1 1 1 | <testsuites name='nextest-run' tests='3' failures='1' errors='0' uuid='1' timestamp='2026-11-20T10:00:00.000+00:00'><testsuite name='c' tests='3' disabled='1' errors='0' failures='1'><testcase name='a' classname='c' timestamp='2026-11-20T10:00:00.000+00:00'><flakyFailure type='test failure'/></testcase><testcase name='b' classname='c'><failure/><rerunFailure/></testcase><testcase name='d' classname='c'><skipped/></testcase></testsuite></testsuites>
            xcpretty: tried again                       | 2 0 0 1 | <testsuites name='A.xctest' tests='3' failures='1'><testsuite name='ATests' tests='3' failures='1'><testcase classname='ATests' name='testX'><failure message='m'>A.swift:1</failure></testcase><testcase classname='ATests' name='testX' time='0.1'/><testcase classname='ATests' name='testY'/></testsuite></testsuites>
            node: a todo that fails                     | 1 1 1 | <testsuites><testcase name='x' classname='test'/><testsuite name='s' disabled='0' errors='0' tests='2' failures='1' skipped='1' hostname='h'><testcase name='y' classname='test' failure='m'><failure type='testCodeFailure'/></testcase><testcase name='z' classname='test'><skipped type='todo' message='true'/><failure/></testcase></testsuite></testsuites>
            vitest: two projects                        | 1 1 0 | <testsuites name='vitest tests' tests='2' failures='1' errors='0'><testsuite name='a.test.ts' hostname='h' tests='1' failures='1' errors='0' skipped='0' id='0'><testcase classname='a.test.ts' name='x'><failure/></testcase></testsuite><testsuite name='a.test.ts' hostname='h' tests='1' failures='0' errors='0' skipped='0' id='1'><testcase classname='a.test.ts' name='x'/></testsuite></testsuites>
            behave: never begun                         | 1 0 1 | <testsuite name='f.F' tests='2' errors='0' failures='0' skipped='0'><testcase classname='f.F' name='x' status='passed'/><testcase classname='f.F' name='y' status='untested'/></testsuite>
            behave: a step that nobody wrote            | 0 1 0 | <testsuite name='f.F' tests='1' errors='0' failures='0' skipped='0'><testcase classname='f.F' name='x' status='undefined'/></testsuite>
            Qt 5: results in attributes                 | 1 1 0 | <testsuite errors='0' failures='1' tests='2' name='t'><testcase result='pass' name='a'/><testcase result='fail' name='b'><failure message='m' result='fail'/></testcase></testsuite>
            boost: not run for a dependency             | 1 0 1 | <testsuite tests='2' skipped='1' errors='0' failures='0' id='0' name='M'><testcase assertions='1' name='a'/><testcase assertions='0' name='b'><skipped/></testcase></testsuite>
            TAP: a plan that is short                   | 1 1 0 | <testsuites><testsuite name='t_a' tests='1' failures='0' errors='1'><testcase name='1 - ok'/><error type='plan' message='planned to run 2 and ran 1'/></testsuite></testsuites>
            TestNG: a method run ten times              | 1 1 1 | <testsuite name='A' tests='3' failures='1' errors='0' skipped='1' timestamp='2026-11-20T10:00:00 GMT'><testcase name='x' classname='A'/><testcase name='y' classname='A'><failure/></testcase><testcase name='z' classname='A'><skipped/></testcase></testsuite>
            """)
    void junit(String kind, String expected, String xml) throws IOException {
        Reading.counts(kind, Reading.of(xml), expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            MSTest: two classes with one method name  | 1 1 0 | <TestRun><Results><UnitTestResult testId='1' testName='Adds' outcome='Failed'/><UnitTestResult testId='2' testName='Adds' outcome='Passed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/></ResultSummary></TestRun>
            MSTest: rows of one test, one name        | 1 1 0 | <TestRun><Results><UnitTestResult testId='1' testName='Adds' outcome='Failed' resultType='DataDrivenTest'><InnerResults><UnitTestResult testId='1' testName='Adds (Data Row 0)' outcome='Failed'/><UnitTestResult testId='1' testName='Adds (Data Row 1)' outcome='Passed'/></InnerResults></UnitTestResult></Results></TestRun>
            MSTest: rows of one display name          | 1 1 0 | <TestRun><Results><UnitTestResult testId='1' executionId='a' testName='N.C.Adds' outcome='Failed'/><UnitTestResult testId='1' executionId='b' testName='N.C.Adds' outcome='Passed'/></Results><ResultSummary outcome='Failed'><Counters total='2' executed='2' passed='1' failed='1'/></ResultSummary></TestRun>
            vstest: no test matches the filter        | 0 0 0 | <TestRun><ResultSummary outcome='Completed'><Counters total='0' executed='0' passed='0' failed='0'/></ResultSummary></TestRun>
            NUnit: namesakes in one fixture           | 1 1 0 | <test-run result='Failed' total='2' failed='1'><test-suite name='f' result='Failed' site='Child'><test-case id='0-1' fullname='N.C.Adds(1)' result='Failed'/><test-case id='0-2' fullname='N.C.Adds(1)' result='Passed'/></test-suite></test-run>
            NUnit: one display name, two methods      | 1 1 0 | <test-run result='Failed' total='2' failed='1'><test-suite name='f' result='Failed' site='Child'><test-case id='0-1' fullname='works' methodname='A' classname='N.C' result='Failed'/><test-case id='0-2' fullname='works' methodname='B' classname='N.C' result='Passed'/></test-suite></test-run>
            xUnit: one display name, two methods      | 1 1 0 | <assemblies><assembly name='a.dll' total='2' failed='1' passed='1'><collection name='c' total='2' failed='1'><test name='works' type='N.C' method='A' result='Fail'/><test name='works' type='N.C' method='B' result='Pass'/></collection></assembly></assemblies>
            xUnit 1: classes for collections          | 1 1 0 | <assembly name='a.dll' run-date='2026-11-20' run-time='10:00:00' total='2' passed='1' failed='1' skipped='0'><class name='N.C' total='2' failed='1'><test name='N.C.A' type='N.C' method='A' result='Pass'/><test name='N.C.B' type='N.C' method='B' result='Fail'/></class></assembly>
            MSTest: without ids                       | 1 1 0 | <TestRun><Results><UnitTestResult testName='Adds' outcome='Failed'/><UnitTestResult testName='Adds' outcome='Passed'/></Results></TestRun>
            NUnit: a class in two assemblies          | 1 1 0 | <test-run result='Failed' total='2' passed='1' failed='1'><test-suite type='Assembly' fullname='/net48/S.dll' result='Failed' site='Child'><test-suite type='TestFixture' fullname='S.Pay' result='Failed' site='Child'><test-case fullname='S.Pay.Charge' result='Failed'/></test-suite></test-suite><test-suite type='Assembly' fullname='/net8.0/S.dll' result='Passed'><test-suite type='TestFixture' fullname='S.Pay' result='Passed'><test-case fullname='S.Pay.Charge' result='Passed'/></test-suite></test-suite></test-run>
            xUnit: a class in two assemblies          | 1 1 0 | <assemblies><assembly name='net48/S.dll' total='1' passed='0' failed='1'><collection name='for S.Pay' total='1' failed='1'><test name='S.Pay.Charge' result='Fail'/></collection></assembly><assembly name='net8/S.dll' total='1' passed='1' failed='0'><collection name='for S.Pay' total='1' failed='0'><test name='S.Pay.Charge' result='Pass'/></collection></assembly></assemblies>
            CppUnit: another TestRun                  | 0 0 0 | <TestRun><FailedTests/><SuccessfulTests><Test id='1'><Name>a</Name></Test></SuccessfulTests><Statistics><Tests>1</Tests></Statistics></TestRun>
            """)
    void dotnet(String kind, String expected, String xml) throws IOException {
        Reading.counts(kind, Reading.of(xml), expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            pytest    | 2026-11-20T10:00:00.123456+01:00 | 2026-11-20T09:00:00.123456Z
            mocha     | Fri, 20 Nov 2026 10:00:00 GMT    | 2026-11-20T10:00:00Z
            TestNG    | 2026-11-20T10:00:00 GMT          | 2026-11-20T10:00:00Z
            old TestNG| 20 Nov 2026 10:00:00 GMT         | 2026-11-20T10:00:00Z
            TestNG 7  | 2026-11-20T10:00:00 CET          | 2026-11-20T09:00:00Z
            Karma     | 2026-11-20T10:00:00              | 2026-11-20T10:00:00Z
            Erlang    | 2026-11-20T10:00:00Z             | 2026-11-20T10:00:00Z
            Robot 3   | 20261120 10:00:00.123            | 2026-11-20T10:00:00.123Z
            QUnit     | 2026-11-20T10:00:00+0000         | 2026-11-20T10:00:00Z
            busted    | 2026-11-20T10:00:00.5            | 2026-11-20T10:00:00.500Z
            Delphi    | 2026-11-20T10:00:00.123 +01:00   | 2026-11-20T09:00:00.123Z
            a space   | 2020-01-02 10:00:00              | 2020-01-02T10:00:00Z
            Playwright| 1577959200000                    | 2020-01-02T10:00:00Z
            """)
    void time(String writer, String text, Instant at) throws IOException {
        TestReport report = Reading.of("<testsuite name='a' timestamp='" + text + "'><testcase name='x'/></testsuite>");

        assertThat(report.told()).as(writer).isEmpty();
        assertThat(report.counts().at()).as(writer).isEqualTo(at);
    }

    @Test
    void eachSuiteOfAFileSaysWhereItRan() throws IOException {
        Reading.counts(
                "the same host: left open",
                Reading.of(
                        "<testsuites><testsuite name='p' hostname='h'><testcase name='x'><failure/></testcase></testsuite>"
                                + "<testsuite name='p' hostname='h'><testcase name='x'/></testsuite></testsuites>"),
                "1 1 0");
    }
}
