// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import io.jenkins.plugins.releaseguard.testing.CheckCaseFixture;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of a check makes a difference that can be seen: the same world, with the field and without it. */
class CheckFieldsTest {
    private static final String METRIC = """
        metrics:
          - {id: MON-001, name: error rate, kind: rate, source: prom, errors: e, total: t, objective: {target: 99%, period: 30d}}
        """;
    private static final String PARITY = """
        entries:
          - {id: DEP-001, type: Environment, name: production, owner: p}
          - {id: DEP-010, type: Environment, name: staging, owner: p}
        """;
    private static final String SECRETS = """
        entries:
          - {id: DEP-001, type: Environment, name: production, owner: p, secrets: [{id: old, rotate: 30d, rotated: 2026-09-01}, {id: new, rotate: 30d, rotated: 2026-11-20}]}
          - {id: DEP-010, type: Environment, name: staging, owner: p, secrets: [{id: fine, rotate: 30d, rotated: 2026-11-20}]}
        """;
    private static final String COUNTERS = "<report name=\"shop\"><counter type=\"LINE\" missed=\"1\" covered=\"9\"/>"
            + "<counter type=\"BRANCH\" missed=\"8\" covered=\"2\"/><counter type=\"INSTRUCTION\" missed=\"7\" covered=\"3\"/>"
            + "<counter type=\"METHOD\" missed=\"6\" covered=\"4\"/></report>";
    private static final String COBERTURA =
            "<coverage lines-valid=\"10\" lines-covered=\"9\" branches-valid=\"10\" branches-covered=\"2\" line-rate=\"0.9\">"
                    + "<packages/></coverage>";
    private static final String COMMIT =
            "\u001e" + "4be1f0c".repeat(5) + "\u001fAda\u001fada@example.com\u001fAdd saved cards (PAY~12)\n";
    private static final String CHANGES = "[{\"id\":\"12\",\"author\":\"ada\",\"reviewers\":[\"grace\"]}]";

    private static Arguments row(
            String word, String with, String without, Supplier<FakeCheckContext> world, String seen) {
        return Arguments.of(word, with, without, world, seen);
    }

    private static FakeCheckContext world() {
        return new FakeCheckContext();
    }

