// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Duration;
import java.time.Instant;

/**
 * What the router last said.
 *
 * @param reading its last word, null before it; an error doesn't take it back
 * @param answered when that was; null before
 * @param wall when it was last asked; null before
 * @param at the same in the release's time
 * @param error why it didn't answer then, null if it did
 * @param afterShift whether that was after the last side effect ended
 */
record RouterView(RouterReading reading, Instant answered, Instant wall, Instant at, String error, boolean afterShift) {
    static final RouterView NONE = new RouterView(null, null, null, null, null, false);

    /** @param answer null where it did not answer */
    RouterView read(RouterReading answer, String why, Stamped stamped) {
        Instant wall = stamped.wall();
        return answer == null
                ? new RouterView(reading, answered, wall, stamped.at(), why, true)
                : new RouterView(answer, wall, wall, stamped.at(), why, true);
    }

    /** A side effect ended: what was read before says nothing about it. */
    RouterView outdated() {
        return new RouterView(reading, answered, wall, at, error, false);
    }

    /** Whether the weight was read back after the last side effect. */
    boolean confirms(double weight) {
        return error == null && reading != null && afterShift && Weights.same(reading.weight(), weight);
    }

    /** Whether it was read after {@code since}, so that its word is about now. */
    boolean isNewerThan(Instant since) {
        return at != null && (since == null || !at.isBefore(since));
    }

    /** Whether it is time to ask again; a clock that was set back must not keep anybody from asking. */
    boolean due(Instant now, Duration between) {
        return wall == null || Duration.between(wall, now).abs().compareTo(between) >= 0;
    }

    /** The weight as people read it, null before the first reading. */
    String weight() {
        return reading == null ? null : Weights.text(reading.weight());
    }
}
