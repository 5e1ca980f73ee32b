// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes in, a reader answers or says with an IOException why not: it neither crashes nor hangs. */
class ReaderFuzzTest {
    private static final String JUNIT =
            "<testsuites><testsuite name='a' tests='3' failures='1' timestamp='2026-11-21T08:00:00Z'><testcase"
                    + " classname='c' name='n'><failure message='m'>x</failure></testcase><testcase"
                    + " name='o'><skipped/></testcase><testcase"
                    + " name='p'><system-out><![CDATA[ab]]></system-out></testcase></testsuite></testsuites>";
    private static final String TRX =
            "<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'><Times start='2026-11-21T08:00:00Z'/>"
                    + "<Results><UnitTestResult testName='a' outcome='Passed'><InnerResults><UnitTestResult testName='b'"
                    + " outcome='Failed'/></InnerResults></UnitTestResult></Results><ResultSummary outcome='Failed'>"
                    + "<Counters total='1' executed='1' failed='1'/></ResultSummary></TestRun>";
    private static final String NUNIT =
            "<test-run result='Failed' total='2' failed='1' start-time='2026-11-21 08:00:00Z'><test-suite name='s'"
                    + " result='Failed' site='TearDown'><test-case name='a' result='Passed'/></test-suite></test-run>";
    private static final String XUNIT =
            "<assemblies><assembly name='a.dll' run-date='2026-11-21' run-time='08:00:00' total='2' errors='1'><errors>"
                    + "<error/></errors><collection name='c' total='2'><test name='t' result='Pass'/><test name='u'"
                    + " result='Skip'/></collection></assembly></assemblies>";
    private static final String SARIF =
            "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\",\"rules\":[{\"id\":\"a\"}]}},"
                    + "\"invocations\":[{\"executionSuccessful\":true}],\"results\":[{\"ruleId\":\"a\",\"ruleIndex\":0,\"level\":\"error\","
                    + "\"message\":{\"text\":\"m\"},\"locations\":[{\"physicalLocation\":{\"region\":{\"startLine\":3}}}],\"suppressions\":[{}]}]}]}";
    private static final String JACOCO =
            "<!DOCTYPE report PUBLIC '-//JACOCO//DTD Report 1.1//EN' 'report.dtd'><report name='r'>"
                    + "<counter type='LINE' missed='2' covered='8'/></report>";
    private static final String COBERTURA = "<coverage line-rate='0.5' lines-valid='2'"
            + " lines-covered='1'><packages><package><classes><class><lines><line number='1' hits='1'"
            + " branch='true' condition-coverage='50%"
            + " (1/2)'/></lines></class></classes></package></packages></coverage>";
    private static final String YAML =
            "groups:\n- name: a\n  rules:\n  - alert: b\n    expr: &x c > 1\n    labels: {team: *x}\n";
    private static final String ENV = "# a\nexport A=b\nC=\"d\"\n";

    private static final String NOISE = " <>&;'\"[]{},:0-9a\n\0\u007f!";

    interface Reading {
        Object read(InputStream in) throws IOException;
    }

    private static final List<Reading> READERS = List.of(
            in -> TestReports.read(in, n -> true, Instant.EPOCH),
            SarifReader::read,
            in -> CoverageReader.read(in, "auto"),
            in -> AlertRules.read(text(in)),
            in -> ConfigReader.read("a.yaml", "", text(in)),
            in -> ConfigReader.read("a.json", "", text(in)),
            in -> ConfigReader.read("a.properties", "", text(in)),
            in -> ConfigReader.read(".env", "", text(in)),
            in -> MarkdownDocument.read(text(in)).people("reviewed-by"));

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void feed(byte[] bytes) {
        for (Reading reader : READERS) {
            try {
                reader.read(new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                // the answer to what can't be read
            }
        }
    }

    @Property(tries = 3000)
    void anyBytes(@ForAll byte[] bytes) {
        feed(bytes);
    }

    @Property(tries = 3000)
    void almostRight(@ForAll("documents") String document, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) NOISE.charAt(random.nextInt(NOISE.length()));
        }
        feed(bytes);
    }

    @Property(tries = 1000)
    void cutOffOrSaidTwice(@ForAll("documents") String document, @ForAll long seed) {
        Random random = new Random(seed);
        int from = random.nextInt(document.length());
        int to = from + random.nextInt(document.length() - from);
        feed((document.substring(0, to) + document.substring(from)).getBytes(StandardCharsets.UTF_8));
        feed(document.substring(0, to).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of(JUNIT, TRX, NUNIT, XUNIT, SARIF, JACOCO, COBERTURA, YAML, ENV);
    }
}
