// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the version wrote whose e-processes were objects with names: eleven of these looks, the last of which waits for its block. */
class EarlierStateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WRITTEN = 11;

    static JudgeConfig config() {
        return JudgeConfig.builder(
                        List.of(
                                MetricConfig.of("err", MetricKind.RATE),
                                MetricConfig.of("lat", MetricKind.LATENCY),
                                MetricConfig.of("his", MetricKind.LATENCY),
                                MetricConfig.of("exc", MetricKind.COUNT)),
                        List.of(0.05, 0.5, 1.0))
                .promotion(Promotion.BUDGET)
                .build();
    }

    static Look look(int k) {
        List<Double> baseline = new ArrayList<>();
        List<Double> canary = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            baseline.add(100.0 + (7 * i + 3 * k) % 41);
            canary.add(101.0 + (11 * i + 5 * k) % 43);
        }
        return new Look(
                0,
                10,
                950,
                50,
                List.of(
                        MetricLook.counts("err", new Counts(10 + k % 3, 950), new Counts(k % 2, 50)),
                        MetricLook.values("lat", baseline, canary)
                                .withTail(new Counts(k % 4, 950), new Counts(k % 5 == 0 ? 1 : 0, 50)),
                        MetricLook.buckets(
                                        "his",
                                        new Buckets(
                                                List.of(90.0, 99.0, 109.0, 250.0),
                                                List.of(200.0, 300.0 + k, 250.0, 190.0 - k, 10.0)),
                                        new Buckets(
                                                List.of(90.0, 99.0, 109.0, 250.0),
                                                List.of(10.0, 15.0, 14.0, 10.0, 1.0)))
                                .withTail(new Counts(10, 950), new Counts(1, 50)),
                        MetricLook.counts("exc", new Counts(3 + k % 2, 0), new Counts(k % 3 == 0 ? 1 : 0, 0))));
    }

    private static WatchState written() throws IOException {
        try (InputStream in = EarlierStateTest.class.getResourceAsStream("earlier-state.json")) {
            return JSON.readValue(in, WatchState.class);
        }
    }

    @Test
    void itGoesOnAsIfNothingHadHappened() throws IOException {
        WatchState earlier = written();
        WatchState now = Watch.start(config());
        for (int k = 0; k < WRITTEN; k++) {
            now = Watch.look(config(), now, look(k)).state();
        }
        Map<String, Double> beyond = new HashMap<>();
        for (int k = WRITTEN; k < 3 * WRITTEN; k++) {
            WatchStep a = Watch.look(config(), earlier, look(k));
            WatchStep b = Watch.look(config(), now, look(k));
            earlier = a.state();
            now = b.state();
            // what builds up faded by less when it was written: the earlier may have to wait where the new one goes on
            boolean waits = earlier.metrics().values().stream().anyMatch(MetricState::buildsUp);
            assertThat(a.verdict().action())
                    .isEqualTo(waits ? Action.CONTINUE : b.verdict().action());
            assertThat(a.verdict().e()).isCloseTo(b.verdict().e(), within(1e-3));
            for (String id : List.of("err", "lat", "exc")) {
                MetricState was = earlier.metrics().get(id);
                MetricState is = now.metrics().get(id);
                assertThat(was.proven() / is.proven()).isCloseTo(1, within(1e-3));
                // the difference only shrinks
                double faded = was.recent() / is.recent();
                assertThat(faded).isBetween(1 - 1e-6, beyond.getOrDefault(id, Math.pow(0.98 / 0.96, WRITTEN)) + 1e-6);
                beyond.put(id, faded);
                assertThat(was.main().seen().canaryExposure())
                        .isEqualTo(is.main().seen().canaryExposure());
            }
        }
        assertThat(JSON.readValue(JSON.writeValueAsString(earlier), WatchState.class))
                .isEqualTo(earlier);
    }

    /** One that knew no bounds of extra rates yet begins with them. */
    @Test
    void oneWithoutBoundsOfExtraRatesGoesOn() throws IOException {
        ObjectNode tree =
                JSON.valueToTree(JSON.readTree(EarlierStateTest.class.getResourceAsStream("earlier-state.json")));
        ((ObjectNode) tree.at("/metrics/err/main")).remove("x");
        ObjectNode up = (ObjectNode) tree.at("/metrics/err/main/up");
        for (String[] name : new String[][] {{"r", "reserve"}, {"c", "recent"}, {"p", "proof"}}) {
            up.set(name[1], up.remove(name[0]));
        }
        WatchState earlier = JSON.treeToValue(tree, WatchState.class);
        assertThat(earlier.metrics().get("err").main().up())
                .isEqualTo(written().metrics().get("err").main().up());
        assertThat(earlier.metrics().get("err").main().rates()).isNull();
        Action action = Action.CONTINUE;
        for (int k = WRITTEN; k < 60 && action != Action.PROMOTE; k++) {
            WatchStep step = Watch.look(config(), earlier, look(k));
            earlier = step.state();
            action = step.verdict().action();
        }
        assertThat(action).isEqualTo(Action.PROMOTE);
    }
}
