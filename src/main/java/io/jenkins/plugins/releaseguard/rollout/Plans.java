// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EntryHead;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.Waiver;
import io.jenkins.plugins.releaseguard.rollout.trigger.Probe;
import io.jenkins.plugins.releaseguard.rollout.trigger.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes the plan from the contract. The same contract and options make the same plan, also after a restart. */
public final class Plans {
    /** The id of what is looked at again before the first users. */
    public static final String ADMISSION = "admission";

    private static final Set<String> CHANGING = Set.of("artifact", "freeze");

    private Plans() {}

    public static Plan of(Contract contract, String environment, PlanOptions options) {
        RolloutSpec rollout = contract.rollout();
        List<Trigger> triggers = triggers(contract);
        return new Plan(
                contract.release().service(),
                contract.release().version(),
                environment,
                rollout.phases(),
                options.movement(),
                options.bodies(),
                options.enclosed(),
                rollout.undecided(),
                rollout.interval(),
                rollout.noData(),
                rollout.after(),
                contract.release().objective(),
                options.speed(),
                options.observe(),
                Boolean.FALSE.equals(contract.release().change().reversible()),
                contract.metrics(),
                triggers,
                probes(contract),
                fallback(contract),
                contract.entries(ValidationEntry.class).stream()
                        .filter(v ->
                                v.stage() == Stage.POST_DEPLOY && !v.verify().isEmpty())
                        .toList(),
                options.admitted() ? admission(contract) : null,
                JudgeConfigs.of(contract, rollout, triggers));
    }

    /**
     * The must-haves of the gate that can change between its answer and the first users, each with nothing but those checks.
     *
     * @param counts whether a waiver still counts when it is looked: what it waives, and nothing else, is left out
     */
    public static List<CriteriaEntry> changing(Contract contract, Predicate<Waiver> counts) {
        return contract.entries(CriteriaEntry.class).stream()
                .filter(e -> e.blocker() && e.stage() == Stage.PRE_DEPLOY)
                .map(e -> new CriteriaEntry(
                        e.head(),
                        e.requirement(),
                        e.verify().stream()
                                .filter(check -> isLookedAtAgain(check.kind()))
                                .filter(check -> {
                                    Waiver waiver = e.waiverOf(check.kind());
                                    return waiver == null || !counts.test(waiver);
                                })
                                .toList(),
                        true,
                        e.category(),
                        e.maxAge()))
                .filter(e -> !e.verify().isEmpty())
                .toList();
    }

    /** Whether what a check of this kind saw is looked at again before the first users, since it can have changed meanwhile. */
    public static boolean isLookedAtAgain(String kind) {
        return CHANGING.contains(kind);
    }

    private static ValidationEntry admission(Contract contract) {
        // a plan knows no clock: which waivers count is asked when it is looked
        List<CheckSpec> checks = changing(contract, waiver -> false).stream()
                .flatMap(e -> e.verify().stream())
                .toList();
        EntryHead head = new EntryHead(
                ADMISSION,
                Stage.DEPLOY,
                "The artifact and the freeze windows, again before the first users",
                "",
                List.of(),
                contract.release().at());
        return new ValidationEntry(head, "", "Automated", checks, "", "", true);
    }

    private static List<Trigger> triggers(Contract contract) {
        List<Trigger> triggers = new ArrayList<>();
        for (RollbackEntry entry : contract.entries(RollbackEntry.class)) {
            Metric metric = contract.metric(entry.metric()).orElse(null);
            if (metric != null && entry.threshold() != null) {
                triggers.add(trigger(contract, entry, metric, entry.threshold(), false));
            }
            if (metric != null && entry.warn() != null) {
                triggers.add(trigger(contract, entry, metric, entry.warn(), true));
            }
        }
        return triggers;
    }

    private static Trigger trigger(
            Contract contract, RollbackEntry entry, Metric metric, Threshold threshold, boolean warns) {
        ThresholdTerms.Joint joint = threshold.terms().joint();
        List<Trigger> parts = joint == null
                ? List.of()
                : joint.conditions().stream()
                        .map(one -> new Trigger(
                                entry.id(),
                                entry.title(),
                                of(contract, one, metric),
                                one,
                                List.of(),
                                List.of(),
                                List.of(),
                                warns,
                                false))
                        .toList();
        return new Trigger(
                        entry.id(),
                        entry.title(),
                        of(contract, threshold, metric),
                        threshold,
                        entry.procedure(),
                        entry.notification(),
                        parts,
                        warns,
                        false)
                .named();
    }

    /** The metric that a condition speaks of. Lint has refused one that isn't there; here the entry's own stands in for it. */
    private static Metric of(Contract contract, Threshold condition, Metric own) {
        return contract.metric(condition.terms().metric()).orElse(own);
    }

    private static List<Probe> probes(Contract contract) {
        return contract.entries(RollbackEntry.class).stream()
                .filter(e -> e.check() != null)
                .map(e -> new Probe(
                        new ValidationEntry(e.head(), e.trigger(), "Automated", List.of(e.check()), "", e.id(), true),
                        e.threshold() == null ? Duration.ZERO : e.threshold().sustained(),
                        e.procedure()))
                .toList();
    }

    /**
     * What an abort does: the first procedure for what people decide, else the first that the contract has. Traffic goes back in any
     * case.
     */
    private static List<ActionSpec> fallback(Contract contract) {
        List<RollbackEntry> entries = contract.entries(RollbackEntry.class);
        return Stream.concat(entries.stream().filter(e -> !e.person().isBlank()), entries.stream())
                .map(RollbackEntry::procedure)
                .filter(p -> !p.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
