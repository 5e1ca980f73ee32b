// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The rehearsal's time: {@code speed} times as fast as the clock on the wall since {@code origin}. */
public final class VirtualClock implements InstantSource {
    private final Instant origin;
    private final long startNanos = System.nanoTime();
    private final double speed;

    public VirtualClock(Instant origin, double speed) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be above 0, not " + speed);
        }
        this.origin = origin;
        this.speed = speed;
    }

    @Override
    public Instant instant() {
        return origin.plusNanos((long) ((System.nanoTime() - startNanos) * speed));
    }

    public double speed() {
        return speed;
    }

    /** How long {@code duration} of the rehearsal's time takes on the wall. */
    public Duration onTheWall(Duration duration) {
        return Duration.ofNanos((long) (duration.toNanos() / speed));
    }
}
