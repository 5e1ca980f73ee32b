// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.evidence.Drill;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every check at least once in a world where it passes, one where it fails and one where nobody can tell. */
public final class CheckCaseFixture {
    public static final String JUNIT = "<testsuite name=\"Cart\" tests=\"%d\">%s</testsuite>";
    public static final String SARIF =
            "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"semgrep\"}},\"results\":[%s]}]}";
    public static final String JACOCO = "<!DOCTYPE report PUBLIC \"-//JACOCO//DTD Report 1.1//EN\" \"report.dtd\">"
            + "<report name=\"shop\"><counter type=\"LINE\" missed=\"%d\" covered=\"%d\"/></report>";
    private static final String METRIC = """
        metrics:
          - {id: MON-001, name: error rate, kind: rate, source: prom, errors: e, total: t, worse: higher, critical: true, objective: {target: 99%, period: 30d}}
        """;
    private static final String LATENCY = """
        metrics:
          - {id: MON-002, name: p95 latency, kind: latency, unit: ms, source: prom, histogram: h_bucket, limit: 500ms}
        """;
    private static final String ENVIRONMENTS = """
        entries:
          - {id: DEP-001, type: Environment, title: Production, name: production, owner: p, configuration: {NODE_ENV: production, LOG_LEVEL: info}, secrets: [{id: db-password, rotate: 30d, rotated: %s}]}
          - {id: DEP-010, type: Environment, title: Staging, name: staging, owner: p, configuration: {NODE_ENV: staging%s}}
        """;

    private final List<CheckCase> all = new ArrayList<>();
    private String check;

    public static List<CheckCase> all() {
        CheckCaseFixture samples = new CheckCaseFixture();
        samples.files();
        samples.artifacts();
        samples.state();
        samples.people();
        samples.calls();
        return samples.all;
    }

    public static String cases(int passed, int failed) {
        return "<testcase classname=\"Cart\" name=\"adds\"/>".repeat(passed)
                + "<testcase classname=\"Cart\" name=\"removes\"><failure message=\"no\"/></testcase>".repeat(failed);
    }

    private static FakeCheckContext world() {
        return new FakeCheckContext();
    }

    private void of(String yaml) {
        check = yaml;
    }

    private void pass(String what, FakeCheckContext context) {
        all.add(new CheckCase(what, check, context, Status.PASS));
    }

    private void fail(String what, FakeCheckContext context) {
        all.add(new CheckCase(what, check, context, Status.FAIL));
    }

    private void unknown(String what, FakeCheckContext context) {
        all.add(new CheckCase(what, check, context, Status.UNKNOWN));
    }

