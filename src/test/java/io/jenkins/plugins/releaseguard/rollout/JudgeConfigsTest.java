// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import io.jenkins.plugins.releaseguard.rollout.sample.JudgeLooks;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the contract says of shares and of what the numbers are reaches the judge. */
class JudgeConfigsTest {
    private static final String FRESH =
            FakeRolloutWorld.CONTRACT.replace("  router: r\n", "  router: r\n  baseline: fresh\n");
    private static final String METRIC = "errors: \"e\", total: \"t\", worse: higher, critical: true";

    private static JudgeConfig judge(String contract) {
        return Plans.of(FakeRolloutWorld.read(contract), "production", PlanOptions.ALONE)
                .judge();
    }

    private static MetricConfig metric(String kind, String query) {
        String contract =
                FakeRolloutWorld.CONTRACT.replace("kind: rate", "kind: " + kind).replace(METRIC, query);
        return judge(contract.replace("\">2% of requests for 1 minute\"", "\"> 1000 for 1 minute\""))
                .metrics()
                .get(0);
    }

    @Test
    void thePhasesWeightIsTheExpectedShare() {
        assertThat(judge(FakeRolloutWorld.CONTRACT).expectedShares()).containsExactly(0.0, 0.05, 0.25, 1.0);
    }

    @Test
    void aFreshBaselineGetsAsMuchAsTheCanary() {
        assertThat(judge(FRESH).expectedShares()).containsExactly(0.0, 0.5, 0.5, 1.0);
        assertThat(judge(FRESH).phaseShares()).containsExactly(0.0, 0.05, 0.25, 1.0);
    }

    @Test
    void aRouterThatSendsAnotherShareHolds() {
        assertThat(looks(FakeRolloutWorld.CONTRACT, 70, 930).action()).isEqualTo(Action.HOLD);
        assertThat(looks(FakeRolloutWorld.CONTRACT, 70, 930).reason())
                .contains("sample-ratio mismatch: the canary gets 7 % of the requests over 3 min 20 s, not 5 %");
        assertThat(looks(FakeRolloutWorld.CONTRACT, 50, 950).action()).isNotEqualTo(Action.HOLD);
    }

    @Test
    void equalSidesAreAMismatchUnlessTheBaselineIsFresh() {
        assertThat(looks(FRESH, 50, 50).action()).isNotEqualTo(Action.HOLD);
        assertThat(looks(FakeRolloutWorld.CONTRACT, 50, 50).action()).isEqualTo(Action.HOLD);
        assertThat(looks(FRESH, 50, 950).reason()).contains("gets 5 % of the requests over 3 min 20 s, not 50 %");
    }

    /** Phase 1 of the contract, at 5 %. */
    private static LookVerdict looks(String contract, double canary, double baseline) {
        Plan plan = Plans.of(FakeRolloutWorld.read(contract), "production", PlanOptions.ALONE);
        WatchState state = Watch.start(plan.judge());
        LookVerdict verdict = null;
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 40; i++) {
            Event.Sample sample = new Event.Sample("MON-001", 0.0, canary, 1.0, baseline, null, null, null, null, null);
            Event.Looked looked = new Event.Looked(1, from, from.plusSeconds(5), List.of(sample), null);
            WatchStep step =
                    Watch.look(plan.judge(), state, JudgeLooks.of(plan.judge().metrics(), 1, looked, false));
            state = step.state();
            verdict = step.verdict();
            from = from.plusSeconds(5);
        }
        return verdict;
    }

    @Test
    void onlyAHistogramHoldsSingleDurations() {
        assertThat(metric("latency", "unit: ms, histogram: \"h_bucket\", limit: 150ms, worse: higher")
                        .raw())
                .isTrue();
        assertThat(metric("latency", "unit: ms, values: \"p95\", worse: higher").raw())
                .isFalse();
        assertThat(metric("gauge", "unit: MiB, values: \"v\", worse: higher").raw())
                .isTrue();
    }
}
