// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.model.Job;
import hudson.model.TaskListener;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.contract.policy.PolicyRules;
import io.jenkins.plugins.releaseguard.contract.policy.RequiredCheck;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.FreezeWindow;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.PolicyEvidence;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupScope;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.evidence.DemandedSetups.Below;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicyReader;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What the controller and the folders above a job demand of one release, as they do now. Each place's policy holds on its own:
 * an inner folder can add demands, never take one away, and its branches or signatures mean its own environments.
 */
@Restricted(NoExternalUse.class)
public final class ReleasePolicy {
    private final Contract contract;
    private final String environment;
    private final List<HeldPolicy> policies = new ArrayList<>();
    private final List<Problem> broken = new ArrayList<>();
    private final List<SetupScope> scopes;

    public static ReleasePolicy of(ReleaseScope release) {
        return new ReleasePolicy(
                Stream.concat(
                                Setups.around(release.place()).stream(),
                                // a job that was moved meanwhile: it neither evades nor brings along
                                Setups.around(release.build().place()).stream())
                        .distinct()
                        .toList(),
                release);
    }

    private ReleasePolicy(List<SetupScope> scopes, ReleaseScope release) {
        this.contract = release.contract();
        this.environment = release.environment();
        this.scopes = scopes;
        for (SetupScope scope : scopes) {
            if (scope.getPolicy() != null) {
                try {
                    policies.add(new HeldPolicy(release, PolicyReader.read(scope.getPolicy(), scope.where()), scope));
                } catch (ContractException e) {
                    broken.addAll(e.problems());
                }
            }
        }
    }

    /** What the policies have to say, before any check has looked. A policy that can't be understood is held against the release. */
    public List<Evidence> evidence(Job<?, ?> job, Instant now) {
        List<Evidence> evidence = new ArrayList<>();
        broken.forEach(problem -> evidence.add(unreadable(problem, now)));
        String branch = branch(job);
        policies.forEach(held -> evidence.addAll(held.evidence(branch, now)));
        return evidence;
    }

    /**
     * Why only a gate can tell whether the policies are kept: something must be looked at, or somebody must sign.
     *
     * @return a clause for people; empty where the contract alone answers all of them
     */
    public Optional<String> needsGate(Instant now) {
        for (HeldPolicy held : policies) {
            Policy policy = held.policy();
            if (PolicyRules.isProtected(contract, policy, environment)) {
                return Optional.of(environment + " is protected under the policy of " + policy.name() + held.because());
            }
            if (!policy.checks().isEmpty()) {
                return Optional.of("the policy of " + policy.name() + " demands "
                        + policy.checks().stream().map(RequiredCheck::kind).collect(Collectors.joining(", ")));
            }
        }
        return freezes(now).stream()
                .filter(window -> !window.from().isAfter(now) && window.until().isAfter(now))
                .findFirst()
                .map(window -> "a freeze holds until " + window.until() + " (" + window.reason() + ")");
    }

    /**
     * Whether a permitted person may waive a finding. What a policy demands, where it lets; the sign-off of a protected environment, where
     * each policy lets; a freeze and a contract's own faults never.
     */
    public boolean mayBeWaived(Evidence finding) {
        List<Policy> all = policies.stream().map(HeldPolicy::policy).toList();
        boolean each = all.stream().allMatch(Policy::waivers) && broken.isEmpty();
        if (finding.entry().equals(PolicyEvidence.ENTRY)) {
            return each && !finding.check().equals("freeze") && !finding.check().equals("lint");
        }
        boolean isProtected = finding.check().equals("approval")
                && (all.isEmpty()
                        ? PolicyRules.isProtected(contract, Policy.NONE, environment)
                        : all.stream().anyMatch(one -> PolicyRules.isProtected(contract, one, environment)));
        if (isProtected) {
            return each && !all.isEmpty();
        }
        return broken.isEmpty()
                && all.stream()
                        .filter(policy -> policy.checks().stream()
                                .anyMatch(check -> check.kind().equals(finding.check())))
                        .allMatch(Policy::waivers)
                && !(finding.check().equals("freeze") && !freezes(finding.at()).isEmpty());
    }

    /**
     * What was looked at, with what doesn't count for what is demanded held against the release.
     *
     * @param before what did not count when the look began: a set-up may be gone by its end
     */
    public List<Evidence> counted(List<Evidence> looked, List<Below> before) {
        List<Below> below = Stream.concat(before.stream(), below().stream()).toList();
        return looked.stream()
                .map(one -> below.stream()
                        .filter(b -> b.entry().equals(one.entry()) && b.check().equals(one.check()))
                        .findFirst()
                        .map(b -> one.with(
                                Status.FAIL,
                                b.problem().message() + " [" + b.problem().rule() + "]",
                                b.problem().fix()))
                        .orElse(one))
                .toList();
    }

    /** Evidence that doesn't count, as things are set up now. */
    public List<Below> below() {
        return policies.stream().flatMap(held -> held.below().stream()).toList();
    }

    /** Windows of all places; they count together. */
    List<FreezeWindow> freezes(Instant now) {
        return scopes.stream()
                .flatMap(scope -> scope.getFreezes().stream())
                .map(freeze -> freeze.at(now))
                .toList();
    }

    /** A look at the windows for a contract that doesn't look itself. */
    public Optional<CriteriaEntry> freeze(Instant now) {
        return Freezes.demanded(contract, freezes(now));
    }

    /** Whether a job's releases prove that an earlier stage was passed. */
    boolean countsForProgression(String job) {
        return broken.isEmpty()
                && policies.stream().allMatch(held -> held.policy().countsForProgression(job));
    }

    /**
     * The branch that the job is set up for, as multibranch jobs are. What a build says of itself doesn't count, since whoever
     * starts or writes it can say anything.
     */
    private static String branch(Job<?, ?> job) {
        try {
            return job == null
                    ? ""
                    : job.getEnvironment(null, TaskListener.NULL).get("BRANCH_NAME", "");
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static Evidence unreadable(Problem problem, Instant now) {
        Finding finding = new Finding(
                Status.FAIL,
                PolicyEvidence.ENTRY,
                problem.at().toString(),
                "",
                problem.message(),
                problem.fix(),
                Origin.CONTROLLER,
                "",
                now,
                "");
        return Evidence.of(PolicyEvidence.ENTRY, problem.rule(), true, finding, Duration.ofDays(1), Duration.ZERO);
    }
}
