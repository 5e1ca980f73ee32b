// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as their many writers write them: figures and times. */
class CoverageFormatsTest {
    private static CoverageReport read(String text, String format) throws IOException {
        byte[] bytes = text.replace('\'', '"').replace(';', '\n').getBytes(StandardCharsets.UTF_8);
        return CoverageReader.report(new ByteArrayInputStream(bytes), format, true);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "branch='true' hits='1' condition-coverage='50% (1/2)'|1/2",
                "branch='True' hits='1' condition-coverage='100.0% (4/4)'|4/4",
                "branch='TRUE' hits='1' condition-coverage='0%( 0 / 2 )'|0/2",
                "branch='True' hits='1'|2/2",
                "branch='true' hits='0'|0/2",
                "branch='false' hits='1' condition-coverage='50% (1/2)'|0/0",
                "branch='' hits='1'|0/0",
                "branch='true' hits='1' condition-coverage='50%'|0/0",
                "hits='1'|0/0"
            })
    void coberturasBranchesAreThoseThatJenkinsCounts(String line, String branches) throws IOException {
        Count count = read(
                        "<coverage line-rate='1'><packages><package><classes><class filename='a'><lines><line number='1' "
                                + line + "/></lines></class></classes></package></packages></coverage>",
                        "auto")
                .whole()
                .branch();
        assertThat(count.covered() + "/" + count.total()).isEqualTo(branches);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // overflows: only the sign is of interest
                "line-rate='1'|<class filename='a'><lines><line number='1' hits='18446744073709551615'/><line number='2' hits='-1'/></lines></class>|1/2",
                "line-rate='1'|<class filename='a'><lines><line number='1' hits='1e3'/><line number='2' hits='0.0'/></lines></class>|1/2",
                // the rate stands in where there are no counts, and is worse
                "line-rate='0.2'|<class filename='a' line-rate='0.2'><lines><line number='1' hits='1'/></lines></class>|0/1",
                "line-rate='0.66'|<class filename='a'><lines><line number='1' hits='1'/><line number='2' hits='1'/><line number='3' hits='0'/></lines></class>|2/3",
                "line-rate='0.666'|<class filename='a'><lines><line number='1' hits='1'/><line number='2' hits='1'/><line number='3' hits='0'/></lines></class>|2/3",
                "line-rate='66.6'|<class filename='a'><lines><line number='1' hits='1'/></lines></class>|1/1",
                "line-rate='NaN'|<class filename='a'><lines><line number='1' hits='1'/></lines></class>|1/1",
                "line-rate='0' lines-valid='1' lines-covered='1'|<class filename='a'><lines><line number='1' hits='1'/></lines></class>|1/1",
                // one path within two packages
                "line-rate='0.5'|<class filename='m.py'><lines><line number='1' hits='1'/></lines></class></classes></package><package name='q'><classes><class filename='m.py'><lines><line number='1' hits='0'/></lines></class>|1/2",
                "line-rate='1'|<class filename='m.py'><lines><line number='1' hits='1'/></lines></class></classes></package><package name='p'><classes><class filename='m.py'><lines><line number='1' hits='0'/></lines></class>|1/1"
            })
    void coberturasLinesAndRate(String root, String classes, String lines) throws IOException {
        Count count = read(
                        "<coverage " + root + "><packages><package name='p'><classes>" + classes
                                + "</classes></package></packages></coverage>",
                        "auto")
                .whole()
                .line();
        assertThat(count.covered() + "/" + count.total()).isEqualTo(lines);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "<coverage line-rate='1' timestamp='1500000000000'/>|2017-07-14T02:40:00Z|``",
                "<coverage line-rate='1' timestamp='1500000000'/>|2017-07-14T02:40:00Z|``",
                "<coverage line-rate='1' timestamp='1500000000.25'/>|2017-07-14T02:40:00.250Z|``",
                "<coverage line-rate='1' timestamp='2017-07-14T02:40:00Z'/>|2017-07-14T02:40:00Z|``",
                "<coverage line-rate='1' timestamp='2017-07-14 02:40:00'/>|2017-07-14T02:40:00Z|``",
                "<coverage line-rate='1' timestamp='1500000000000000'/>|2017-07-14T02:40:00Z|``",
                "<coverage line-rate='1' timestamp='0'/>|-|``",
                "<coverage line-rate='1' timestamp='-1'/>|-|``",
                "<coverage line-rate='1' timestamp=''/>|-|``",
                "<coverage line-rate='1'/>|-|``",
                "<coverage line-rate='1' timestamp='now'/>|-|timestamp 'now'",
                "<coverage line-rate='1' timestamp='1e999999999'/>|-|timestamp '1e999999999'",
                "<coverage line-rate='1' timestamp='1e-999999999'/>|-|timestamp '1e-999999999'",
                "<coverage line-rate='1' timestamp='1500000000000000000'/>|-|timestamp '1500000000000000000'",
                "<coverage generated='1500000000'><project/></coverage>|2017-07-14T02:40:00Z|``",
                "<coverage generated='1500000000000'><project/></coverage>|2017-07-14T02:40:00Z|``",
                "<report name='r'><sessioninfo id='a' start='1' dump='1600000000000'/><sessioninfo id='b' start='1' dump='1500000000000'/></report>|2017-07-14T02:40:00Z|``",
                "<report name='r'><sessioninfo id='a' start='0' dump='0'/></report>|-|``",
                "SF:a;end_of_record|-|``"
            })
    void aReportsOwnTimeIsRead(String report, Instant at, String odd) throws IOException {
        assertThat(read(report, "auto").time()).isEqualTo(new OwnTime(at, odd));
    }

    @ParameterizedTest(name = "{0}: {1} lines, {2} branches, {3} methods")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TN:;SF:a.c;DA:1,1;DA:2,0;end_of_record|1/2|0/0|0/0",
                "SF:a.c;DA:1,5,checksum;LF:1;LH:1;end_of_record;|1/1|0/0|0/0",
                "\uFEFFSF:a.c;DA:1,1;end_of_record|1/1|0/0|0/0",
                "# comment;SF:a.c;VER:2;DA:1,1;end_of_record|1/1|0/0|0/0",
                "SF:a.c;DA:1,1;BRDA:1,0,0,1;BRDA:1,0,1,-;BRDA:1,e0,2,0;BRF:3;BRH:1;end_of_record|1/1|1/3|0/0",
                "SF:a.c;FN:1,f;FN:2,g;FNDA:1,f;FNF:2;FNH:1;DA:1,1;end_of_record|1/1|0/0|1/2",
                "SF:a.c;LF:10;LH:4;end_of_record|4/10|0/0|0/0",
                "SF:a.c;DA:1,1;LF:10;LH:4;end_of_record|4/10|0/0|0/0",
                "SF:a.c;DA:1,1;DA:2,0;LF:2;LH:2;end_of_record|1/2|0/0|0/0",
                "TN:x;SF:a.c;DA:1,1;DA:2,0;end_of_record;TN:y;SF:a.c;DA:1,0;DA:2,3;end_of_record|2/2|0/0|0/0",
                "TN:x;SF:./a.c;DA:1,1;end_of_record;SF:a.c;DA:1,0;end_of_record|1/1|0/0|0/0",
                "SF:a.c;DA:1,1e+06;DA:2,0.0;end_of_record|1/2|0/0|0/0",
                "SF:a.c;DA:1,-88;DA:2,1;end_of_record|1/2|0/0|0/0",
                "SF:a.c;DA:1,1;BRDA:0,0,0,1;BRDA:-3,None,1,-;end_of_record|1/1|1/2|0/0",
                "SF:a.c;DA:1,9223372036854775807;DA:2,18446744073709551615;DA:3,-9223372036854775808;end_of_record|2/3|0/0|0/0",
                "SF:a.c;DA:1,1;BRDA:1,0,is_same<A,B>,0;BRDA:1,0,is_same<A,B,C>,2;end_of_record|1/1|1/2|0/0",
                // a file that stands there twice switches off no totals
                "SF:b.c;DA:1,1;LF:10;LH:1;end_of_record;SF:a.c;DA:1,1;LF:1;LH:1;end_of_record;SF:a.c;DA:1,0;LF:1;LH:0;end_of_record|2/11|0/0|0/0",
                "TN:x;SF:a.c;DA:1,1;DA:2,0;LF:2;LH:1;end_of_record;TN:y;SF:a.c;DA:1,0;DA:2,3;LF:2;LH:1;end_of_record|2/2|0/0|0/0"
            })
    void lcovsRecordsAreCounted(String file, String lines, String branches, String methods) throws IOException {
        Coverage whole = read(file, "auto").whole();
        assertThat(whole.line().covered() + "/" + whole.line().total()).isEqualTo(lines);
        assertThat(whole.branch().covered() + "/" + whole.branch().total()).isEqualTo(branches);
        assertThat(whole.method().covered() + "/" + whole.method().total()).isEqualTo(methods);
    }

    /** As a shell of Windows writes what a tool prints. */
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UTF-16LE|\uFEFFTN:x;SF:é/a.c;DA:1,1;DA:2,0;end_of_record;|1/2",
                "UTF-16BE|\uFEFFSF:a.c;DA:1,1;DA:2,0;end_of_record|1/2",
                "UTF-16LE|SF:a.c;DA:1,1;end_of_record|1/1",
                "UTF-16BE|# made by hand;SF:a.c;DA:1,0;end_of_record|0/1",
                "UTF-8|\uFEFF  TN:;SF:é/a.c;DA:1,1;end_of_record|1/1",
                "UTF-16LE|\uFEFF<coverage line-rate='1' lines-valid='2' lines-covered='1'/>|1/2",
                "UTF-16BE|\uFEFF<coverage line-rate='1' lines-valid='2' lines-covered='1'/>|1/2"
            })
    void anEncodingThatCanBeToldIsRead(String charset, String file, String lines) throws IOException {
        byte[] bytes = file.replace('\'', '"').replace(';', '\n').getBytes(charset);
        Count count =
                CoverageReader.read(new ByteArrayInputStream(bytes), "auto").line();
        assertThat(count.covered() + "/" + count.total()).isEqualTo(lines);
        if (!file.contains("<")) {
            assertThat(CoverageReader.read(new ByteArrayInputStream(bytes), "lcov")
                            .line())
                    .isEqualTo(count);
        }
    }

    @ParameterizedTest(name = "{0}: {1} lines, {2} branches, {3} methods")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<project><file name='a'><line num='1' type='method' count='1'/><line num='2' type='stmt' count='1'/><line num='3' type='stmt' count='0'/></file></project>|1/2|0/0|0/0",
                "<project><package name='p'><file name='a' path='/p/a'><line num='1' type='cond' truecount='0' falsecount='2'/></file></package></project>|1/1|0/0|0/0",
                "<project><metrics statements='4' coveredstatements='3' conditionals='2' coveredconditionals='1' methods='2' coveredmethods='2'/></project>|3/4|1/2|2/2",
                "<project><metrics statements='4' coveredstatements='1'/><file name='a'><line num='1' type='stmt' count='1'/></file></project>|1/1|0/0|0/0",
                "<project><file name='a'><line num='1' type='stmt' count='1'/></file></project><testproject><metrics statements='9' coveredstatements='9'/><file name='t'><line num='1' type='stmt' count='0'/></file></testproject>|1/1|0/0|0/0"
            })
    void cloversLinesAndMetricsAreCounted(String inside, String lines, String branches, String methods)
            throws IOException {
        Coverage whole = read("<coverage generated='1'>" + inside + "</coverage>", "clover")
                .whole();
        assertThat(whole.line().covered() + "/" + whole.line().total()).isEqualTo(lines);
        assertThat(whole.branch().covered() + "/" + whole.branch().total()).isEqualTo(branches);
        assertThat(whole.method().covered() + "/" + whole.method().total()).isEqualTo(methods);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "SF:a.c;DA:1,1",
                "SF:a.c;SF:b.c;end_of_record",
                "end_of_record",
                "TN:only",
                "SF:a.c;DA:1;end_of_record",
                "SF:a.c;BRDA:1,0,0;end_of_record",
                "SF:a.c;LF:1e30;LH:1;end_of_record",
                "SF:a.c;DA:1,many;end_of_record",
                "SF:a.c;DA:-1,1;end_of_record",
                "SF:a.c;DA:1,1e999999999;end_of_record",
                "SF:a.c;LF:1;LH:2;end_of_record",
                "SF:a.c;<html>;end_of_record",
                "DA:1,1;SF:a.c;end_of_record",
                "TN:;DA:1,1",
                "<coverage generated='1'/>",
                "<coverage/>",
                "<coverage generated='1'><project><file name='a'><line num='1' type='stmt'/></file></project></coverage>",
                "<coverage generated='1'><project><metrics statements='1' coveredstatements='2'/></project></coverage>",
                "<coverage line-rate='1'><packages><package><classes><class name='a'><lines><line number='x' hits='1'/></lines></class></classes></package></packages></coverage>",
                "<coverage line-rate='1'><packages><package><classes><class name='a'><lines><line number='1' hits='1' branch='true' condition-coverage='(3/2)'/></lines></class></classes></package></packages></coverage>",
                "<coverage line-rate='1' lines-valid='9000000000000000000' lines-covered='0'/>"
            })
    void whatIsNoReportIsAnError(String text) {
        assertThatThrownBy(() -> read(text, "auto"))
                .isInstanceOf(FormatException.class)
                .hasMessageNotContaining("\n");
    }
}