    private void files() {
        of("tests: {passRate: '> 95%'}");
        pass("99 of 100", world().file("out/TEST-a.xml", JUNIT.formatted(100, cases(99, 1))));
        fail("94 of 100", world().file("out/TEST-a.xml", JUNIT.formatted(100, cases(94, 6))));
        unknown("no file", world());
        unknown("no test", world().file("out/TEST-a.xml", JUNIT.formatted(0, "")));
        unknown(
                "all skipped",
                world().file("TEST-a.xml", JUNIT.formatted(1, "<testcase name='a'><skipped/></testcase>")));
        unknown("cut off", world().file("TEST-a.xml", "<testsuite name='a'><testcase name='b'/>"));
        of("tests: {build: this}");
        pass("the build's own", world().tests(new TestCounts(12, 0, 1, List.of(), FakeCheckContext.NOW)));
        fail("the build's own", world().tests(new TestCounts(12, 1, 0, List.of("a.b"), FakeCheckContext.NOW)));
        unknown("the build has none", world());

        of("sarif: {}");
        pass("no results", world().file("a.sarif", SARIF.formatted("")));
        pass("a warning", world().file("a.sarif", SARIF.formatted("{\"ruleId\":\"x\",\"level\":\"warning\"}")));
        unknown("a rule that nobody describes", world().file("a.sarif", SARIF.formatted("{\"ruleId\":\"x\"}")));
        fail(
                "an error",
                world().file(
                                "a.sarif",
                                SARIF.formatted(
                                        "{\"ruleId\":\"x\",\"level\":\"error\",\"message\":{\"text\":\"m\"}}")));
        unknown("no file", world());
        unknown("no run", world().file("a.sarif", "{\"version\":\"2.1.0\",\"runs\":[]}"));
        unknown(
                "a run without results",
                world().file("a.sarif", "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"x\"}}}]}"));
        unknown("half a file", world().file("a.sarif", "{\"version\":\"2.1.0\",\"runs\":["));

        of("coverage: {line: '>= 80%'}");
        pass("80 %", world().file("jacoco.xml", JACOCO.formatted(20, 80)));
        fail("79 %", world().file("jacoco.xml", JACOCO.formatted(21, 79)));
        unknown("no file", world());
        unknown("no lines", world().file("jacoco.xml", JACOCO.formatted(0, 0)));
        unknown("another format", world().file("coverage.xml", "<coverage generated='1'><project/></coverage>"));

        of("sbom: {allow: [MIT, Apache-2.0], deny: ['GPL-*']}");
        String licensed = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"name\":\"a\","
                + "\"version\":\"1\",\"licenses\":[%s]}]}";
        pass("allowed", world().file("bom.json", licensed.formatted("{\"license\":{\"id\":\"MIT\"}}")));
        pass("one allowed", world().file("bom.json", licensed.formatted("{\"expression\":\"GPL-2.0-only OR MIT\"}")));
        fail("denied", world().file("bom.json", licensed.formatted("{\"expression\":\"GPL-2.0-only AND MIT\"}")));
        fail("not allowed", world().file("bom.json", licensed.formatted("{\"license\":{\"id\":\"0BSD\"}}")));
        unknown("by a name", world().file("bom.json", licensed.formatted("{\"license\":{\"name\":\"see file\"}}")));
        unknown("no licence", world().file("bom.json", licensed.formatted("")));
        fail(
                "no components",
                world().file("bom.json", "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[]}"));
        unknown("no file", world());
        unknown("half a file", world().file("bom.json", "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\""));

        of("parity: {between: [production, staging]}");
        pass("same keys", world().contracting(ENVIRONMENTS.formatted("2026-11-01", ", LOG_LEVEL: debug")));
        fail("a key is missing", world().contracting(ENVIRONMENTS.formatted("2026-11-01", "")));
        unknown("no such environments", world());

        of("migrations: {directory: db}");
        pass("paired", world().file("db/041_a.up.sql", "create table a()").file("db/041_a.down.sql", "drop table a"));
        fail("no way back", world().file("db/041_a.up.sql", "create table a()"));
        fail(
                "a way back that does nothing",
                world().file("db/041_a.up.sql", "x").file("db/041_a.down.sql", "-- later\n"));
        unknown("none", world().file("db/readme.md", "x"));

        of("documents: {files: [docs/runbook.md]}");
        pass(
                "reviewed",
                world().file("docs/runbook.md", "---\nauthor: Ada\nreviewed-by: Grace\n---\n# Runbook\nDo this.\n"));
        fail("not reviewed", world().file("docs/runbook.md", "author: Ada\n\n# Runbook\nDo this.\n"));
        fail("by its author alone", world().file("docs/runbook.md", "Author: Ada\nReviewed-by: ada\n\nDo this.\n"));
        fail("missing", world());
        fail("empty", world().file("docs/runbook.md", "---\nauthor: Ada\nreviewed-by: Grace\n---\n# Runbook\n"));
        unknown(
                "nobody knows the author",
                world().with(UnfinishedContractFixture.without("author"))
                        .file("docs/runbook.md", "Reviewed-by: Grace\n\nDo this.\n"));

        of("qa: {file: qa.yaml, evidence: [qa/plan.md]}");
        String go = "recommendation: go\nby: Grace\ndate: 2026-11-20\nversion: 2.4.0\nevidence: [qa/run.md]\n";
        pass("complete", world().file("qa.yaml", go).file("qa/plan.md", "x").file("qa/run.md", "x"));
        fail("incomplete", world().file("qa.yaml", go).file("qa/plan.md", "x"));
        fail(
                "no",
                world().file("qa.yaml", go.replace("go\n", "no-go\n"))
                        .file("qa/plan.md", "x")
                        .file("qa/run.md", "x"));
        unknown("no paper", world());
        unknown("by nobody", world().file("qa.yaml", "recommendation: go\n").file("qa/plan.md", "x"));

        of("alerts: {file: alerts.yml, metrics: [MON-001]}");
        String rules = "groups: [{name: a, rules: [{alert: Errors, expr: x > 1, labels: {%s}, annotations: {metric:"
                + " MON-001}}]}]";
        pass("owned", world().file("alerts.yml", rules.formatted("team: payments")));
        fail("not owned", world().file("alerts.yml", rules.formatted("severity: page")));
        fail(
                "no alert for the metric",
                world().file("alerts.yml", rules.formatted("team: a").replace("MON-001", "MON-0012")));
        unknown("no rules", world().file("alerts.yml", "groups: []"));
        unknown("no file", world());
    }

