// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;
import java.time.Instant;

/**
 * A release's time, which only goes forward whatever is done to the clock on the wall: it counts on from an instant of that clock.
 * Where the wall's is set back, time goes on here; where it goes ahead, {@link #catchUp} follows it.
 */
final class SteadyClock implements ReleaseClock {
    /** How far the wall's clock may be off before a source is asked in its time: less is its own slewing. */
    private static final Duration UNNOTICED = Duration.ofSeconds(1);

    private record Anchor(Instant now, Instant wall, long nanos) {}

    private final ReleaseClock world;
    private final Timer timer;
    private final double speed;
    private volatile Anchor anchor;
    private volatile Duration ahead = Duration.ZERO;

    /**
     * @param speed how much faster than the wall the release's time runs
     * @param past the release's time does not go back behind it; null for none
     */
    SteadyClock(ReleaseClock world, Timer timer, double speed, Instant past) {
        this.world = world;
        this.timer = timer;
        this.speed = speed;
        Anchor from = anchored();
        if (past != null && past.isAfter(from.now)) {
            long behind = Duration.between(from.now, past).toNanos();
            from = new Anchor(past, from.wall.plusNanos((long) (behind / speed)), from.nanos);
        }
        this.anchor = from;
        compare();
    }

    private Anchor anchored() {
        return new Anchor(world.now(), world.wall(), timer.nanos());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    @Override
    public Instant now() {
        Anchor from = anchor;
        return from.now.plusNanos((long) ((timer.nanos() - from.nanos) * speed));
    }

    @Override
    public Instant wall() {
        Anchor from = anchor;
        return from.wall.plusNanos(timer.nanos() - from.nanos);
    }

    /** The same instant as the wall's clock has it, by which sources keep their data. */
    Instant inTheWorld(Instant at) {
        return at.plus(ahead);
    }

    /**
     * Compares with the wall's clock, and goes on from there where that is ahead by more than {@code most}.
     *
     * @return how far it was ahead then; else zero
     */
    Duration catchUp(Duration most) {
        Duration off = Duration.between(wall(), world.wall());
        if (off.compareTo(most) > 0) {
            Anchor next = anchored();
            anchor = new Anchor(later(now(), next.now), next.wall, next.nanos);
            compare();
            return off;
        }
        compare();
        return Duration.ZERO;
    }

    private void compare() {
        Duration off = Duration.between(now(), world.now());
        Duration changed = off.minus(ahead).abs();
        if (changed.toNanos() > UNNOTICED.toNanos() * speed) {
            ahead = off;
        }
    }
}
