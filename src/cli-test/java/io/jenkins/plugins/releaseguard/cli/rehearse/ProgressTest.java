// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aWarmUpIsToldWithWhatIsLeftOfItAndThenTheBake() throws Exception {
        Contract contract = Catalog.STANDARD.reader().parse("""
                        apiVersion: release-guard/v1
                        release: {service: shop, version: "2", commit: abc, owner: team}
                        metrics:
                          - {id: MON-001, name: errors, kind: rate, source: p, errors: "e", total: "t", worse: higher}
                        rollout: {phases: [5, 100], router: r}
                        entries: []
                        """, "release.yaml", Variables.none());
        assertThat(Tempo.length(contract.rollout()).toMinutes())
                .as("two bakes, the last one, and a warm-up")
                .isEqualTo(3 * 15 + 2);
        Plan plan = Plans.of(contract, "production", PlanOptions.ALONE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Progress progress =
                new Progress(plan, new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, 80));
        tell(progress, 0, new Event.PhaseStarted(0, "5%", 5, ""));
        tell(progress, 1, new Event.BakeStarted(0, 120.0));
        tell(progress, 41, look(41));
        tell(progress, 181, look(181));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "phase 5 %: weight confirmed, warming up for 2 min, then baking for 15 min",
                        "5 % · warming up, 80 s left", "5 % · 14 min left");
    }

    private static void tell(Progress progress, int seconds, Event event) {
        Instant at = T.plusSeconds(seconds);
        progress.happened(new Stamped(seconds + 1, at, at, event), null);
    }

    private static Event look(int seconds) {
        return new Event.Looked(0, T.plusSeconds(seconds - 5), T.plusSeconds(seconds), List.of(), null);
    }
}
