// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static io.jenkins.plugins.releaseguard.testing.GateFixture.NOW;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.SIGNED;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.TESTS;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.contract;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.decide;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.evidence;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.contract.policy.RequiredCheck;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.ContractSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyEvidenceTest {
    private static final String GUARDED =
            "{id: DEP-001, type: Environment, name: production, owner: a, protected: yes}";
    private static final Evidence TESTED = evidence("DEP-002", "tests", Status.PASS);
    private static final Evidence SIGNED_OFF = evidence("DEP-004", "approval", Status.PASS);

    private static Policy policy(List<RequiredCheck> checks, Set<String> guarded, Set<String> branches) {
        return new Policy("company", Set.of(), checks, null, guarded, branches, Set.of(), null, null, Double.NaN, true);
    }

    /** H13: where the contract was read, for policies that take none but a trusted revision's. */
    @Test
    void aProtectedEnvironmentMayWantATrustedContract() {
        Policy policy = new Policy(
                "company",
                Set.of(),
                List.of(),
                null,
                Set.of("prod*"),
                Set.of(),
                Set.of(),
                null,
                null,
                Double.NaN,
                true,
                true);
        Contract contract = contract(TESTS, SIGNED);
        for (ContractSource source : ContractSource.values()) {
            ContractOrigin origin = new ContractOrigin(source, "4be1f0c", "");
            List<Evidence> found = PolicyEvidence.origin(policy, contract, "production", origin, NOW);
            assertThat(found)
                    .singleElement()
                    .satisfies(one -> assertThat(one.status())
                            .as(source.text())
                            .isEqualTo(source == ContractSource.REVISION ? Status.PASS : Status.FAIL));
            assertThat(PolicyEvidence.origin(policy, contract, "staging", origin, NOW))
                    .isEmpty();
            Evidence[] all = {TESTED, SIGNED_OFF, found.get(0)};
            assertThat(decide(contract, policy, all).decision())
                    .isEqualTo(source == ContractSource.REVISION ? Decision.GO : Decision.NO_GO);
        }
        assertThat(PolicyEvidence.origin(policy, contract, "production", null, NOW)
                        .get(0)
                        .status())
                .as("of an older version's record")
                .isEqualTo(Status.UNKNOWN);
        assertThat(decide(contract, policy, TESTED, SIGNED_OFF).decision())
                .as("nobody looked")
                .isEqualTo(Decision.NO_GO);
    }

    @Test
    void whatThePolicyDemandsMustBeInTheContract() {
        Policy policy = policy(List.of(new RequiredCheck("sarif", Map.of())), Set.of(), Set.of());
        String scan = "{id: DEP-005, type: Criteria, owner: a, blocker: no, verify: {sarif: {}}}";
        Evidence scanned = evidence("DEP-005", "sarif", Status.PASS);

        GateResult lacks = decide(contract(TESTS), policy, TESTED);
        assertThat(lacks.decision()).isEqualTo(Decision.NO_GO);
        assertThat(lacks.reasons().get(0).check()).isEqualTo("RG-POLICY-CHECK");
        assertThat(lacks.reasons().get(0).waivableBy()).isEmpty();
        assertThat(lacks.reasons().get(0).fix()).isNotBlank();
        assertThat(decide(contract(TESTS, scan), policy, TESTED, scanned).decision())
                .isEqualTo(Decision.NO_GO);
        assertThat(decide(contract(TESTS, scan.replace("no,", "yes,")), policy, TESTED, scanned)
                        .decision())
                .isEqualTo(Decision.GO);
    }

    /** A sign-off that lapses into going on is none: whoever writes the contract could set its deadline to a second. */
    @Test
    void aProtectedEnvironmentWantsASignOffThatHolds() {
        String lapsing = SIGNED.replace("[release-managers]", "{of: [release-managers], otherwise: conditional}");
        Contract contract = contract(GUARDED, TESTS, lapsing);

        GateResult result = decide(contract, TESTED, SIGNED_OFF);

        assertThat(result.decision()).isEqualTo(Decision.NO_GO);
        assertThat(result.reasons().get(0).text())
                .contains("is protected, and nobody but its author has to sign for it");
        assertThat(decide(contract(GUARDED, TESTS, SIGNED), TESTED, SIGNED_OFF).decision())
                .isEqualTo(Decision.GO);
    }

    /** T5: the contract's own hand lifts no sign-off of a protected environment. */
    @Test
    void aProtectedEnvironmentWantsASignOffThatNoWaiverAndNoAuthorReplaces() {
        String waived = SIGNED.replace("owner:", "waived: {by: ann, reason: hurry, until: 2099-01-01}, owner:");
        String own = SIGNED.replace("[release-managers]", "{of: [ann], author: yes}");
        assertThat(List.of(waived, own)).doesNotContain(SIGNED);
        for (String lifted : List.of(waived, own)) {
            GateResult result = decide(contract(GUARDED, TESTS, lifted), TESTED, SIGNED_OFF);
            assertThat(result.decision()).as(lifted).isEqualTo(Decision.NO_GO);
            assertThat(result.reasons().get(0).text()).contains("nobody but its author has to sign");
        }
        Policy lenient = policy(List.of(), Set.of("prod*"), Set.of());
        assertThat(PolicyEvidence.demands(lenient, contract(TESTS, waived), "production", NOW))
                .as("nor where waivers are let: those are no words of the contract")
                .isNotEmpty();
        assertThat(PolicyEvidence.demands(lenient, contract(TESTS, own), "production", NOW))
                .as("but not sign for themselves")
                .isNotEmpty();
    }

    @Test
    void onlySomeBranchesReleaseToAProtectedEnvironment() {
        Policy policy = policy(List.of(), Set.of("prod*"), Set.of("main", "release/*"));
        Contract contract = contract(TESTS, SIGNED);

        assertThat(decide(contract, policy, TESTED, SIGNED_OFF).decision()).isEqualTo(Decision.NO_GO);
        for (String good : List.of("main", "release/2.4")) {
            Evidence branch = PolicyEvidence.branch(policy, contract, "production", good, NOW)
                    .get(0);
            assertThat(decide(contract, policy, TESTED, SIGNED_OFF, branch).decision())
                    .isEqualTo(Decision.GO);
        }
        for (String bad : List.of("feature/x", "", "mains")) {
            Evidence branch = PolicyEvidence.branch(policy, contract, "production", bad, NOW)
                    .get(0);
            GateResult result = decide(contract, policy, TESTED, SIGNED_OFF, branch);
            assertThat(result.decision()).as(bad).isEqualTo(Decision.NO_GO);
            assertThat(result.reasons().get(0).limit()).isEqualTo("main, release/*");
        }
        assertThat(PolicyEvidence.branch(policy, contract, "staging", "feature/x", NOW))
                .isEmpty();
    }

    @Test
    void aProtectedEnvironmentNeedsASignOffThatBlocks() {
        Policy policy = policy(List.of(), Set.of("production"), Set.of());

        assertThat(decide(contract(TESTS), policy, TESTED).reasons().get(0).text())
                .contains("nobody but its author has to sign");
        assertThat(decide(contract(TESTS, GUARDED), TESTED).decision()).isEqualTo(Decision.NO_GO);
        assertThat(decide(contract(TESTS, SIGNED, GUARDED), policy, TESTED, SIGNED_OFF)
                        .decision())
                .isEqualTo(Decision.GO);
        assertThat(Gate.decide(contract(TESTS), "staging", List.of(TESTED), policy, Optional.empty(), NOW)
                        .decision())
                .isEqualTo(Decision.GO);
    }
}
