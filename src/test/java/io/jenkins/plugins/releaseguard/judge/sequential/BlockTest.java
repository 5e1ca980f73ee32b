// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Looks are bet on in blocks, so that what lasts several looks is one observation; outages are not. */
class BlockTest {
    private static final List<MetricConfig> ERRORS = List.of(MetricConfig.of("e", MetricKind.RATE));

    private static JudgeConfig.Builder config() {
        return JudgeConfig.builder(ERRORS, List.of(0.05, 0.25));
    }

    private static Look look(int phase, double seconds, double c, double b) {
        return new Look(
                phase, seconds, 950, 50, List.of(MetricLook.counts("e", new Counts(b, 950), new Counts(c, 50))));
    }

    private static EProcess main(WatchState s) {
        return s.metrics().get("e").main();
    }

    @Test
    void aStumbleOfThreeLooksIsOneObservation() {
        JudgeConfig c = config().build();
        WatchState s = Watch.start(c);
        WatchState each = s;
        JudgeConfig unblocked = config().block(0).build();
        for (int i = 0; i < 12; i++) {
            Look l = look(0, 5, i < 3 ? 25 : 0, 9);
            s = Watch.look(c, s, l).state();
            WatchStep step = Watch.look(unblocked, each, l);
            each = step.state();
        }
        assertThat(s.metrics().get("e").highest()).isLessThan(20);
        assertThat(each.metrics().get("e").highest())
                .as("each look by itself convicts")
                .isGreaterThan(20);
    }

    @Test
    void whatWaitsIsSeenButNotBetOn() throws Exception {
        JudgeConfig c = config().build();
        WatchStep first = Watch.look(c, Watch.start(c), look(0, 5, 3, 9));
        EProcess process = main(first.state());
        assertThat(process.looks()).isZero();
        assertThat(process.block().seconds()).isEqualTo(5);
        assertThat(first.verdict().findings().get(0).reason())
                .containsPattern("6 % over \\d+ s \\(baseline 0.9474 %\\)");
        ObjectMapper json = new ObjectMapper();
        String text = json.writeValueAsString(first.state());
        assertThat(json.readValue(text, WatchState.class)).isEqualTo(first.state());
    }

    @Test
    void aBlockIsWholeAtTheLookNearestToItsLength() {
        JudgeConfig c = config().block(15).build();
        WatchState s = Watch.start(c);
        int blocks = 0;
        for (int i = 1; i <= 60; i++) {
            s = Watch.look(c, s, look(0, i % 2 == 0 ? 4.6 : 5.4, 0, 9)).state();
            blocks = main(s).looks();
        }
        // Too few errors to say in the first five blocks of 30 s, then they are seen to come evenly.
        assertThat(blocks).isEqualTo(15);
    }

    @Test
    void burstsOnTheBaselineMakeBlocksTwiceAsLong() {
        JudgeConfig c = config().block(15).build();
        WatchState s = Watch.start(c);
        for (int i = 0; i < 360; i++) {
            s = Watch.look(c, s, look(0, 5, 0, i % 24 < 3 ? 90 : 3)).state();
        }
        assertThat(main(s).sums().clusters().bursts()).isTrue();
        assertThat(main(s).looks()).isEqualTo(60);
    }

    @Test
    void thePhasesLastLooksAreBetOnWhenItEnds() {
        JudgeConfig c = config().build();
        WatchState s = Watch.look(c, Watch.start(c), look(0, 5, 30, 9)).state();
        assertThat(main(s).up().harm().get(1)).isEqualTo(Restart.FIRST);
        s = Watch.look(c, s, look(1, 5, 0, 9)).state();
        assertThat(main(s).up().harm().get(1)).isGreaterThan(2 * Restart.FIRST);
    }

