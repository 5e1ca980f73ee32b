// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import io.jenkins.plugins.releaseguard.rollout.sample.JudgeLooks;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A count comes without a total: the planned share says how much of it is the canary's. */
class CountMetricTest {
    private static final String CONTRACT = FakeRolloutWorld.CONTRACT
            .replace(
                    "kind: rate, source: prometheus, errors: \"e\", total: \"t\",",
                    "kind: count, source: prometheus, values: \"v\",")
            .replace("\">2% of requests for 1 minute\"", "\"> 1000 for 1 minute\"");

    @Test
    void exceptionsOfTheCanaryStopIt() {
        Plan plan = Plans.of(FakeRolloutWorld.read(CONTRACT), "production", PlanOptions.ALONE);
        assertThat(looks(plan, 20).verdict().action()).isEqualTo(Action.STOP);
    }

    @Test
    void asManyAsItsShareAreFine() {
        Plan plan = Plans.of(FakeRolloutWorld.read(CONTRACT), "production", PlanOptions.ALONE);
        assertThat(looks(plan, 1).verdict().action()).isNotIn(Action.STOP, Action.HOLD);
    }

    private static WatchStep looks(Plan plan, double canary) {
        WatchState state = Watch.start(plan.judge());
        WatchStep step = null;
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 100; i++) {
            Event.Sample sample = new Event.Sample("MON-001", canary, null, 19.0, null, null, null, null, null, null);
            Event.Looked looked = new Event.Looked(1, from, from.plusSeconds(5), List.of(sample), null);
            step = Watch.look(plan.judge(), state, JudgeLooks.of(plan.judge().metrics(), 1, looked, false));
            state = step.state();
            from = from.plusSeconds(5);
        }
        return step;
    }
}
