// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final String SHA = "0123456789abcdef".repeat(4);

    @Test
    void theFirstEventSaysWhichReleaseItIsAsItsContractHasIt() throws Exception {
        Contract contract = Catalog.STANDARD.reader().parse("""
                        apiVersion: release-guard/v1
                        release:
                          service: checkout
                          version: 1.2.0
                          commit: abc1234
                          owner: shop
                          artifacts: [{file: app.jar, sha256: %s}]
                          rollback: {objective: 90s}
                        risks:
                          - {id: RISK-001, title: Slow start, likelihood: low, impact: high, status: open,
                             mitigation: warm it up, owner: shop}
                        """.replace("%s", SHA), "release.yaml", Variables.none());

        Event.Opened opened =
                Opening.event(contract, "production", "grace", "shop#7", Map.of("build", "https://ci/shop/7"));

        assertThat(opened.service()).isEqualTo("checkout");
        assertThat(opened.version()).isEqualTo("1.2.0");
        assertThat(opened.environment()).isEqualTo("production");
        assertThat(opened.artifacts()).containsExactly(Map.entry("app.jar", SHA));
        assertThat(opened.objectiveSeconds()).isEqualTo(90);
        assertThat(opened.by()).isEqualTo("grace");
        assertThat(opened.build()).isEqualTo("shop#7");
        assertThat(opened.risks()).singleElement().satisfies(risk -> {
            assertThat(risk.id()).isEqualTo("RISK-001");
            assertThat(risk.mitigation()).isEqualTo("warm it up");
        });
    }

    @Test
    void decisionsHaveTheJournalsWords() {
        assertThat(Decision.values())
                .extracting(Decision::text)
                .containsExactly("go", "no-go", "conditional", "waiting");
    }
}
