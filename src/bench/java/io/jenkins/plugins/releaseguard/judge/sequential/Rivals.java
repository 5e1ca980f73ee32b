// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.judge.kayenta.Kayenta;
import io.jenkins.plugins.releaseguard.judge.kayenta.KayentaConfig;
import io.jenkins.plugins.releaseguard.judge.rank.MannWhitney;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.testing.SimulatedRolloutFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/** Other ways to stop a canary, fed with the same looks as the judge. Each remembers one release. */
final class Rivals {
    private static final int METRICS = 10;
    private static final int PHASES = 4;
    private static final double ALPHA = 0.05;

    /** Of the multinomial test's prior, in events. */
    private static final double STRENGTH = 20;

    private Rivals() {}

    /** Fresh rivals for one release, by name; each says whether it stops at a look. */
    static Map<String, Predicate<Look>> all() {
        Map<String, Predicate<Look>> m = new LinkedHashMap<>();
        m.put("Fisher and Mann-Whitney once, at each phase's end, Bonferroni", new AtTheEnd());
        m.put("Kayenta's judge at each look, any metric High", new KayentaLoop());
        m.put("Argo Rollouts: error rate > 2 % or median > 115 ms, failureLimit 3", new Threshold(3, true));
        m.put("Flagger: error rate > 2 % or p99 > 350 ms, threshold 5", new Threshold(4, false));
        m.put("Wald's sequential test for a doubled share, per metric", new Wald());
        m.put("Lindon and Malek's multinomial test", new Multinomial());
        return m;
    }

    private static boolean compared(Look l) {
        return l.phase() < PHASES;
    }

    private static final class AtTheEnd implements Predicate<Look> {
        private final double[][] counts = new double[4][4];
        private final List<List<double[]>> values = new ArrayList<>();
        private int phase = -1;
        private int looks;

        @Override
        public boolean test(Look l) {
            if (!compared(l)) {
                return false;
            }
            if (l.phase() != phase) {
                phase = l.phase();
                looks = 0;
                Arrays.stream(counts).forEach(c -> Arrays.fill(c, 0));
                values.clear();
                for (int i = 0; i < 6; i++) {
                    values.add(new ArrayList<>());
                }
            }
            for (int i = 0; i < 4; i++) {
                MetricLook m = l.metrics().get(i);
                counts[i][0] += m.canaryCounts().errors();
                counts[i][1] += m.canaryCounts().total();
                counts[i][2] += m.baselineCounts().errors();
                counts[i][3] += m.baselineCounts().total();
            }
            for (int i = 0; i < 3; i++) {
                values.get(2 * i).add(SampleValues.sorted(l.metrics().get(5 + i).canary()));
                values.get(2 * i + 1)
                        .add(SampleValues.sorted(l.metrics().get(5 + i).baseline()));
            }
            return ++looks == SimulatedRolloutFixture.LOOKS && decide();
        }

        private boolean decide() {
            double level = ALPHA / METRICS / PHASES;
            for (double[] c : counts) {
                int[][] table = {
                    {(int) c[0], (int) (c[1] - c[0])},
                    {(int) c[2], (int) (c[3] - c[2])}
                };
                if (FisherExactTest.withDefaults()
                                .with(AlternativeHypothesis.GREATER_THAN)
                                .test(table)
                                .getPValue()
                        <= level) {
                    return true;
                }
            }
            for (int i = 0; i < 3; i++) {
                if (MannWhitney.of(pool(values.get(2 * i)), pool(values.get(2 * i + 1)), 1.1, 0)
                                .greater()
                        <= level) {
                    return true;
                }
            }
            return false;
        }

        private static double[] pool(List<double[]> parts) {
            return parts.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        }
    }

    /** One point a look, metric and side, as its metric stores give; judged from three points a side on. */
    private static final class KayentaLoop implements Predicate<Look> {
        private final Kayenta kayenta = new Kayenta(KayentaConfig.USUAL);
        private final double[][] series = new double[2 * METRICS][SimulatedRolloutFixture.LOOKS];
        private int phase = -1;
        private int n;

