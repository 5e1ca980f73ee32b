// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.VirtualClock;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.gate.Gate;
import io.jenkins.plugins.releaseguard.gate.GateResult;
import io.jenkins.plugins.releaseguard.gate.Opening;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens before traffic moves: the release is opened, evidence gathered, the gate decides. All of it stands in the journal. */
final class Rehearsal {
    private final Contract contract;
    private final String environment;
    private final RehearsalChecks checks;
    private final VirtualClock clock;

    Rehearsal(Contract contract, String environment, RehearsalChecks checks, VirtualClock clock) {
        this.contract = contract;
        this.environment = environment;
        this.checks = checks;
        this.clock = clock;
    }

    Event.Opened opened(Map<String, String> links) {
        return Opening.event(contract, environment, RehearsedSignatures.PERSON, null, links);
    }

    /** Gathers evidence and decides; true where the release may start. Where not, the release has ended. */
    boolean gate(Runner runner) throws InterruptedException {
        List<? extends Entry> entries = Gate.entries(contract);
        List<Evidence> evidence = checks.gather(entries);
        GateResult result =
                Gate.decide(contract, environment, evidence, Policy.NONE, Optional.empty(), clock.instant());
        for (Evidence one : result.evidence()) {
            entries.stream()
                    .filter(e -> e.id().equals(one.entry()))
                    .findFirst()
                    .ifPresent(e -> runner.record(one.event(e)));
        }
        runner.record(result.event());
        if (!result.decision().mayStart()) {
            String why = result.reasons().isEmpty()
                    ? result.decision().text()
                    : result.reasons().get(0).sentence();
            runner.record(new Event.Ended(ReleaseOutcome.NO_GO, true, why));
        }
        return result.decision().mayStart();
    }
}
