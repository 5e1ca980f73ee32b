// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.Gate;
import io.jenkins.plugins.releaseguard.gate.GateResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Contracts and evidence for tests of the gate. */
public final class GateFixture {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final String TESTS =
            "{id: DEP-002, type: Criteria, title: Tests, owner: QA Lead, verify: {tests: {}}}";
    public static final String DOCS =
            "{id: DEP-003, type: Criteria, title: Docs, owner: Writers, blocker: no, verify: {documents: a.md}}";
    public static final String SIGNED =
            "{id: DEP-004, type: Criteria, title: Signed, owner: Boss, verify: {approval: [release-managers]}}";

    private GateFixture() {}

    public static Contract contract(String... entries) {
        String yaml = """
                apiVersion: release-guard/v1
                release: {service: checkout, version: 1.0.0}
                entries:
                """
                + String.join(
                        "", Arrays.stream(entries).map(e -> "  - " + e + "\n").toList());
        try {
            return Catalog.STANDARD
                    .reader()
                    .parse(
                            entries.length == 0 ? yaml.replace("entries:\n", "") : yaml,
                            "release.yaml",
                            Variables.none());
        } catch (ContractException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public static CriteriaEntry criteria(String yaml) {
        return contract(yaml).entries(CriteriaEntry.class).get(0);
    }

    public static Evidence evidence(String entry, String check, Status status) {
        return new Evidence(
                entry,
                check,
                status,
                true,
                "file",
                "94 %",
                "> 95 %",
                status == Status.PASS ? "fine" : "6 tests failed",
                status == Status.PASS ? "" : "repair them",
                Origin.ARCHIVE,
                "",
                NOW.minusSeconds(60),
                Duration.ofDays(1),
                Duration.ofMillis(3),
                "");
    }

    public static Evidence awaited(String entry) {
        return new Evidence(
                entry,
                "approval",
                Status.UNKNOWN,
                true,
                "sign-offs",
                "0 signed",
                "1 of release-managers",
                "1 more must sign",
                "ask",
                Origin.PERSON,
                "",
                NOW,
                Duration.ofDays(1),
                Duration.ZERO,
                "1 of release-managers");
    }

    public static GateResult decide(Contract contract, Policy policy, Evidence... evidence) {
        return Gate.decide(contract, "production", List.of(evidence), policy, Optional.empty(), NOW);
    }

    public static GateResult decide(Contract contract, Evidence... evidence) {
        return decide(contract, Policy.NONE, evidence);
    }
}
