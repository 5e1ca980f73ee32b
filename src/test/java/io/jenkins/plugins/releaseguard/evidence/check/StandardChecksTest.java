// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
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

    static List<Sample> samples() {
        return Samples.all();
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
    void everyCheckOfThePackageIsListed() {
        Set<String> written = new ClassFileImporter()
                .importPackages(StandardChecks.class.getPackageName()).stream()
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
                            .map(s -> Looking.spec(s.check()).kind())
                            .collect(Collectors.toSet()))
                    .as(status.text())
                    .isEqualTo(Catalog.STANDARD.specs().checks().keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void saysWhatItSees(Sample sample) {
        Evidence evidence = Looking.at(sample.check(), sample.context());

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
            boolean hasLimit = Looking.spec(sample.check()).settings().values().values().stream()
                    .anyMatch(Threshold.class::isInstance);
            assertThat(evidence.limit().isBlank() && hasLimit)
                    .as(evidence.toString())
                    .isFalse();
            assertThat(evidence.fix()).doesNotContain("make readable what the check looks at");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void unknownIsNeverGreen(Sample sample) {
        GateResult result = decide(sample, FakeContext.NOW);

        assertThat(result.decision().mayStart()).isEqualTo(sample.says() == Status.PASS);
        assertThat(result.reasons().isEmpty()).isEqualTo(sample.says() == Status.PASS);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void staleIsNeverGreen(Sample sample) {
        Evidence evidence = Looking.at(sample.check(), sample.context());
        Instant later = FakeContext.NOW.plus(evidence.maxAge()).plusSeconds(1);
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

    @ParameterizedTest
    @MethodSource("samples")
    void anEmptyWorldIsNeverGreen(Sample sample) {
        if (sample.check().startsWith("freeze")) {
            return; // looks at nothing but the contract and the clock
        }
        assertThat(Looking.at(sample.check(), new FakeContext()).status().green())
                .isFalse();
    }

    @ParameterizedTest
    @FieldSource("GARBAGE")
    void garbageIsNeverGreen(String garbage) {
        List<String> green = new ArrayList<>();
        for (Sample sample : samples()) {
            if (List.of(
                            "freeze",
                            "provenance",
                            "drill",
                            "progression",
                            "secrets",
                            "approval",
                            "budget",
                            "metric",
                            "capacity")
                    .contains(Looking.spec(sample.check()).kind())) {
                continue; // read no text
            }
            FakeContext context = new FakeContext().command(0, garbage).http(200, garbage);
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
            Evidence evidence = Looking.at(sample.check(), context);
            boolean asksForNothing =
                    sample.check().contains("/health") || sample.check().contains("/ready");
            if (evidence.status().green() && !asksForNothing) {
                green.add(sample + " -> " + evidence);
            }
        }
        assertThat(green).isEmpty();
    }

    private static GateResult decide(Sample sample, Instant now) {
        CriteriaEntry entry = Looking.entry(Looking.spec(sample.check()));
        Evidence evidence = Looking.at(sample.check(), sample.context());
        return Gate.decide(Contracts.of(entry), "production", List.of(evidence), Policy.NONE, Optional.empty(), now);
    }
}