    @Test
    void anOutageDoesNotWaitForABlock() {
        JudgeConfig c = JudgeConfig.builder(ERRORS, List.of(0.01)).build();
        for (int requests : new int[] {5, 50}) {
            WatchState s = Watch.start(c);
            int looks = 0;
            Action action = Action.CONTINUE;
            while (action != Action.STOP) {
                Look l = new Look(
                        0,
                        5,
                        99 * requests,
                        requests,
                        List.of(MetricLook.counts(
                                "e", new Counts(requests, 99 * requests), new Counts(requests, requests))));
                WatchStep step = Watch.look(c, s, l);
                s = step.state();
                action = step.verdict().action();
                looks++;
            }
            assertThat(looks).isBetween(2, 4); // one look convicts nobody, 20 s are enough
        }
    }

    @Test
    void halfOfTheRequestsFailingIsNoOutageForAsLongAsItLasts() {
        RandomHalves draw = new RandomHalves();
        int runs = 2000;
        int convicted = 0;
        for (int run = 0; run < runs; run++) {
            Outage next = Outage.START.phase(true);
            double highest = 0;
            for (int i = 0; i < 200; i++) {
                next = next.look(new Counts(draw.of(3), 3), new Counts(0, 100), 0, Allow.NONE, Worse.HIGHER, i);
                highest = Math.max(highest, next.e());
            }
            convicted += highest >= 20 ? 1 : 0;
        }
        assertThat(convicted).isBetween(1, runs / 20);
    }

    private static final class RandomHalves {
        private final SplittableRandom random = new SplittableRandom(7);

        int of(int n) {
            return Integer.bitCount(random.nextInt(1 << n));
        }
    }

    @Test
    void valuesOfABlockAreOneObservationWithTheStrataOfItsLooks() {
        List<MetricConfig> latency = List.of(MetricConfig.of("e", MetricKind.LATENCY));
        JudgeConfig blocks =
                JudgeConfig.builder(latency, List.of(0.25)).sticky(60).build();
        WatchState s = Watch.start(blocks);
        for (int i = 0; i < 6; i++) {
            Look l = new Look(0, 5, 30, 10, List.of(values(i)));
            s = Watch.look(blocks, s, l).state();
            assertThat(main(s).looks()).isEqualTo(i == 5 ? 1 : 0);
        }
        assertThat(main(s).up().harm().get(3)).as("at most doubled").isLessThan(2 * Restart.FIRST * 1.02);
        assertThat(main(s).sums().canaryExposure()).isEqualTo(60);
    }

