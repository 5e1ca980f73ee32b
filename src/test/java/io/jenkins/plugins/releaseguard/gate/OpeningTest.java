// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.view.Cell;
import io.jenkins.plugins.releaseguard.report.view.ReportView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
    private static final String SHA = "0123456789abcdef".repeat(4);

    @Test
    void theFirstEventSaysWhichReleaseItIsAsItsContractHasIt() throws Exception {
        Contract contract = Catalog.STANDARD.reader().parse("""
                        apiVersion: release-guard/v1
                        release:
                          service: checkout
                          version: 1.2.0
                          commit: abc1234
                          owner: shop
                          scope: Faster start
                          artifacts: [{file: app.jar, sha256: %s}]
                          rollback: {objective: 90s}
                        risks:
                          - {id: RISK-001, title: Slow start, likelihood: low, impact: high, status: open,
                             mitigation: warm it up, owner: shop}
                        """.replace("%s", SHA), "release.yaml", Variables.none());

        Event.Opened opened =
                Opening.event(contract, "production", "grace", "shop#7", Map.of("build", "https://ci/shop/7"));

        assertThat(opened.service()).isEqualTo("checkout");
        assertThat(opened.version()).isEqualTo("1.2.0");
        assertThat(opened.scope()).isEqualTo("Faster start");
        assertThat(opened.environment()).isEqualTo("production");
        assertThat(opened.artifacts()).containsExactly(Map.entry("app.jar", SHA));
        assertThat(opened.objectiveSeconds()).isEqualTo(90);
        assertThat(opened.by()).isEqualTo("grace");
        assertThat(opened.build()).isEqualTo("shop#7");
        assertThat(opened.risks()).singleElement().satisfies(risk -> {
            assertThat(risk.id()).isEqualTo("RISK-001");
            assertThat(risk.mitigation()).isEqualTo("warm it up");
        });
    }

    /** Whatever nothing acts on is shown to who looks at the release. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "release | users | 80 %",
                "release | criticality | high",
                "release | reversible | yes",
                "release | migration | no",
                "release | compensation | refunds",
                "release | author | dana",
                "release | includes | EPIC-07",
                "RISK-001 | owner | shop",
                "RISK-001 | acceptedBy | cto",
                "DEP-001 | title | Production",
                "DEP-001 | stage | Pre-deploy",
                "DEP-001 | owner | platform",
                "DEP-001 | linkedIds | ARC-001",
                "DEP-001 | description | where users are",
                "DEP-001 | cost centre | 42",
                "DEP-001 | name | production",
                "DEP-001 | purpose | live",
                "DEP-001 | url | https://shop.example.com",
                "DEP-001 | infrastructure | two machines",
                "DEP-001 | code | infra/production",
                "DEP-001 | data | real",
                "DEP-001 | refresh | never",
                "DEP-001 | configuration | LOG_LEVEL",
                "DEP-001 | access, deploy | devops",
                "DEP-001 | protected | yes",
                "DEP-001, db-login | kind | database",
                "DEP-001, db-login | store | credentials",
                "DEP-001, db-login | rotate | 30d",
                "DEP-001, db-login | rotated | 2026-11-01",
                "DEP-001, db-login | procedure | RUN-011",
                "DEP-001, db-login | emergency | RUN-012",
                "DEP-001, db-login | owner | platform",
                "DEP-002 | requirement | tests pass",
                "DEP-002 | verification | a person reads them",
                "DEP-002 | category | functional",
                "DEP-003 | trigger | users complain",
                "DEP-003 | person | support-lead",
                "DEP-003 | threshold | > 10",
                "DEP-003 | database | kept",
                "DEP-003 | cache | flush shop:*",
                "DEP-003 | steps | call the lead",
                "DEP-004 | check | it answers",
                "DEP-004 | method | Automated",
                "DEP-004 | successCriteria | status 200",
                "DEP-004 | escalation | DEP-003",
                "DEP-005 | action | migrate",
                "DEP-005 | command | ./migrate up",
                "DEP-005 | expected | 0 pending",
                "DEP-005 | duration | 2m",
                "DEP-005 | onFailure | DEP-003",
                "DEP-005 | reverse | ./migrate down",
                "saved-cards | initial | on",
                "saved-cards | owner | shop",
                "saved-cards | remove | in spring",
                "RUN-021 | title | Payments fail",
                "RUN-021 | symptom | complaints",
                "RUN-021 | steps | look at the log; call",
                "RUN-021 | escalation | lead",
                "RUN-021 | owner | shop",
                "Deploy, to support | message | cards roll out",
                "Deploy, to support | by | dana"
            })
    void whatTheContractSaysToPeopleStandsInTheReport(String about, String what, String text) throws ContractException {
        Event.Opened opened = Opening.event(worded(), "production", "grace", "shop#7", Map.of());
        assertThat(opened.written()).contains(new Event.Written(about, what, text));

        Stamped first = new Stamped(1, Instant.EPOCH, Instant.EPOCH, opened);
        Report report = Report.of(List.of(first));
        assertThat(report.release().written()).contains(new Report.WrittenLine(about, what, text));
        assertThat(ReportView.of(report).getSections().get(0).tables().stream()
                        .filter(table -> table.caption().equals("What the contract says"))
                        .flatMap(table -> table.rows().stream())
                        .map(row -> row.cells().stream().map(Cell::text).toList()))
                .contains(List.of(about, what, text));
    }

    private static Contract worded() throws ContractException {
        return Catalog.STANDARD.reader().parse("""
                apiVersion: release-guard/v1
                release:
                  service: shop
                  version: "2"
                  author: dana
                  includes: [EPIC-07]
                  change: {users: 80%, criticality: high, reversible: yes, migration: no, compensation: refunds}
                risks: [{id: RISK-001, owner: shop, acceptedBy: cto}]
                entries:
                  - {id: DEP-001, type: Environment, title: Production, owner: platform, linkedIds: [ARC-001], name: production,
                     description: where users are, details: {cost centre: "42"}, purpose: live, url: "https://shop.example.com",
                     infrastructure: two machines, code: infra/production, data: real, refresh: never, protected: yes,
                     configuration: {LOG_LEVEL: info}, access: {deploy: [devops]},
                     secrets: [{id: db-login, kind: database, store: credentials, rotate: 30d, rotated: 2026-11-01,
                                procedure: RUN-011, emergency: RUN-012, owner: platform}]}
                  - {id: DEP-002, type: Criteria, requirement: tests pass, verification: a person reads them, category: functional}
                  - {id: DEP-003, type: Rollback, trigger: users complain, person: support-lead, threshold: "> 10",
                     database: kept, cache: "flush shop:*", steps: [call the lead], procedure: [{traffic: 0}]}
                  - {id: DEP-004, type: Validation, check: it answers, method: Automated, successCriteria: status 200,
                     escalation: DEP-003, verify: {command: ./smoke}}
                  - {id: DEP-005, type: Step, action: migrate, command: ./migrate up, expected: 0 pending, duration: 2m,
                     onFailure: DEP-003, reverse: [./migrate down]}
                flags: [{id: saved-cards, initial: "on", owner: shop, remove: in spring}]
                playbook: [{id: RUN-021, title: Payments fail, symptom: complaints, steps: [look at the log, call],
                            escalation: lead, owner: shop}]
                communication: [{stage: Deploy, to: [support], message: cards roll out, by: dana}]
                """, "release.yaml", Variables.none());
    }

    private static List<Event.Written> written(String yaml) throws ContractException {
        Contract contract = Catalog.STANDARD
                .reader()
                .parse(
                        "apiVersion: release-guard/v1\nrelease: {service: shop, version: '2', change: {criticality: low}}\n"
                                + yaml,
                        "release.yaml",
                        Variables.none());
        return Opening.event(contract, "production", "grace", "shop#7", Map.of())
                .written();
    }

    @ParameterizedTest(name = "stage: {0}")
    @ValueSource(strings = {"Pre-deploy", "Deploy", "Post-deploy", "Rollback"})
    void everyStageIsShown(String stage) throws ContractException {
        assertThat(written("entries: [{id: DEP-1, type: Step, stage: " + stage + "}]\ncommunication: [{stage: " + stage
                        + ", to: [support], message: m}]\n"))
                .contains(
                        new Event.Written("DEP-1", "stage", stage),
                        new Event.Written(stage + ", to support", "message", "m"));
    }

    @ParameterizedTest(name = "category: {0}")
    @ValueSource(strings = {"functional", "performance", "security", "operational", "documentation"})
    void everyCategoryIsShown(String category) throws ContractException {
        assertThat(written("entries: [{id: DEP-1, type: Criteria, category: " + category + "}]\n"))
                .contains(new Event.Written("DEP-1", "category", category));
    }

    @ParameterizedTest(name = "criticality: {0}")
    @ValueSource(strings = {"low", "medium", "high"})
    void everyCriticalityIsShown(String criticality) throws ContractException {
        Contract contract = Catalog.STANDARD
                .reader()
                .parse(
                        "apiVersion: release-guard/v1\nrelease: {service: s, version: '2', change: {criticality: "
                                + criticality + "}}\n",
                        "release.yaml",
                        Variables.none());
        assertThat(Opening.event(contract, "production", "grace", "shop#7", Map.of())
                        .written())
                .contains(new Event.Written("release", "criticality", criticality));
    }

    @ParameterizedTest(name = "likelihood: {0}, impact: {1}, status: {2}: {3}")
    @CsvSource({
        "low, low, open, low",
        "medium, medium, open, medium",
        "high, high, open, high",
        "high, medium, mitigated, medium",
        "high, medium, accepted, medium",
        "high, high, closed, low"
    })
    void aRisksWordsDecideItsLevel(String likelihood, String impact, String status, String level)
            throws ContractException {
        Contract contract = Catalog.STANDARD
                .reader()
                .parse(
                        "apiVersion: release-guard/v1\nrelease: {service: s, version: '2'}\nrisks: [{id: RISK-1, title: Slow start,"
                                + " likelihood: " + likelihood + ", impact: " + impact + ", status: " + status + "}]\n",
                        "release.yaml",
                        Variables.none());
        Event.Opened opened = Opening.event(contract, "production", "grace", "shop#7", Map.of());
        Report report = Report.of(List.of(new Stamped(1, Instant.EPOCH, Instant.EPOCH, opened)));
        assertThat(report.release().risk()).isEqualTo(level);
        assertThat(report.release().risks()).singleElement().satisfies(risk -> {
            assertThat(risk.title()).isEqualTo("Slow start");
            assertThat(risk.likelihood()).isEqualTo(likelihood);
        });
    }

    @Test
    void valuesThatLookLikeSecretsAreNotRepeated() throws ContractException {
        String token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
        Contract contract = Catalog.STANDARD.reader().parse("""
                apiVersion: release-guard/v1
                release: {service: shop, version: "2"}
                entries:
                  - {id: DEP-001, type: Environment, name: production, purpose: "login %s", configuration: {LEVEL: quiet}}
                """.formatted(token), "release.yaml", Variables.none());
        String said = Opening.event(contract, "production", "grace", "shop#7", Map.of())
                .written()
                .toString();
        assertThat(said).doesNotContain(token).doesNotContain("quiet").contains("looks like a secret's value", "LEVEL");
    }

    @Test
    void aLongContractIsSaidInPart() throws ContractException {
        StringBuilder text =
                new StringBuilder("apiVersion: release-guard/v1\nrelease: {service: s, version: '2'}\nentries:\n");
        for (int i = 1; i <= 400; i++) {
            text.append("  - {id: DEP-").append(i).append(", type: Step, action: x, owner: y}\n");
        }
        List<Event.Written> written = Opening.event(
                        Catalog.STANDARD.reader().parse(text.toString(), "release.yaml", Variables.none()),
                        "production",
                        "grace",
                        "shop#7",
                        Map.of())
                .written();
        assertThat(written).hasSize(WrittenWords.MOST + 1);
        assertThat(written.get(WrittenWords.MOST).text()).isEqualTo("700 more stand in the contract");
    }

    @Test
    void decisionsHaveTheJournalsWords() {
        assertThat(Decision.values())
                .extracting(Decision::text)
                .containsExactly("go", "no-go", "conditional", "waiting");
    }
}
