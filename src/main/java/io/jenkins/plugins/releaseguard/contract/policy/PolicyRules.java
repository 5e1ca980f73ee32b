// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.policy;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.Signer;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a contract to a policy. What it finds are errors: a contract may ask for more than its policy, never for
 * less.
 */
public final class PolicyRules {
    /** What the rules' ids begin with; docs/rules.md explains each. */
    public static final List<String> IDS = List.of(
            "RG-POLICY-ENTRY",
            "RG-POLICY-CHECK",
            "RG-POLICY-APPROVAL",
            "RG-POLICY-WAIVER",
            "RG-POLICY-OBJECTIVE",
            "RG-POLICY-ROLLOUT",
            "RG-POLICY-BRANCH",
            "RG-POLICY-ORIGIN");

    private final Contract contract;
    private final Policy policy;
    private final boolean guarded;
    private final List<Problem> problems = new ArrayList<>();

    private PolicyRules(Contract contract, Policy policy, boolean guarded) {
        this.contract = contract;
        this.policy = policy;
        this.guarded = guarded;
    }

    /** Where the contract falls short of the policy, whichever of its environments it goes to; empty where it doesn't. */
    public static List<Problem> check(Contract contract, Policy policy) {
        boolean guarded = contract.entries(EnvironmentEntry.class).stream()
                .anyMatch(e -> isProtected(contract, policy, e.name()));
        return check(contract, policy, guarded);
    }

    /** The same for a release to one environment, which the contract need not describe. */
    public static List<Problem> check(Contract contract, Policy policy, String environment) {
        return check(contract, policy, isProtected(contract, policy, environment));
    }

    private static List<Problem> check(Contract contract, Policy policy, boolean guarded) {
        PolicyRules rules = new PolicyRules(contract, policy, guarded);
        rules.entries();
        rules.checks();
        rules.approval();
        rules.objective();
        rules.rollout();
        return List.copyOf(rules.problems);
    }

