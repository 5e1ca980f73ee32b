// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.evidence.read.CoverageReader;
import io.jenkins.plugins.releaseguard.evidence.read.SarifReader;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReports;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Readers by size of the file, beside the JDK's document tree of the same JUnit file. Growth should be by the size. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvidenceBenchmark {
    @Param({"100", "10000"})
    int size;

    private byte[] junit;
    private byte[] sarif;
    private byte[] cobertura;

    @Setup
    public void write() {
        junit = ("<testsuite name='a'>"
                        + "<testcase classname='shop.CartTest' name='adds' time='0.01'><system-out>text</system-out></testcase>"
                                .repeat(size)
                        + "</testsuite>")
                .getBytes(StandardCharsets.UTF_8);
        String result =
                "{\"ruleId\":\"r\",\"ruleIndex\":0,\"message\":{\"text\":\"m\"},\"locations\":[{\"physicalLocation\":"
                        + "{\"artifactLocation\":{\"uri\":\"A.java\"},\"region\":{\"startLine\":3}}}],\"codeFlows\":[{\"threadFlows\":[]}]}";
        sarif =
                ("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\",\"rules\":[{\"id\":\"r\"}]}},\"results\":["
                                + (result + ",").repeat(size - 1) + result + "]}]}")
                        .getBytes(StandardCharsets.UTF_8);
        cobertura = ("<coverage line-rate='1'><packages><package><classes><class><lines>"
                        + "<line number='1' hits='1' branch='true' condition-coverage='50% (1/2)'/>".repeat(size)
                        + "</lines></class></classes></package></packages></coverage>")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public Object junit() throws IOException {
        return TestReports.read(new ByteArrayInputStream(junit), n -> true, Instant.EPOCH);
    }

    @Benchmark
    public Object junitAsDocument() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(junit))
                .getElementsByTagName("testcase")
                .getLength();
    }

    @Benchmark
    public Object sarif() throws IOException {
        return SarifReader.read(new ByteArrayInputStream(sarif));
    }

    @Benchmark
    public Object cobertura() throws IOException {
        return CoverageReader.read(new ByteArrayInputStream(cobertura), "auto");
    }

    @Benchmark
    public boolean hostileGlob() {
        return Glob.matches("*a".repeat(100) + "b", "a".repeat(size));
    }
}
