// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurnRatesTest {
    private static final double DAY = 86400;
    private final BurnRates month = new BurnRates(0.999, 30 * DAY);

    @Test
    void ratesOfTheWorkbook() {
        assertThat(month.windows().stream().map(w -> Math.round(w.rate() * 1e9) / 1e9))
                .containsExactly(14.4, 6.0, 3.0, 1.0);
        assertThat(month.windows().stream().map(BurnRates.Window::shortSeconds))
                .containsExactly(300.0, 1800.0, 7200.0, 21600.0);
        // Google's 28 days
        List<Double> four = new BurnRates(0.999, 28 * DAY)
                .windows().stream().map(BurnRates.Window::rate).toList();
        assertThat(four.get(0)).isCloseTo(13.44, within(1e-9));
        assertThat(four.get(1)).isCloseTo(5.6, within(1e-9));
        assertThat(four.get(3)).isCloseTo(0.93333, within(1e-5));
    }

    @Test
    void aCanaryThatFailsEverythingIsSeenOnlyInItsOwnCounts() {
        BurnRates.Burn own = month.judge(s -> new Counts(s, s)).get(0);
        assertThat(own.breached()).isTrue();
        assertThat(own.longBurn()).isCloseTo(1000, within(1e-6));
        // the same canary at 1 % of the service burns ten times: below 14.4
        BurnRates.Burn service = month.judge(s -> new Counts(s, 100 * s)).get(0);
        assertThat(service.breached()).isFalse();
        assertThat(service.longBurn()).isCloseTo(10, within(1e-9));
    }

    @Test
    void bothWindowsMustBurn() {
        BurnRates.Burn over = month.judge(s -> s < 3600 ? new Counts(0, 1000) : new Counts(600, 10000))
                .get(0);
        assertThat(over.breached()).isFalse();
        assertThat(over.longBurn()).isCloseTo(60, within(1e-9));
    }

    @Test
    void noRequestsAreUnknownAndFewErrorsNoBreach() {
        BurnRates.Burn none = month.judge(s -> new Counts(0, 0)).get(0);
        assertThat(none.breached()).isFalse();
        assertThat(none.longBurn()).isNaN();
        assertThat(none.reason()).startsWith("unknown: no requests");
        assertThat(month.judge(s -> null).get(0).reason()).isEqualTo("unknown: no counts");
        assertThat(month.judge(s -> new Counts(-1, 5)).get(0).reason()).contains("long.errors is negative");
        BurnRates.Burn one = month.judge(s -> new Counts(1, 10)).get(0);
        assertThat(one.breached()).isFalse();
        assertThat(one.reason()).contains("100x", "fewer than 3 errors");
    }

    @Test
    void budget() {
        assertThat(month.budgetLeft(new Counts(250, 1_000_000))).isCloseTo(0.75, within(1e-9));
        assertThat(month.budgetLeft(new Counts(2000, 1_000_000))).isCloseTo(-1, within(1e-9));
        assertThat(month.budgetLeft(new Counts(0, 0))).isNaN();
        assertThatThrownBy(() -> new BurnRates(1, DAY)).hasMessageContaining("objective.target");
        assertThatThrownBy(() -> new BurnRates(0.9, 0)).hasMessageContaining("objective.period");
    }

    @Test
    void theBlastRadiusStopsTheCanary() {
        JudgeConfig c = JudgeConfig.builder(List.of(MetricConfig.of("e", MetricKind.RATE)), List.of(0.5))
                .blastRadius(40)
                .build();
        Look l = new Look(
                0, 30, 1000, 1000, List.of(MetricLook.counts("e", new Counts(10, 1000), new Counts(30, 1000))));
        WatchStep one = Watch.look(c, Watch.start(c), l);
        assertThat(one.verdict().action()).isEqualTo(Action.CONTINUE);
        WatchStep two = Watch.look(c, one.state(), l);
        WatchStep three = Watch.look(c, two.state(), l);
        assertThat(three.verdict().action()).isEqualTo(Action.STOP);
        assertThat(three.verdict().reason()).contains("60 extra failed requests", "budget of 40");
    }
}
