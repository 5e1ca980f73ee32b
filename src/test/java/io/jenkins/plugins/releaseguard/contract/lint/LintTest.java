// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LintTest {
    /** A contract that owes nothing at all. */
    private static final String WHOLE = text("src/test/resources/io/jenkins/plugins/releaseguard/contract/whole.yaml");

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Problem> lint(String text) throws ContractException {
        return Catalog.STANDARD.lint(
                Catalog.STANDARD.reader().parse(text, "release.yaml", Variables.unresolved(Map.of())));
    }

    private static String without(String id) {
        return WHOLE.replaceAll("(?s)  - id: " + id + "\n.*?(?=\n  - id: DEP|\n\n[a-z])", "");
    }

    private static String all(String type) {
        return WHOLE.replaceAll("(?s)  - id: DEP-\\d+\n    type: " + type + "\n.*?(?=  - id: DEP|\n[a-z])", "");
    }

    private static String swap(String from, String to) {
        assertThat(WHOLE).contains(from);
        return WHOLE.replace(from, to);
    }

    private static String cut(String line) {
        return swap(line, "");
    }

    /** For every rule, contracts that break it and nothing hides it; the words that the message must hold. */
    static Stream<Arguments> broken() {
        return Stream.of(
                a("RG-RELEASE-NAMED", swap("  service: checkout\n", "  service: \"\"\n"), "no service"),
                a("RG-RELEASE-OWNER", cut("  owner: payments-team\n  author: dana\n"), "release has no owner"),
                a(
                        "RG-RELEASE-ARTIFACT",
                        cut("  artifacts:\n    - {file: dist/checkout.tar.gz, sha256: \"${ARTIFACT_SHA256}\"}\n"),
                        "names no artifact"),
                a("RG-RELEASE-SCOPE", cut("  commit: ${GIT_COMMIT}\n"), "no commit"),
                a("RG-FLAG-PLAN", cut(", remove: two releases from now"), "saved-cards has no remove"),
                a("RG-PLAYBOOK-COMPLETE", cut("    escalation: payments-lead\n"), "RUN-021 has no escalation"),
                a("RG-COMMUNICATION-ROLLBACK", swap("stage: Rollback, to", "stage: Deploy, to"), "nobody is told"),
                a(
                        "RG-ENTRY-OWNER",
                        swap("title: The service answers\n    owner: payments-team\n", "title: The service answers\n"),
                        "DEP-012 has no owner"),
                a("RG-ENTRY-TITLE", cut("    title: The service answers\n"), "DEP-012 has no title"),
                a("RG-ENTRY-REFERENCE", swap("escalation: DEP-010", "escalation: run DEP-099"), "DEP-099"),
                a("RG-ENTRY-REFERENCE", swap("metric: MON-001", "metric: MON-009"), "MON-009, which is no metric"),
                a(
                        "RG-ENTRY-PLACEHOLDER",
                        swap("purpose: Live customers", "purpose: \"[What it is for]\""),
                        "[What it is for]"),
                a("RG-ENTRY-PLACEHOLDER", swap("purpose: Live customers", "purpose: TODO"), "TODO"),
                a(
                        "RG-ENTRY-WAIVER",
                        swap(
                                "title: Tests pass\n",
                                "title: Tests pass\n    waived: {by: dana, reason: hurry, until: 2026-12-01}\n"),
                        "waived by dana"),
                a(
                        "RG-ENTRY-WAIVED-CHECK",
                        swap(
                                "title: Tests pass\n",
                                "title: Tests pass\n    waived: {check: sarif, by: cto, reason: hurry, until: 2026-12-01}\n"),
                        "has no check 'sarif' that could be waived"),
                a(
                        "RG-ENTRY-WAIVED-CHECK",
                        swap(
                                "purpose: Live customers",
                                "purpose: Live customers\n    waived: {by: cto, reason: hurry, until: 2026-12-01}"),
                        "is waived, which has no effect"),
                a("RG-ENVIRONMENT-PRESENT", all("Environment"), "no Environment entry"),
                a("RG-ENVIRONMENT-DOCUMENTED", cut("    purpose: Live customers\n"), "DEP-002 has no purpose"),
                a("RG-ENVIRONMENT-AS-CODE", cut("    code: infra/production\n"), "infrastructure as code"),
                a(
                        "RG-ENVIRONMENT-PARITY",
                        swap(
                                "LOG_LEVEL: info, CARD_VAULT_TIMEOUT: 800ms}\n"
                                        + "    secrets:\n"
                                        + "      - id: checkout-production",
                                "LOG_LEVEL: info}\n    secrets:\n      - id: checkout-production"),
                        "CARD_VAULT_TIMEOUT"),
                a("RG-ENVIRONMENT-PROGRESSION", without("DEP-001"), "only kind of environment"),
                a(
                        "RG-ENVIRONMENT-SPRAWL",
                        swap("LOG_LEVEL: info,", "LOG_LEVEL: info, logLevel: info,"),
                        "both LOG_LEVEL and logLevel"),
                a(
                        "RG-ENVIRONMENT-DATA",
                        swap("masked copy of production", "copy of production"),
                        "DEP-001 holds production's data"),
                a(
                        "RG-ENVIRONMENT-ARTIFACT",
                        WHOLE.replace("dist/checkout.tar.gz", "dist/checkout-production.tar.gz"),
                        "named after the environment production"),
                a("RG-ENVIRONMENT-ARTIFACT", without("DEP-004"), "no criterion checks that the artifact"),
                a(
                        "RG-ACCESS-DOCUMENTED",
                        swap(
                                "access: {deploy: [on-call], read: [payments-team], admin: [platform]}",
                                "access: {read: [payments-team]}"),
                        "who may deploy"),
                a("RG-ACCESS-EVERYONE", swap("deploy: [on-call]", "deploy: [everyone]"), "lets 'everyone' deploy"),
                a("RG-ACCESS-SEPARATED", swap("deploy: [on-call]", "deploy: [platform]"), "same people"),
                a("RG-PRODUCTION-PROTECTED", cut("    protected: yes\n"), "not protected"),
                a("RG-PRODUCTION-APPROVED", without("DEP-006"), "no criterion asks for an approval"),
                a("RG-SECRET-VALUE", swap("LOG_LEVEL: info,", "DB_PASSWORD: hunter2-and-more,"), "named like a secret"),
                a(
                        "RG-SECRET-VALUE",
                        swap("command: ./deploy canary", "command: ./deploy --token abcdef123456"),
                        "option that is named like a secret"),
                a(
                        "RG-SECRET-VALUE",
                        swap("url: https://checkout.example.com", "url: https://admin:s3cr3t@checkout.example.com"),
                        "address with a password"),
                a(
                        "RG-SECRET-VALUE",
                        swap("purpose: Live customers", "purpose: AKIA" + "ABCDEFGHIJKLMNOP"),
                        "an AWS access key id"),
                a("RG-SECRET-PLAN", cut("        rotate: 30d\n"), "checkout-production-db of DEP-002 has no rotate"),
                a(
                        "RG-CRITERIA-PRESENT",
                        WHOLE.replace("    type: Criteria\n", "    type: Criteria\n    blocker: no\n")
                                .replace("    blocker: no\n    verify: {documents", "    verify: {documents"),
                        "no criterion could stop"),
                a(
                        "RG-CRITERIA-VERIFY",
                        swap("    verify:\n      command: {run: tar -tzf dist/checkout.tar.gz, timeout: 30s}\n", ""),
                        "DEP-005 has no verify"),
                a(
                        "RG-CRITERIA-REQUIREMENT",
                        cut("    requirement: The load test holds\n"),
                        "DEP-020 has no requirement"),
                a(
                        "RG-CRITERIA-TRACE",
                        swap("linkedIds: [TEST-001..TEST-050]", "linkedIds: [ARC-001]"),
                        "DEP-003 traces to no"),
                a("RG-CRITERIA-CATEGORY", without("DEP-020"), "performance (must)"),
                a(
                        "RG-CRITERIA-PRIORITY",
                        swap("category: performance\n", "category: performance\n    blocker: no\n"),
                        "DEP-020 is about performance but does not block"),
                a("RG-CHECK-COMPLETE", cut("endpoint: checkout, "), "has no url or endpoint"),
                a(
                        "RG-CHECK-COMPLETE",
                        swap("verify: {command: ./load-test}", "verify: {metric: {query: up, limit: \"> 0\"}}"),
                        "query but no source"),
                a("RG-CHECK-COMPLETE", swap("{notify: [oncall]}", "{http: {path: /x}}"), "action http of DEP-011"),
                a(
                        "RG-CHECK-EXCLUSIVE",
                        swap("endpoint: checkout, ", "endpoint: checkout, url: 'https://a.example/', "),
                        "has url and endpoint, of which only one counts"),
                a(
                        "RG-CHECK-EXCLUSIVE",
                        swap("{notify: [oncall]}", "{http: {url: 'https://a.example/', endpoint: checkout}}"),
                        "the action http of DEP-011"),
                a(
                        "RG-CHECK-EXCLUSIVE",
                        swap("{notify: [oncall]}", "{http: {url: 'https://a.example/', path: /down}}"),
                        "has url and path, of which only one counts"),
                a(
                        "RG-CHECK-EXCLUSIVE",
                        swap(
                                "verify: {command: ./load-test}",
                                "verify: {metric: {metric: MON-001, source: other, limit: \"> 0\"}}"),
                        "has metric and source, of which only one counts"),
                a("RG-CHECK-REFERENCE", swap("verify: {drill: staging}", "verify: {drill: stagging}"), "stagging"),
                a(
                        "RG-CHECK-REFERENCE",
                        swap("verify: {command: ./load-test}", "verify: {budget: MON-002}"),
                        "has no objective"),
                a(
                        "RG-CHECK-REFERENCE",
                        swap("verify: {command: ./load-test}", "verify: {capacity: {metric: MON-7, limit: \"> 1\"}}"),
                        "MON-7, which is no metric"),
                a(
                        "RG-CHECK-REFERENCE",
                        swap("verify: {command: ./load-test}", "verify: {parity: [staging]}"),
                        "between of the check parity of DEP-020 has 1 item, not 2"),
                a("RG-CHECK-UNIT", swap("passRate: \">95%\"", "passRate: \">0.95\""), "passRate of DEP-003 is '>0.95'"),
                a("RG-CHECK-LIMIT", swap("passRate: \">95%\"", "passRate: \"<95%\""), "passRate of DEP-003 is '<95%'"),
                a("RG-CHECK-APPROVERS", swap("count: 1,", "count: 0,"), "asks for nobody"),
                a("RG-CHECK-APPROVERS", swap("{of: [group:release-managers]", "{of: [dana]"), "only dana, the author"),
                a(
                        "RG-CHECK-READABLE",
                        swap("verify: {documents: docs/runbook.md}", "verify: {freeze: {windows: ['Fri-Mon']}}"),
                        "the freeze window 'Fri-Mon' can't be read"),
                a("RG-CHECK-PATH", swap("documents: docs/runbook.md", "documents: /docs/runbook.md"), "leads out of"),
                a("RG-CHECK-ENOUGH", swap("{of: [group:release-managers]", "{of: [user:ann, 'user:b,c']"), "nobody's"),
                a(
                        "RG-CHECK-GROUP",
                        swap("{of: [group:release-managers], count: 1", "{of: [qa], count: 2"),
                        "asks for 2 people"),
                a("RG-SIGNER-NAME", swap("{of: [group:release-managers]", "{of: [\"Group:qa\"]"), "names 'Group:qa'"),
                a("RG-SIGNER-NAME", swap("{of: [group:release-managers]", "{of: [\"user:\"]"), "names 'user:'"),
                a("RG-SIGNER-BARE", swap("{of: [group:release-managers]", "{of: [qa]"), "DEP-006 names 'qa' without"),
                a("RG-SIGNER-BARE", swap("25,", "{weight: 25, approve: [qa]},"), "phase 25% names 'qa'"),
                a("RG-CHECK-DEADLINE", swap("count: 1,", "otherwise: conditional,"), "lets the release go on"),
                a("RG-CHECK-DEADLINE", swap("count: 1, deadline: 8h", "deadline: 2d"), "is waited for 2d"),
                a("RG-ROLLBACK-PRESENT", all("Rollback"), "no Rollback entry"),
                a(
                        "RG-ROLLBACK-PROCEDURE",
                        cut("    procedure: [{traffic: 0}, {notify: [oncall]}]\n"),
                        "DEP-011 has no procedure"),
                a(
                        "RG-ROLLBACK-TRAFFIC-FIRST",
                        swap("[{traffic: 0}, {notify: [oncall]}]", "[{notify: [oncall]}, {traffic: 0}]"),
                        "DEP-011 begins with 'notify'"),
                a(
                        "RG-ROLLBACK-TRAFFIC-FIRST",
                        swap("[{traffic: 0}, {notify: [oncall]}]", "[{traffic: 5}]"),
                        "DEP-011 begins with 'traffic'"),
                a("RG-ROLLBACK-ROUTER", cut("  router: checkout-haproxy\n"), "no router is named"),
                // C5: what can't work at some moment is said before anything begins
                a(
                        "RG-ROLLBACK-LAST-BAKE",
                        cut("  router: checkout-haproxy\n"),
                        "DEP-011 has no way back in the last bake"),
                a(
                        "RG-ROLLBACK-NOTIFY",
                        swap(", {notify: [oncall]}]", "]").replace("    notification: [oncall]\n", ""),
                        "DEP-011 tells nobody"),
                a(
                        "RG-ROLLBACK-DATA",
                        cut("    database: Nothing to do, as for DEP-010\n"),
                        "DEP-011 does not say what becomes of the database"),
                a("RG-MIGRATION-REVERSIBLE", swap("reversible: yes", "reversible: no"), "nothing makes good for it"),
                a("RG-MIGRATION-CHECKED", cut("    reverse: [./migrate down 3]\n"), "no check looks for the way back"),
                a("RG-ROLLBACK-DRILL", without("DEP-022"), "rehearsed"),
                a("RG-TRIGGER-WATCHED", cut("    metric: MON-002\n"), "DEP-011 has a trigger that nothing watches"),
                a(
                        "RG-TRIGGER-WATCHED",
                        swap("    metric: MON-002\n", "    metric: MON-002\n    person: support\n"),
                        "watches metric and person"),
                a(
                        "RG-TRIGGER-THRESHOLD",
                        swap("    kind: latency\n    unit: ms\n", "    kind: gauge\n    values: up{track=\"$track\"}\n")
                                .replace("    histogram: http_request_duration_seconds_bucket{track=\"$track\"}\n", "")
                                .replaceAll("    limit: \\d+ms\n", "")
                                .replace("    threshold: \"> 1.5x baseline for 5 minutes\"\n", ""),
                        "without a threshold"),
                a(
                        "RG-TRIGGER-UNIT",
                        swap(">2% of requests for 5 minutes", "> 500ms for 5 minutes"),
                        "does not fit the rate MON-001"),
                a(
                        "RG-TRIGGER-UNIT",
                        swap("> 1.5x baseline for 5 minutes", "burn > 14.4 over 1h and 5m"),
                        "does not fit the latency MON-002"),
                a("RG-TRIGGER-METRIC", swap("> 1.5x baseline", "MON-009 > 1.5x baseline"), "speaks of 'MON-009'"),
                a("RG-TRIGGER-OBJECTIVE", swap(">2% of requests", "< 99.9% of requests"), "objective of successes"),
                a("RG-TRIGGER-QUANTILE", swap(">2% of requests", "p95 > 2% of requests"), "MON-001 is a rate"),
                a("RG-TRIGGER-NAMED", swap("name: latency", "name: p50/p95 latency"), "names several"),
                a("RG-TRIGGER-NAMED", swap("name: latency", "name: average latency"), "no average"),
                a(
                        "RG-CHECK-QUANTILE",
                        swap(
                                "verify: {command: ./load-test}",
                                "verify: {metric: {metric: MON-001, limit: \"p95 < 400ms\"}}"),
                        "tells no p95"),
                a("RG-TRIGGER-WINDOW", swap(">2% of requests for 5 minutes", "average > 2% over 1d"), "more than 720"),
                a(
                        "RG-TRIGGER-WARN",
                        swap(
                                "    threshold: \">2% of requests for 5 minutes\"\n",
                                "    threshold: \">2% of requests for 5 minutes\"\n    warn: \"> 3% for 5 minutes\"\n"),
                        "has rolled back"),
                a(
                        "RG-TRIGGER-WARN",
                        swap("    threshold: \"> 1.5x baseline for 5 minutes\"\n", "    warn: \"> 3s for 5 minutes\"\n")
                                .replace("    metric: MON-002\n", "    person: support\n"),
                        "warning without a threshold"),
                a("RG-TRIGGER-DIRECTION", swap("> 1.5x baseline", "< 1.5x baseline"), "worse when higher"),
                a("RG-TRIGGER-SUSTAINED", swap("> 1.5x baseline for 5 minutes", "> 1.5x baseline"), "single look"),
                a(
                        "RG-TRIGGER-AUTOMATIC",
                        WHOLE.replaceAll("    metric: MON-00\\d\n    threshold.*\n", "    person: support-lead\n"),
                        "wait for a person"),
                a("RG-VALIDATION-PRESENT", all("Validation"), "nothing is looked at"),
                a(
                        "RG-VALIDATION-VERIFY",
                        swap(
                                "    verify:\n"
                                        + "      http: {endpoint: checkout, path: /health, status: 200, within: 2s}\n",
                                ""),
                        "the release would end without it although it is a must-have"),
                a(
                        "RG-VALIDATION-CRITERIA",
                        cut("    successCriteria: Status 200 in under 2 seconds\n"),
                        "no successCriteria"),
                a("RG-VALIDATION-ESCALATION", cut("    escalation: DEP-010\n"), "no escalation"),
                a("RG-STEP-AUTOMATED", cut("    command: ./deploy canary\n"), "done by hand"),
                a("RG-STEP-EXPECTED", cut("    expected: 2 of 2 tasks healthy\n"), "what it must show"),
                a(
                        "RG-STEP-FAILURE",
                        swap("    duration: 3m\n    onFailure: DEP-010\n", "    duration: 3m\n"),
                        "what to do when it fails"),
                a("RG-STEP-REVERSE", cut("    reverse: [./deploy remove-canary]\n"), "how it is undone"),
                a(
                        "RG-STEP-BUILD",
                        swap("command: ./deploy canary", "command: docker build -t checkout ."),
                        "builds during the deployment"),
                a(
                        "RG-METRIC-PRESENT",
                        swap(
                                "    critical: true\n    group: reliability\n",
                                "    critical: true\n    muted: yes\n    group: reliability\n"),
                        "no error rate"),
                a(
                        "RG-METRIC-TRACK",
                        swap(
                                "total: sum(increase(http_requests_total{track=\"$track\"}[$window]))",
                                "total: sum(increase(http_requests_total[$window]))"),
                        "without $track"),
                a("RG-METRIC-WINDOW", WHOLE.replace("[$window]", "[5m]"), "fixed time"),
                a(
                        "RG-METRIC-DIMENSION",
                        swap(
                                "total: sum(increase(http_requests_total{track=\"$track\"}[$window]))",
                                "total: clamp_max(sum(rate(http_requests_total{track=\"$track\"}[$window])), 9)"),
                        "MON-001, total, column 1: clamp_max cuts a count off"),
                a(
                        "RG-METRIC-OUTCOME",
                        swap("{code=~\"5..\",track=\"$track\"}", "{code!~\"5..\",track=\"$track\"}"),
                        "errors counts what went well"),
                a(
                        "RG-METRIC-SIZE",
                        swap(
                                "metrics:\n",
                                "metrics:\n  - {id: MON-009, kind: gauge, source: prometheus, values: 'job:errors:ratio{track=\"$track\"}'}\n"),
                        "MON-009 is a recording rule"),
                a("RG-METRIC-QUANTILE", WHOLE.replaceAll("    limit: \\d+ms\n", ""), "has no limit"),
                a(
                        "RG-METRIC-BUCKETS",
                        WHOLE.replace("_bucket{", "_bucket{le=~\"0.05|0.1|0.25|0.5|.Inf\","),
                        "even le=\"0.05\" and the next are 100 % apart"),
                a("RG-ALERT-OWNED", without("DEP-011"), "MON-002 is critical"),
                a("RG-RISK-HIGH", swap("status: mitigated", "status: open"), "high and open"),
                a("RG-RISK-HIGH", swap("status: mitigated", "status: accepted"), "accepted, but by nobody"),
                a(
                        "RG-RISK-HIGH",
                        swap("    mitigation: Answers are cached for a minute, and DEP-011 watches the latency\n", ""),
                        "not how"),
                a(
                        "RG-RISK-OWNER",
                        swap("the latency\n    owner: payments-team\n", "the latency\n"),
                        "RISK-003 has no owner"),
                a(
                        "RG-ROLLOUT-STRATEGY",
                        swap("[internal, 1, 5, 25, 50, 100]", "[internal, 100]"),
                        "release is critical"),
                a("RG-ROLLOUT-FIRST-STEP", swap("[internal, 1, 5, 25, 50, 100]", "[internal, 50, 100]"), "50% of them"),
                a("RG-ROLLOUT-UNDECIDED", swap("undecided: hold", "undecided: proceed"), "undecided: proceed"),
                a("RG-ROLLOUT-BAKE", swap("  bake: 15m\n", "  bake: 4m\n"), "fires after 5m"),
                a(
                        "RG-ROLLOUT-STICKY",
                        swap("  bake: 15m\n", "  bake: 15m\n  sticky: 20m\n"),
                        "stays with a version for 20m"),
                a(
                        "RG-ROLLOUT-BASELINE",
                        swap("  bake: 15m\n", "  bake: 15m\n  sticky: 5m\n"),
                        "with 1% of users who stay"),
                a("RG-ROLLOUT-IRREVERSIBLE", swap("reversible: yes", "reversible: no"), "freezes the rollout"));
    }

    private static Arguments a(String rule, String text, String words) {
        return Arguments.of(rule, words, text);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("broken")
    void ruleFires(String rule, String words, String text) throws ContractException {
        assertThat(text).as("the change took hold").isNotEqualTo(WHOLE);

        assertThat(lint(text)).anySatisfy(p -> {
            assertThat(p.rule()).isEqualTo(rule);
            assertThat(p.message()).contains(words);
            assertThat(p.at().line()).isPositive();
        });
    }

    @Test
    void aWholeContractOwesNothing() throws ContractException {
        assertThat(lint(WHOLE)).isEmpty();
    }

    // C5
    @Test
    void aProcedureThatBringsTheOldVersionBackNeedsNoBody() throws ContractException {
        String unrouted = cut("  router: checkout-haproxy\n");
        List<String> ways =
                List.of("{job: deploy-last-good}", "{traffic: {weight: 0, router: edge}}", "{flag: checkout}");
        for (String way : ways) {
            assertThat(lint(unrouted.replace("{notify: [oncall]}]", way + ", {notify: [oncall]}]")))
                    .as(way)
                    .filteredOn(p -> p.rule().equals("RG-ROLLBACK-LAST-BAKE"))
                    .extracting(Problem::message)
                    .noneMatch(message -> message.startsWith("DEP-011"))
                    .anyMatch(message -> message.startsWith("DEP-010"));
        }
    }

    @Test
    void everyRuleIsBrokenOnceAbove() {
        Set<Object> tried = broken().map(x -> x.get()[0]).collect(Collectors.toSet());

        assertThat(Lint.rules())
                .extracting(LintRule::id)
                .doesNotHaveDuplicates()
                .allMatch(tried::contains);
    }

    @Test
    void everyAntiPatternIsPrevented() {
        assertThat(Lint.rules()).extracting(LintRule::prevents).contains(AntiPattern.values());
    }

    @Test
    void theSampleHasNoErrorAndNoWarning() throws ContractException {
        assertThat(lint(text("release.yaml"))).extracting(Problem::severity).containsOnly(Severity.NOTE);
    }

    @Test
    void aSecretIsNeverRepeated() throws ContractException {
        String secret = "hunter2-and-more";

        assertThat(lint(swap("LOG_LEVEL: info,", "DB_PASSWORD: " + secret + ","))
                        .toString())
                .contains("RG-SECRET-VALUE")
                .doesNotContain(secret);
    }

    @Test
    void whatOnlyLooksLikeASecretIsLeftAlone() {
        assertThat(List.of(
                        "TOKEN_TTL: 15m",
                        "TOKEN: \"${TOKEN}\"",
                        "MAX_TOKENS: 4096",
                        "PASSWORD_FILE: /run/secrets/db",
                        "db-token: vault:secret/db"))
                .allSatisfy(pair -> assertThat(secrets(swap("LOG_LEVEL: info,", pair + ",")))
                        .as(pair)
                        .isEmpty());
        assertThat(List.of(
                        "Rotate the API token: see RUN-011",
                        "Secret rotation is tested",
                        "https://example.com/a:b@c",
                        "AWS Secrets Manager, rotated monthly"))
                .allSatisfy(prose -> assertThat(secrets(swap("purpose: Live customers", "purpose: \"" + prose + "\"")))
                        .as(prose)
                        .isEmpty());
    }

    /** A plain word may be no password: it is said, and stops nothing. */
    @Test
    void whatMayBeASecretStopsNoRelease() throws ContractException {
        assertThat(secrets(swap("command: ./deploy canary", "command: SMTP_PASSWORD=correcthorse ./deploy canary")))
                .containsOnly(Severity.WARNING);
        assertThat(secrets(swap("LOG_LEVEL: info,", "DB_PASSWORD_PROD: hunter2-and-more,")))
                .containsOnly(Severity.ERROR);
    }

    private static List<Severity> secrets(String contract) throws ContractException {
        return lint(contract).stream()
                .filter(p -> p.rule().equals("RG-SECRET-VALUE"))
                .map(Problem::severity)
                .toList();
    }

    /** All four of the template's entries, as somebody would hand them in. */
    @Test
    void theTemplatesFourEntriesLackTheseParts() throws ContractException {
        String entries = text("src/fuzz/seeds/contract.ContractTextFuzz/read-entries.md");
        Contract contract = Catalog.STANDARD.reader().parse(entries, "plan.md", Variables.none());

        assertThat(Catalog.STANDARD.lint(contract).stream()
                        .filter(p -> p.severity() != Severity.NOTE)
                        .filter(p -> p.message().startsWith("DEP-"))
                        .map(p -> p.message().substring(0, 7) + " " + p.severity() + " " + p.rule()))
                .containsExactly(
                        "DEP-001 ERROR RG-ENTRY-OWNER",
                        "DEP-001 WARNING RG-ENVIRONMENT-DOCUMENTED",
                        "DEP-001 WARNING RG-ENVIRONMENT-AS-CODE",
                        "DEP-001 WARNING RG-PRODUCTION-PROTECTED",
                        "DEP-001 WARNING RG-SECRET-PLAN",
                        "DEP-002 ERROR RG-CRITERIA-VERIFY",
                        "DEP-003 ERROR RG-ENTRY-OWNER",
                        "DEP-003 ERROR RG-ROLLBACK-PROCEDURE",
                        "DEP-003 ERROR RG-TRIGGER-WATCHED",
                        "DEP-004 ERROR RG-ENTRY-OWNER",
                        "DEP-004 ERROR RG-VALIDATION-VERIFY");
    }

    /** The template's entries in plain text: exactly what a machine still needs, entry by entry. */
    @Test
    void plainTextEntriesLackTheirMachineReadableParts() throws ContractException {
        Contract contract = Catalog.STANDARD.reader().parse("""
            ---
            release: {service: checkout, version: "1", owner: team}
            ---
            DEP-002: Tests
            Type: Criteria
            Requirement: All pass
            Blocker: Yes
            Owner: QA
            Linked IDs: TEST-001 to TEST-050

            DEP-003: Error rate
            Type: Rollback
            Trigger: Errors exceed the baseline
            Threshold: >2% of requests for 5 minutes
            Procedure:
              1. Pause traffic
            Notification: #incidents
            Linked IDs: MON-001

            DEP-004: Smoke
            Type: Validation
            Check: Journeys
            Method: Automated
            Success Criteria: All pass
            Escalation: DEP-003
            Owner: QA
            """, "release.md", Variables.none());

        assertThat(Catalog.STANDARD.lint(contract).stream()
                        .filter(Problem::isError)
                        .filter(p -> p.message().startsWith("DEP-"))
                        .map(p -> p.message().substring(0, 7) + " " + p.rule()))
                .containsExactly(
                        "DEP-002 RG-CRITERIA-VERIFY",
                        "DEP-003 RG-ENTRY-OWNER",
                        "DEP-003 RG-ROLLBACK-PROCEDURE",
                        "DEP-003 RG-TRIGGER-WATCHED",
                        "DEP-004 RG-VALIDATION-VERIFY");
    }
}
