// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One judging of evidence against what contract and policy want to see. */
final class Ruling {
    private final Contract contract;
    private final String environment;
    private final Policy policy;
    private final Deadlines deadlines;
    private final Instant now;
    private final Map<String, String> titles = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    Ruling(Contract contract, String environment, Policy policy, Deadlines deadlines, Instant now) {
        this.contract = contract;
        this.environment = environment;
        this.policy = policy;
        this.deadlines = deadlines;
        this.now = now;
    }

    /** Every piece of evidence that is wanted, in order, each with its final status. */
    List<Evidence> judge(List<Evidence> gathered) {
        List<Evidence> pool = new ArrayList<>(gathered);
        List<Evidence> judged = new ArrayList<>();
        List<CriteriaEntry> entries = Gate.entries(contract);
        for (CriteriaEntry entry : entries) {
            titles.put(entry.id(), entry.title());
            owners.put(entry.id(), entry.owner());
            for (Evidence one : ofEntry(entry, pool)) {
                judged.add(waited(WaiverRule.apply(aged(one.blocking(entry.blocker())), entry, now), entry));
            }
        }
        if (entries.isEmpty()) {
            judged.add(missing(
                    "contract",
                    "",
                    true,
                    "the contract has no pre-deploy criteria",
                    "add what must hold before the release"));
        }
        pool.stream()
                .filter(e -> e.entry().equals(PolicyEvidence.ENTRY))
                .map(this::aged)
                .forEach(judged::add);
        judged.addAll(PolicyEvidence.demands(policy, contract, environment, now));
        if (PolicyEvidence.wantsBranch(policy, contract, environment)
                && judged.stream().noneMatch(e -> e.check().equals(PolicyEvidence.BRANCH))) {
            judged.addAll(PolicyEvidence.branch(policy, contract, environment, "", now));
        }
        if (PolicyEvidence.wantsOrigin(policy, contract, environment)
                && judged.stream().noneMatch(e -> e.check().equals(PolicyEvidence.ORIGIN))) {
            judged.addAll(PolicyEvidence.origin(policy, contract, environment, null, now));
        }
        return judged;
    }

    /** Why it isn't green: blockers first, otherwise in order. */
    List<Reason> reasons(List<Evidence> judged) {
        return judged.stream()
                .filter(e -> !e.status().green())
                .sorted(Comparator.comparing(Evidence::blocker).reversed())
                .map(e -> Reason.of(
                        titles.getOrDefault(e.entry(), ""),
                        e,
                        waivableBy(e),
                        e.awaits().isBlank() ? null : deadlines.of(e.entry())))
                .toList();
    }

    /** The contract's waivers are its entries' owners' to give; what the policy demands is no contract's. */
    private List<String> waivableBy(Evidence evidence) {
        String owner = owners.getOrDefault(evidence.entry(), "");
        return owner.isBlank() ? List.of() : List.of(owner);
    }

    /** The entry's evidence, one for each check it names; takes it out of the pool. */
    private List<Evidence> ofEntry(CriteriaEntry entry, List<Evidence> pool) {
        List<Evidence> own = new ArrayList<>();
        if (entry.verify().isEmpty()) {
            own.add(missing(
                    entry.id(),
                    "",
                    entry.blocker(),
                    "the entry names no check",
                    "add verify: with a check, or waive the entry with a name and an end"));
            return own;
        }
        for (CheckSpec spec : entry.verify()) {
            own.add(pool.stream()
                    .filter(e -> e.entry().equals(entry.id()) && e.check().equals(spec.kind()))
                    .findFirst()
                    .map(e -> {
                        pool.remove(e);
                        return e;
                    })
                    .orElseGet(() ->
                            missing(entry.id(), spec.kind(), entry.blocker(), "nobody looked", "run the gate again")));
        }
        return own;
    }

    private Evidence waited(Evidence evidence, CriteriaEntry entry) {
        for (CheckSpec spec : entry.verify()) {
            if (spec.kind().equals(evidence.check())) {
                return deadlines.apply(evidence, spec);
            }
        }
        return evidence;
    }

    private Evidence aged(Evidence evidence) {
        if (evidence.status() != Status.PASS || !evidence.staleAt(now)) {
            return evidence;
        }
        Duration age = Duration.between(evidence.at(), now);
        String reason = age.isNegative()
                ? "the evidence is from the future (" + evidence.at() + ")"
                : "the evidence is stale: " + Span.text(age) + " old, at most " + Span.text(evidence.maxAge());
        return evidence.with(Status.UNKNOWN, reason, "produce the evidence again, for this release");
    }

    private Evidence missing(String entry, String check, boolean blocker, String reason, String fix) {
        return Evidence.unknown(entry, check, blocker, reason, fix, Origin.CONTROLLER, now);
    }
}
