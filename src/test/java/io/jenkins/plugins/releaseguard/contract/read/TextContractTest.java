// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.contract.StepEntry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextContractTest {
    static final String ENTRIES = """
        DEP-001: Production Environment
        Type: Environment
        Stage: Pre-deploy

        Description: Where live customers are served
        Name: production
        Infrastructure: AWS us-east-1, ECS Fargate, RDS PostgreSQL
        Configuration:
          - NODE_ENV=production
          - LOG_LEVEL=info
          - RATE_LIMIT=100/min
        Secrets: AWS Secrets Manager, rotated monthly
        Access: DevOps team (deploy), On-call (read-only access)

        Linked IDs: ARC-001 (monolith structure), TECH-005 (AWS)

        ---

        DEP-002: All Tests Pass in Staging
        Type: Criteria
        Stage: Pre-deploy

        Description: The whole suite runs in staging first
        Requirement: All TEST- entries pass with >95% success rate, smoke tests among them
        Verification: Pipeline green; test report reviewed
        Blocker: Yes — nothing goes out when this fails
        Owner: QA Lead

        Linked IDs: TEST-001 to TEST-050 (from EPIC-01 through EPIC-07)

        ---

        DEP-003: Error Rate
        Type: Rollback
        Stage: Post-deploy

        Trigger: 5xx error rate exceeds the baseline
        Threshold: >2% of requests for 5 minutes (currently 0.5% baseline from MON-001)
        Procedure:
          1. Alert on-call engineer (PagerDuty)
          2. Pause traffic to new version
          3. Revert to the last good version: see RUN-002
        Notification: #incidents Slack, PagerDuty, Engineering Lead

        Linked IDs: MON-001 (error rate metric), RUN-002 (rollback procedure), API-001–020 (endpoints affected)

        ---

        DEP-004: Smoke Tests
        Type: Validation
        Stage: Post-deploy

        Check: All critical UJ- (UJ-000, UJ-001, UJ-005, UJ-010) complete
        Method: Automated (tests/e2e/smoke.spec.ts) + manual spot-check
        Success Criteria: All journeys complete <2 seconds, data persists
        Escalation: If smoke tests fail, execute DEP-003 and investigate

        Linked IDs: UJ-000/001/005/010 (critical journeys), TEST-050 (E2E suite)
        """;

    private static Contract read(String text) throws ContractException {
        return Catalog.STANDARD.reader().parse(text, "release.md", Variables.none());
    }

    @Test
    void environment() throws ContractException {
        EnvironmentEntry entry =
                (EnvironmentEntry) read(ENTRIES).entry("DEP-001").orElseThrow();

        assertThat(entry.title()).isEqualTo("Production Environment");
        assertThat(entry.name()).isEqualTo("production");
        assertThat(entry.configuration())
                .containsExactly(
                        Map.entry("NODE_ENV", "production"),
                        Map.entry("LOG_LEVEL", "info"),
                        Map.entry("RATE_LIMIT", "100/min"));
        assertThat(entry.access()).isEqualTo(Map.of("deploy", List.of("DevOps team"), "read", List.of("On-call")));
        assertThat(entry.head().details()).containsEntry("secrets", "AWS Secrets Manager, rotated monthly");
        assertThat(entry.head().linkedIds()).containsExactly("ARC-001", "TECH-005");
        assertThat(entry.head().at()).isEqualTo(new Position("release.md", 1, 1));
    }

    @Test
    void criteria() throws ContractException {
        CriteriaEntry entry = (CriteriaEntry) read(ENTRIES).entry("DEP-002").orElseThrow();

        assertThat(entry.blocker()).isTrue();
        assertThat(entry.owner()).isEqualTo("QA Lead");
        assertThat(entry.verify()).isEmpty();
        assertThat(entry.head().linkedIds()).hasSize(50).endsWith("TEST-050");
        assertThat(entry.head().details())
                .containsEntry("verification", "Pipeline green; test report reviewed")
                .containsEntry("blocker", "nothing goes out when this fails");
    }

    @Test
    void rollback() throws ContractException {
        RollbackEntry entry = (RollbackEntry) read(ENTRIES).entry("DEP-003").orElseThrow();

        assertThat(entry.threshold().sustained()).isEqualTo(Duration.ofMinutes(5));
        assertThat(entry.threshold().note()).isEqualTo("currently 0.5% baseline from MON-001");
        assertThat(entry.notification()).containsExactly("#incidents Slack", "PagerDuty", "Engineering Lead");
        assertThat(entry.procedure()).isEmpty();
        assertThat(entry.head().details().get("steps").lines())
                .containsExactly(
                        "Alert on-call engineer (PagerDuty)",
                        "Pause traffic to new version",
                        "Revert to the last good version: see RUN-002");
        assertThat(entry.head().linkedIds()).hasSize(22).contains("MON-001", "RUN-002", "API-001", "API-020");
    }

    @Test
    void validation() throws ContractException {
        ValidationEntry entry = (ValidationEntry) read(ENTRIES).entry("DEP-004").orElseThrow();

        assertThat(entry.successCriteria()).isEqualTo("All journeys complete <2 seconds, data persists");
        assertThat(entry.method()).isEqualTo("Automated (tests/e2e/smoke.spec.ts) + manual spot-check");
        assertThat(entry.head().linkedIds()).containsExactly("UJ-000", "UJ-001", "UJ-005", "UJ-010", "TEST-050");
    }

    /** Nothing that someone wrote is lost: every word stands somewhere in the entries. */
    @Test
    void losesNoWord() throws ContractException {
        String kept = read(ENTRIES).entries().toString();

        for (String line : ENTRIES.lines()
                .filter(l -> !l.isBlank() && !l.startsWith("---"))
                .toList()) {
            String value = line.replaceFirst("^\\s*(?:\\d+\\.|-)\\s+", "").replaceFirst("^[A-Z][A-Za-z ]+:\\s*", "");
            for (String word : value.split("\\s+|(?<=[a-zA-Z])=|/(?=0)|–|—")) {
                String letters = word.replaceAll("^(DEP-\\d+):$", "$1").replaceAll("[();,]", "");
                if (!letters.isEmpty()
                        && !letters.equals("to")
                        && !letters.matches("Yes|Environment|Criteria|Rollback|Validation|Pre-deploy|Post-deploy")) {
                    assertThat(kept).as("%s in: %s", letters, line).contains(letters);
                }
            }
        }
    }

    @Test
    void markdownIsLookedThrough() throws ContractException {
        Contract contract = read("""
            # Release plan

            Some words before.

            ## **DEP-007: Migrate**
            **Type:** Step
            - **Stage**: deploy
            **Owner:** payments-team
            Reverse:
            1. ./migrate down
            2. restart

            # Notes
            Owner: nobody's field
            """);

        StepEntry step = (StepEntry) contract.entry("DEP-007").orElseThrow();
        assertThat(step.title()).isEqualTo("Migrate");
        assertThat(step.stage()).isEqualTo(Stage.DEPLOY);
        assertThat(step.owner()).isEqualTo("payments-team");
        assertThat(step.reverse()).containsExactly("./migrate down", "restart");
    }

    @Test
    void frontMatterAndFlowStyleMakeItWhole() throws ContractException {
        Contract contract = read("""
            ---
            release: {service: checkout, version: "2.4.0"}
            ---
            DEP-002: Tests
            Type: Criteria
            Verify: {tests: {passRate: ">95%"}}
            """);

        assertThat(contract.release().service()).isEqualTo("checkout");
        CheckSpec check = ((CriteriaEntry) contract.entries().get(0)).verify().get(0);
        assertThat(check.kind()).isEqualTo("tests");
        assertThat(check.at()).isEqualTo(new Position("release.md", 6, 10));
    }

    /** However it is written: an entry whose type can't be told must be a problem, never lost and never a crash. */
    @Test
    void aTypeInOtherWordsIsTheSameType() throws ContractException {
        for (String type : List.of("Rollback", "rollback", "Roll-back", "ROLL BACK")) {
            Contract contract = read("DEP-009: Errors\nType: " + type + "\nOwner: team\nTrigger: too many errors\n");
            RollbackEntry entry = (RollbackEntry) contract.entries().get(0);
            assertThat(entry.trigger()).as(type).isEqualTo("too many errors");
        }
        assertThatThrownBy(() -> read("DEP-009: Errors\nType: Foo\nType: Rollback\n"))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("Foo");
        Variables variables = Variables.of(Map.of("T", "Rollback"));
        assertThat(Catalog.STANDARD
                        .reader()
                        .parse("DEP-009: Errors\nType: ${T}\nOwner: team\n", "release.md", variables)
                        .entries())
                .hasSize(1);
        String yaml = """
            apiVersion: release-guard/v1
            release: {service: shop, version: "2"}
            entries: [{id: DEP-009, type: "${T}", stage: Post-deploy, title: Errors, trigger: too many errors, owner: team}]
            """;
        assertThat(Catalog.STANDARD
                        .reader()
                        .parse(yaml, "release.yaml", variables)
                        .entries())
                .singleElement()
                .isInstanceOf(RollbackEntry.class);
    }

    /** A sentence that begins with a word is not that word's answer. */
    @Test
    void aBlockerIsOneUnlessItIsSaidPlainly() throws ContractException {
        for (String yes : List.of("yes", "Yes — nothing goes out", "true", "YES, always", "yes (agreed)", "Yes.")) {
            assertThat(((CriteriaEntry) read("DEP-002: T\nType: Criteria\nBlocker: " + yes + "\n")
                                    .entries()
                                    .get(0))
                            .blocker())
                    .as(yes)
                    .isTrue();
        }
        for (String no : List.of("no", "No - nice to have", "false", "no; later", "No (agreed)")) {
            assertThat(((CriteriaEntry) read("DEP-002: T\nType: Criteria\nBlocker: " + no + "\n")
                                    .entries()
                                    .get(0))
                            .blocker())
                    .as(no)
                    .isFalse();
        }
        for (String neither : List.of("No deploy without this", "Yesterday", "not sure", "no one may skip it")) {
            assertThatThrownBy(() -> read("DEP-002: T\nType: Criteria\nBlocker: " + neither + "\n"))
                    .as(neither)
                    .hasMessageContaining("blocker is yes or no");
        }
    }

    @Test
    void saysWhereItIsWrong() {
        assertThatThrownBy(() -> read("""
            DEP-003: Error rate
            Type: Rollback
            Threshold: more than 2%
            Verfy: {tests: {}}
            Check: {htp: {url: "x"}}
            """))
                .hasMessageContaining(
                        "release.md:3:12: error: 'more than 2%' does not start with a comparison [RG-THRESHOLD]")
                .hasMessageContaining(
                        "release.md:5:9: error: there is no check 'htp' [RG-UNKNOWN-KEY] -> did you mean 'http'?");
        assertThatThrownBy(() -> read("just words\n")).hasMessageContaining("no DEP- entry stands in this text");
        assertThatThrownBy(() -> read("DEP-XXX: Title\nType: Step\n"))
                .hasMessageContaining("'DEP-XXX' is no entry's id");
        assertThatThrownBy(() -> read("DEP-001: Title\n")).hasMessageContaining("DEP-001 has no type");
    }
}