    /** Ten times as slow, at a level that drifts for both. */
    private static MetricLook values(int look) {
        List<Double> canary = new ArrayList<>();
        List<Double> baseline = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            baseline.add((look + 1) * (100.0 + i));
            if (i < 10) {
                canary.add((look + 1) * 10 * (100.0 + i));
            }
        }
        return MetricLook.values("e", baseline, canary);
    }

    @Test
    void stickyUsersAreNoMismatchOfTheSharesButAnotherShareIs() {
        JudgeConfig sticky = config().sticky(600).build();
        JudgeConfig free = config().build();
        SplittableRandom r = new SplittableRandom(5);
        WatchState pinned = Watch.start(sticky);
        WatchState judgedFree = Watch.start(free);
        boolean held = false;
        for (int i = 0; i < 360; i++) {
            // some 20 users who stay, of whom a few more or less are the canary's
            double canary = 50 * (1 + 0.4 * Math.sin(i / 40.0)) + r.nextInt(10) - 5;
            Look l = new Look(0, 5, 1000 - canary, canary, List.of());
            pinned = Watch.look(sticky, pinned, l).state();
            judgedFree = Watch.look(free, judgedFree, l).state();
            held |= RatioCheck.mismatch(pinned.ratio());
        }
        assertThat(held).isFalse();
        assertThat(RatioCheck.mismatch(judgedFree.ratio())).isTrue();
        int looks = 0;
        while (!RatioCheck.mismatch(pinned.ratio()) && looks < 1000) {
            pinned = Watch.look(sticky, pinned, new Look(0, 5, 500, 500, List.of()))
                    .state();
            looks++;
        }
        assertThat(looks).isLessThan(60);
    }

    @Test
    void theInnocentWhoseInstancesStumbleAreNotStopped() {
        JudgeConfig c = RegimeTraffic.config(Regime.STUMBLING);
        int stopped = 0;
        for (int i = 0; i < 40; i++) {
            RegimeTraffic traffic = new RegimeTraffic(300 + i, Regime.STUMBLING, 100, 5, 0.01, Harm.NONE);
            WatchState s = Watch.start(c);
            for (int k = 0; k < 180; k++) {
                WatchStep step = Watch.look(c, s, traffic.look(1, 0.05));
                s = step.state();
                if (step.verdict().action() == Action.STOP) {
                    stopped++;
                    break;
                }
            }
        }
        assertThat(stopped).isLessThanOrEqualTo(3);
    }

    /** A user who stays for four blocks of half a stay is no four observations: bets on each are worth their root. */
    @Test
    void aBlockOfHalfAStayIsHalfAnObservation() {
        EventWatch each = new EventWatch(Allow.NONE, Allow.NONE, 0, 0);
        EventWatch stay = new EventWatch(Allow.NONE, Allow.NONE, 0, 600);
        EProcess fresh = EProcess.start(Worse.HIGHER, Bets.HARM_OF_EVENTS, EventWatch.PROOFS, true);
        Block block = Block.EMPTY.plus(300, 10, 50, 10, 950);
        double[] whole = each.harm(10, 50, 10, 950, PhaseSums.NONE);
        double joins = 1 - each.bet(fresh, block).up().reserve();
        for (int i = 0; i < whole.length; i++) {
            assertThat(each.bet(fresh, block).up().harm().get(i)).isCloseTo(joins * whole[i], within(1e-4));
            assertThat(stay.bet(fresh, block).up().harm().get(i)).isCloseTo(joins * Math.sqrt(whole[i]), within(1e-4));
        }
        // what keeps a release from going on needs no such care, and fades as after one observation
        double mean = Arrays.stream(whole).average().orElseThrow();
        assertThat(stay.bet(fresh, block).recent()).isCloseTo(0.96 * mean, within(1e-4));
        assertThat(BlockLength.fadingSeconds(block, 600)).isEqualTo(JudgeConfig.DEFAULT_BLOCK);
        assertThat(BlockLength.fadingSeconds(block, 0)).isEqualTo(300);
        assertThat(BlockLength.ofAStay(Block.EMPTY.plus(300, 1, 1, 1, 1), 600)).isEqualTo(0.5);
        assertThat(BlockLength.ofAStay(Block.EMPTY.plus(900, 1, 1, 1, 1), 600)).isEqualTo(1);
        assertThat(BlockLength.ofAStay(Block.EMPTY.plus(15, 1, 1, 1, 1), 0)).isEqualTo(1);
    }

    /** One canary user in a hundred fails half of the requests, for a stay: two hours in a phase must not make that harm. */
    @Test
    void usersWhoStayDontAddUpOverLongPhases() {
        JudgeConfig c = RegimeTraffic.config(Regime.STICKY_FEW);
        int stopped = 0;
        for (int i = 0; i < 40; i++) {
            RegimeTraffic traffic = new RegimeTraffic(500 + i, Regime.STICKY_FEW, 100, 30, 0.01, Harm.NONE);
            WatchState s = Watch.start(c);
            boolean stop = false;
            for (int k = 0; k < 480 && !stop; k++) {
                WatchStep step = Watch.look(c, s, traffic.look(0, 0.01));
                s = step.state();
                stop = step.verdict().action() == Action.STOP;
            }
            stopped += stop ? 1 : 0;
        }
        assertThat(stopped).isLessThanOrEqualTo(4);
    }
}
