// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.evidence.Glob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a controller or a folder demands of every release; a contract can add to it, never take away.
 *
 * @param name named in reasons, so that people know whom to ask
 * @param entries criteria with checks of their own, judged beside the contract's; they always block and no contract can
 *     waive them
 * @param demands entries and checks that the contract itself must have
 * @param environments environments that only some branches may release to, with their approvals
 * @param waivers who may sign a contract's waivers; empty for anybody
 * @param waivable whether a contract may waive anything at all
 * @param overridable whether an override counts
 * @param ledgerJobs which jobs' releases count for progression: a job must match one pattern of each list
 */
public record Policy(
        String name,
        List<CriteriaEntry> entries,
        List<Demand> demands,
        List<ProtectedEnvironment> environments,
        Set<String> waivers,
        boolean waivable,
        boolean overridable,
        List<List<String>> ledgerJobs) {
    /** Demands nothing. */
    public static final Policy NONE = new Policy("", List.of(), List.of(), List.of(), Set.of(), true, true, List.of());

    public Policy {
        entries = List.copyOf(entries);
        demands = List.copyOf(demands);
        environments = List.copyOf(environments);
        waivers = Set.copyOf(waivers);
        ledgerJobs = ledgerJobs.stream().map(List::copyOf).toList();
    }

    /**
     * The contract must have this for an environment: an entry by {@code entry} id, or a blocking entry with a check of kind
     * {@code check}; the other is empty. {@code environment} is a pattern, {@code *} for all.
     */
    public record Demand(String environment, String entry, String check) {
        public Demand {
            if (entry.isBlank() == check.isBlank()) {
                throw new IllegalArgumentException("a demand names an entry or a check");
            }
        }
    }

    /** An environment (pattern) with the branches (patterns) that may release to it and whether a sign-off must block. */
    public record ProtectedEnvironment(String environment, List<String> branches, boolean approval) {
        public ProtectedEnvironment {
            branches = List.copyOf(branches);
        }
    }

    /** Whether the releases of a job count as an earlier stage's. */
    public boolean countsForProgression(String job) {
        return ledgerJobs.stream().allMatch(patterns -> Glob.any(patterns, job));
    }

    /** Both policies at once: what either demands holds, what either forbids is forbidden. */
    public Policy and(Policy other) {
        return new Policy(
                Stream.of(name, other.name)
                        .filter(n -> !n.isBlank())
                        .reduce((a, b) -> a + ", " + b)
                        .orElse(""),
                both(entries, other.entries),
                both(demands, other.demands),
                both(environments, other.environments),
                narrowed(waivers, other.waivers),
                waivable && other.waivable && !(disjoint(waivers, other.waivers)),
                overridable && other.overridable,
                both(ledgerJobs, other.ledgerJobs));
    }

    private static boolean disjoint(Set<String> a, Set<String> b) {
        return !a.isEmpty() && !b.isEmpty() && narrowed(a, b).isEmpty();
    }

    private static Set<String> narrowed(Set<String> a, Set<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        Set<String> common = new LinkedHashSet<>(a);
        common.retainAll(b);
        return common;
    }

    private static <T> List<T> both(List<T> a, List<T> b) {
        List<T> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
