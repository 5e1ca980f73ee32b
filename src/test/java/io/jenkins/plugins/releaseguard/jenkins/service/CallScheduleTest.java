// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.jenkins.service.Unattended.CallSchedule;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When people are called about a matter that nobody drives (H16). */
class CallScheduleTest {
    private static final Instant START = Instant.parse("2026-11-29T08:00:00Z");

    private final CallSchedule schedule = new CallSchedule();
    private Instant now = START;

    @Test
    void whatNoChannelTookIsCalledAgainSoonAndForEver() {
        Duration before = Duration.ZERO;
        for (int i = 0; i < 50; i++) {
            assertThat(schedule.begin(now)).as("call %d", i).isTrue();
            schedule.end(false, now);
            Duration pause = Duration.between(now, schedule.next());
            assertThat(pause).isBetween(before, Duration.ofMinutes(15));
            assertThat(schedule.begin(now.plus(pause).minusMillis(1))).isFalse();
            before = pause;
            now = now.plus(pause);
        }
        assertThat(before).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void whatAChannelTookIsCalledAgainMoreSeldom() {
        assertThat(schedule.begin(now)).isTrue();
        schedule.end(false, now);
        now = schedule.next();
        assertThat(schedule.begin(now)).isTrue();
        schedule.end(true, now);
        assertThat(schedule.next()).isEqualTo(now.plus(Duration.ofMinutes(30)));
        for (int i = 0; i < 20; i++) {
            now = schedule.next();
            assertThat(schedule.begin(now)).isTrue();
            schedule.end(true, now);
        }
        assertThat(schedule.next()).isEqualTo(now.plus(Duration.ofHours(8)));
    }

    @Test
    void aChannelThatBreaksAgainIsAskedAgainSoon() {
        schedule.begin(now);
        schedule.end(true, now);
        now = schedule.next();
        schedule.begin(now);
        schedule.end(false, now);
        assertThat(schedule.next()).isEqualTo(now.plus(Duration.ofSeconds(30)));
    }

    @Test
    void neverTwoAtATimeAndNeverStuck() {
        assertThat(schedule.begin(now)).isTrue();
        assertThat(schedule.begin(now)).isFalse();
        schedule.make(() -> {
            throw new InterruptedException();
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(schedule.begin(schedule.next())).isTrue();
    }

    /** H6: a call that is due isn't put off by as much as the clock is set back. */
    @Test
    void aClockThatIsSetBackPutsNothingOff() {
        schedule.begin(now);
        schedule.end(true, now);
        Instant back = now.minus(Duration.ofDays(365));
        assertThat(schedule.begin(back)).isTrue();
        schedule.end(true, back);
        assertThat(schedule.begin(back)).isFalse();
        assertThat(schedule.next()).isBefore(back.plus(Duration.ofHours(9)));
    }
}