    /** What a look said and asked. */
    private static String seen(String check, FakeCheckContext world) {
        Evidence e = CheckFixture.at(check, world);
        return e.status() + " | " + e.looked() + " | " + e.value() + " | " + e.limit() + " | " + e.reason() + " | "
                + e.maxAge() + " | "
                + world.ran.stream()
                        .map(call -> call.arguments() + call.directory() + call.environment() + call.limit())
                        .toList()
                + " | calls=" + world.called.size()
                + world.called.stream()
                        .map(call -> call.method() + call.endpoint() + call.url() + call.headers() + call.body())
                        .toList()
                + " | " + world.asked;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"files", "state", "calls", "people"})
    void aFieldMakesADifference(
            String word, String with, String without, Supplier<FakeCheckContext> world, String difference)
            throws ContractException {
        assertThat(seen(with, world.get())).as("%s: with the field", word).contains(difference);
        assertThat(seen(without, world.get())).as("%s: without it", word).doesNotContain(difference);
    }

    static Stream<Arguments> files() {
        Supplier<FakeCheckContext> junit = () -> world().file(
                        "TEST-a.xml",
                        CheckCaseFixture.JUNIT.formatted(
                                2, CheckCaseFixture.cases(2, 0) + "<testcase name='c'><skipped/></testcase>"))
                .tests(new TestCounts(7, 0, 0, List.of(), FakeCheckContext.NOW));
        Supplier<FakeCheckContext> rerun = () -> world().file(
                        "TEST-a.xml",
                        CheckCaseFixture.JUNIT.formatted(1, "<testcase name='c'><flakyFailure/></testcase>"));
        Supplier<FakeCheckContext> sarif = () -> world().file(
                        "a.sarif",
                        CheckCaseFixture.SARIF.formatted(Stream.of("error", "warning", "note")
                                .map(level -> "{\"ruleId\":\"" + level + "\",\"level\":\"" + level
                                        + "\",\"message\":{\"text\":\"m\"}}")
                                .reduce((a, b) -> a + "," + b)
                                .orElseThrow()));
        Supplier<FakeCheckContext> jacoco =
                () -> world().file("jacoco.xml", COUNTERS).file("other/r.xml", COUNTERS);
        Supplier<FakeCheckContext> parity = () -> world().contracting(PARITY)
                .file("p.conf", "A=1\n")
                .file("s.conf", "A=1\n")
                .file("p.yaml", "a: 1\n")
                .file("s.yaml", "a: 1\n")
                .file("p.json", "{\"a\":1}")
                .file("s.json", "{\"a\":1}");
        String files = "parity: {between: [production, staging], files: {production: p.conf, staging: s.conf}";
        return Stream.of(
                row("check tests.skipped", "tests: {skipped: '<= 0'}", "tests: {}", junit, "FAIL"),
                row("check tests.flaky", "tests: {flaky: '<= 0'}", "tests: {}", rerun, "FAIL"),
                row("check tests.minimum", "tests: {minimum: 3}", "tests: {}", junit, "too few tests ran"),
                row("check tests.suites", "tests: {suites: [Other]}", "tests: {}", junit, "0 tests"),
                row("check sarif.errors", "sarif: {errors: '<= 1'}", "sarif: {}", sarif, "PASS"),
                row(
                        "check sarif.warnings",
                        "sarif: {errors: '<= 1', warnings: '<= 0'}",
                        "sarif: {errors: '<= 1'}",
                        sarif,
                        "FAIL"),
                row(
                        "check sarif.notes",
                        "sarif: {errors: '<= 1', notes: '<= 0'}",
                        "sarif: {errors: '<= 1'}",
                        sarif,
                        "FAIL"),
                row(
                        "check coverage.report",
                        "coverage: {line: '> 50%', report: other/*.xml}",
                        "coverage: {line: '> 50%'}",
                        jacoco,
                        "other/r.xml"),
                row(
                        "check coverage.branch",
                        "coverage: {line: '> 50%', branch: '> 50%'}",
                        "coverage: {line: '> 50%'}",
                        jacoco,
                        "FAIL"),
                row(
                        "check coverage.instruction",
                        "coverage: {line: '> 50%', instruction: '> 50%'}",
                        "coverage: {line: '> 50%'}",
                        jacoco,
                        "FAIL"),
                row(
                        "check coverage.method",
                        "coverage: {line: '> 50%', method: '> 50%'}",
                        "coverage: {line: '> 50%'}",
                        jacoco,
                        "FAIL"),
                row(
                        "check coverage.format=jacoco",
                        "coverage: {line: '> 50%', report: c.xml, format: jacoco}",
                        "coverage: {line: '> 50%', report: c.xml, format: auto}",
                        () -> world().file("c.xml", COBERTURA),
                        "UNKNOWN"),
                row(
                        "check coverage.format=clover",
                        "coverage: {line: '> 50%', format: clover}",
                        "coverage: {line: '> 50%', format: auto}",
                        jacoco,
                        "no clover report"),
                row(
                        "check coverage.format=lcov",
                        "coverage: {line: '> 50%', format: lcov}",
                        "coverage: {line: '> 50%', format: auto}",
                        jacoco,
                        "not LCOV"),
                row(
                        "check coverage.format=cobertura",
                        "coverage: {line: '> 50%', format: cobertura}",
                        "coverage: {line: '> 50%', format: auto}",
                        jacoco,
                        "UNKNOWN"),
                row(
                        "check parity.format=env",
                        files + ", format: env}",
                        files + "}",
                        () -> parity.get().file("p.conf", "export A=1\n"),
                        "PASS"),
                row(
                        "check parity.format=properties",
                        files + ", format: properties}",
                        files + ", format: json}",
                        parity,
                        "PASS"),
                row(
                        "check parity.format=yaml",
                        files.replace("conf", "json") + ", format: yaml}",
                        files.replace("conf", "json") + ", format: properties}",
                        () -> world().contracting(PARITY)
                                .file("p.json", "a:\n  b: 1\n")
                                .file("s.json", "a:\n  b: 1\n  c: 2\n"),
                        "a.c"),
                row(
                        "check parity.format=json",
                        files + ", format: json}",
                        files + "}",
                        () -> parity.get().file("p.conf", "{\"a\":1}").file("s.conf", "{\"a\":1}"),
                        "PASS"),
                row(
                        "check parity.format=auto",
                        files.replace("conf", "yaml") + ", format: auto}",
                        files.replace("conf", "yaml") + ", format: json}",
                        parity,
                        "PASS"),
                row(
                        "check backup.size",
                        "backup: {file: dump, size: '> 1 MiB'}",
                        "backup: {file: dump}",
                        () -> world().file("dump", "x".repeat(5000)),
                        "FAIL"),
                row(
                        "check backup.age",
                        "backup: {file: dump, age: '<= 10m'}",
                        "backup: {file: dump}",
                        () -> world().file("dump", "x".repeat(5000)),
                        "FAIL"),
                row(
                        "check checklist.items",
                        "checklist: {items: ['[ ] Load test']}",
                        "checklist: {items: ['[x] Load test @ann']}",
                        () -> world(),
                        "FAIL"),
                row(
                        "check qa.evidence",
                        "qa: {file: qa.yaml, evidence: [plan.md]}",
                        "qa: {file: qa.yaml}",
                        () -> world().file(
                                        "qa.yaml", "{recommendation: go, by: Grace, version: 2.4.0, date: 2026-11-20}"),
                        "FAIL"),
                row(
                        "check qa.accept",
                        "qa: {file: qa.yaml, accept: [ship]}",
                        "qa: {file: qa.yaml}",
                        () -> world().file("run.md", "x")
                                .file(
                                        "qa.yaml",
                                        "{recommendation: ship, by: Grace, version: 2.4.0, date: 2026-11-20, evidence: run.md}"),
                        "PASS"),
                row(
                        "check flags.file",
                        "flags: {ids: [f], file: flags.json}",
                        "flags: {ids: [f], url: 'https://x.example.com'}",
                        () -> world().file("flags.json", "{\"f\":false}"),
                        "PASS"),
                row(
                        "check flags.field",
                        "flags: {ids: [f], file: flags.json, field: /all}",
                        "flags: {ids: [f], file: flags.json}",
                        () -> world().file("flags.json", "{\"all\":{\"f\":false}}"),
                        "PASS"),
                row(
                        "check flags.provider",
                        "flags: {ids: [f], provider: toggles}",
                        "flags: {ids: [f], url: 'https://x.example.com'}",
                        () -> world().http(200, "{\"f\":false}"),
                        "GETtoggles"),
                row(
                        "check flags.state=on",
                        "flags: {ids: [f], file: flags.json, state: on}",
                        "flags: {ids: [f], file: flags.json, state: off}",
                        () -> world().file("flags.json", "{\"f\":true}"),
                        "PASS"),
                row(
                        "check flags.state=off",
                        "flags: {ids: [f], file: flags.json, state: off}",
                        "flags: {ids: [f], file: flags.json, state: on}",
                        () -> world().file("flags.json", "{\"f\":false}"),
                        "PASS"),
                row(
                        "check flags.state=initial",
                        "flags: {ids: [f], file: flags.json, state: initial}",
                        "flags: {ids: [f], file: flags.json}",
                        () -> world().contracting("flags: [{id: f, initial: on}]\n")
                                .file("flags.json", "{\"f\":true}"),
                        "PASS"),
                row(
                        "check documents.reviewed",
                        "documents: {files: [d.md], reviewed: no}",
                        "documents: {files: [d.md]}",
                        () -> world().file("d.md", "# Runbook\nDo this.\n"),
                        "PASS"),
                row(
                        "check documents.reviewers",
                        "documents: {files: [d.md], reviewers: {d.md: Grace}}",
                        "documents: {files: [d.md]}",
                        () -> world().file("d.md", "author: Ada\n\n# Runbook\nDo this.\n"),
                        "PASS"),
                row(
                        "check documents.sections",
                        "documents: {files: [d.md], reviewed: no, sections: {d.md: [Escalation]}}",
                        "documents: {files: [d.md], reviewed: no}",
                        () -> world().file("d.md", "# Runbook\nDo this.\n"),
                        "FAIL"),
                row(
                        "check documents.age",
                        "documents: {files: [d.md], reviewed: no, age: '<= 10m'}",
                        "documents: {files: [d.md], reviewed: no}",
                        () -> world().file("d.md", "# Runbook\nDo this.\n"),
                        "FAIL"),
                row(
                        "check alerts.label",
                        "alerts: {file: a.yml, metrics: [MON-001], label: [squad]}",
                        "alerts: {file: a.yml, metrics: [MON-001]}",
                        () -> world().file(
                                        "a.yml",
                                        "groups: [{name: a, rules: [{alert: Errors, expr: x > 1, labels: {squad: pay}, annotations: {metric: MON-001}}]}]"),
                        "PASS"));
    }

    static Stream<Arguments> state() {
        Supplier<FakeCheckContext> metric = () -> world().contracting(METRIC).reading(0.5);
        Supplier<FakeCheckContext> spent = () -> world().contracting(METRIC).reading(0.009, 90, 10_000);
        Supplier<FakeCheckContext> drill = () -> world().drill(Duration.ofDays(40), Duration.ofSeconds(50), true);
        Supplier<FakeCheckContext> secrets = () -> world().contracting(SECRETS);
        Supplier<FakeCheckContext> staged =
                () -> world().released("staging", FakeCheckContext.DIGEST, "promoted", true);
        String asked = "metric: {query: up, source: prom, limit: '< 1'";
        return Stream.of(
                row(
                        "check capacity.query",
                        "capacity: {query: up, source: prom, limit: '< 1'}",
                        "capacity: {metric: MON-001, limit: '< 100%'}",
                        metric,
                        "values=up"),
                row(
                        "check capacity.source",
                        "capacity: {query: up, source: prom, limit: '< 1'}",
                        "capacity: {query: up, source: other, limit: '< 1'}",
                        metric,
                        "source=prom"),
                row(
                        "check capacity.run",
                        "capacity: {run: ./room, limit: '< 10%'}",
                        "capacity: {metric: MON-001, limit: '< 10%'}",
                        () -> world().contracting(METRIC).command(0, "9%"),
                        "PASS"),
                row(
                        "check metric.query",
                        asked + "}",
                        "metric: {metric: MON-001, limit: '< 100%'}",
                        metric,
                        "values=up"),
                row("check metric.source", asked + "}", asked.replace("prom", "other") + "}", metric, "source=prom"),
                row("check metric.window", asked + ", window: 42m}", asked + "}", metric, "PT42M"),
                row("check metric.track=canary", asked + ", track: canary}", asked + ", track: all}", metric, "canary"),
                row("check metric.track=stable", asked + ", track: stable}", asked + "}", metric, "stable"),
                row("check metric.track=baseline", asked + ", track: baseline}", asked + "}", metric, "baseline"),
                row("check metric.track=all", asked + ", track: all}", asked + "}", metric, "PT5M all"),
                row(
                        "check metric.reaches",
                        "metric: {metric: MON-001, limit: '< 100%', window: 30d, reaches: 4d}",
                        "metric: {metric: MON-001, limit: '< 100%', window: 30d}",
                        CheckFieldsTest::ofFiveDays,
                        "PASS"),
                row(
                        "check budget.reaches",
                        "budget: {metric: MON-001, reaches: 4d}",
                        "budget: {metric: MON-001}",
                        CheckFieldsTest::ofFiveDays,
                        "PASS"),
                row(
                        "check budget.left",
                        "budget: {metric: MON-001, left: '> 50%'}",
                        "budget: {metric: MON-001}",
                        spent,
                        "FAIL"),
                row(
                        "check budget.exceptions",
                        "budget: {metric: MON-001, left: '> 50%', exceptions: [legal], exception: legal, reason: court}",
                        "budget: {metric: MON-001, left: '> 50%', exception: legal, reason: court}",
                        spent,
                        "PASS"),
                row(
                        "check budget.exception",
                        "budget: {metric: MON-001, left: '> 50%', exception: security, reason: CVE}",
                        "budget: {metric: MON-001, left: '> 50%', reason: CVE}",
                        spent,
                        "PASS"),
                row(
                        "check budget.reason",
                        "budget: {metric: MON-001, left: '> 50%', exception: security, reason: CVE}",
                        "budget: {metric: MON-001, left: '> 50%', exception: security}",
                        spent,
                        "CVE"),
                row(
                        "check freeze.zone",
                        "freeze: {windows: ['2026-11-21T11:00..2026-11-21T13:00'], zone: Asia/Tokyo}",
                        "freeze: {windows: ['2026-11-21T11:00..2026-11-21T13:00']}",
                        CheckFieldsTest::world,
                        "PASS"),
                row(
                        "check freeze.exceptions",
                        "freeze: {windows: ['2026-11-20..2026-11-22'], exceptions: [legal], exception: legal, reason: court}",
                        "freeze: {windows: ['2026-11-20..2026-11-22'], exception: legal, reason: court}",
                        CheckFieldsTest::world,
                        "PASS"),
                row(
                        "check drill.environment",
                        "drill: {environment: production, age: '<= 90d'}",
                        "drill: {age: '<= 90d'}",
                        () -> world().onlyDrilledIn("staging").drill(Duration.ofDays(4), Duration.ofSeconds(20), true),
                        "FAIL"),
                row(
                        "check drill.within",
                        "drill: {age: '<= 90d', within: 30s}",
                        "drill: {age: '<= 90d'}",
                        drill,
                        "FAIL"),
                row("check drill.age", "drill: {age: '<= 90d'}", "drill: {}", drill, "PASS"),
                row("check secrets.environment", "secrets: {environment: staging}", "secrets: {}", secrets, "PASS"),
                row("check secrets.ids", "secrets: {ids: [new]}", "secrets: {}", secrets, "PASS"),
                row("check secrets.soon", "secrets: {ids: [new], soon: 60d}", "secrets: {ids: [new]}", secrets, "soon"),
                row(
                        "check progression.age",
                        "progression: {from: [staging], age: '<= 1h'}",
                        "progression: {from: [staging]}",
                        staged,
                        "FAIL"),
                row(
                        "check progression.jobs",
                        "progression: {from: [staging], jobs: [other/*]}",
                        "progression: {from: [staging]}",
                        staged,
                        "FAIL"));
    }

    static Stream<Arguments> calls() {
        Supplier<FakeCheckContext> answers = () -> world().http(200, "{\"a\":\"b\",\"at\":\"2026-11-21T03:00:00Z\"}")
                .command(0, "2026-11-21T03:00:00Z");
        String url = "http: {url: 'https://x.example.com/a'";
        return Stream.of(
                row(
                        "check provenance.directory",
                        "provenance: {run: cosign, directory: sub}",
                        "provenance: cosign",
                        answers,
                        "sub"),
                row(
                        "check provenance.env",
                        "provenance: {run: cosign, env: {KEY: pub}}",
                        "provenance: cosign",
                        answers,
                        "KEY=pub"),
                row("check command.directory", "command: {run: ./c, directory: sub}", "command: ./c", answers, "sub"),
                row("check command.env", "command: {run: ./c, env: {KEY: pub}}", "command: ./c", answers, "KEY=pub"),
                row(
                        "check command.unknown",
                        "command: {run: ./c, unknown: [9]}",
                        "command: ./c",
                        () -> world().command(9, ""),
                        "UNKNOWN"),
                row(
                        "check command.contains",
                        "command: {run: ./c, contains: all well}",
                        "command: ./c",
                        answers,
                        "FAIL"),
                row(
                        "check backup.url",
                        "backup: {url: 'https://x.example.com/b', field: /at}",
                        "backup: {run: ./b}",
                        answers,
                        "x.example.com/b"),
                row(
                        "check backup.endpoint",
                        "backup: {endpoint: vault, field: /at}",
                        "backup: {run: ./b}",
                        answers,
                        "vault"),
                row(
                        "check backup.run",
                        "backup: {run: ./when}",
                        "backup: {url: 'https://x.example.com/b'}",
                        answers,
                        "./when"),
                row(
                        "check dependencies.endpoints",
                        "dependencies: {endpoints: [pay]}",
                        "dependencies: {run: ./d}",
                        answers,
                        "pay"),
                row(
                        "check dependencies.status",
                        "dependencies: {endpoints: [pay], status: 204}",
                        "dependencies: {endpoints: [pay]}",
                        answers,
                        "FAIL"),
                row(
                        "check dependencies.environment",
                        "dependencies: {services: {pay: 1.0}, environment: staging}",
                        "dependencies: {services: {pay: 1.0}}",
                        () -> world().other(
                                        "pay", world().released("staging", FakeCheckContext.DIGEST, "promoted", true)),
                        "PASS"),
                row(
                        "check dependencies.run",
                        "dependencies: {run: ./ready}",
                        "dependencies: {endpoints: [pay]}",
                        answers,
                        "./ready"),
                row("check epics.ids", "epics: {run: ./s, ids: [EPIC-99]}", "epics: {run: ./s}", answers, "EPIC-99"),
                row(
                        "check epics.field",
                        "epics: {url: 'https://x.example.com/{id}', field: /a, done: [b]}",
                        "epics: {url: 'https://x.example.com/{id}', done: [b]}",
                        answers,
                        "PASS"),
                row(
                        "check epics.done",
                        "epics: {url: 'https://x.example.com/{id}', field: /a, done: [b]}",
                        "epics: {url: 'https://x.example.com/{id}', field: /a}",
                        answers,
                        "PASS"),
                row(
                        "check http.path",
                        "http: {endpoint: shop, path: /health}",
                        "http: {endpoint: shop}",
                        answers,
                        "/health"),
                row("check http.method=HEAD", url + ", method: HEAD}", url + "}", answers, "HEAD"),
                row("check http.method=POST", url + ", method: POST}", url + "}", answers, "POST"),
                row("check http.method=PUT", url + ", method: PUT}", url + "}", answers, "PUT"),
                row("check http.method=GET", url + ", method: GET}", url + ", method: PUT}", answers, "GET"),
                row("check http.headers", url + ", headers: {X-Shop: pay}}", url + "}", answers, "X-Shop=pay"),
                row("check http.body", url + ", body: hello}", url + "}", answers, "hello"),
                row("check http.status", url + ", status: 204}", url + "}", answers, "FAIL"),
                row("check http.contains", url + ", contains: nothing of it}", url + "}", answers, "FAIL"),
                row("check http.equals", url + ", field: /a, equals: c}", url + ", field: /a}", answers, "FAIL"),
                row("check http.repeat", url + ", repeat: 2}", url + "}", answers, "calls=2"),
                row("check.timeout", "command: {run: ./c, timeout: 7s}", "command: ./c", answers, "PT7S"),
                row("check.maxAge", url + ", maxAge: 3m}", url + "}", answers, "PT3M"));
    }

    static Stream<Arguments> people() {
        Supplier<FakeCheckContext> commits =
                () -> world().command(0, COMMIT).file("c.json", CHANGES).http(200, CHANGES);
        return Stream.of(
                row(
                        "check changes.pattern",
                        "changes: {since: a, reviewed: no, pattern: 'PAY~[0-9]+'}",
                        "changes: {since: a, reviewed: no}",
                        commits,
                        "PASS"),
                row(
                        "check changes.url",
                        "changes: {since: a, url: 'https://x.example.com/c'}",
                        "changes: {since: a, file: c.json}",
                        commits,
                        "x.example.com/c"),
                row(
                        "check changes.endpoint",
                        "changes: {since: a, endpoint: tracker}",
                        "changes: {since: a, file: c.json}",
                        commits,
                        "tracker"),
                row(
                        "check changes.exempt",
                        "changes: {since: a, reviewed: no, exempt: [Ada]}",
                        "changes: {since: a, reviewed: no}",
                        commits,
                        "which anybody can write into a commit"));
    }

    /** The source's data begin five days ago. */
    private static FakeCheckContext ofFiveDays() {
        return world().contracting(METRIC)
                .readings((metric, window, track) -> new MetricReading(
                        0.001,
                        1,
                        1000,
                        FakeCheckContext.NOW,
                        "prometheus",
                        FakeCheckContext.NOW.minus(Duration.ofDays(5))));
    }
}
