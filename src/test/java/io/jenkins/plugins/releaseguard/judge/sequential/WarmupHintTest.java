// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Harm that fades from the shift on is said to look like a warm-up; harm that stays never is. */
class WarmupHintTest {
    private static final double SECONDS = 5;
    private static final int LOOKS = 60;
    private static final double SHARE = 0.01;

    /** What was said in five minutes, as of a release that only observes: after a stop, too. */
    private static List<LookVerdict> judged(JudgeConfig c, Supplier<Look> looks) {
        List<LookVerdict> said = new ArrayList<>();
        WatchState s = Watch.start(c);
        for (int i = 0; i < LOOKS; i++) {
            WatchStep step = Watch.look(c, s, looks.get());
            s = step.state();
            said.add(step.verdict());
        }
        return said;
    }

    private static boolean isHinted(LookVerdict v) {
        return v.reason().contains("looks like a warm-up");
    }

    /** The last of the ones, else of the others. */
    private static LookVerdict last(List<LookVerdict> ones, List<LookVerdict> others) {
        return ones.isEmpty() ? others.get(others.size() - 1) : ones.get(ones.size() - 1);
    }

    /** A canary that is {@code slower} at first, and e times less so each minute; {@code stays} is what it never loses. */
    private static Look look(SplittableRandom r, double time, int rate, double slower, double stays) {
        int canary = (int) (rate * SECONDS * SHARE);
        int baseline = (int) (rate * SECONDS) - canary;
        double factor = 1 + stays + slower * Math.exp(-time / 60);
        return new Look(
                0,
                SECONDS,
                baseline,
                canary,
                List.of(
                        MetricLook.counts(
                                "err", new Counts(0.01 * baseline, baseline), new Counts(0.01 * canary, canary)),
                        MetricLook.values("lat", values(r, Math.min(200, baseline), 1), values(r, canary, factor))));
    }

