// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;

/**
 * One thing that goes wrong. Times are the release's.
 *
 * @param in the moment: when the release first stands there
 * @param phase index of the phase that is meant; -1 where the moment is no phase's
 * @param where the phase's name, empty for none
 * @param after that moment
 * @param lasts zero for what happens at once and is over, {@link #FOR_GOOD} for what stays
 */
public record Fault(FaultKind kind, Moment in, int phase, String where, Duration after, Duration lasts) {
    static final Duration FOR_GOOD = Duration.ofDays(10_000);

    boolean isMetBy(State state) {
        return Moment.of(state) == in && (phase < 0 || state.phaseIndex() == phase);
    }

    /** Such as {@code 2 min after the first moment while it bakes at 5%}. */
    String when() {
        String moment = in + (where.isEmpty() ? "" : " at " + where);
        return after.isZero() ? moment : moment + ", " + Span.text(after) + " later";
    }

    /** Such as {@code , for 12 min}; empty where there is no length. */
    String length() {
        return lasts.isZero() ? "" : lasts.equals(FOR_GOOD) ? ", for good" : ", for " + Span.text(lasts);
    }

    @Override
    public String toString() {
        return kind + ": " + when() + length();
    }
}
