// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static io.jenkins.plugins.releaseguard.testing.FakeCheckContext.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.FreezeWindow;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.evidence.check.operation.FreezeText;
import io.jenkins.plugins.releaseguard.evidence.check.source.Versions;
import io.jenkins.plugins.releaseguard.testing.CheckCaseFixture;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import io.jenkins.plugins.releaseguard.testing.UnfinishedContractFixture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single checks promise beyond pass, fail and unknown. */
class CheckDetailsTest {
    private static final String ERROR = "{\"ruleId\":\"%s\",\"level\":\"error\",\"message\":{\"text\":\"m\"}%s}";

    private static Status says(String check, FakeCheckContext context) {
        return CheckFixture.at(check, context).status();
    }

    private static String sarif(String... results) {
        return CheckCaseFixture.SARIF.formatted(String.join(",", results));
    }

    @Test
    void testsCarryTheNumberTheLimitAndTheNames() {
        Evidence evidence = CheckFixture.at(
                "tests: {passRate: '> 95%', skipped: '<= 1'}",
                new FakeCheckContext()
                        .file("a/TEST-x.xml", CheckCaseFixture.JUNIT.formatted(10, CheckCaseFixture.cases(9, 1))));

        assertThat(evidence.value()).isEqualTo("90 %");
        assertThat(evidence.limit()).isEqualTo("> 95%");
        assertThat(evidence.reason())
                .isEqualTo("9 of 10 tests passed; failed: Cart.removes; of which commit isn't said");
        assertThat(evidence.origin()).isEqualTo(Origin.ARCHIVE);
        assertThat(evidence.at()).isEqualTo(NOW.minusSeconds(3600));
        assertThat(evidence.sha256())
                .isEqualTo(UnfinishedContractFixture.sha(
                        CheckCaseFixture.JUNIT.formatted(10, CheckCaseFixture.cases(9, 1))));
    }

