// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.START;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.Counts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BurnWindowTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Looks of ten seconds, each with one error among a hundred. */
    private static BurnWindow lived(int looks, Duration keep) {
        BurnWindow window = BurnWindow.EMPTY;
        for (int i = 0; i < looks; i++) {
            window = window.with(START.plusSeconds(10L * i), START.plusSeconds(10L * i + 10), 1, 100, keep);
        }
        return window;
    }

    @Test
    void whatIsOlderThanTheWindowDoesNotCount() {
        BurnWindow window = lived(10, HOUR);
        assertThat(window.counts(seconds(30))).isEqualTo(new Counts(3, 300));
        assertThat(window.counts(HOUR)).isEqualTo(new Counts(10, 1000));
        assertThat(window.span()).isEqualTo(seconds(100));
    }

    @Test
    void whatIsOlderThanAllWindowsIsForgotten() {
        BurnWindow window = lived(100, seconds(60));
        assertThat(window.buckets()).hasSize(6);
        assertThat(window.counts(HOUR)).isEqualTo(new Counts(6, 600));
    }

    /** A window of days is kept in some hundred pieces, and nothing of it is lost. */
    @Test
    void aLongWindowTakesABoundedRoom() {
        Duration week = Duration.ofDays(7);
        BurnWindow window = lived(5000, week);
        assertThat(window.buckets()).hasSizeBetween(20, 60);
        assertThat(window.counts(week)).isEqualTo(new Counts(5000, 500_000));
        assertThat(window.span()).isEqualTo(seconds(50_000));
        // pieces of a three hundred and sixtieth are shorter than the looks
        assertThat(lived(30, HOUR).buckets()).hasSize(30);
    }

    @Test
    void nothingLivedIsNothing() {
        assertThat(BurnWindow.EMPTY.counts(HOUR)).isEqualTo(new Counts(0, 0));
        assertThat(BurnWindow.EMPTY.span()).isZero();
    }

    @Test
    void theNewVersionsWindowBeginsEmptyAndGoesOn() {
        BurnWindow canary = lived(3, HOUR).ofCanary();
        assertThat(canary.canary()).isTrue();
        assertThat(canary.buckets()).isEmpty();
        BurnWindow later = canary.with(START, START.plusSeconds(10), 1, 100, HOUR);
        assertThat(later.ofCanary()).isSameAs(later);
    }
}
