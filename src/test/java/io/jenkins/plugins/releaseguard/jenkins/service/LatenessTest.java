// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.jenkins.page.LaneRow;
import io.jenkins.plugins.releaseguard.lane.LaneLoad;
import io.jenkins.plugins.releaseguard.rollout.runner.RunnerThreads;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenessTest {
    private static LaneRow row(long oldest, long p99, long longest) {
        return Lateness.row(new LaneLoad(
                "back", 3, 1, 2, Duration.ofMillis(oldest), Duration.ofMillis(p99), Duration.ofMillis(longest)));
    }

    @Test
    void shortWaitsAreAllTheSame() {
        assertThat(row(0, 0, 12)).isEqualTo(row(4, 40, 99));
        assertThat(row(0, 0, 12))
                .isEqualTo(new LaneRow("moving traffic back", 3, 2, "under 100 ms", "under 100 ms", false));
    }

    @Test
    void aLaneIsLateWhereCallsWaitedOrWait() {
        assertThat(row(0, 1200, 4000)).isEqualTo(new LaneRow("moving traffic back", 3, 2, "1.2 sec", "4 sec", true));
        // nothing of it has begun lately: the oldest that waits is all there is
        assertThat(row(90_000, 0, 0).isLate()).isTrue();
        assertThat(row(90_000, 0, 0).longest()).isEqualTo("1 min 30 sec");
    }

    @Test
    void everyLaneHasAName() {
        try (RunnerThreads threads = new RunnerThreads()) {
            new ServiceThreads(threads.lanes());
            assertThat(threads.lanes().loads())
                    .hasSize(16)
                    .allSatisfy(load -> assertThat(Lateness.row(load).name()).contains(" "));
        }
    }

    /** C1: that the bound is reached is told, and before. */
    @Test
    void whatHangsIsToldOf() {
        assertThat(Lateness.hanging(0, 40)).isEmpty();
        assertThat(Lateness.hanging(3, 40))
                .hasValueSatisfying(said -> assertThat(said).contains("hold 3 threads", "of 40 that"));
        assertThat(Lateness.hanging(40, 40))
                .hasValueSatisfying(said -> assertThat(said).contains("have all 40"));
    }

    @Test
    void aLookIsToldOfFromASecondOn() {
        assertThat(Lateness.ofLook(Duration.ofMillis(999))).isEmpty();
        assertThat(Lateness.ofLook(Duration.ofMillis(7300))).contains("waited 7.3 sec");
    }
}
