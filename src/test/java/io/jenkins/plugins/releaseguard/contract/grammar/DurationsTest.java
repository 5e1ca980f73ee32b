// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing needs no unit, whoever writes it and where; anything else does. */
class DurationsTest {
    private static RolloutSpec rollout(String fields) throws ContractException {
        String contract = """
                apiVersion: release-guard/v1
                release: {service: shop, version: "1"}
                rollout: {%s}
                """.formatted(fields);
        return Catalog.STANDARD
                .reader()
                .parse(contract, "release.yaml", Variables.none())
                .rollout();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "'0'", "\" 0 \"", "0s"})
    void aWarmUpMayBeNothing(String nothing) throws ContractException {
        assertThat(rollout("phases: [5, 50, 100], bake: 10m, warmup: " + nothing)
                        .phases())
                .extracting(Phase::warmup)
                .containsOnly(Duration.ZERO);
        assertThat(rollout("phases: [{weight: 5, warmup: " + nothing + "}, 50, 100], bake: 10m, warmup: 3m")
                        .phases())
                .extracting(Phase::warmup)
                .startsWith(Duration.ZERO, Duration.ofMinutes(3));
    }

    @Test
    void somethingNeedsAUnit() {
        assertThatThrownBy(() -> rollout("warmup: 5"))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("a duration needs a unit here");
        assertThatThrownBy(() -> rollout("interval: 0"))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("an interval of 0s");
    }

    @Test
    void aCapitalMIsNoMinute() throws SyntaxProblem {
        for (String text : new String[] {"10M", "10 M", "1h 10M"}) {
            assertThatThrownBy(() -> Durations.parse(text)).as(text).hasMessageContaining("M is no unit");
            assertThatThrownBy(() -> ThresholdParser.parse("<= " + text))
                    .as(text)
                    .isInstanceOf(SyntaxProblem.class);
        }
        assertThatThrownBy(() -> Amounts.parse("10M")).hasMessageContaining("M is no unit");
        assertThat(Durations.parse("10 MIN")).isEqualTo(Durations.parse("10m"));
        assertThat(Amounts.parse("10MB").value()).isEqualTo(1e7);
    }
}
