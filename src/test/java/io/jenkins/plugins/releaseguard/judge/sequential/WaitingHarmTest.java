// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Worse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody is let go while looks that are not yet bet on speak of harm, or while a side is empty. */
class WaitingHarmTest {
    private static final int HEALTHY = 360;

    private static JudgeConfig config(Promotion promotion, double sticky, Worse worse) {
        MetricConfig errors =
                MetricConfig.builder("e", MetricKind.RATE).worse(worse).build();
        return JudgeConfig.builder(List.of(errors), List.of(0.25, 0.5, 1.0))
                .promotion(promotion)
                .sticky(sticky)
                .longest(List.of(3600.0, 3600.0, 3600.0))
                .build();
    }

    private static Look look(double seconds, double c, double nc, double b, double nb) {
        return new Look(0, seconds, nb, nc, List.of(MetricLook.counts("e", new Counts(b, nb), new Counts(c, nc))));
    }

    /** After so many healthy looks that the phase may be left. */
    private static WatchState promoted(JudgeConfig c, Look healthy) {
        WatchState s = Watch.start(c);
        Action action = Action.CONTINUE;
        for (int i = 0; i < HEALTHY; i++) {
            WatchStep step = Watch.look(c, s, healthy);
            s = step.state();
            action = step.verdict().action();
        }
        assertThat(action).isEqualTo(Action.PROMOTE);
        return s;
    }

    @ParameterizedTest
    @EnumSource(Promotion.class)
    void harmInAnOpenBlockKeepsThePhase(Promotion promotion) {
        JudgeConfig c = config(promotion, 0, Worse.HIGHER);
        WatchState s = promoted(c, look(5, 1, 125, 4, 375));
        for (int i = 0; i < 24; i++) {
            WatchStep step = Watch.look(c, s, look(5, 60, 125, 4, 375));
            s = step.state();
            assertThat(step.verdict().action()).as("look %d", i).isNotEqualTo(Action.PROMOTE);
        }
    }

    @ParameterizedTest
    @EnumSource(Promotion.class)
    void norWhereUsersAreSticky(Promotion promotion) {
        JudgeConfig c = config(promotion, 600, Worse.HIGHER);
        WatchState s = Watch.start(c);
        for (int i = 0; i < 10 * HEALTHY; i++) {
            s = Watch.look(c, s, look(5, 1, 125, 4, 375)).state();
        }
        for (int i = 0; i < 240; i++) {
            WatchStep step = Watch.look(c, s, look(5, 75, 125, 4, 375));
            s = step.state();
            assertThat(step.verdict().action()).as("look %d", i).isNotEqualTo(Action.PROMOTE);
        }
    }

    @Test
    void fewerSuccessesAreMoreFailures() {
        JudgeConfig c = config(Promotion.BUDGET, 0, Worse.LOWER);
        WatchState s = promoted(c, look(5, 124, 125, 372, 375));
        for (int i = 0; i < 12; i++) {
            WatchStep step = Watch.look(c, s, look(5, 60, 125, 372, 375));
            s = step.state();
            assertThat(step.verdict().action()).as("look %d", i).isNotEqualTo(Action.PROMOTE);
        }
    }

    @Test
    void withoutABaselineNothingFitsABudget() {
        JudgeConfig c = config(Promotion.BUDGET, 0, Worse.HIGHER);
        WatchState s = Watch.start(c);
        for (int i = 0; i < 60; i++) {
            WatchStep step = Watch.look(c, s, look(5, i % 6, 10, 0, 0));
            s = step.state();
            assertThat(step.verdict().action()).as("look %d", i).isNotEqualTo(Action.PROMOTE);
        }
    }

    @Test
    void unknownTimeIsNoSmallTraffic() {
        JudgeConfig c = config(Promotion.BUDGET, 0, Worse.HIGHER);
        WatchStep step = Watch.look(c, Watch.start(c), look(0, 20, 100, 10, 9900));
        assertThat(step.verdict().action()).isNotEqualTo(Action.PROMOTE);
    }
}
