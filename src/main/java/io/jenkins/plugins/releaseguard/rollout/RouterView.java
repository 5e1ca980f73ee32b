// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.effect.router.RouterGround;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Duration;
import java.time.Instant;

/**
 * What the router last said.
 *
 * @param reading its last word, null before it; an error doesn't take it back
 * @param answered when that was; null before
 * @param wall when that, or why there was none, came; null before
 * @param at the same in the release's time
 * @param asked when the question was put, on the release's time: the answer may be as old as that
 * @param error why it didn't answer then, null if it did
 * @param changed when the last side effect ended, on the release's time; null for none
 * @param replaced which process had users of the canary when another took its place, and nobody can ask it; null for none
 */
record RouterView(
        RouterReading reading,
        Instant answered,
        Instant wall,
        Instant at,
        Instant asked,
        String error,
        Instant changed,
        String replaced) {
    static final RouterView NONE = new RouterView(null, null, null, null, null, null, null, null);

    /** What it said; null where it gave no answer. */
    static RouterReading reading(Event.RouterRead read) {
        if (read.error() != null) {
            return null;
        }
        Event.Behind behind = read.behind();
        return new RouterReading(
                read.weight(),
                read.canaryRequests(),
                read.baselineRequests(),
                read.canarySessions(),
                read.baselineServing(),
                behind == null
                        ? RouterGround.NONE
                        : new RouterGround(
                                behind.set(), behind.idle(), behind.unfit(), behind.process(), behind.elsewhere()));
    }

    /** Whether its share is another than {@code before} because a server came or went, and by nobody's hand. */
    boolean movedByServers(RouterView before) {
        return before.reading != null && reading != null && reading.ground().movedByServers(before.reading.ground());
    }

    /** The servers that take less than was set, between {@code head} and {@code tail}; empty where none is known. */
    String idle(String head, String tail) {
        String idle = reading == null ? null : reading.ground().idle();
        return idle == null || idle.isEmpty() ? "" : head + idle + tail;
    }

    /**
     * @param answer null where it did not answer
     * @param put when it was asked; null where that is not known
     */
    RouterView read(RouterReading answer, String why, Instant put, Stamped stamped) {
        Instant wall = stamped.wall();
        Instant at = stamped.at();
        Instant asked = put == null || put.isAfter(at) ? at : put;
        return answer == null
                ? new RouterView(reading, answered, wall, at, asked, why, changed, replaced)
                : new RouterView(answer, wall, wall, at, asked, why, changed, replaced(answer));
    }

    /** One that is replaced keeps the connections that it has; counters and sessions of the new one say nothing of them. */
    private String replaced(RouterReading answer) {
        String process = reading == null ? null : reading.ground().process();
        boolean another = process != null
                && answer != null
                && answer.ground().process() != null
                && !answer.ground().process().equals(process);
        return another && (reading.weight() != 0 || reading.canarySessions() > 0) ? process : replaced;
    }

    /** Where the canary may have users though the router gives it none; null for nowhere. */
    String elsewhere() {
        if (reading != null && reading.ground().elsewhere() != null) {
            return reading.ground().elsewhere();
        }
        return replaced == null
                ? null
                : "the router's process was replaced (" + replaced
                        + " before) while the canary had users, and nobody can"
                        + " ask the old one whether it still carries them: see that it has ended, and close the release;"
                        + " with its master's socket set up it would be asked";
    }

    /** A side effect ended: what was asked before says nothing about it. */
    RouterView outdated(Instant ended) {
        return new RouterView(reading, answered, wall, at, asked, error, ended, replaced);
    }

    /** Whether it was asked after the last side effect ended. */
    boolean afterShift() {
        return asked != null && (changed == null || !asked.isBefore(changed));
    }

    /** Whether the weight was read back after the last side effect. */
    boolean confirms(double weight) {
        return error == null && reading != null && afterShift() && Weights.same(reading.weight(), weight);
    }

    /** Whether it was asked at {@code since} or later. */
    boolean isAskedSince(Instant since) {
        return asked != null && !asked.isBefore(since);
    }

    /** Whether its word came at {@code since} or later. */
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
