// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What readings of the router, and looks where there is none, say about a way back. */
final class RollbackFold {
    /** A body that came back well and left the traffic where it was is called again. */
    private static final Duration BODY_AGAIN = Duration.ofSeconds(30);

    private RollbackFold() {}

    /**
     * The router was read.
     *
     * @param s with the reading
     * @param before what the router had said until then
     */
    static State read(Plan plan, State s, RouterView before, RouterReading reading, Instant wall) {
        RollbackState r = s.rollback();
        boolean had = hadUsers(plan, s);
        boolean zero = reading != null && Weights.same(reading.weight(), 0);
        if (s.life() == Lifecycle.RECOVERING) {
            return zero && r.progress().escalated()
                    ? s.with(r.withHolding()).with(s.calls().over(Occasion.ROLLBACK))
                    : s;
        }
        if (r.shift().accepted() != null) {
            return s.with(readBack(r, had, reading, s.router(), wall));
        }
        // before the first try a reading may be older than the breach, and a shift to the canary still be under way
        if (reading == null || r.shift().attempt() == 0) {
            return s;
        }
        if (zero) {
            return s.with(readBack(r.withSeen(wall), had, reading, s.router(), wall));
        }
        return before.error() != null ? s.with(r.withAnswering()) : s;
    }

    /**
     * Whether users may have been given to the new version: those need a last good one at work to go back to. One that was down before
     * anybody was moved is no news of the way back, and waiting for it would never end.
     */
    private static boolean hadUsers(Plan plan, State s) {
        return s.effects().intended().stream()
                .filter(key -> key.kind() == EffectKey.Kind.SHIFT || key.kind() == EffectKey.Kind.BODY)
                .anyMatch(key -> key.index() >= plan.phases().size()
                        || plan.phases().get(key.index()).weight() > 0);
    }

    /** @param had whether users may have been given to the new version */
    private static RollbackState readBack(
            RollbackState rollback, boolean had, RouterReading reading, RouterView router, Instant wall) {
        if (reading == null) {
            return rollback.withReading(false, false, Double.NaN, router.error());
        }
        if (!Weights.same(reading.weight(), 0)) {
            return rollback.withLost(wall, "the router reads " + Weights.text(reading.weight()) + " instead of 0 %");
        }
        boolean shut = !(reading.canarySessions() > 0);
        boolean serving = !had || Boolean.TRUE.equals(reading.baselineServing());
        String why = !serving
                ? "the router does not say that the last good version is serving"
                : shut ? null : Math.round(reading.canarySessions()) + " sessions are still open to the canary";
        String elsewhere = had ? router.elsewhere() : null;
        return rollback.withReading(
                true,
                shut && serving && elsewhere == null,
                reading.canaryRequests(),
                serving && elsewhere != null ? elsewhere : why);
    }

    /** A phase's body came to its end after the one that goes back, and may have moved the traffic to the canary after it. */
    static State overtaken(State s, Instant wall) {
        RollbackState r = s.rollback();
        boolean moved = r.breach().way() == Way.BODY && r.shift().accepted() != null;
        return moved && s.life() == Lifecycle.ROLLING_BACK
                ? s.with(r.withLost(wall, "the body of a phase was still moving traffic"))
                : s;
    }

    /** Without a router the canary's own request counts must show that it gets nothing any more. */
    static State looked(State s, Event.Looked looked, Instant wall) {
        RollbackState r = s.rollback();
        List<Double> totals = looked.samples().stream()
                .map(Event.Sample::canaryTotal)
                .filter(Objects::nonNull)
                .toList();
        boolean through = r.shift().accepted() != null || Procedure.next(r) == null;
        if (r.progress().decided() == null || !through || totals.isEmpty() && s.life() == Lifecycle.RECOVERING) {
            return s;
        }
        if (totals.isEmpty()) {
            return s.with(r.withReading(
                    false,
                    false,
                    0,
                    "without a router only a metric with request counts could show that the canary gets none,"
                            + " and no such metric answered"));
        }
        if (totals.stream().allMatch(total -> total == 0)) {
            return s.with(r.withReading(true, true, 0, null));
        }
        String answers = "the canary still answers requests";
        boolean again = s.life() == Lifecycle.ROLLING_BACK
                && r.breach().way() == Way.BODY
                && r.shift().accepted() != null
                && Duration.between(r.shift().accepted(), wall).compareTo(BODY_AGAIN) >= 0;
        return s.with(again ? r.withLost(wall, answers) : r.withReading(false, false, 0, answers));
    }
}
