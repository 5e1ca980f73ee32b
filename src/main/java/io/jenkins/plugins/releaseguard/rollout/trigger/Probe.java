// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A rollback entry that watches a check (data integrity, a command, an HTTP call) instead of a metric: asked again and again, it
 * breaks when it has failed for {@code sustained}. A check that can't tell neither breaks it nor quiets it.
 */
public record Probe(ValidationEntry check, Duration sustained, List<ActionSpec> procedure) {
    /** Between two questions. */
    public static final Duration EVERY = Duration.ofSeconds(30);

    public Probe {
        procedure = List.copyOf(procedure);
    }

    /** The rollback entry's id. */
    public String entry() {
        return check.id();
    }

    /** How far the condition has come with one more answer, given at {@code at} on the release's time. */
    public TriggerState next(TriggerState state, Event.Validated said, Instant at) {
        if (said.status() == EvidenceStatus.FAIL) {
            Instant since = state.since() == null ? at : state.since();
            boolean held = Duration.between(since, at).compareTo(sustained) >= 0;
            Instant complete = state.complete() != null ? state.complete() : held ? at : null;
            return new TriggerState(
                    since, at, Double.NaN, Double.NaN, complete, false, 0, 0, 0, Extent.NONE, BurnWindow.EMPTY);
        }
        boolean passed = said.status() == EvidenceStatus.PASS;
        return new TriggerState(
                passed ? null : state.since(),
                at,
                Double.NaN,
                Double.NaN,
                state.complete(),
                false,
                0,
                0,
                0,
                Extent.NONE,
                BurnWindow.EMPTY);
    }
}
