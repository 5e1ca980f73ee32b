// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Glob;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a policy itself has to say about a release: is the branch allowed, does the contract have what it must. */
public final class PolicyEvidence {
    /** The id that stands for the policy where evidence names an entry. */
    public static final String ENTRY = "policy";

    static final String BRANCH = "branch";
    private static final Duration AGE = Duration.ofDays(1);

    private PolicyEvidence() {}

    /** Whether the branch may release to the environment; one piece for each protection that applies. Blank is unknown. */
    public static List<Evidence> branch(Policy policy, String environment, String branch, Instant now) {
        return policy.environments().stream()
                .filter(e -> Glob.matches(e.environment(), environment)
                        && !e.branches().isEmpty())
                .map(e -> branch(e, environment, branch == null ? "" : branch, policy.name(), now))
                .toList();
    }

    private static Evidence branch(
            Policy.ProtectedEnvironment rule, String environment, String branch, String policy, Instant now) {
        Status status =
                branch.isBlank() ? Status.UNKNOWN : Glob.any(rule.branches(), branch) ? Status.PASS : Status.FAIL;
        String allowed = String.join(", ", rule.branches());
        String reason =
                switch (status) {
                    case PASS -> "the branch may release to " + environment;
                    case FAIL -> "the branch may not release to " + environment;
                    default -> "nobody knows which branch is released to " + environment;
                };
        String fix = status == Status.PASS ? "" : "release from one of: " + allowed + by(policy);
        return evidence(BRANCH, status, branch, allowed, reason, fix, now);
    }

    static boolean wantsBranch(Policy policy, String environment) {
        return policy.environments().stream()
                .anyMatch(e -> Glob.matches(e.environment(), environment)
                        && !e.branches().isEmpty());
    }

    /** What the contract must have and whether it has; only what is missing. */
    static List<Evidence> demands(Policy policy, Contract contract, String environment, Instant now) {
        List<Evidence> missing = new ArrayList<>();
        for (Policy.Demand demand : policy.demands()) {
            if (!Glob.matches(demand.environment(), environment)) {
                continue;
            }
            boolean entry = !demand.entry().isBlank();
            boolean there = entry
                    ? contract.entry(demand.entry()).isPresent()
                    : blockingCheck(contract, policy, demand.check());
            if (!there) {
                String what = entry ? "entry " + demand.entry() : "blocking check '" + demand.check() + "'";
                missing.add(evidence(
                        entry ? demand.entry() : demand.check(),
                        Status.FAIL,
                        "none",
                        what,
                        "the contract lacks the " + what + " that the policy demands",
                        "add it to the contract" + by(policy.name()),
                        now));
            }
        }
        if (signed(policy, contract, environment) && !blockingCheck(contract, policy, "approval")) {
            missing.add(evidence(
                    "approval",
                    Status.FAIL,
                    "none",
                    "a blocking check 'approval'",
                    environment + " is protected, and nobody has to sign for it",
                    "add a pre-deploy criterion with an approval" + by(policy.name()),
                    now));
        }
        return missing;
    }

    private static boolean signed(Policy policy, Contract contract, String environment) {
        return contract.environment(environment)
                        .map(EnvironmentEntry::isProtected)
                        .orElse(false)
                || policy.environments().stream()
                        .anyMatch(e -> e.approval() && Glob.matches(e.environment(), environment));
    }

    private static boolean blockingCheck(Contract contract, Policy policy, String kind) {
        Predicate<CheckSpec> ofKind = spec -> spec.kind().equals(kind);
        return Gate.entries(contract, policy).stream()
                .filter(e -> e.blocker() || policy.entries().contains(e))
                .map(CriteriaEntry::verify)
                .anyMatch(checks -> checks.stream().anyMatch(ofKind));
    }

    private static String by(String policy) {
        return policy.isBlank() ? "" : " (policy " + policy + ")";
    }

    private static Evidence evidence(
            String check, Status status, String value, String limit, String reason, String fix, Instant now) {
        Finding finding = new Finding(status, "policy", value, limit, reason, fix, Origin.CONTROLLER, "", now, "");
        return Evidence.of(ENTRY, check, true, finding, AGE, Duration.ZERO);
    }
}
