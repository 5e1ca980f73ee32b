// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** H6: whatever is done to the clock on the wall, a release's time goes on, and not back. */
class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTimer timer = new VirtualTimer();
    private final long origin = timer.nanos();
    private Duration set = Duration.ZERO;
    private double worldsSpeed = 1;

    private final ReleaseClock world = new ReleaseClock() {
        @Override
        public Instant now() {
            return START.plusNanos((long) ((timer.nanos() - origin) * worldsSpeed))
                    .plus(set);
        }

        @Override
        public Instant wall() {
            return START.plusNanos(timer.nanos() - origin).plus(set);
        }
    };

    private SteadyClock clock(double speed, Instant past) {
        worldsSpeed = speed;
        return new SteadyClock(world, timer, speed, past);
    }

    @Test
    void itGoesWithTheTimerWhateverTheWallSays() {
        SteadyClock clock = clock(1, null);
        timer.pass(MINUTE);
        set = Duration.ofHours(-1);
        assertThat(clock.now()).isEqualTo(START.plus(MINUTE));
        assertThat(clock.wall()).isEqualTo(START.plus(MINUTE));
        assertThat(clock.catchUp(MINUTE)).isZero();
        timer.pass(MINUTE);
        assertThat(clock.now()).isEqualTo(START.plus(MINUTE.multipliedBy(2)));
    }

    /** By which sources keep their data. */
    @Test
    void itKnowsHowFarItIsFromTheWorld() {
        SteadyClock clock = clock(1, null);
        assertThat(clock.inTheWorld(START)).isEqualTo(START);
        set = Duration.ofSeconds(-30);
        assertThat(clock.inTheWorld(START)).as("not compared yet").isEqualTo(START);
        clock.catchUp(MINUTE);
        assertThat(clock.inTheWorld(START)).isEqualTo(START.minusSeconds(30));
    }

    @Test
    void aWallThatIsFarAheadIsFollowed() {
        SteadyClock clock = clock(1, null);
        set = MINUTE;
        assertThat(clock.catchUp(MINUTE)).as("not further than that").isZero();
        assertThat(clock.now()).isEqualTo(START);
        set = MINUTE.plusMillis(1);
        assertThat(clock.catchUp(MINUTE)).isEqualTo(set);
        assertThat(clock.now()).isEqualTo(START.plus(set));
        assertThat(clock.inTheWorld(START)).isEqualTo(START);
        assertThat(clock.catchUp(MINUTE)).isZero();
    }

    @Test
    void theTimeOfARehearsalRunsFaster() {
        SteadyClock clock = clock(10, null);
        timer.pass(MINUTE);
        assertThat(clock.now()).isEqualTo(START.plus(MINUTE.multipliedBy(10)));
        assertThat(clock.wall()).isEqualTo(START.plus(MINUTE));
        clock.catchUp(MINUTE);
        assertThat(clock.inTheWorld(START)).isEqualTo(START);
    }

    /** A clock that was set back before a restart. */
    @Test
    void itDoesNotGoBackBehindItsPast() {
        Instant past = START.plus(MINUTE.multipliedBy(10));
        SteadyClock clock = clock(10, past);
        assertThat(clock.now()).isEqualTo(past);
        assertThat(clock.wall()).as("as long ago on the wall").isEqualTo(START.plus(MINUTE));
        assertThat(clock.inTheWorld(past)).isEqualTo(START);
        SteadyClock later = clock(10, START.minus(MINUTE));
        assertThat(later.now()).isEqualTo(START);
        assertThat(later.wall()).isEqualTo(START);
    }
}