    private static List<Double> values(SplittableRandom r, int n, double factor) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            values.add(100 * factor * Math.exp(0.5 * r.nextGaussian()));
        }
        return values;
    }

    private static List<LookVerdict> judged(int seed, int rate, double slower, double stays) {
        SplittableRandom r = new SplittableRandom(seed);
        double[] time = {SECONDS / 2};
        return judged(RegimeTraffic.config(Regime.COLD_START), () -> {
            Look l = look(r, time[0], rate, slower, stays);
            time[0] += SECONDS;
            return l;
        });
    }

    private static boolean isNotable(LookVerdict v) {
        return v.findings().stream().anyMatch(f -> f.e() >= 5);
    }

    @Test
    void aColdStartThatFadesIsNamed() {
        Pattern named = Pattern.compile("warmup: (\\d)m( 30s)? in the rollout");
        for (int rate : new int[] {100, 1000}) {
            int notable = 0;
            int hinted = 0;
            for (int seed = 1; seed <= 40; seed++) {
                List<LookVerdict> said = judged(seed, rate, 1, 0);
                notable += said.stream().anyMatch(WarmupHintTest::isNotable) ? 1 : 0;
                LookVerdict last =
                        last(said.stream().filter(WarmupHintTest::isHinted).toList(), said);
                if (isHinted(last)) {
                    hinted++;
                    assertThat(last.findings().get(1).reason()).contains("looks like a warm-up");
                    assertThat(last.findings().get(0).reason()).doesNotContain("warm-up");
                    Matcher m = named.matcher(last.reason());
                    assertThat(m.find()).as(last.reason()).isTrue();
                    assertThat(Integer.parseInt(m.group(1))).isBetween(2, 6);
                }
            }
            assertThat(hinted).as("%s requests a second", rate).isGreaterThanOrEqualTo(notable * 9 / 10);
        }
    }

    @Test
    void harmThatStaysIsNever() {
        JudgeConfig c = RegimeTraffic.config(Regime.INDEPENDENT);
        int notable = 0;
        for (int seed = 1; seed <= 40; seed++) {
            for (Harm harm : List.of(Harm.latency(1.5), Harm.errors(5), Harm.more(30), Harm.latency(1.2))) {
                for (int rate : new int[] {100, 1000}) {
                    RegimeTraffic traffic = new RegimeTraffic(seed, Regime.INDEPENDENT, rate, SECONDS, 0.01, harm);
                    List<LookVerdict> said = judged(c, () -> traffic.look(0, SHARE));
                    notable += said.stream().anyMatch(WarmupHintTest::isNotable) ? 1 : 0;
                    assertThat(said).as("%s at %s/s, %s", harm, rate, seed).noneMatch(WarmupHintTest::isHinted);
                }
            }
        }
        assertThat(notable).isGreaterThan(280);
    }

    @Test
    void theStateIsWrittenAndReadAndAnEarlierOneHasNone() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JudgeConfig c = RegimeTraffic.config(Regime.COLD_START);
        SplittableRandom r = new SplittableRandom(1);
        WatchState s = Watch.start(c);
        for (int i = 0; i < 30; i++) {
            s = Watch.look(c, s, look(r, i * SECONDS, 1000, 1, 0)).state();
        }
        String text = json.writeValueAsString(s);
        assertThat(json.readValue(text, WatchState.class)).isEqualTo(s);
        ObjectNode older = (ObjectNode) json.readTree(text);
        older.remove("fading");
        WatchState read = json.treeToValue(older, WatchState.class);
        assertThat(read.fading("lat")).isEqualTo(Fading.NONE);
        Watch.look(c, read, look(r, 200, 1000, 1, 0));
    }

    @Test
    void nothingIsBetOnALookOfAWarmUp() {
        JudgeConfig c = RegimeTraffic.config(Regime.COLD_START);
        SplittableRandom r = new SplittableRandom(1);
        WatchState s = Watch.start(c);
        for (int i = 0; i < 24; i++) {
            Look look = look(r, 0, 1000, 4, 0);
            WatchStep step = Watch.look(
                    c, s, new Look(0, SECONDS, look.baselineRequests(), look.canaryRequests(), look.metrics(), true));
            s = step.state();
            LookVerdict v = step.verdict();
            assertThat(v.action()).isEqualTo(Action.CONTINUE);
            assertThat(v.reason()).contains("warms up");
            assertThat(v.e()).isLessThanOrEqualTo(1);
            assertThat(v.findings().get(1).canary())
                    .as("shown all the same")
                    .isGreaterThan(2 * v.findings().get(1).baseline());
        }
        assertThat(s.looks()).isEqualTo(24);
        assertThat(s.seconds()).isEqualTo(24 * SECONDS);
        assertThat(s.canaryRequests()).isEqualTo(24 * 50);
        MetricState never = Watch.look(c, Watch.start(c), look(r, 0, 1000, 0, 0))
                .state()
                .metrics()
                .get("lat");
        MetricState fresh = s.metrics().get("lat");
        assertThat(fresh.main().looks()).as("the first bet is yet to come").isZero();
        assertThat(fresh.main().seen()).isEqualTo(PhaseSums.NONE);
        assertThat(never.main().seen().canaryExposure()).isEqualTo(50);
    }

    @Test
    void anOutageIsStoppedInTheWarmUpToo() {
        JudgeConfig c = RegimeTraffic.config(Regime.COLD_START);
        WatchState s = Watch.start(c);
        Action action = Action.CONTINUE;
        for (int i = 0; i < 10 && action != Action.STOP; i++) {
            MetricLook failing = MetricLook.counts("err", new Counts(5, 495), new Counts(5, 5));
            WatchStep step = Watch.look(c, s, new Look(0, SECONDS, 495, 5, List.of(failing), true));
            s = step.state();
            action = step.verdict().action() == Action.HOLD
                    ? Action.CONTINUE
                    : step.verdict().action();
        }
        assertThat(action).isEqualTo(Action.STOP);
    }
}
