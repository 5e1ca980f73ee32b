// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A verdict's sentence reads as a person would say it. */
class WordingTest {
    private static final List<Double> BASELINE = List.of(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46);
    private static final List<Double> LOWER = List.of(1.15, 0.88, 0.90, 0.74, 1.21);

    @Test
    void aShiftDownIsLowerAndNotMinusHigher() {
        String reason = reason(LOWER, BASELINE);
        assertThat(reason).contains(" lower, p = ").doesNotContain("higher");
        assertThat(reason(BASELINE, LOWER)).contains(" higher, p = ").doesNotContain("lower");
    }

    @Test
    void oneMoreValueIsSingular() {
        assertThat(Quantity.count(0.2, "more value")).isEqualTo("1 more value");
        assertThat(Quantity.count(36.5, "more value")).isEqualTo("37 more values");
    }

    private static String reason(List<Double> canary, List<Double> baseline) {
        MetricConfig gauge =
                MetricConfig.builder("m", MetricKind.GAUGE).worse(Worse.EITHER).build();
        return new ValueComparison(0.05, gauge)
                .judge(MetricLook.values("m", baseline, canary))
                .reason();
    }
}
