// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.LaneLimits;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Workers;
import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellingTest {
    private final VirtualTimer timer = new VirtualTimer();
    private final Telling telling = new Telling(
            new Lane("telling", new LaneLimits(4, 4, 1), new Workers(3, timer, timer).share(1, 1), timer),
            new Place("shop", "listeners of shop"));
    private final List<Object> heard = new ArrayList<>();

    /** C1's kind: behind a listener that hung, all that a bake of days brings was kept in memory. */
    @Test
    void readingsThatAreOldByThenAreLeftOutWhileMuchWaits() {
        for (int i = 0; i < 2 * Telling.MOST; i++) {
            int reading = i;
            telling.tell(() -> heard.add(reading), false);
        }
        telling.tell(() -> heard.add("promoted"), true);
        timer.pass(Duration.ofSeconds(1));
        assertThat(heard).hasSize(Telling.MOST + 1).startsWith(0, 1, 2).endsWith("promoted");

        telling.tell(() -> heard.add("a reading"), false);
        timer.pass(Duration.ofSeconds(1));
        assertThat(heard).endsWith("promoted", "a reading");
    }
}
