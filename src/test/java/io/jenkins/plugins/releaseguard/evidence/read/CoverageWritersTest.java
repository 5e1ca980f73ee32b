// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports in the shape that each tool gives them, by tool and oddity. */
class CoverageWritersTest {
    private static Coverage read(String text) throws IOException {
        byte[] bytes = text.replace(';', '\n').getBytes(StandardCharsets.UTF_8);
        return CoverageReader.report(new ByteArrayInputStream(bytes), "auto", false)
                .whole();
    }

    private static String told(Count count) {
        return count.total() == 0 ? "-" : count.covered() + "/" + count.total();
    }

    /** Lines, branches, instructions, methods. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            JaCoCo: groups of modules             | 3/4 1/2 30/40 2/2 | <report name='all'><sessioninfo id='h-1' start='1' dump='2'/><group name='a'><package name='p'><class name='p/A' sourcefilename='A.java'><method name='m' desc='()V' line='3'><counter type='LINE' missed='9' covered='9'/></method></class></package><counter type='LINE' missed='1' covered='1'/></group><group name='b'><counter type='LINE' missed='0' covered='2'/></group><counter type='INSTRUCTION' missed='10' covered='30'/><counter type='BRANCH' missed='1' covered='1'/><counter type='LINE' missed='1' covered='3'/><counter type='COMPLEXITY' missed='1' covered='2'/><counter type='METHOD' missed='0' covered='2'/><counter type='CLASS' missed='0' covered='1'/></report>
            JaCoCo: without debug information     | - - 30/40 2/2 | <report name='a'><package name='p'/><counter type='INSTRUCTION' missed='10' covered='30'/><counter type='METHOD' missed='0' covered='2'/></report>
            JaCoCo: no classes at all             | - - - - | <report name='a'/>
            coverage.py: missing branches         | 2/3 1/2 - - | <coverage version='7.4' timestamp='1700000000000' lines-valid='3' lines-covered='2' line-rate='0.6667' branches-covered='1' branches-valid='2' branch-rate='0.5' complexity='0'><sources><source>/w</source></sources><packages><package name='.'><classes><class name='a.py' filename='a.py' complexity='0'><methods/><lines><line number='1' hits='1'/><line number='2' hits='1' branch='true' condition-coverage='50% (1/2)' missing-branches='4'/><line number='4' hits='0'/></lines></class></classes></package></packages></coverage>
            coverage.py: branches not measured    | 1/1 - - - | <coverage lines-valid='1' lines-covered='1' line-rate='1' branches-covered='0' branches-valid='0' branch-rate='0'><packages><package><classes><class filename='a.py'><lines><line number='1' hits='1'/></lines></class></classes></package></packages></coverage>
            gcovr: conditions below the line      | 2/2 3/4 - - | <coverage line-rate='1.0' branch-rate='0.75' lines-covered='2' lines-valid='2' branches-covered='3' branches-valid='4' timestamp='1700000000' version='gcovr 7.2'><packages><package name='src'><classes><class name='a_cpp' filename='src/a.cpp'><methods><method name='f()' signature='()' line-rate='1.0'><lines><line number='1' hits='5' branch='false'/></lines></method></methods><lines><line number='1' hits='5' branch='false'/><line number='2' hits='5' branch='true' condition-coverage='75% (3/4)'><conditions><condition number='0' type='jump' coverage='75%'/></conditions></line></lines></class></classes></package></packages></coverage>
            coverlet: a file in two classes       | 2/3 1/2 - - | <coverage line-rate='0.66' branch-rate='0.5' version='1.9' timestamp='1700000000' lines-covered='2' lines-valid='3' branches-covered='1' branches-valid='2'><packages><package name='A'><classes><class name='N.A' filename='A.cs'><methods><method name='M'><lines><line number='1' hits='1' branch='False'/></lines></method></methods><lines><line number='1' hits='1' branch='False'/><line number='2' hits='3' branch='True' condition-coverage='50% (1/2)'><conditions><condition number='7' type='jump' coverage='50%'/></conditions></line></lines></class><class name='N.A/M_d__0' filename='A.cs'><lines><line number='2' hits='3' branch='True' condition-coverage='50% (1/2)'/><line number='3' hits='0' branch='False'/></lines></class></classes></package></packages></coverage>
            istanbul: conditions and hits         | 1/2 1/2 - - | <coverage lines-valid='2' lines-covered='1' line-rate='0.5' branches-valid='2' branches-covered='1' branch-rate='0.5' timestamp='1700000000000' complexity='0' version='0.1'><packages><package name='src'><classes><class name='a.js' filename='src/a.js'><methods><method name='f' hits='1' signature='()V'><lines><line number='1' hits='1'/></lines></method></methods><lines><line number='1' hits='1' branch='true' condition-coverage='50% (1/2)'/><line number='2' hits='0' branch='false'/></lines></class></classes></package></packages></coverage>
            Go: gocover-cobertura                 | 1/2 - - - | <coverage line-rate='0.5' branch-rate='0' version='' timestamp='1700000000000' lines-covered='1' lines-valid='2' branches-covered='0' branches-valid='0' complexity='0'><packages><package name='p'><classes><class name='-' filename='p/a.go'><methods><method name='F'><lines><line number='3' hits='1'/><line number='4' hits='0'/></lines></method></methods><lines><line number='3' hits='1'/><line number='4' hits='0'/></lines></class></classes></package></packages></coverage>
            PHPUnit: Cobertura                    | 1/2 - - - | <coverage line-rate='0.5' branch-rate='0' lines-covered='1' lines-valid='2' branches-covered='0' branches-valid='0' complexity='2' version='0.4' timestamp='1700000000'><packages><package name='A'><classes><class name='N\\A' filename='src/A.php'><methods/><lines><line number='1' hits='1'/><line number='2' hits='0'/></lines></class></classes></package></packages></coverage>
            Cobertura of Scala (scoverage)        | 1/2 - - - | <coverage line-rate='0.50' lines-valid='2' lines-covered='1' branches-covered='0' branches-valid='0' branch-rate='0.00' complexity='0' version='1.0' timestamp='1700000000000'><packages><package name='a'><classes><class name='A' filename='a/A.scala'><lines><line number='1' hits='1' branch='false'/><line number='2' hits='0' branch='false'/></lines></class></classes></package></packages></coverage>
            figures of the root that say worse    | 1/9 - - - | <coverage line-rate='0.1' lines-valid='9' lines-covered='1'><packages><package><classes><class filename='a'><lines><line number='1' hits='1'/></lines></class></classes></package></packages></coverage>
            hits beyond an int                    | 1/1 - - - | <coverage line-rate='1'><packages><package><classes><class filename='a'><lines><line number='1' hits='9007199254740993'/></lines></class></classes></package></packages></coverage>
            PHPUnit: Clover                       | 1/2 - 1/2 1/1 | <coverage generated='1700000000'><project timestamp='1700000000'><file name='/w/src/A.php'><class name='N\\A' namespace='global'><metrics methods='1' coveredmethods='1' conditionals='0' coveredconditionals='0' statements='2' coveredstatements='1' elements='3' coveredelements='2'/></class><line num='3' type='method' name='f' visibility='public' count='1'/><line num='4' type='stmt' count='1'/><line num='5' type='stmt' count='0'/><metrics loc='9' ncloc='9' classes='1' methods='1' coveredmethods='1' conditionals='0' coveredconditionals='0' statements='2' coveredstatements='1'/></file><metrics files='1' methods='1' coveredmethods='1' conditionals='0' coveredconditionals='0' statements='2' coveredstatements='1'/></project></coverage>
            istanbul: Clover                      | 1/2 1/2 1/2 0/1 | <coverage generated='1700000000000' clover='3.2.0'><project timestamp='1700000000000' name='All files'><metrics statements='2' coveredstatements='1' conditionals='2' coveredconditionals='1' methods='1' coveredmethods='0' elements='5' coveredelements='2' complexity='0' loc='2' ncloc='2' packages='1' files='1' classes='1'/><file name='a.js' path='/w/a.js'><metrics statements='2' coveredstatements='1' conditionals='2' coveredconditionals='1' methods='1' coveredmethods='0'/><line num='1' count='1' type='cond' truecount='1' falsecount='1'/><line num='2' count='0' type='stmt'/></file></project></coverage>
            OpenClover: test code beside it       | 1/1 1/2 1/1 1/1 | <coverage generated='1700000000000' clover='4.5.0'><project name='p' timestamp='1'><metrics statements='1' coveredstatements='1' conditionals='2' coveredconditionals='1' methods='1' coveredmethods='1'/><package name='a'><metrics statements='1' coveredstatements='1'/><file name='A.java' path='/w/a/A.java'><class name='A'><metrics/></class><line num='3' type='method' count='1' signature='f()'/><line num='4' type='stmt' count='1'/></file></package></project><testproject name='p'><metrics statements='5' coveredstatements='0' methods='5' coveredmethods='0'/></testproject></coverage>
            geninfo: functions and branches       | 1/2 1/2 - 1/2 | TN:t;SF:/w/a.c;FN:3,f;FN:8,g;FNDA:1,f;FNDA:0,g;FNF:2;FNH:1;BRDA:4,0,0,1;BRDA:4,0,1,-;BRF:2;BRH:1;DA:4,1;DA:9,0;LF:2;LH:1;end_of_record
            lcov 2: functions by index            | 1/1 - - 1/1 | TN:;SF:a.cpp;VER:1;FNL:0,1,9;FNA:0,5,f;FNF:1;FNH:1;DA:1,5;LF:1;LH:1;end_of_record
            lcov 2: exceptions and conditions     | 1/1 1/2 - - | TN:;SF:a.cpp;BRDA:1,e0,0,1;BRDA:1,0,1,0;MCDC:1,2,t,1,0,a&&b;MCF:2;MCH:1;BRF:2;BRH:1;DA:1,5;LF:1;LH:1;end_of_record
            c8: Windows paths and no test name    | 1/2 - - 1/1 | TN:;SF:src\\a.js;FN:1,f;FNF:1;FNH:1;FNDA:1,f;DA:1,1;DA:2,0;LF:2;LH:1;BRF:0;BRH:0;end_of_record
            llvm-cov: counts with a checksum      | 1/1 - - - | SF:/w/a.rs;FN:1,_R1;FNDA:2,_R1;FNF:0;FNH:0;DA:1,2,4f3a;BRF:0;BRH:0;LF:1;LH:1;end_of_record
            simplecov: lines that are not counted | 1/1 - - - | SF:./lib/a.rb;DA:1,1;LF:1;LH:1;end_of_record
            Dart: counts alone                    | 1/2 - - - | SF:lib/a.dart;DA:1,3;DA:2,0;LF:2;LH:1;end_of_record
            grcov: a negative count               | 0/1 - - - | TN:;SF:a.c;DA:1,-1;LF:1;LH:0;end_of_record
            """)
    void figures(String kind, String expected, String report) throws IOException {
        Coverage whole = read(report);
        assertThat(told(whole.line()) + " " + told(whole.branch()) + " " + told(whole.instruction()) + " "
                        + told(whole.method()))
                .as(kind)
                .isEqualTo(expected);
    }
}