    private void artifacts() {
        String sha = UnfinishedContractFixture.sha("release");
        of("artifact: {file: dist/checkout.tar.gz, sha256: " + sha + ", environment: staging}");
        pass(
                "the same, promoted",
                world().file("dist/checkout.tar.gz", "release").released("staging", sha, "promoted", true));
        fail("another", world().file("dist/checkout.tar.gz", "rebuilt").released("staging", sha, "promoted", true));
        fail("never in staging", world().file("dist/checkout.tar.gz", "release"));
        fail(
                "rolled back in staging",
                world().file("dist/checkout.tar.gz", "release").released("staging", sha, "rolled-back", true));
        unknown(
                "a record that isn't intact",
                world().file("dist/checkout.tar.gz", "release").released("staging", sha, "promoted", false));
        unknown("no file", world().released("staging", sha, "promoted", true));

        of("reproducible: {first: a.jar, second: b/a.jar}");
        pass("same", world().file("a.jar", "x").file("b/a.jar", "x"));
        fail("different", world().file("a.jar", "x").file("b/a.jar", "y"));
        unknown("one is missing", world().file("a.jar", "x"));
        unknown("one is empty", world().file("a.jar", "").file("b/a.jar", ""));

        of("progression: {from: [staging]}");
        pass("promoted", world().released("staging", FakeCheckContext.DIGEST, "promoted", true));
        fail("rolled back", world().released("staging", FakeCheckContext.DIGEST, "rolled-back", true));
        fail("another digest", world().released("staging", "cd".repeat(32), "promoted", true));
        fail("elsewhere", world().released("development", FakeCheckContext.DIGEST, "promoted", true));
        unknown("not intact", world().released("staging", FakeCheckContext.DIGEST, "promoted", false));
        unknown(
                "no digest",
                world().with(UnfinishedContractFixture.without("artifacts"))
                        .released("staging", FakeCheckContext.DIGEST, "promoted", true));

        of("lastGood: {}");
        FakeCheckContext archive = world().file("dist/checkout.tar.gz", "the last one");
        String good = Sha256.hex("the last one");
        String build = "/shop/checkout/main#41";
        pass("archived", world().released("production", good, "promoted", true).other(build, archive));
        fail("none before", world());
        fail("elsewhere", world().released("staging", good, "promoted", true).other(build, archive));
        fail(
                "another digest",
                world().released("production", "cd".repeat(32), "promoted", true)
                        .other(build, archive));
        fail("no file", world().released("production", good, "promoted", true).other(build, world()));
        unknown("no such build", world().released("production", good, "promoted", true));
        unknown(
                "not intact",
                world().released("production", good, "promoted", false).other(build, archive));
        of("lastGood: {first: yes}");
        pass("the first", world());
        pass(
                "not the first",
                world().released("production", good, "promoted", true).other(build, archive));
        fail(
                "not to be had",
                world().released("production", good, "promoted", true).other(build, world()));

        of("provenance: cosign verify");
        pass("accepted", world().command(0, ""));
        fail("rejected", world().command(1, "no matching signatures"));
        unknown("no network", world().command(2, "could not reach"));
        unknown("hangs", world().hanging());
        unknown("no commands", world());
    }