    @Test
    void everyPatternOfResultsMustMatch() {
        FakeCheckContext context = new FakeCheckContext()
                .file("unit/TEST-x.xml", CheckCaseFixture.JUNIT.formatted(1, CheckCaseFixture.cases(1, 0)));

        assertThat(says("tests: {results: ['unit/*.xml']}", context)).isEqualTo(Status.PASS);
        assertThat(says("tests: {results: ['unit/*.xml', 'it/*.xml']}", context))
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aLimitInTheWrongUnitIsUnknown() {
        FakeCheckContext context = new FakeCheckContext()
                .file("TEST-x.xml", CheckCaseFixture.JUNIT.formatted(1, CheckCaseFixture.cases(1, 0)));

        assertThat(says("tests: {passRate: '> 0'}", context)).isEqualTo(Status.UNKNOWN);
        assertThat(says("tests: {failures: '< 50%'}", context)).isEqualTo(Status.UNKNOWN);
        assertThat(says("tests: {skipped: '< 50%'}", context)).isEqualTo(Status.PASS);
        assertThat(says("tests: {passRate: '> 50% for 5m'}", context)).isEqualTo(Status.UNKNOWN);
        assertThat(says("tests: {passRate: '> 1.5x baseline'}", context)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void onlyNewFindingsCountWhereAsked() {
        String old = ERROR.formatted("old", "");
        String fresh = ERROR.formatted("fresh", "");
        String check = "sarif: {results: now.sarif, reference: before.sarif, onlyNew: yes}";

        assertThat(says(
                        check,
                        new FakeCheckContext().file("now.sarif", sarif(old)).file("before.sarif", sarif(old))))
                .isEqualTo(Status.PASS);
        assertThat(says(
                        check,
                        new FakeCheckContext()
                                .file("now.sarif", sarif(old, fresh))
                                .file("before.sarif", sarif(old))))
                .isEqualTo(Status.FAIL);
        assertThat(says(
                        check,
                        new FakeCheckContext()
                                .file("now.sarif", sarif(old, old))
                                .file("before.sarif", sarif(old))))
                .isEqualTo(Status.FAIL);
        assertThat(says(check, new FakeCheckContext().file("now.sarif", sarif(old))))
                .isEqualTo(Status.UNKNOWN);
        FakeCheckContext build = new FakeCheckContext()
                .file("now.sarif", sarif(old))
                .other("before.sarif", new FakeCheckContext().file("now.sarif", sarif(old)));
        assertThat(says(check, build)).isEqualTo(Status.PASS);
        String states = "sarif: {results: now.sarif, onlyNew: yes}";
        assertThat(says(
                        states,
                        new FakeCheckContext()
                                .file("now.sarif", sarif(ERROR.formatted("a", ",\"baselineState\":\"unchanged\"")))))
                .isEqualTo(Status.PASS);
        assertThat(says(states, new FakeCheckContext().file("now.sarif", sarif(old))))
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void suppressedFindingsAndMissingToolsAndFailedRuns() {
        String quiet = ERROR.formatted("a", ",\"suppressions\":[{\"kind\":\"inSource\"}]");
        FakeCheckContext context = new FakeCheckContext().file("a.sarif", sarif(quiet));

        assertThat(says("sarif: {}", context)).isEqualTo(Status.PASS);
        assertThat(says("sarif: {suppressed: yes}", context)).isEqualTo(Status.FAIL);
        assertThat(says("sarif: {tools: [semgrep, CodeQL]}", context)).isEqualTo(Status.UNKNOWN);
        assertThat(says("sarif: {errors: '<= 9', suppressed: yes, rules: {a: '<= 0'}}", context))
                .isEqualTo(Status.FAIL);
        assertThat(says("sarif: {rules: {a: 'none'}}", context)).isEqualTo(Status.UNKNOWN);
        String failed = sarif().replace("\"results\"", "\"invocations\":[{\"executionSuccessful\":false}],\"results\"");
        assertThat(says("sarif: {}", new FakeCheckContext().file("a.sarif", failed)))
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void coverageMayNotDropMoreThanAsked() {
        FakeCheckContext context = new FakeCheckContext()
                .file("jacoco.xml", CheckCaseFixture.JACOCO.formatted(21, 79))
                .file("old/before.xml", CheckCaseFixture.JACOCO.formatted(20, 80));

        assertThat(says("coverage: {reference: old/before.xml, drop: '<= 1%'}", context))
                .isEqualTo(Status.PASS);
        assertThat(says("coverage: {reference: old/before.xml, drop: '<= 0.5%'}", context))
                .isEqualTo(Status.FAIL);
        assertThat(says("coverage: {drop: '<= 0.5%'}", context)).isEqualTo(Status.UNKNOWN);
        assertThat(says("coverage: {}", context)).isEqualTo(Status.UNKNOWN);
        assertThat(says("coverage: {branch: '> 0%'}", context)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void parityNeverShowsAValue() {
        FakeCheckContext context = new FakeCheckContext()
                .file("a.env", "VERSION=1\nTOKEN=s3cret-a\nDEBUG_X=1\n")
                .file("b.env", "VERSION=2\nTOKEN=s3cret-b\nEXTRA=s3cret-c\n");
        String files = "between: [staging, production], files: {staging: a.env, production: b.env}";
        Evidence evidence =
                CheckFixture.at("parity: {" + files + ", equal: [VERSION, TOKEN], ignore: ['DEBUG_*']}", context);

        assertThat(evidence.status()).isEqualTo(Status.FAIL);
        assertThat(evidence.value()).isEqualTo("3 differences");
        assertThat(evidence.reason()).isEqualTo("EXTRA is missing in staging, TOKEN differs, VERSION differs");
        assertThat(evidence.toString()).doesNotContain("s3cret");
        Evidence broken = CheckFixture.at(
                "parity: {" + files + "}",
                new FakeCheckContext().file("a.env", "s3cret\n").file("b.env", "A=1"));
        assertThat(broken.status()).isEqualTo(Status.UNKNOWN);
        assertThat(broken.toString()).doesNotContain("s3cret");
    }

    @Test
    void anExceptionNeedsItsKindAndItsReason() {
        String freeze = "freeze: {windows: ['2026-11-20..2026-11-22'], exception: %s, reason: '%s'}";

        assertThat(says(freeze.formatted("security", "CVE-2026-1"), new FakeCheckContext()))
                .isEqualTo(Status.PASS);
        assertThat(says(freeze.formatted("p0", "shop is down"), new FakeCheckContext()))
                .isEqualTo(Status.PASS);
        assertThat(says(freeze.formatted("security", ""), new FakeCheckContext()))
                .isEqualTo(Status.FAIL);
        assertThat(says(freeze.formatted("marketing", "campaign"), new FakeCheckContext()))
                .isEqualTo(Status.FAIL);
        FreezeWindow strict = new FreezeWindow(NOW.minusSeconds(1), NOW.plusSeconds(1), "audit", List.of());
        assertThat(says(freeze.formatted("security", "CVE-2026-1"), new FakeCheckContext().freeze(strict)))
                .isEqualTo(Status.FAIL);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-11-20T16:00:00Z, true", "2026-11-20T15:59:59Z, false", "2026-11-21T12:00:00Z, true",
        "2026-11-23T07:59:59Z, true", "2026-11-23T08:00:00Z, false", "2026-11-25T12:00:00Z, false"
    })
    void aWeeklyWindowRunsOverTheWeekend(String now, boolean open) throws IOException {
        Instant at = Instant.parse(now);
        FreezeWindow window = FreezeText.parse("Fri 16:00..Mon 08:00", ZoneOffset.UTC, at, List.of());

        assertThat(!at.isBefore(window.from()) && at.isBefore(window.until())).isEqualTo(open);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "1.2.3, 1.2.3, 0",
        "1.2.3, 1.2.10, -1",
        "2, 1.9.9, 1",
        "1.0.0-rc.1, 1.0.0, -1",
        "1.0.0-rc.2, 1.0.0-rc.10, -1",
        "1.0.0-alpha, 1.0.0-alpha.1, -1",
        "1.0.0-1, 1.0.0-alpha, -1",
        "v1.0, 1.0.0, 0",
        "1.0.0+a, 1.0.0+b, 0"
    })
    void versionsHaveTheirOrder(String a, String b, int order) throws IOException {
        assertThat(Integer.signum(Versions.compare(a, b))).isEqualTo(order);
        assertThat(Integer.signum(Versions.compare(b, a))).isEqualTo(-order);
    }

    @Test
    void whatIsNoVersionHasNoOrder() {
        assertThatThrownBy(() -> Versions.compare("main", "1.0")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Versions.compare("1.0", null)).isInstanceOf(IOException.class);
    }

    @Test
    void commandsGetTheReleaseAsVariablesAndTheirOwnCannotReplaceIt() {
        FakeCheckContext context = new FakeCheckContext().command(0, "");
        CheckFixture.at("command: {run: ./check, directory: tools, env: {A: b, RELEASE_VERSION: forged}}", context);

        assertThat(context.ran).singleElement().satisfies(call -> {
            assertThat(call.arguments()).containsExactly("sh", "-c", "./check");
            assertThat(call.directory()).isEqualTo("tools");
            assertThat(call.environment())
                    .containsEntry("RELEASE_VERSION", "2.4.0")
                    .containsEntry("RELEASE_ENVIRONMENT", "production")
                    .containsEntry("RELEASE_DIGEST", FakeCheckContext.DIGEST)
                    .containsEntry("A", "b");
        });
    }

    @Test
    void aRevisionIsNeverAnOption() {
        for (String since : List.of("--output=x", "-n1", "a..b", "a b", "$(touch x)")) {
            FakeCheckContext context = new FakeCheckContext().command(0, "");
            assertThat(says("changes: {since: '" + since + "', reviewed: no}", context))
                    .isEqualTo(Status.UNKNOWN);
            assertThat(context.ran).isEmpty();
        }
    }

    @Test
    void trackersAreAskedWithEncodedIds() {
        FakeCheckContext context = new FakeCheckContext().http(200, "{\"status\":\"done\"}");

        assertThat(says("epics: {endpoint: tracker, path: 'items/{id}', ids: [EPIC-07]}", context))
                .isEqualTo(Status.PASS);
        assertThat(context.called.get(0).endpoint()).isEqualTo("tracker");
        assertThat(context.called.get(0).url()).isEqualTo("items/EPIC-07");
    }

    @Test
    void qaSendsBackToTheOwnerByName() {
        Evidence evidence = CheckFixture.at(
                "qa: {file: qa.yaml, owner: qa-lead}",
                new FakeCheckContext()
                        .file(
                                "qa.yaml",
                                "recommendation: go\nby: grace\nversion: 2.4.0\nevidence: [{file: run.html}]\n"));

        assertThat(evidence.status()).isEqualTo(Status.FAIL);
        assertThat(evidence.reason()).isEqualTo("goes back to qa-lead: the evidence lacks run.html");
        assertThat(says(
                        "qa: {file: qa.yaml}",
                        new FakeCheckContext()
                                .file("qa.yaml", "recommendation: go\nby: ann\nversion: 1.0\nevidence: [x]")
                                .file("x", "x")))
                .isEqualTo(Status.FAIL);
    }

    @Test
    void aFingerprintIsAskedForWhereWanted() {
        String check = "artifact: {file: a.jar, sha256: " + UnfinishedContractFixture.sha("x") + ", fingerprint: yes}";

        assertThat(says(check, new FakeCheckContext().file("a.jar", "x").fingerprints(List.of("shop#1"))))
                .isEqualTo(Status.PASS);
        assertThat(says(check, new FakeCheckContext().file("a.jar", "x").fingerprints(List.of())))
                .isEqualTo(Status.FAIL);
        assertThat(says(check, new FakeCheckContext().file("a.jar", "x"))).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void onlyTheNewestDrillCounts() {
        FakeCheckContext context = new FakeCheckContext()
                .drill(Duration.ofDays(1), Duration.ofSeconds(30), false)
                .drill(Duration.ofDays(2), Duration.ofSeconds(30), true);

        assertThat(says("drill: {}", context)).isEqualTo(Status.FAIL);
    }

    @Test
    void aCompensationMayStandForTheWayBack() {
        FakeCheckContext context = new FakeCheckContext()
                .file("db/042_split.up.sql", "alter")
                .file("db/041_a.up.sql", "x")
                .file("db/041_a.down.sql", "y");

        assertThat(says("migrations: {directory: db, compensation: {042_split: restore the copy}}", context))
                .isEqualTo(Status.PASS);
        assertThat(says("migrations: {directory: db, compensation: {04: restore the copy}}", context))
                .isEqualTo(Status.FAIL);
        FakeCheckContext flyway =
                new FakeCheckContext().file("db/V1__a.sql", "x").file("db/U1__a.sql", "y");
        assertThat(says("migrations: {directory: db, up: 'V*.sql', down: 'U*.sql'}", flyway))
                .isEqualTo(Status.PASS);
    }
}
