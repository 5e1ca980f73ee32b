// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.contract.policy.PolicyRules;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a policy has to say about a release: may the branch go there, does the contract have what it must. */
public final class PolicyEvidence {
    /** The id that stands for the policy where evidence names an entry. */
    public static final String ENTRY = "policy";

    static final String BRANCH = "branch";
    static final String ORIGIN = "RG-POLICY-ORIGIN";
    private static final String APPROVAL = "approval";
    private static final Duration AGE = Duration.ofDays(1);

    private PolicyEvidence() {}

    /** Whether the branch may release to the environment; empty where any may. A blank branch is unknown. */
    public static List<Evidence> branch(
            Policy policy, Contract contract, String environment, String branch, Instant now) {
        if (!wantsBranch(policy, contract, environment)) {
            return List.of();
        }
        String allowed = String.join(", ", policy.branches().stream().sorted().toList());
        if (branch == null || branch.isBlank()) {
            return List.of(evidence(
                    BRANCH,
                    Status.UNKNOWN,
                    "",
                    allowed,
                    "nobody knows which branch is released to " + environment,
                    "release from a build that knows its branch",
                    now));
        }
        Optional<Problem> problem = PolicyRules.branch(contract, policy, environment, branch);
        return List.of(
                problem.isPresent()
                        ? evidence(
                                BRANCH,
                                Status.FAIL,
                                branch,
                                allowed,
                                problem.get().message(),
                                problem.get().fix(),
                                now)
                        : evidence(BRANCH, Status.PASS, branch, allowed, "may release to " + environment, "", now));
    }

    /**
     * Whether the contract comes from where the policy wants it; empty where it may come from anywhere.
     *
     * @param origin null where nobody noted it, which is unknown
     */
    public static List<Evidence> origin(
            Policy policy, Contract contract, String environment, ContractOrigin origin, Instant now) {
        if (!wantsOrigin(policy, contract, environment)) {
            return List.of();
        }
        boolean trusted = origin != null && origin.trusted();
        return List.of(evidence(
                ORIGIN,
                origin == null ? Status.UNKNOWN : trusted ? Status.PASS : Status.FAIL,
                origin == null ? "" : origin.source().text(),
                "a trusted revision",
                trusted
                        ? "the contract is from " + origin.text()
                        : environment + " is protected, and the policy of " + policy.name()
                                + " takes only a contract of a trusted revision; this one is from "
                                + (origin == null ? "where nobody noted" : origin.text()) + " [" + ORIGIN + "]",
                trusted
                        ? ""
                        : "release from a branch of a multibranch project whose repository can be read without a checkout,"
                                + " with the contract as it is committed there",
                now));
    }

    static boolean wantsOrigin(Policy policy, Contract contract, String environment) {
        return policy.trustedContract() && PolicyRules.isProtected(contract, policy, environment);
    }

    static boolean wantsBranch(Policy policy, Contract contract, String environment) {
        return !policy.branches().isEmpty() && PolicyRules.isProtected(contract, policy, environment);
    }

    /** Where the contract falls short of what the policy demands; a protected environment always demands a sign-off. */
    public static List<Evidence> demands(Policy policy, Contract contract, String environment, Instant now) {
        List<Evidence> missing = new ArrayList<>();
        for (Problem problem : PolicyRules.check(contract, policy, environment)) {
            missing.add(evidence(
                    problem.rule(),
                    Status.FAIL,
                    problem.at().toString(),
                    "policy " + policy.name(),
                    problem.message() + " [" + problem.rule() + "]",
                    problem.fix(),
                    now));
        }
        if (PolicyRules.isProtected(contract, policy, environment) && !signed(contract)) {
            missing.add(evidence(
                    APPROVAL,
                    Status.FAIL,
                    "none",
                    "a blocking approval",
                    environment + " is protected, and nobody but its author has to sign for it",
                    "add a blocking pre-deploy criterion with verify: {approval: …}, not waived, without author: yes and without"
                            + " otherwise: conditional",
                    now));
        }
        return missing;
    }

    /** Somebody else signs, and no waiver of the contract's own lifts it. */
    private static boolean signed(Contract contract) {
        return Gate.entries(contract).stream()
                .filter(CriteriaEntry::blocker)
                .filter(e -> e.waiverOf(APPROVAL) == null)
                .anyMatch(e -> e.verify().stream()
                        .anyMatch(check ->
                                PolicyRules.holds(check) && !check.settings().flag("author")));
    }

    private static Evidence evidence(
            String check, Status status, String value, String limit, String reason, String fix, Instant now) {
        Finding finding = new Finding(status, ENTRY, value, limit, reason, fix, Origin.CONTROLLER, "", now, "");
        return Evidence.of(ENTRY, check, true, finding, AGE, Duration.ZERO);
    }
}