    private void state() {
        of("backup: {file: backup.json, field: /finished, age: '<= 24h'}");
        pass("young", world().file("backup.json", "{\"finished\":\"2026-11-21T03:00:00Z\"}"));
        fail("old", world().file("backup.json", "{\"finished\":\"2026-11-19T03:00:00Z\"}"));
        unknown("from the future", world().file("backup.json", "{\"finished\":\"2026-12-19T03:00:00Z\"}"));
        unknown("no time", world().file("backup.json", "{}"));
        unknown("no file", world());

        of("capacity: {metric: MON-001, limit: '< 70%'}");
        pass("half", world().contracting(METRIC).reading(0.5));
        fail("full", world().contracting(METRIC).reading(0.9));
        unknown("no data", world().contracting(METRIC).reading(Double.NaN));
        unknown("no source", world().contracting(METRIC));

        of("metric: {metric: MON-001, limit: '<= 1%'}");
        pass("quiet", world().contracting(METRIC).reading(0.001));
        fail("loud", world().contracting(METRIC).reading(0.02));
        unknown("no data", world().contracting(METRIC).reading(Double.NaN));
        unknown("no metric", world().reading(0.001));
        of("metric: {metric: MON-002, limit: 'p95 < 400ms'}");
        pass("the quantile that its name has", world().contracting(LATENCY).reading(390));
        fail("too slow there", world().contracting(LATENCY).reading(410));
        of("metric: {metric: MON-002, limit: 'p99 < 400ms'}");
        unknown(
                "a quantile that can't be read here",
                world().contracting(LATENCY).reading(390));
        of("metric: {metric: MON-001, limit: '<= baseline + 1%'}");
        pass("near the baseline", world().contracting(METRIC).baseline(0.01).reading(0.015));
        fail("above the baseline", world().contracting(METRIC).baseline(0.01).reading(0.03));
        unknown("no baseline", world().contracting(METRIC).reading(0.001));

        of("budget: {metric: MON-001, left: '> 10%'}");
        pass("half left", world().contracting(METRIC).reading(0.005, 50, 10_000));
        fail("spent", world().contracting(METRIC).reading(0.02, 200, 10_000));
        of("budget: {metric: MON-001}");
        fail("spent to the last error", world().contracting(METRIC).reading(0.01, 100, 10_000));
        unknown("no requests", world().contracting(METRIC).reading(0, 0, 0));
        unknown("no data", world().contracting(METRIC).reading(Double.NaN));

        of("freeze: {windows: ['2026-11-20..2026-11-22']}");
        fail("in the middle", world());
        of("freeze: {windows: ['2026-12-20..2027-01-02', 'Fri 16:00..Mon 08:00'], zone: Asia/Tokyo}");
        fail("a Saturday", world());
        of("freeze: {windows: ['2026-12-20..2027-01-02', 'Sun 16:00..Mon 08:00']}");
        pass("outside", world());
        of("freeze: {windows: ['from Christmas']}");
        unknown("unreadable", world());
        of("freeze: {}");
        unknown("no windows", world());

        of("drill: {environment: staging}");
        pass("last week", world().drill(Duration.ofDays(7), Duration.ofSeconds(21), true));
        fail("too slow", world().drill(Duration.ofDays(7), Duration.ofSeconds(90), true));
        fail("too long ago", world().drill(Duration.ofDays(31), Duration.ofSeconds(21), true));
        fail("not confirmed", world().drill(Duration.ofDays(7), Duration.ofSeconds(21), false));
        fail("never", world());
        unknown("in the future", world().drill(Duration.ofDays(-7), Duration.ofSeconds(21), true));
        unknown("nobody knows how long", world().drill(Duration.ofDays(7), null, true));
        Instant lately = FakeCheckContext.NOW.minusSeconds(3600);
        unknown(
                "a record that isn't intact",
                world().drill(new Drill("staging", lately, Duration.ofSeconds(21), true, "2.3.0 in staging", false)));

        of("secrets: {environment: production}");
        pass("young", world().contracting(ENVIRONMENTS.formatted("2026-11-01", "")));
        fail("overdue", world().contracting(ENVIRONMENTS.formatted("2026-10-01", "")));
        unknown("from the future", world().contracting(ENVIRONMENTS.formatted("2027-10-01", "")));
        unknown("no environment", world());
    }

