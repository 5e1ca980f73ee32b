// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.judge.kayenta.Kayenta;
import io.jenkins.plugins.releaseguard.judge.kayenta.KayentaConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What else could stop a release, on the streams of the regimes: two metrics, errors and durations, four phases. Each is set to 5 %
 * of false stops in a whole release as its own theory has it, with the judge's margins.
 */
final class RegimeRivals {
    static final String SPRT = "SPRT, harm known";
    static final String MIXTURE = "mSPRT";
    static final String ONCE = "z once";
    static final String PEEKED = "z at each look";
    static final String KAYENTA_ONCE = "Kayenta once";
    static final String KAYENTA_PEEKED = "Kayenta each minute";

    /** Those who decide at the bake's end alone. */
    static final Set<String> JUDGE_ONCE = Set.of(ONCE, KAYENTA_ONCE);

    private static final double ALPHA = 0.05;
    private static final int METRICS = 2;
    private static final int PHASES = 4;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double Z = NORMAL.inverseSurvivalProbability(ALPHA / METRICS / PHASES);

    /** How wide the mixture of mSPRT expects a difference of logarithms. */
    private static final double EXPECTED = 0.2;

    /** Spread of the logarithms of usual durations, which SPRT knows. */
    private static final double SIGMA = 0.5;

    private static final int FEWEST_POINTS = 3;

    /**
     * What they are told.
     *
     * @param allowedPoints extra fraction of errors that is no harm
     * @param allowedSlowdown 1.1 for 10 % that are no harm
     * @param errors of the harm that SPRT expects, times the usual; 1 for none
     * @param slowdown of that harm, 1 for none
     */
    record Told(double allowedPoints, double allowedSlowdown, double errors, double slowdown) {}

    /** Says whether it stops at a look that has been added. */
    interface Rival {
        boolean stops(PhaseSoFar seen);
    }

    private RegimeRivals() {}

    /** Fresh ones for one release, by name. */
    static Map<String, Rival> all(Told told) {
        Map<String, Rival> rivals = new LinkedHashMap<>();
        rivals.put(SPRT, new Wald(told));
        rivals.put(MIXTURE, new Mixture(told));
        rivals.put(ONCE, seen -> bakeEnds(seen) && z(seen, told));
        rivals.put(PEEKED, seen -> z(seen, told));
        rivals.put(KAYENTA_ONCE, seen -> bakeEnds(seen) && kayenta(seen));
        rivals.put(KAYENTA_PEEKED, seen -> seen.minuteEnds() && kayenta(seen));
        return rivals;
    }

    private static boolean bakeEnds(PhaseSoFar seen) {
        return Math.abs(seen.seconds() - RegimeRollout.BAKE) < 1e-6;
    }

    /** Wald 1945: the likelihood ratio of the known harm, errors by the canary's share of them, durations within each look. */
    private static final class Wald implements Rival {
        private final Told told;
        private final double bar;
        private double errors;
        private double durations;

        Wald(Told told) {
            this.told = told;
            bar = Math.log((told.errors() > 1 && told.slowdown() > 1 ? METRICS : 1) / ALPHA);
        }

        @Override
        public boolean stops(PhaseSoFar seen) {
            if (seen.errors() != null && told.errors() > 1) {
                Counts c = seen.errors().canaryCounts();
                Counts b = seen.errors().baselineCounts();
                double s = c.total() / (c.total() + b.total());
                double t = Counts.shareAt(s, told.errors());
                errors += c.errors() * Math.log(t / s) + b.errors() * Math.log((1 - t) / (1 - s));
            }
            double d = seen.logRatioOfTheLook();
            if (!Double.isNaN(d) && told.slowdown() > 1) {
                double none = Math.log(told.allowedSlowdown());
                double harm = Math.log(told.slowdown());
                durations += (harm - none) * (d - (harm + none) / 2) / (SIGMA * SIGMA * seen.perDurationOfTheLook());
            }
            return Math.max(errors, durations) >= bar;
        }
    }

    /**
     * Errors by Lindon and Malek's multinomial mixture; durations by Johari, Koomen, Pekelis and Walsh's normal one ("Always valid
     * inference", Operations Research 70, 2022) over harms alone. Both anew in each phase, metrics and phases averaged.
     */
    private static final class Mixture implements Rival {
        private final Told told;
        private double before;
        private double now = 1;
        private int phase;

        Mixture(Told told) {
            this.told = told;
        }

        @Override
        public boolean stops(PhaseSoFar seen) {
            if (seen.phase() != phase) {
                before += now;
                phase = seen.phase();
            }
            double d = seen.logRatio() - Math.log(told.allowedSlowdown());
            double slow = normal(d, seen.logVariance());
            double[] counts = seen.counts();
            now = ((counts[1] > 0 && counts[3] > 0 ? Rivals.multinomial(counts) : 1) + slow) / METRICS;
            return (before + now + PHASES - 1 - phase) / PHASES >= 1 / ALPHA;
        }

        private static double normal(double d, double variance) {
            if (!(variance > 0)) {
                return 1;
            }
            double t = EXPECTED * EXPECTED;
            double z = d * Math.sqrt(t / (variance * (variance + t)));
            double log = z * z / 2 + Math.log(variance / (variance + t)) / 2;
            return 2 * Math.exp(Math.min(50, log)) * NORMAL.cumulativeProbability(z);
        }
    }

    private static boolean z(PhaseSoFar seen, Told told) {
        double[] k = seen.counts();
        double c = k[0] / k[1];
        double b = k[2] / k[3];
        double pooled = (k[0] + k[2]) / (k[1] + k[3]);
        double variance = told.allowedPoints() > 0
                ? c * (1 - c) / k[1] + b * (1 - b) / k[3]
                : pooled * (1 - pooled) * (1 / k[1] + 1 / k[3]);
        double slow = (seen.logRatio() - Math.log(told.allowedSlowdown())) / Math.sqrt(seen.logVariance());
        return (c - b - told.allowedPoints()) / Math.sqrt(variance) > Z || slow > Z;
    }

    private static boolean kayenta(PhaseSoFar seen) {
        for (int i = 0; i < METRICS; i++) {
            double[] canary = seen.points(2 * i);
            if (canary.length >= FEWEST_POINTS
                    && new Kayenta(KayentaConfig.USUAL)
                                    .judge(Worse.HIGHER, true, seen.points(2 * i + 1), canary)
                                    .classification()
                            == Kayenta.Classification.HIGH) {
                return true;
            }
        }
        return false;
    }
}
