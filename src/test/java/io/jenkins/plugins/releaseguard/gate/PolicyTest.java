// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static io.jenkins.plugins.releaseguard.gate.Cases.NOW;
import static io.jenkins.plugins.releaseguard.gate.Cases.SIGNED;
import static io.jenkins.plugins.releaseguard.gate.Cases.TESTS;
import static io.jenkins.plugins.releaseguard.gate.Cases.contract;
import static io.jenkins.plugins.releaseguard.gate.Cases.criteria;
import static io.jenkins.plugins.releaseguard.gate.Cases.decide;
import static io.jenkins.plugins.releaseguard.gate.Cases.evidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.Policy.Demand;
import io.jenkins.plugins.releaseguard.gate.Policy.ProtectedEnvironment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Evidence TESTED = evidence("DEP-002", "tests", Status.PASS);

    private static Policy demanding(Demand... demands) {
        return new Policy("company", List.of(), List.of(demands), List.of(), Set.of(), true, true, List.of());
    }

    private static Policy protecting(ProtectedEnvironment... environments) {
        return new Policy("company", List.of(), List.of(), List.of(environments), Set.of(), true, true, List.of());
    }

    @Test
    void aPolicysEntriesAreJudgedBesideTheContractsAndAlwaysBlock() {
        Policy policy = new Policy(
                "company",
                List.of(criteria("{id: DEP-900, type: Criteria, owner: Security, blocker: no, verify: {sarif: {}}, "
                        + "waived: {by: ada, reason: r, until: 2099-01-01}}")),
                List.of(),
                List.of(),
                Set.of(),
                true,
                true,
                List.of());

        assertThat(Gate.entries(contract(TESTS), policy))
                .extracting(e -> e.id())
                .containsExactly("DEP-002", "DEP-900");
        assertThat(decide(contract(TESTS), policy, TESTED).decision()).isEqualTo(Decision.NO_GO);
        GateResult failed = decide(contract(TESTS), policy, TESTED, evidence("DEP-900", "sarif", Status.FAIL));
        assertThat(failed.decision()).isEqualTo(Decision.NO_GO);
        assertThat(failed.reasons().get(0).waivableBy()).isEmpty();
        assertThat(decide(contract(TESTS), policy, TESTED, evidence("DEP-900", "sarif", Status.PASS))
                        .decision())
                .isEqualTo(Decision.GO);
    }

    @Test
    void aDemandedCheckMustBlock() {
        Policy policy = demanding(new Demand("production", "", "sarif"));
        String soft = "{id: DEP-005, type: Criteria, owner: a, blocker: no, verify: {sarif: {}}}";
        Evidence scanned = evidence("DEP-005", "sarif", Status.PASS);

        assertThat(decide(contract(TESTS), policy, TESTED).reasons().get(0).text())
                .contains("sarif");
        assertThat(decide(contract(TESTS, soft), policy, TESTED, scanned).decision())
                .isEqualTo(Decision.NO_GO);
        assertThat(decide(contract(TESTS, soft.replace("no,", "yes,")), policy, TESTED, scanned)
                        .decision())
                .isEqualTo(Decision.GO);
        assertThat(Gate.decide(contract(TESTS), "staging", List.of(TESTED), policy, Optional.empty(), NOW)
                        .decision())
                .isEqualTo(Decision.GO);
    }

    @Test
    void aDemandedEntryMustBeThere() {
        Policy policy = demanding(new Demand("*", "DEP-007", ""));

        assertThat(decide(contract(TESTS), policy, TESTED).decision()).isEqualTo(Decision.NO_GO);
        String entry = "{id: DEP-007, type: Criteria, owner: a, verify: {sarif: {}}}";
        assertThat(decide(contract(TESTS, entry), policy, TESTED, evidence("DEP-007", "sarif", Status.PASS))
                        .decision())
                .isEqualTo(Decision.GO);
        assertThatThrownBy(() -> new Demand("*", "", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Demand("*", "DEP-1", "tests")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlySomeBranchesReleaseToAProtectedEnvironment() {
        Policy policy = protecting(new ProtectedEnvironment("prod*", List.of("main", "release/**"), false));
        Contract contract = contract(TESTS);

        assertThat(decide(contract, policy, TESTED).decision()).isEqualTo(Decision.NO_GO);
        for (String good : List.of("main", "release/2.4", "release/2/4")) {
            Evidence branch =
                    PolicyEvidence.branch(policy, "production", good, NOW).get(0);
            assertThat(decide(contract, policy, TESTED, branch).decision()).isEqualTo(Decision.GO);
        }
        for (String bad : List.of("feature/x", "", "mains", "release")) {
            List<Evidence> branch = PolicyEvidence.branch(policy, "production", bad, NOW);
            GateResult result = decide(contract, policy, TESTED, branch.get(0));
            assertThat(result.decision()).as(bad).isEqualTo(Decision.NO_GO);
        }
        assertThat(PolicyEvidence.branch(policy, "staging", "feature/x", NOW)).isEmpty();
    }

    @Test
    void aProtectedEnvironmentNeedsAnApprovalThatBlocks() {
        Policy policy = protecting(new ProtectedEnvironment("production", List.of(), true));
        String protectedEntry = "{id: DEP-001, type: Environment, name: production, owner: a, protected: yes}";
        Evidence signed = evidence("DEP-004", "approval", Status.PASS);

        assertThat(decide(contract(TESTS), policy, TESTED).reasons().get(0).text())
                .contains("nobody has to sign");
        assertThat(decide(contract(TESTS, protectedEntry), TESTED).decision()).isEqualTo(Decision.NO_GO);
        assertThat(decide(contract(TESTS, SIGNED, protectedEntry), policy, TESTED, signed)
                        .decision())
                .isEqualTo(Decision.GO);
    }

    @Test
    void aPolicyMayForbidOverrides() {
        Policy policy = new Policy("", List.of(), List.of(), List.of(), Set.of(), true, false, List.of());
        GateResult result = Gate.decide(
                contract(TESTS),
                "production",
                List.of(),
                policy,
                Optional.of(new GateOverride("grace", "now", NOW)),
                NOW);

        assertThat(result.decision()).isEqualTo(Decision.NO_GO);
        assertThat(result.override()).isEmpty();
    }

    @Test
    void twoPoliciesOnlyTighten() {
        Policy controller = new Policy(
                "controller",
                List.of(),
                List.of(),
                List.of(),
                Set.of("grace", "linus"),
                true,
                true,
                List.of(List.of("shop/**")));
        Policy folder = new Policy(
                "folder",
                List.of(),
                List.of(new Demand("*", "", "tests")),
                List.of(),
                Set.of("linus"),
                true,
                false,
                List.of(List.of("**/main")));
        Policy both = controller.and(folder);

        assertThat(both.name()).isEqualTo("controller, folder");
        assertThat(both.waivers()).containsExactly("linus");
        assertThat(both.overridable()).isFalse();
        assertThat(both.demands()).hasSize(1);
        assertThat(both.countsForProgression("shop/checkout/main")).isTrue();
        assertThat(both.countsForProgression("shop/checkout/dev")).isFalse();
        assertThat(both.countsForProgression("bank/checkout/main")).isFalse();
        Policy strangers =
                controller.and(new Policy("x", List.of(), List.of(), List.of(), Set.of("eve"), true, true, List.of()));
        assertThat(strangers.waivable()).isFalse();
        assertThat(Policy.NONE.and(controller)).isEqualTo(controller);
    }
}
