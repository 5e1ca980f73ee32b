// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Worse;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Capital that begins anew is an e-process, never runs dry, and sees late harm about as soon as early harm. */
class RestartTest {
    private static final int LONG = 1_000_000;

    /** One bet on harm and one on its absence, on a coin. */
    private record Coin(boolean heads, double stake) implements EProcess.Factors {
        @Override
        public double[] harm(Direction direction) {
            return new double[] {heads ? 1 + stake : 1 - stake};
        }

        @Override
        public double[] proof(Direction direction) {
            return new double[] {heads ? 1 - stake : 1 + stake};
        }
    }

    private static EProcess start() {
        return EProcess.start(Worse.HIGHER, 1, 1, false).phase(true);
    }

    private static EProcess toss(EProcess s, boolean heads, double stake) {
        return s.times(new Coin(heads, stake), JudgeConfig.DEFAULT_BLOCK, null, PhaseSums.NONE);
    }

    @Test
    void theMeanOverAllSequencesIsOneAlsoAcrossPhases() {
        int tosses = 14;
        double e = 0;
        double proof = 0;
        for (int paths = 0; paths < 1 << tosses; paths++) {
            EProcess s = start();
            for (int i = 0; i < tosses; i++) {
                s = i == 5 || i == 9 ? s.phase(true) : s;
                s = toss(s, (paths >> i & 1) == 1, 0.4);
            }
            e += s.e() / (1 << tosses);
            proof += s.proven() / (1 << tosses);
        }
        assertThat(e).isLessThanOrEqualTo(1).isCloseTo(1, within(1e-5));
        assertThat(proof).isLessThanOrEqualTo(1);
    }

    @Property(tries = 20)
    void nothingRunsDryAndLateHarmIsSeen(
            @ForAll @IntRange(min = 1, max = 20_000) int healthy,
            @ForAll @DoubleRange(min = 0.3, max = 0.95) double stake) {
        EProcess s = start();
        for (int i = 0; i < healthy; i++) {
            s = toss(s, false, stake);
        }
        assertThat(s.up().harm().get(0)).isPositive();
        assertThat(s.e()).isPositive().isLessThan(1);
        assertThat(s.proven()).isLessThanOrEqualTo(EProcess.MOST_PROOF);
        int looks = 0;
        while (s.e() < 20) {
            s = toss(s, true, stake);
            looks++;
        }
        // log 20 and what is left of the unit by then, each look gaining log(1 + stake)
        double bound = Math.log(20 * 4 * (healthy + 100) / 0.5) / Math.log1p(stake) + 6;
        assertThat(looks).isLessThanOrEqualTo((int) bound);
        assertThat(s.proven()).isLessThan(20);
    }

    @Test
    void anOutageAfterAMillionHealthyLooksIsStopped() {
        EventWatch watch = new EventWatch(Allow.NONE, Allow.percent(100), 0.002, 0);
        EProcess s = EProcess.start(Worse.HIGHER, Bets.HARM_OF_EVENTS, EventWatch.PROOFS, false)
                .phase(true);
        for (int i = 0; i < LONG; i++) {
            s = watch.look(s, i % 4 == 0 ? 1 : 2, 125, 5, 375);
        }
        assertThat(s.up().harm().isSpent()).isFalse();
        int looks = 0;
        while (s.e() < 20 && looks < 100) {
            s = watch.look(s, 125, 125, 5, 375);
            looks++;
        }
        assertThat(looks).isLessThanOrEqualTo(20);
    }

    @Test
    void tenMillionLooksLeaveSomethingToBet() {
        double left = Restart.FIRST;
        double last = 0;
        for (long i = 0; i < 10L * LONG; i++) {
            last = left * Restart.part(i);
            left -= last;
        }
        assertThat(left).isBetween(0.02, 0.05);
        assertThat((float) last).isGreaterThan(1e-10f);
    }
}
