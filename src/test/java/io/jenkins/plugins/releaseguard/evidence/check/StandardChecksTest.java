// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.catalog.StandardChecks;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.Decision;
import io.jenkins.plugins.releaseguard.gate.Gate;
import io.jenkins.plugins.releaseguard.gate.GateResult;
import io.jenkins.plugins.releaseguard.testing.CheckCase;
import io.jenkins.plugins.releaseguard.testing.CheckCaseFixture;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import io.jenkins.plugins.releaseguard.testing.UnfinishedContractFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class StandardChecksTest {
    static final List<String> GARBAGE = List.of(
            "",
            " ",
            "\0",
            "{}",
            "[]",
            "null",
            "true",
            "0",
            "<",
            "<a/>",
            "<testsuite/>",
            "---",
            "%PDF-1.4",
            "\uFEFF",
            "a: b: c");

    static List<CheckCase> samples() {
        return CheckCaseFixture.all();
    }

    @Test
    void everyKindOfThePublishedLanguageHasItsCheckAndNoOther() throws IOException {
        JsonNode published = new ObjectMapper()
                .readTree(Path.of("docs/release-guard-v1.schema.json").toFile())
                .at("/definitions/checks/properties");

        assertThat(StandardChecks.checks().kinds())
                .extracting(SpecKind::name)
                .containsExactlyElementsOf(published::fieldNames);
    }

    /** A check that is written but not listed would be tried by nothing here. */
    @Test
    void everyCheckOfTheRoomsIsListed() {
        Set<String> written = new ClassFileImporter()
                .importPackages(Limits.class.getPackageName()).stream()
                        .filter(type -> type.isAssignableTo(Check.class) && !type.isInterface())
                        .map(type -> type.getSimpleName())
                        .filter(name -> name.endsWith("Check"))
                        .collect(Collectors.toSet());

        assertThat(StandardChecks.checks().all().stream()
                        .map(check -> check.getClass().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void everyKindPassesFailsAndIsUnknownSomewhere() {
        for (Status status : List.of(Status.PASS, Status.FAIL, Status.UNKNOWN)) {
            assertThat(samples().stream()
                            .filter(s -> s.says() == status)
                            .map(s -> CheckFixture.spec(s.check()).kind())
                            .collect(Collectors.toSet()))
                    .as(status.text())
                    .isEqualTo(Catalog.STANDARD.specs().checks().keySet());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void saysWhatItSees(CheckCase sample) {
        Evidence evidence = CheckFixture.at(sample.check(), sample.context());

        assertThat(evidence.status()).as(evidence.toString()).isEqualTo(sample.says());
        assertThat(evidence.reason()).isNotBlank().doesNotContain("report this as a bug");
        assertThat(evidence.fix().isBlank()).isEqualTo(sample.says() == Status.PASS);
        assertThat(evidence.fix()).doesNotContain("report this as a bug");
        assertThat(evidence.looked()).as(evidence.toString()).isNotBlank();
        if (sample.says() != Status.UNKNOWN) {
            assertThat(evidence.value()).as(evidence.toString()).isNotBlank();
            assertThat(evidence.limit()).as(evidence.toString()).isNotBlank();
        } else {
            // what nobody could look at has no number, but what would have had to hold is known
            boolean hasLimit = CheckFixture.spec(sample.check()).settings().values().values().stream()
                    .anyMatch(Threshold.class::isInstance);
            assertThat(evidence.limit().isBlank() && hasLimit)
                    .as(evidence.toString())
                    .isFalse();
            assertThat(evidence.fix()).doesNotContain("make readable what the check looks at");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void unknownIsNeverGreen(CheckCase sample) {
        GateResult result = decide(sample, FakeCheckContext.NOW);

        assertThat(result.decision().mayStart()).isEqualTo(sample.says() == Status.PASS);
        assertThat(result.reasons().isEmpty()).isEqualTo(sample.says() == Status.PASS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void staleIsNeverGreen(CheckCase sample) {
        Evidence evidence = CheckFixture.at(sample.check(), sample.context());
        Instant later = FakeCheckContext.NOW.plus(evidence.maxAge()).plusSeconds(1);
        GateResult result = decide(sample, later);

        assertThat(result.decision().mayStart()).isFalse();
        if (sample.says() == Status.PASS) {
            assertThat(result.decision()).isEqualTo(Decision.NO_GO);
            assertThat(result.reasons().get(0).status()).isEqualTo(Status.UNKNOWN);
            assertThat(result.reasons().get(0).text()).contains("stale");
            assertThat(result.reasons().get(0).fix()).isNotBlank();
            assertThat(result.reasons().get(0).value()).isNotBlank();
            assertThat(result.reasons().get(0).limit()).isNotBlank();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void anEmptyWorldIsNeverGreen(CheckCase sample) {
        if (sample.check().startsWith("freeze")
                || sample.check().startsWith("checklist")
                || sample.check().contains("first: yes")) {
            return; // looks at nothing but the contract and the clock; says that there is nothing
        }
        assertThat(CheckFixture.at(sample.check(), new FakeCheckContext())
                        .status()
                        .green())
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("GARBAGE")
    void garbageIsNeverGreen(String garbage) {
        List<String> green = new ArrayList<>();
        for (CheckCase sample : samples()) {
            if (List.of(
                            "freeze",
                            "provenance",
                            "drill",
                            "lastGood",
                            "progression",
                            "secrets",
                            "approval",
                            "checklist",
                            "budget",
                            "metric",
                            "capacity")
                    .contains(CheckFixture.spec(sample.check()).kind())) {
                continue; // read no text
            }
            FakeCheckContext context =
                    new FakeCheckContext().command(0, garbage).http(200, garbage);
            for (String path : List.of(
                    "TEST-a.xml",
                    "a.sarif",
                    "jacoco.xml",
                    "coverage.xml",
                    "db/041_a.up.sql",
                    "docs/runbook.md",
                    "qa.yaml",
                    "qa/plan.md",
                    "alerts.yml",
                    "dist/checkout.tar.gz",
                    "a.jar",
                    "backup.json",
                    "changes.json")) {
                context.file(path, garbage);
            }
            Evidence evidence = CheckFixture.at(sample.check(), context);
            boolean asksForNothing =
                    sample.check().contains("/health") || sample.check().contains("/ready");
            if (evidence.status().green() && !asksForNothing) {
                green.add(sample + " -> " + evidence);
            }
        }
        assertThat(green).isEmpty();
    }

    private static GateResult decide(CheckCase sample, Instant now) {
        CriteriaEntry entry = CheckFixture.entry(CheckFixture.spec(sample.check()));
        Evidence evidence = CheckFixture.at(sample.check(), sample.context());
        return Gate.decide(
                UnfinishedContractFixture.of(entry),
                "production",
                List.of(evidence),
                Policy.NONE,
                Optional.empty(),
                now);
    }
}
