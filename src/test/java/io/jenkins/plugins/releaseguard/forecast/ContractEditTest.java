// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractEditTest {
    private static Optional<String> edit(String text, String place, String key, String value) {
        return ContractEdit.apply(text, new PlanChange(place, place, key, value, "why"));
    }

    private static String diff(String place, String key, String value) {
        return UnifiedDiff.of(
                        "c",
                        PlanFixture.CONTRACT,
                        edit(PlanFixture.CONTRACT, place, key, value).orElseThrow())
                .lines()
                .filter(l -> l.matches("[-+][^-+].*"))
                .reduce("", (a, b) -> a + b + "\n");
    }

    @Test
    void oneValueChangesAndNothingElse() {
        assertThat(diff("rollout", "bake", "12m")).isEqualTo("-  bake: 10m\n+  bake: 12m\n");
        assertThat(diff("metrics/lat", "allow", "30%")).isEqualTo("-    allow: 50%\n+    allow: 30%\n");
        assertThat(diff("phases/0", "weight", "10"))
                .isEqualTo("-  phases: [5, 25, 100]  # few\n+  phases: [10, 25, 100]  # few\n");
        assertThat(diff("phases/1", "maxBake", "1h 30m"))
                .isEqualTo("-  phases: [5, 25, 100]  # few\n"
                        + "+  phases: [5, {weight: 25, maxBake: 1h 30m}, 100]  # few\n");
    }

    @Test
    void aFieldThatIsNotThereComesAfterTheLastOne() {
        assertThat(diff("rollout", "noData", "2m")).isEqualTo("+  noData: 2m\n");
        assertThat(diff("metrics/err", "allow", "0.01")).isEqualTo("+    allow: 0.01\n");
        assertThat(edit("a: 1", "rollout", "bake", "5m")).contains("a: 1\n\nrollout:\n  bake: 5m\n");
        assertThat(edit("rollout: {bake: 5m}\n", "rollout", "maxBake", "9m"))
                .contains("rollout: {bake: 5m, maxBake: 9m}\n");
        assertThat(edit("rollout:\r\n  bake: 5m\r\nx: 1\r\n", "rollout", "maxBake", "9m"))
                .contains("rollout:\r\n  bake: 5m\r\n  maxBake: 9m\r\nx: 1\r\n");
        assertThat(edit("rollout:\n  phases:\n    - weight: 1\n    - 100\n", "phases/0", "bake", "9m"))
                .contains("rollout:\n  phases:\n    - weight: 1\n      bake: 9m\n    - 100\n");
        assertThat(edit("x: \"\uD83D\uDE00\"\nrollout: {bake: 5m}\n", "rollout", "bake", "6m"))
                .contains("x: \"\uD83D\uDE00\"\nrollout: {bake: 6m}\n");
    }

    @Test
    void whatIsElsewhereOrOnlyABuildKnowsIsLeftAlone() {
        assertThat(edit(PlanFixture.CONTRACT, "metrics/included", "allow", "1%"))
                .isEmpty();
        assertThat(edit(PlanFixture.CONTRACT, "phases/7", "bake", "1m")).isEmpty();
        assertThat(edit("rollout: {bake: 5m}\n", "phases/0", "bake", "1m")).isEmpty();
        assertThat(edit("rollout: {bake: \"${BAKE}\"}\n", "rollout", "bake", "1m"))
                .isEmpty();
        assertThat(edit("rollout: {bake: &b 5m, after: *b}\n", "rollout", "bake", "1m"))
                .isEmpty();
        assertThat(edit("no yaml: [", "rollout", "bake", "1m")).isEmpty();
        assertThat(edit("- a\n", "rollout", "bake", "1m")).isEmpty();
    }
}