        @Override
        public boolean test(Look l) {
            if (!compared(l)) {
                return false;
            }
            n = l.phase() == phase ? n : 0;
            phase = l.phase();
            for (int i = 0; i < METRICS; i++) {
                MetricLook m = l.metrics().get(i);
                series[2 * i][n] = point(m.canaryCounts(), m.canary());
                series[2 * i + 1][n] = point(m.baselineCounts(), m.baseline());
            }
            n++;
            for (int i = 0; i < METRICS && n >= 3; i++) {
                Kayenta.Result r = kayenta.judge(
                        Worse.HIGHER, true, Arrays.copyOf(series[2 * i + 1], n), Arrays.copyOf(series[2 * i], n));
                if (r.classification() == Kayenta.Classification.HIGH) {
                    return true;
                }
            }
            return false;
        }

        private static double point(Counts c, List<Double> values) {
            return c != null
                    ? c.errors() / c.total()
                    : values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
        }
    }

    private static final class Threshold implements Predicate<Look> {
        private final int limit;
        private final boolean perPhase;
        private int failed;
        private int phase = -1;

        Threshold(int limit, boolean perPhase) {
            this.limit = limit;
            this.perPhase = perPhase;
        }

        @Override
        public boolean test(Look l) {
            if (perPhase && l.phase() != phase) {
                phase = l.phase();
                failed = 0;
            }
            Counts c = l.metrics().get(0).canaryCounts();
            double[] v = SampleValues.sorted(l.metrics().get(5).canary());
            boolean slow = perPhase ? Ranks.median(v) > 115 : Kayenta.percentile(v, 99) > 350;
            failed += c.errors() > 0.02 * c.total() || slow ? 1 : 0;
            return failed > limit;
        }
    }

    private static final class Wald implements Predicate<Look> {
        private final double[] log = new double[4];

        @Override
        public boolean test(Look l) {
            if (!compared(l)) {
                return false;
            }
            boolean stop = false;
            for (int i = 0; i < 4; i++) {
                Counts c = l.metrics().get(i).canaryCounts();
                Counts b = l.metrics().get(i).baselineCounts();
                double s = c.total() / (c.total() + b.total());
                double t = Counts.shareAt(s, 2);
                log[i] += c.errors() * Math.log(t / s) + b.errors() * Math.log((1 - t) / (1 - s));
                stop |= log[i] >= Math.log(METRICS / ALPHA);
            }
            return stop;
        }
    }

    private static final class Multinomial implements Predicate<Look> {
        private final double[][] counts = new double[5][4];
        private final double[] before = new double[5];
        private int phase = -1;

        @Override
        public boolean test(Look l) {
            if (!compared(l)) {
                return false;
            }
            if (l.phase() != phase) {
                for (int i = 0; i < 5 && phase >= 0; i++) {
                    before[i] += multinomial(counts[i]);
                }
                phase = l.phase();
                Arrays.stream(counts).forEach(c -> Arrays.fill(c, 0));
            }
            double sum = METRICS - 5;
            for (int i = 0; i < 5; i++) {
                MetricLook m = l.metrics().get(i);
                counts[i][0] += m.canaryCounts().errors();
                counts[i][1] += m.canaryCounts().total();
                counts[i][2] += m.baselineCounts().errors();
                counts[i][3] += m.baselineCounts().total();
                sum += (before[i] + multinomial(counts[i]) + PHASES - 1 - phase) / PHASES;
            }
            return sum / METRICS >= 1 / ALPHA;
        }
    }

    /**
     * Evidence that the canary's share of the errors isn't its share of the requests (Lindon and Malek, NeurIPS 2022).
     *
     * @param k errors and requests of the canary, then of the baseline
     */
    static double multinomial(double[] k) {
        double s = k[1] / (k[1] + k[3]);
        double a = STRENGTH * s;
        double z = STRENGTH * (1 - s);
        double log =
                LogBeta.value(a + k[0], z + k[2]) - LogBeta.value(a, z) - k[0] * Math.log(s) - k[2] * Math.log1p(-s);
        return Math.exp(Math.min(50, log));
    }
}
