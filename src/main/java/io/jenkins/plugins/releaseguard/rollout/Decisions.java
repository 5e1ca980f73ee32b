// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What several rules decide in the same way; each decision is made once, and no more while it stands. */
final class Decisions {
    private static final Duration IN_SECONDS = Duration.ofSeconds(120);
    private static final double WHOLE_SECONDS = 10;
    private static final double MOST_SECONDS = 366 * 86_400;
    /** Where somebody waits for the reading, on the wall's clock. */
    static final Duration BETWEEN_READINGS = Duration.ofMillis(400);

    private Decisions() {}

    /** Nothing where the side effect is on its way already. */
    static List<Event> intend(State s, EffectKey key, String effect, String detail) {
        return s.effects().intended().contains(key)
                ? List.of()
                : List.of(new Event.Intended(key.toString(), effect, detail));
    }

    static List<Event> hold(State s, HoldCause cause, String reason) {
        return s.isHeldFor(cause) ? List.of() : List.of(new Event.Held(cause, reason));
    }

    /** @param instead how a release that only observes goes on */
    static List<Event> breach(Plan plan, Event.Breached breach, Event... instead) {
        List<Event> events = new ArrayList<>();
        events.add(breach);
        if (plan.observe()) {
            events.add(new Event.RollbackStarted(breach.reason(), 0, 0, true));
            events.addAll(List.of(instead));
        }
        return events;
    }

    /** Who ended a release that doesn't end by itself, and why. */
    static String closedBy(Event.Operated closed) {
        return "closed by " + closed.by() + ": " + closed.reason();
    }

    /** How often the router is read beside the looks, on the wall's clock. */
    static Duration atLook(Plan plan) {
        Duration look = Duration.ofNanos((long) (plan.interval().toNanos() / plan.speed()));
        return look.compareTo(BETWEEN_READINGS) < 0 ? BETWEEN_READINGS : look;
    }

    /** A reading of the router, unless the last one is younger than {@code between}. */
    static List<Effect> readRouter(State s, Instant wall, Duration between) {
        return s.router().due(wall, between) ? List.of(new Effect.ReadRouter(EffectKey.READ)) : List.of();
    }

    static boolean passed(Instant from, Instant now, Duration time) {
        return Duration.between(from, now).compareTo(time) >= 0;
    }

    /** Nothing for null, and for what no record of ours says: less than nothing, or more than a year. */
    static Duration duration(Double seconds) {
        return seconds == null || !(seconds > 0 && seconds <= MOST_SECONDS)
                ? Duration.ZERO
                : Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** In seconds; nothing where a clock was set back. */
    static double elapsed(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
    }

    /** For instance {@code 4.5 s}, {@code 45 s} or {@code 5 min}. */
    static String seconds(Duration duration) {
        double s = duration.toMillis() / 1000.0;
        return duration.compareTo(IN_SECONDS) >= 0
                ? Math.round(s / 60) + " min"
                : s >= WHOLE_SECONDS ? Math.round(s) + " s" : Math.round(s * 10) / 10.0 + " s";
    }
}
