// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.policy;

import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What every contract under it must hold. Empty collections, null durations and NaN demand nothing.
 *
 * @param name who demands it, for messages: the controller or a folder's full name
 * @param entries types of which each contract has at least one entry
 * @param checks checks that a blocking criterion must carry
 * @param approval the least approval that a release to a protected environment needs, null for none
 * @param protectedEnvironments patterns of environments' names that are protected whatever the contract says;
 * {@code *} is any text
 * @param branches patterns of branches that may release to protected environments; empty for any
 * @param ledgers patterns of the full names of jobs whose sealed reports count for progression; empty for any
 * @param longestObjective the longest time that a rollback may be given
 * @param shortestBake the shortest bake of a phase
 * @param largestFirstWeight the largest first share of the traffic, in percent
 * @param waivers whether a permitted person may waive single findings of what this policy demands; a contract never may
 * @param trustedContract whether only a contract that was read in a trusted revision releases to protected environments
 */
public record Policy(
        String name,
        Set<EntryType> entries,
        List<RequiredCheck> checks,
        RequiredApproval approval,
        Set<String> protectedEnvironments,
        Set<String> branches,
        Set<String> ledgers,
        Duration longestObjective,
        Duration shortestBake,
        double largestFirstWeight,
        boolean waivers,
        boolean trustedContract) {
    /** Demands nothing. */
    public static final Policy NONE =
            new Policy("none", Set.of(), List.of(), null, Set.of(), Set.of(), Set.of(), null, null, Double.NaN, false);

    /** One that takes contracts from wherever they are read. */
    public Policy(
            String name,
            Set<EntryType> entries,
            List<RequiredCheck> checks,
            RequiredApproval approval,
            Set<String> protectedEnvironments,
            Set<String> branches,
            Set<String> ledgers,
            Duration longestObjective,
            Duration shortestBake,
            double largestFirstWeight,
            boolean waivers) {
        this(
                name,
                entries,
                checks,
                approval,
                protectedEnvironments,
                branches,
                ledgers,
                longestObjective,
                shortestBake,
                largestFirstWeight,
                waivers,
                false);
    }

    public Policy {
        entries = Set.copyOf(entries);
        checks = List.copyOf(checks);
        protectedEnvironments = Set.copyOf(protectedEnvironments);
        branches = Set.copyOf(branches);
        ledgers = Set.copyOf(ledgers);
    }

    /** At least {@code count} of {@code of} sign; an empty {@code of} leaves to the contract who they are. */
    public record RequiredApproval(int count, Set<String> of) {
        public RequiredApproval {
            of = Set.copyOf(of);
        }
    }

    /** Whether an environment is protected by this policy. */
    public boolean protects(String environment) {
        return protectedEnvironments.stream().anyMatch(p -> Glob.matchesText(p, environment));
    }

    /** The same with one more environment protected. */
    public Policy alsoProtecting(String environment) {
        Set<String> more = new HashSet<>(protectedEnvironments);
        more.add(environment);
        return new Policy(
                name,
                entries,
                checks,
                approval,
                more,
                branches,
                ledgers,
                longestObjective,
                shortestBake,
                largestFirstWeight,
                waivers,
                trustedContract);
    }

    /** Whether a branch may release to protected environments. */
    public boolean allowsBranch(String branch) {
        return branches.isEmpty() || branches.stream().anyMatch(p -> Glob.matchesText(p, branch));
    }

    /** Whether a job's sealed reports count for the progression of environments. */
    public boolean countsForProgression(String job) {
        return ledgers.isEmpty() || ledgers.stream().anyMatch(p -> Glob.matchesText(p, job));
    }
}
