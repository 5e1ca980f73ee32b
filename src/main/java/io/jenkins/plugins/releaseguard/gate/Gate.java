// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides whether a release may start. Pure: the same contract, evidence, policy and time give the same answer. */
public final class Gate {
    private Gate() {}

    /** The entries that the gate judges: the contract's pre-deploy criteria. */
    public static List<CriteriaEntry> entries(Contract contract) {
        return contract.entries(CriteriaEntry.class).stream()
                .filter(e -> e.stage() == Stage.PRE_DEPLOY)
                .toList();
    }

    /**
     * Decides. {@code evidence} is what was gathered about {@link #entries}, with {@link PolicyEvidence#branch} for a
     * protected environment; what is missing counts as unknown. An override counts for what was known when it was spoken: who may
     * speak one is for whoever checks the permission. Nobody is waited for.
     */
    public static GateResult decide(
            Contract contract,
            String environment,
            List<Evidence> evidence,
            Policy policy,
            Optional<GateOverride> override,
            Instant now) {
        return decide(contract, environment, evidence, policy, override, Optional.empty(), now);
    }

    /** The same with people who may still sign: before their deadline {@link Decision#WAITING}, then what the contract states. */
    public static GateResult decide(
            Contract contract,
            String environment,
            List<Evidence> evidence,
            Policy policy,
            Optional<GateOverride> override,
            Optional<SignOffWait> patience,
            Instant now) {
        Ruling ruling = new Ruling(contract, environment, policy, new Deadlines(patience, now), now);
        List<Evidence> judged = ruling.judge(evidence);
        List<Reason> reasons = ruling.reasons(judged);
        Decision decision = decision(reasons);
        GateResult said = new GateResult(decision, reasons, judged, Optional.empty());
        boolean overruled = !decision.mayStart()
                && override.filter(spoken -> spoken.covers(said.findings(), now))
                        .isPresent();
        return overruled ? new GateResult(Decision.GO, reasons, judged, override) : said;
    }

    private static Decision decision(List<Reason> reasons) {
        List<Reason> blocking = reasons.stream().filter(Reason::blocker).toList();
        if (blocking.isEmpty()) {
            return reasons.isEmpty() ? Decision.GO : Decision.CONDITIONAL;
        }
        boolean onlySignOffs = blocking.stream()
                .allMatch(r -> r.status() == Status.UNKNOWN && !r.awaits().isBlank());
        return onlySignOffs ? Decision.WAITING : Decision.NO_GO;
    }
}
