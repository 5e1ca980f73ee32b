// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The rehearsal's time: {@code speed} times as fast as the clock on the wall, or what stands for it, since {@code origin}. */
public final class VirtualClock implements InstantSource {
    private final Instant origin;
    private final LongSupplier nanos;
    private final long startNanos;
    private final double speed;

    public VirtualClock(Instant origin, double speed) {
        this(origin, speed, System::nanoTime);
    }

    /** @param nanos of the wall, of which only differences mean something */
    public VirtualClock(Instant origin, double speed, LongSupplier nanos) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be above 0, not " + speed);
        }
        this.origin = origin;
        this.speed = speed;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return origin.plusNanos((long) ((nanos.getAsLong() - startNanos) * speed));
    }

    /** The wall's, or what stands for it: only differences mean something. */
    long nanos() {
        return nanos.getAsLong();
    }

    public double speed() {
        return speed;
    }

    /** How long {@code duration} of the rehearsal's time takes on the wall. */
    public Duration onTheWall(Duration duration) {
        return Duration.ofNanos((long) (duration.toNanos() / speed));
    }
}