    /** Why a branch may not release to an environment; empty where it may. */
    public static Optional<Problem> branch(Contract contract, Policy policy, String environment, String branch) {
        if (!isProtected(contract, policy, environment) || policy.allowsBranch(branch)) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                Severity.ERROR,
                "RG-POLICY-BRANCH",
                contract.release().at(),
                "the branch " + branch + " may not release to the protected environment " + environment,
                "release from "
                        + String.join(", ", policy.branches().stream().sorted().toList()) + " (policy of "
                        + policy.name() + ")"));
    }

    /** Protected by the contract or by the policy: a contract can add protection but not take it away. */
    public static boolean isProtected(Contract contract, Policy policy, String environment) {
        return policy.protects(environment)
                || contract.environment(environment)
                        .map(EnvironmentEntry::isProtected)
                        .orElse(false);
    }

    private void add(String rule, Position at, String message, String fix) {
        problems.add(new Problem(
                Severity.ERROR, rule, at, message + ", which the policy of " + policy.name() + " demands", fix));
    }

    private void entries() {
        for (EntryType type : policy.entries().stream().sorted().toList()) {
            boolean present =
                    contract.entries().stream().anyMatch(e -> e.type() == type && !e.id().startsWith("DEFAULT-"));
            if (!present) {
                add(
                        "RG-POLICY-ENTRY",
                        contract.release().at(),
                        "the contract has no " + type.text() + " entry",
                        "add one");
            }
        }
    }

    /** The blocking criteria that carry a demanded check with limits strict enough. */
    public static List<CriteriaEntry> satisfying(Contract contract, RequiredCheck required) {
        return strict(blocking(contract), required);
    }

    private List<CriteriaEntry> blocking() {
        return blocking(contract);
    }

    private static List<CriteriaEntry> blocking(Contract contract) {
        return contract.entries(CriteriaEntry.class).stream()
                .filter(e -> e.blocker() && e.stage() == Stage.PRE_DEPLOY)
                .toList();
    }

    private void checks() {
        for (RequiredCheck required : policy.checks()) {
            List<CriteriaEntry> with = blocking().stream()
                    .filter(c -> c.verify().stream().anyMatch(v -> v.kind().equals(required.kind())))
                    .toList();
            if (with.isEmpty()) {
                add(
                        "RG-POLICY-CHECK",
                        contract.release().at(),
                        "no blocking criterion has the check " + required.kind(),
                        "add a criterion with verify: {" + required.kind() + ": …}");
                continue;
            }
            if (strict(with, required).isEmpty()) {
                CheckSpec lax = find(with.get(0), required.kind());
                String field = required.laxer(lax);
                add(
                        "RG-POLICY-CHECK",
                        lax.at(),
                        required.kind() + " of " + with.get(0).id() + " is laxer than " + field + ": \""
                                + required.limits().get(field).text() + "\"",
                        "write that limit or a stricter one");
            } else {
                waived(strict(with, required), required.kind(), "the check " + required.kind());
            }
        }
    }

    private static List<CriteriaEntry> strict(List<CriteriaEntry> entries, RequiredCheck required) {
        return entries.stream()
                .filter(c -> c.verify().stream()
                        .anyMatch(v -> v.kind().equals(required.kind()) && required.laxer(v) == null))
                .toList();
    }

    private static CheckSpec find(CriteriaEntry entry, String kind) {
        return entry.verify().stream()
                .filter(v -> v.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** A contract's own waivers are no way round its policy: whom that lets waive does so in Jenkins. */
    private void waived(List<CriteriaEntry> entries, String check, String what) {
        if (entries.stream().allMatch(e -> e.waiverOf(check) != null)) {
            CriteriaEntry entry = entries.get(0);
            add(
                    "RG-POLICY-WAIVER",
                    entry.head().waiver().at(),
                    entry.id() + " is waived, and with it " + what,
                    policy.waivers()
                            ? "take the waiver out; who may override the gate can waive it there"
                            : "take the waiver out; an override needs its own permission");
        }
    }

    private void approval() {
        Policy.RequiredApproval required = policy.approval();
        if (required == null || !guarded) {
            return;
        }
        List<CriteriaEntry> enough = blocking().stream()
                .filter(c -> c.verify().stream().anyMatch(v -> holds(v) && enough(v.settings(), required)))
                .toList();
        if (enough.isEmpty()) {
            String of = required.of().isEmpty()
                    ? ""
                    : " of " + String.join(", ", required.of().stream().sorted().toList());
            add(
                    "RG-POLICY-APPROVAL",
                    contract.release().at(),
                    "no blocking criterion asks for " + required.count() + " approvals" + of
                            + " and stays shut without them",
                    "add a criterion with verify: {approval: {count: " + required.count() + ", of: ["
                            + String.join(", ", required.of().stream().sorted().toList())
                            + "]}}, without author: yes and without otherwise: conditional");
        } else {
            waived(enough, "approval", "the approval");
        }
    }

    /** Whether an approval holds the release until it is given: one that lets it go at its deadline asks for nothing. */
    public static boolean holds(CheckSpec check) {
        return check.kind().equals("approval")
                && !check.settings().text("otherwise").equals("conditional");
    }

    /**
     * Enough signatures, not the author's, and nobody may sign whom the policy doesn't name: as the policy writes it, since a group
     * that it names is no user of that name, and a bare name may come to mean either.
     */
    private static boolean enough(Settings approval, Policy.RequiredApproval required) {
        Set<Signer> others = new HashSet<>(Signer.all(approval.texts("of")));
        required.of().forEach(name -> others.remove(Signer.of(name)));
        return approval.number("count").orElse(1.0) >= required.count()
                && !approval.flag("author")
                && (required.of().isEmpty() || others.isEmpty());
    }

    private void objective() {
        if (policy.longestObjective() != null
                && contract.release().objective().compareTo(policy.longestObjective()) > 0) {
            add(
                    "RG-POLICY-OBJECTIVE",
                    contract.release().at(),
                    "the rollback may take "
                            + Span.written(contract.release().objective()) + ", longer than "
                            + Span.written(policy.longestObjective()),
                    "set rollback: {objective: " + Span.written(policy.longestObjective()) + "} or less");
        }
    }

    private void rollout() {
        for (Phase phase : contract.rollout().phases()) {
            if (policy.shortestBake() != null && phase.bake().compareTo(policy.shortestBake()) < 0) {
                add(
                        "RG-POLICY-ROLLOUT",
                        contract.rollout().at(),
                        "phase " + phase.name() + " bakes " + Span.written(phase.bake()) + ", less than "
                                + Span.written(policy.shortestBake()),
                        "set bake: " + Span.written(policy.shortestBake()) + " or more");
            }
        }
        contract.rollout().phases().stream()
                .filter(p -> p.weight() > 0)
                .findFirst()
                .filter(p -> p.weight() > policy.largestFirstWeight())
                .ifPresent(p -> add(
                        "RG-POLICY-ROLLOUT",
                        contract.rollout().at(),
                        "the first users are " + p.name() + ", more than " + policy.largestFirstWeight() + "%",
                        "begin with a smaller phase"));
    }
}