    private void people() {
        of("approval: {of: [release-managers], count: 2}");
        pass("two", world().signed("grace", true).signed("linus", true));
        fail("refused", world().signed("grace", true).signed("linus", false));
        unknown("one", world().signed("grace", true));
        unknown("the author and one", world().signed("grace", true).signed("ada", true));
        unknown("the same twice", world().signed("grace", true).signed("grace", true));
        unknown("author unknown", world().nobodyKnown().signed("grace", true).signed("linus", true));

        of("checklist: ['[x] Backups tested (by ann, 2026-11-18)', '[X] Support told @bob']");
        pass("ticked by name", world());
        of("checklist: ['[x] Backups tested (by ann)', '[ ] Support told (by bob)']");
        fail("one is not ticked", world());
        of("checklist: ['[~] Backups tested (by ann)']");
        fail("another mark is no tick", world());
        of("checklist: ['[x] Backups tested']");
        unknown("nobody says so", world());
        of("checklist: ['[x] Backups tested (staging)']");
        unknown("words in parentheses are no name", world());
        of("checklist: ['[x] Backups tested (by TBD)']");
        unknown("nobody has this name", world());
        of("checklist: ['[x] Backups tested (by ann, 2099-01-01)']");
        unknown("a day to come", world());
        of("checklist: ['[x] Backups tested (by ann, 01.03.2019)']");
        unknown("no date", world());
        of("checklist: ['Backups tested (by ann)']");
        unknown("no box", world());

        of("changes: {since: 0123abc, file: changes.json}");
        String commit = "\u001e" + "4be1f0c".repeat(5) + "\u001fAda\u001fada@example.com\u001fAdd saved cards (#12)\n";
        String change = "[{\"id\":\"12\",\"author\":\"ada\",\"reviewers\":[%s]}]";
        pass("reviewed", world().command(0, commit).file("changes.json", change.formatted("\"grace\"")));
        fail("by the author", world().command(0, commit).file("changes.json", change.formatted("\"ada\"")));
        fail("not reviewed", world().command(0, commit).file("changes.json", change.formatted("")));
        fail(
                "no change",
                world().command(0, commit.replace("#12", "#13")).file("changes.json", change.formatted("\"grace\"")));
        unknown("no commits", world().command(0, "").file("changes.json", change.formatted("\"grace\"")));
        unknown("no git", world().command(128, "fatal").file("changes.json", change.formatted("\"grace\"")));
        of("changes: {since: 0123abc}");
        unknown("nobody says who reviewed", world().command(0, commit));
        of("changes: {since: 0123abc, reviewed: no}");
        pass("named", world().command(0, commit));
        fail("not named", world().command(0, commit.replace(" (#12)", "")));
    }

    private void calls() {
        of("http: {url: 'https://checkout.example.com/health', within: 2s}");
        pass("200", world().http(200, "ok"));
        fail("503", world().http(503, ""));
        unknown("no call", world());
        of("http: {url: 'https://checkout.example.com/health', within: 100ms}");
        fail("too late", world().http(200, "ok"));
        of("http: {endpoint: tracker, path: /stats, field: /open, limit: '<= 3'}");
        pass("three", world().http(200, "{\"open\":3}"));
        fail("four", world().http(200, "{\"open\":4}"));
        unknown("no number", world().http(200, "{\"open\":\"many\"}"));
        unknown("no field", world().http(200, "{}"));
        unknown("no JSON", world().http(200, "<html>"));

        of("command: {run: ./check, limit: '< 10%'}");
        pass("9 %", world().command(0, "checked\n9 %\n"));
        fail("11 %", world().command(0, "11%"));
        fail("exit 3", world().command(3, "9%"));
        unknown("no number", world().command(0, "fine"));
        unknown("not found", world().command(127, "sh: ./check: not found"));
        unknown("hangs", world().hanging());
        unknown("no commands", world());

        of("dependencies: {urls: ['https://payments.example.com/ready']}");
        pass("ready", world().http(200, ""));
        fail("not ready", world().http(503, ""));
        unknown("no call", world());
        of("dependencies: {services: {payments: 2.3.0}}");
        pass(
                "new enough",
                world().other("payments", world().released("production", FakeCheckContext.DIGEST, "promoted", true)));
        fail("never released", world().other("payments", world()));
        unknown("nobody knows it", world());
        of("dependencies: {services: {payments: 2.4.0-rc.1}}");
        fail(
                "too old",
                world().other("payments", world().released("production", FakeCheckContext.DIGEST, "promoted", true)));

        of("epics: {url: 'https://tracker.example.com/{id}'}");
        pass("done", world().http(200, "{\"status\":\"Done\"}"));
        fail("open", world().http(200, "{\"status\":\"open\"}"));
        unknown("gone", world().http(404, "{}"));
        unknown("no state", world().http(200, "{}"));
        of("epics: {run: ./state}");
        pass("done", world().command(0, "done\n"));
        fail("open", world().command(0, "in progress"));
        unknown("error", world().command(1, "done"));

        of("flags: {ids: [saved-cards], url: 'https://flags.example.com/all'}");
        pass("off", world().http(200, "{\"saved-cards\":{\"enabled\":false}}"));
        fail("on", world().http(200, "{\"saved-cards\":\"on\"}"));
        unknown("not known", world().http(200, "{\"other\":false}"));
        unknown("no answer", world().http(500, ""));
    }
}
