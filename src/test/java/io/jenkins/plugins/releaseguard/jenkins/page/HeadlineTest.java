// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadlineTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aWarmUpIsSaidWithWhatIsLeftOfIt() throws Exception {
        Plan plan = Plans.of(
                Catalog.STANDARD.reader().parse("""
                                apiVersion: release-guard/v1
                                release: {service: shop, version: "2", commit: abc, owner: team}
                                metrics:
                                  - {id: MON-001, name: errors, kind: rate, source: p, errors: "e", total: "t", worse: higher}
                                rollout: {phases: [5, 100], router: r}
                                entries: []
                                """, "release.yaml", Variables.none()),
                "production",
                PlanOptions.ALONE);
        State warming = Fold.all(
                plan,
                List.of(
                        new Stamped(1, T, T, new Event.Armed(Map.of())),
                        new Stamped(2, T, T, new Event.CanaryStarted(List.of())),
                        new Stamped(3, T, T, new Event.PhaseStarted(0, "5%", 5, "")),
                        new Stamped(4, T, T, new Event.BakeStarted(0, 120.0)),
                        at(40)));
        assertThat(Headline.sentence(warming))
                .isEqualTo("Phase 1: warming up, 80 s left; limits hold, and nothing is bet on the new version yet.");
        assertThat(Headline.sentence(Fold.apply(plan, warming, at(130))))
                .isEqualTo("Phase 1: the new version is compared with the old one.");
    }

    private static Stamped at(int seconds) {
        Instant at = T.plusSeconds(seconds);
        return new Stamped(seconds, at, at, new Event.LookLate(0));
    }
}
