// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The gate's answer: why it isn't green first (blockers before should-haves, in the contract's order), then all evidence as
 * judged. {@code override} is present where it changed the answer; the reasons it overruled stay.
 */
public record GateResult(
        Decision decision, List<Reason> reasons, List<Evidence> evidence, Optional<GateOverride> override) {
    public GateResult {
        reasons = List.copyOf(reasons);
        evidence = List.copyOf(evidence);
    }

    /** Who still has to sign, in the contract's order. */
    public List<String> awaits() {
        return reasons.stream()
                .map(Reason::awaits)
                .filter(a -> !a.isBlank())
                .distinct()
                .toList();
    }

    /** What stands against the release, as an override must name it. */
    public List<String> findings() {
        return evidence.stream()
                .filter(one -> one.blocker() && !one.status().green())
                .map(GateOverride::finding)
                .distinct()
                .toList();
    }

    /** When the answer changes if nobody signs; empty where nobody is waited for. */
    public Optional<Instant> deadline() {
        return reasons.stream().map(Reason::deadline).filter(Objects::nonNull).min(Instant::compareTo);
    }

    /** As the journal keeps it. */
    public Event.GateDecided event() {
        return new Event.GateDecided(
                decision.word(),
                reasons.stream().map(Reason::sentence).toList(),
                override.map(GateOverride::by).orElse(null),
                override.map(GateOverride::reason).orElse(null));
    }
}
