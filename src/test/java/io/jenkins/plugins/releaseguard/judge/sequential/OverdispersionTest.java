// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.testing.SeededDraws;
import org.junit.jupiter.api.Test;

/** How large clusters of events are taken to be. */
class OverdispersionTest {
    private static final double REQUESTS = 1000;

    private static Overdispersion seen(int looks, double cluster) {
        SeededDraws draw = new SeededDraws(11);
        Overdispersion s = Overdispersion.NONE;
        for (int k = 0; k < looks; k++) {
            s = s.look(events(draw, cluster), REQUESTS, events(draw, cluster), REQUESTS);
        }
        return s;
    }

    private static double events(SeededDraws draw, double cluster) {
        return cluster * draw.poisson(30 / cluster);
    }

    @Test
    void untilMuchWasSeenEventsAreTakenToComeInFives() {
        assertThat(Overdispersion.NONE.size()).isEqualTo(5);
        assertThat(Overdispersion.NONE.bursts()).isTrue();
    }

    @Test
    void eventsThatComeOneByOneAreFoundToDoSo() {
        Overdispersion one = seen(4000, 1);
        assertThat(one.size()).isCloseTo(1, within(0.15));
        assertThat(one.bursts()).isFalse();
    }

    /** An estimate of few clusters is too small more often than too large, and too small a size proves too soon. */
    @Test
    void clustersThatWereSeenAreTakenForATenthLarger() {
        Overdispersion five = seen(4000, 5);
        assertThat(five.bursts()).isTrue();
        assertThat(five.size()).isCloseTo(5.5, within(0.3));
    }
}
