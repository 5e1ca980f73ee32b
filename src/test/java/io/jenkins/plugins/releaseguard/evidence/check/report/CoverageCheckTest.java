// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several runs cover together, whose time counts, and what is said of it. */
class CoverageCheckTest {
    private static Evidence look(String limit, String... reports) {
        FakeCheckContext context = new FakeCheckContext();
        for (int i = 0; i < reports.length; i++) {
            context.file("x/" + i + "/r", reports[i].replace('\'', '"').replace(';', '\n'));
        }
        return CheckFixture.at("coverage: {report: 'x/**/r', " + limit + "}", context);
    }

    private static String jacoco(String name, String lines, String counters) {
        return "<report name='" + name + "'><package name='p'><sourcefile name='A.java'>" + lines
                + "</sourcefile></package>" + counters + "</report>";
    }

    @ParameterizedTest(name = "{0} of {1} and {2}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // by line
                "line: '>= 100%'|SF:s/a;DA:1,1;DA:2,0;end_of_record|SF:s/a;DA:1,0;DA:2,1;end_of_record|PASS|2 of 2 lines covered; files of one path in reports of several folders are taken for one, as the reports have the same files: 1",
                "line: '>= 100%'|SF:s/a;DA:1,1;DA:2,0;end_of_record|SF:s/a;DA:1,1;DA:2,0;end_of_record|FAIL|1 of 2 lines covered; files of one path in reports of several folders are taken for one, as the reports have the same files: 1",
                "line: '>= 50%'|SF:s/a;DA:1,1;end_of_record|SF:s/b;DA:1,0;end_of_record|PASS|1 of 2 lines covered",
                // one leaves out what it didn't load
                "line: '>= 60%'|SF:/s/a;DA:1,1;DA:2,1;DA:3,0;end_of_record|SF:/s/a;DA:2,0;DA:3,0;end_of_record|PASS|2 of 3 lines covered",
                "line: '>= 60%'|SF:C:\\\\s\\\\a;DA:1,1;DA:2,1;DA:3,0;end_of_record|SF:C:\\\\s\\\\a;DA:2,0;DA:3,0;end_of_record|PASS|2 of 3 lines covered",
                // which a path within a part of a repository doesn't tell
                "line: '>= 60%'|SF:s/a;DA:1,1;DA:2,1;DA:3,0;end_of_record|SF:s/a;DA:2,0;DA:3,0;end_of_record|UNKNOWN|lines: the reports don't tell whether files of one path are one file: let them write whole paths",
                "line: '>= 40%'|SF:s/a;DA:1,1;DA:2,1;DA:3,0;end_of_record|SF:s/a;DA:2,0;DA:3,0;end_of_record|PASS|at least 2 of 5 lines covered; files of one path that may be one or several are counted both ways: 1",
                "line: '>= 70%'|SF:s/a;DA:1,1;DA:2,1;DA:3,0;end_of_record|SF:s/a;DA:2,0;DA:3,0;end_of_record|FAIL|at least 2 of 5 lines covered; files of one path that may be one or several are counted both ways: 1",
                // a name alone may be another file's
                "line: '>= 60%'|SF:a;DA:1,1;DA:2,1;DA:3,1;end_of_record|SF:a;DA:1,0;DA:2,0;end_of_record|PASS|3 of 5 lines covered; files of one path with different lines are counted apart: 1",
                // branches of one line: between the most that one took and both together
                "branch: '>= 25%'|SF:s/a;DA:1,1;BRDA:1,0,0,1;BRDA:1,0,1,0;BRDA:1,0,2,0;end_of_record|SF:s/a;DA:1,1;BRDA:1,0,0,0;BRDA:1,0,1,1;BRDA:1,0,2,0;end_of_record|PASS|at least 1 of 3 branches covered; files of one path in reports of several folders are taken for one, as the reports have the same files: 1",
                "branch: '>= 50%'|SF:s/a;DA:1,1;BRDA:1,0,0,1;BRDA:1,0,1,0;BRDA:1,0,2,0;end_of_record|SF:s/a;DA:1,1;BRDA:1,0,0,0;BRDA:1,0,1,1;BRDA:1,0,2,0;end_of_record|UNKNOWN|branches: the reports don't tell which of it more than one run covered",
                "branch: '>= 70%'|SF:s/a;DA:1,1;BRDA:1,0,0,1;BRDA:1,0,1,0;BRDA:1,0,2,0;end_of_record|SF:s/a;DA:1,1;BRDA:1,0,0,0;BRDA:1,0,1,1;BRDA:1,0,2,0;end_of_record|FAIL|at least 1 of 3 branches covered; files of one path in reports of several folders are taken for one, as the reports have the same files: 1",
                // figures alone: one report's name and totals
                "instruction: '>= 90%'|<report name='a'><counter type='INSTRUCTION' missed='31' covered='295'/></report>|<report name='a'><counter type='INSTRUCTION' missed='115' covered='211'/></report>|PASS|at least 295 of 326 instructions covered",
                "instruction: '>= 95%'|<report name='a'><counter type='INSTRUCTION' missed='31' covered='295'/></report>|<report name='a'><counter type='INSTRUCTION' missed='115' covered='211'/></report>|UNKNOWN|instructions: the reports don't tell which of it more than one run covered",
                "instruction: '>= 75%'|<report name='a'><counter type='INSTRUCTION' missed='5' covered='5'/></report>|<report name='b'><counter type='INSTRUCTION' missed='0' covered='10'/></report>|PASS|15 of 20 instructions covered"
            })
    void whatOneRunCoveredIsCovered(String limit, String one, String two, Status status, String reason) {
        Evidence evidence = look(limit, one, two);
        assertThat(evidence.reason()).isEqualTo(reason);
        assertThat(evidence.status()).isEqualTo(status);
    }

    /** Reports of one folder, or of two, whose paths lead from nowhere that they say. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            two runs in one folder      | c/u | c/i | PASS    | A B- | A- B | 4 of 4 lines covered
            and files of their own      | c/u | c/i | PASS    | A B  | A- C | 6 of 6 lines covered
            two folders, the same files | a/u | b/u | PASS    | A B- | A- B | 4 of 4 lines covered; files of one path in reports of several folders are taken for one, as the reports have the same files: 2
            one has more                | a/u | b/u | PASS    | A B C | A- | 6 of 6 lines covered; files of one path in reports of several folders are taken for one, as the reports have the same files: 1
            each has files of its own   | a/u | b/u | UNKNOWN | A B  | A- C | lines: the reports don't tell whether files of one path are one file: let them write whole paths
            they differ in one          | a/u | b/u | UNKNOWN | A B  | A- D | lines: the reports don't tell whether files of one path are one file: let them write whole paths
            of Java's packages          | a/u | b/u | PASS    | J B  | J- C | 6 of 6 lines covered
            """)
    void theSamePathInAnotherFolderMayBeAnotherModules(
            String kind, String one, String two, Status status, String first, String second, String reason) {
        Evidence evidence = CheckFixture.at(
                "coverage: {report: ['*/u', '*/i'], line: '>= 90%'}",
                new FakeCheckContext().file(one, lcov(first)).file(two, lcov(second)));
        assertThat(evidence.reason()).as(kind).isEqualTo(reason);
        assertThat(evidence.status()).isEqualTo(status);
    }

    /** Files of two lines, uncovered with a minus; {@code D} is {@code B} with other lines. */
    private static String lcov(String files) {
        StringBuilder all = new StringBuilder();
        for (String each : files.split(" ")) {
            int from = each.startsWith("D") ? 7 : 1;
            String hit = each.endsWith("-") ? ",0\n" : ",1\n";
            String name = each.startsWith("J")
                    ? "org/a/J.java"
                    : "src/" + each.substring(0, 1).replace('D', 'B') + ".ts";
            all.append("SF:" + name + "\nDA:" + from + hit + "DA:" + (from + 1) + hit + "FNF:1\nFNH:"
                    + (each.endsWith("-") ? 0 : 1) + "\nend_of_record\n");
        }
        return all.toString();
    }

    @Test
    void figuresOfAFileThatMayBeTwoAreCountedBothWays() {
        FakeCheckContext context =
                new FakeCheckContext().file("a/u", lcov("A B")).file("b/u", lcov("A- C"));
        assertThat(CheckFixture.at("coverage: {report: '*/u', method: '>= 90%'}", context)
                        .status())
                .isEqualTo(Status.UNKNOWN);
        assertThat(CheckFixture.at("coverage: {report: '*/u', method: '>= 75%'}", context)
                        .reason())
                .isEqualTo(
                        "at least 3 of 4 methods covered; files of one path that may be one or several are counted both"
                                + " ways: 1");
    }

    @Test
    void aThirdReportIsHeldAgainstTheFirstThatHasTheFile() {
        assertThat(CheckFixture.at(
                                "coverage: {report: '*/u', line: '>= 90%'}",
                                new FakeCheckContext()
                                        .file("a/u", lcov("A B"))
                                        .file("b/u", lcov("A-"))
                                        .file("c/u", lcov("A- C")))
                        .status())
                .isEqualTo(Status.UNKNOWN);
    }

    private static String cobertura(String source, String lines) {
        return "<coverage line-rate='0'><sources><source>" + source
                + "</source></sources><packages><package name='.'><classes><class filename='src/i.ts'><lines>" + lines
                + "</lines></class></classes></package></packages></coverage>";
    }

    @ParameterizedTest(name = "{0} and {1}, {2}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/ws/p/a|/ws/p/b|line: '>= 80%'|UNKNOWN",
                "/ws/p/a|/ws/p/b|line: '>= 50%'|PASS",
                "/ws/p/a|/ws/p/a|line: '>= 100%'|PASS",
                "/ws/p/a/|/ws/p/a|line: '>= 100%'|PASS",
                "/ws/p|/ws/p@2|line: '>= 100%'|PASS",
                "/ws@2/p|/ws@script/p|line: '>= 80%'|UNKNOWN",
                "C:\\ws\\a|C:\\ws\\b|line: '>= 80%'|UNKNOWN",
                "C:\\ws\\a|C:/ws/a|line: '>= 100%'|PASS",
                ".|.|line: '>= 100%'|PASS",
                "``|/ws/p/a|line: '>= 100%'|PASS"
            })
    void aPathLeadsFromWhereItsReportSays(String one, String two, String limit, Status status) {
        String rate = "line-rate='0'";
        String covered = cobertura(one, "<line number='1' hits='1'/><line number='2' hits='3'/>");
        String open = cobertura(two, "<line number='1' hits='0'/><line number='2' hits='0'/>");
        assertThat(look(limit, covered.replace(rate, "line-rate='1'"), open).status())
                .isEqualTo(status);
    }

    @Test
    void jacocosLinesAreUnitedWhereTheyAreAllThatItCounts() {
        String counters =
                "<counter type='INSTRUCTION' missed='2' covered='4'/><counter type='LINE' missed='1' covered='2'/>";
        String one = jacoco(
                "a",
                "<line nr='1' mi='0' ci='2' mb='0' cb='0'/><line nr='2' mi='0' ci='2' mb='0' cb='0'/>"
                        + "<line nr='3' mi='2' ci='0' mb='0' cb='0'/>",
                counters);
        String two = jacoco(
                "b",
                "<line nr='1' mi='2' ci='0' mb='0' cb='0'/><line nr='2' mi='0' ci='2' mb='0' cb='0'/>"
                        + "<line nr='3' mi='0' ci='2' mb='0' cb='0'/>",
                counters);
        assertThat(look("line: '>= 100%'", one, two).reason()).isEqualTo("3 of 3 lines covered");
        assertThat(look("instruction: '>= 66%'", one, two).reason()).isEqualTo("6 of 6 instructions covered");
        String other = jacoco(
                "c",
                "<line nr='8' mi='1' ci='0' mb='0' cb='0'/>",
                "<counter type='INSTRUCTION' missed='1' covered='0'/><counter type='LINE' missed='1' covered='0'/>");
        assertThat(look("line: '>= 50%'", one, two, other).reason())
                .isEqualTo("3 of 4 lines covered; files of one path with different lines are counted apart: 1");
    }

    @Test
    void whatIsLimitedIsSaid() {
        String report = "<report name='a'><counter type='BRANCH' missed='1' covered='3'/></report>";
        assertThat(look("branch: '>= 75%'", report).reason()).isEqualTo("3 of 4 branches covered");
        assertThat(look("line: '>= 75%'", report).status()).isEqualTo(Status.UNKNOWN);
        assertThat(look("line: '>= 75%', branch: '>= 80%'", report).reason())
                .isEqualTo("the report has no lines, 3 of 4 branches covered");
    }

    @Test
    void theOldestTimeCounts() {
        String old = "<coverage line-rate='1' lines-valid='1' lines-covered='1' timestamp='1500000000'/>";
        String zero = "<coverage line-rate='1' lines-valid='1' lines-covered='1' timestamp='0'/>";
        assertThat(look("line: '> 0%'", zero, old).at()).isEqualTo(Instant.parse("2017-07-14T02:40:00Z"));
        assertThat(look("line: '> 0%'", zero).at()).isEqualTo(FakeCheckContext.NOW.minusSeconds(3600));
        assertThat(look("line: '> 0%'", zero.replace("'0'", "'?'")).reason())
                .isEqualTo("1 of 1 lines covered; timestamp '?' is no time, so the file's counts");
    }

    @Test
    void cloversAndLcovsUsualFilesAreFoundUnasked() {
        assertThat(CheckFixture.at(
                                "coverage: {line: '>= 50%'}",
                                new FakeCheckContext()
                                        .file(
                                                "coverage/clover.xml",
                                                "<coverage generated='0'><project><file name='a'><line num='1' type='stmt' count='1'/></file></project></coverage>"))
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(CheckFixture.at(
                                "coverage: {line: '>= 50%'}",
                                new FakeCheckContext().file("coverage/lcov.info", "SF:a.c\nDA:1,1\nend_of_record\n"))
                        .status())
                .isEqualTo(Status.PASS);
    }
}
