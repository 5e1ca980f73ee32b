// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/**
 * How long it takes to read and lint a contract of many entries:
 * {@code mvn -f pom-engine.xml -Pbench test-compile exec:exec -Dbench=LintBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LintBenchmark {
    /** One to so many entries. */
    private static final int METRICS = 10;

    private static final String METRIC = "  - {id: MON-%1$03d, kind: rate, source: p, errors:"
            + " 'sum(rate(r_total{code=~\"5..\",uri=\"/%1$d\",track=\"$track\"}[$window])) +"
            + " sum(rate(r_total{code=\"429\",uri=\"/%1$d\",track=\"$track\"}[$window]))', total:"
            + " 'sum(rate(r_total{uri=\"/%1$d\",track=\"$track\"}[$window]))'}\n";

    @Param({"20", "200", "2000"})
    public int entries;

    private String text;

    /** A mix of all five types, each with the fields that a real entry has, within the reader's limit of 1 MiB. */
    @Setup
    public void write() {
        StringBuilder yaml = new StringBuilder("""
            apiVersion: release-guard/v1
            release: {service: checkout, version: '1', owner: team, scope: all, commit: abc, includes: [EPIC-01]}
            metrics:
            """);
        for (int i = 0; i < Math.max(1, entries / METRICS); i++) {
            yaml.append(METRIC.formatted(i));
        }
        yaml.append("entries:\n");
        for (int i = 0; i < entries; i++) {
            yaml.append("  - {id: DEP-")
                    .append(1000 + i)
                    .append(", owner: team, title: Entry ")
                    .append(i)
                    .append(entry(i % 5, i))
                    .append("}\n");
        }
        text = yaml.toString();
    }

    private static String entry(int type, int i) {
        return switch (type) {
            case 0 ->
                ", type: Environment, name: e" + i + ", purpose: p, url: 'https://e" + i
                        + ".example.com', infrastructure: ECS, code: infra, data: none, "
                        + "configuration: {LOG_LEVEL: info, REGION: us-east-1}, secrets: [{id: s" + i
                        + ", rotate: 30d, rotated: 2026-11-01}]";
            case 1 ->
                ", type: Criteria, requirement: It holds, linkedIds: [TEST-001..TEST-050], category: functional,"
                        + " verify: {tests: {passRate: '>95%'}}";
            case 2 ->
                ", type: Rollback, trigger: errors, metric: MON-000, threshold: '>2% of requests for 5 minutes',"
                        + " procedure: [{traffic: 0}, {notify: oncall}]";
            case 3 ->
                ", type: Validation, check: it answers, method: Automated, successCriteria: fast, escalation:"
                        + " DEP-1002, verify: {http: {endpoint: x, within: 2s}}";
            default ->
                ", type: Step, action: run it, command: ./run " + i
                        + ", expected: ok, duration: 2m, onFailure: DEP-1002, reverse: [./undo]";
        };
    }

    @Benchmark
    public List<Problem> readAndLint() throws ContractException {
        return Catalog.STANDARD.lint(Catalog.STANDARD.reader().parse(text, "release.yaml", Variables.none()));
    }
}
