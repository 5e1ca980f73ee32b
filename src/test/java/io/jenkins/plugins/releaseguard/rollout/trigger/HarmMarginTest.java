// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The harm that matters is the one beyond all conditions of an "and", and beyond any of an "or". */
class HarmMarginTest {
    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: shop, version: "2", owner: team}
            metrics:
              - {id: MON-001, name: error rate, kind: rate, source: p, errors: "e", total: "t"%s}
              - {id: MON-002, name: latency, kind: latency, unit: ms, source: p, histogram: "h_bucket"}
              - {id: MON-003, name: queue, kind: gauge, source: p, values: "q"}
            rollout: {phases: [5, 50, 100], bake: 5m, router: r, interval: 5s}
            entries:
              - {id: DEP-003, type: Rollback, owner: team, metric: %s, threshold: "%s", procedure: [{traffic: 0}]}
            """;

    private static MetricConfig judged(String own, String metric, String threshold, Map<String, Double> levels)
            throws ContractException {
        Contract contract = Catalog.STANDARD
                .reader()
                .parse(CONTRACT.formatted(own, metric, threshold), "release.yaml", Variables.none());
        Plan plan = Plans.of(contract, "production", PlanOptions.ALONE);
        Captured captured = Captured.NOTHING.with(new Event.Armed(levels, false, null, true, null));
        return HarmMargin.both(plan.judge(), plan.triggers(), captured).metrics().stream()
                .filter(m -> m.id().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0} {1} at {2}: {3}")
    @CsvSource({
        // 20 ms are less than half of 60 ms, and as much as all of 20 ms
        "MON-002, p95 > 1.5x baseline and > 20ms above it, 60, 50%",
        "MON-002, p95 > 1.5x baseline and > 20ms above it, 20, 100%",
        "MON-002, p95 > 20ms above baseline and > 1.5x baseline, 20, 100%",
        "MON-002, p95 > 1.5x baseline or p95 > 20ms above baseline, 20, 50%",
        "MON-002, p95 > 1.5x baseline or p95 > 20ms above baseline, 60, 33.3333333333%",
        "MON-002, p95 > 1.5x baseline and > 20ms above it, NaN, 50%",
        "MON-002, p95 > 1.5x baseline and > 500ms, 20, 50%",
        "MON-002, p95 > 500ms and > 1.5x baseline, 20, 50%",
        "MON-001, > 2x baseline and > 0.5% above it, 0.001, 0.005",
        "MON-001, > 2x baseline and > 0.5% above it, 0.02, 100%",
        "MON-001, > 2x baseline and > 0.5% above it, 0, 0.005",
        "MON-001, > 2x baseline and > 2%, 0.001, 0.02",
        "MON-001, > 2x baseline and > 2%, 0.05, 100%",
        "MON-001, > 5% or > 2x baseline, 0.01, 100%",
        "MON-001, > 2x baseline and MON-002 p95 > 500ms, 0.01, 100%",
        "MON-003, > 2x baseline and > 10 above it, 5, 10",
        "MON-003, > 2x baseline and > 10 above it, 50, 100%",
        // one condition says what it always said
        "MON-001, > 2%, 0.5, 0.02",
        "MON-002, p95 > 1.5x baseline, 20, 50%",
    })
    void isWhatTheConditionsSayTogether(String metric, String threshold, double level, String allow) throws Exception {
        Map<String, Double> levels = Double.isNaN(level) ? Map.of() : Map.of(metric, level, "MON-002 p95", level);

        assertThat(judged("", metric, threshold, levels).allow()).hasToString(allow);
    }

    @Test
    void aMetricsOwnMarginStands() throws Exception {
        MetricConfig m =
                judged(", allow: 7%", "MON-001", "> 2x baseline and > 0.5% above it", Map.of("MON-001", 0.001));

        assertThat(m.allow()).hasToString("7%");
    }
}
