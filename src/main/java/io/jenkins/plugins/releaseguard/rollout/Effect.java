// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import java.time.Instant;

/**
 * Something the runner is asked to do. {@code key} tells one wish from the next: the runner does nothing about a key that is
 * already under way, and a key survives a restart, so that what it names can be made idempotent.
 */
public sealed interface Effect {
    EffectKey key();

    /** Move traffic through the router; answered by {@code Done}. */
    record Shift(EffectKey key, double weight) implements Effect {}

    /** Ask the router what is true; answered by {@code RouterRead}. */
    record ReadRouter(EffectKey key) implements Effect {}

    /** Ask the sources for the interval; answered by {@code Looked}. */
    record Look(EffectKey key, int phase, Instant from, Instant to) implements Effect {}

    /** Ask the sources again for the baseline before the deployment; answered by {@code Armed} where they say something. */
    record Capture(EffectKey key, Instant to) implements Effect {}

    /** Run the Pipeline body of a phase; answered by {@code BodyEnded}. Weight 0 is the way back. */
    record RunBody(EffectKey key, int phase, int attempt, double weight, String audience) implements Effect {}

    /** Carry out an action of a rollback procedure; answered by {@code Done}. */
    record Act(EffectKey key, String entry, ActionSpec action) implements Effect {}

    /** Call people; answered by {@code Done}, without an error when a channel took it. */
    record Call(EffectKey key, String text) implements Effect {}

    /** Run a post-deploy validation; answered by {@code Validated}. */
    record Validate(EffectKey key, ValidationEntry entry) implements Effect {}
}
