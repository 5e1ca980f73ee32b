// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import java.util.Arrays;
import java.util.List;

/**
 * All that was seen of two metrics in a phase, errors and durations: what a test that adds up has. Looks of a warm-up, looks without
 * data and counters that reset are left out, as the judge leaves them out.
 */
final class PhaseSoFar {
    /** What a point of a metric store covers, in seconds. */
    private static final double STEP = 60;

    /** The latest look's counts, null where it had none. */
    private MetricLook errors;

    private final double[] counts = new double[4];
    private final Logs canary = new Logs();
    private final Logs baseline = new Logs();
    private final Logs canaryOfTheLook = new Logs();
    private final Logs baselineOfTheLook = new Logs();

    /** Errors and requests of the canary and the baseline, then sum and number of their durations, in the running minute. */
    private final double[] minute = new double[8];

    private final double[][] points = new double[4][64];
    private int minutes;
    private int phase = -1;
    private double seconds;

    /** Number, sum and sum of squares of logarithms. */
    private static final class Logs {
        private double n;
        private double sum;
        private double squares;

        void add(List<Double> durations) {
            for (double d : durations) {
                double log = Math.log(d);
                n++;
                sum += log;
                squares += log * log;
            }
        }

        void add(Logs other) {
            n += other.n;
            sum += other.sum;
            squares += other.squares;
        }

        void clear() {
            n = 0;
            sum = 0;
            squares = 0;
        }

        double mean() {
            return sum / n;
        }

        double varianceOfMean() {
            return (squares / n - mean() * mean()) / (n - 1);
        }
    }

    void add(Look look) {
        if (look.phase() != phase) {
            phase = look.phase();
            seconds = 0;
            minutes = 0;
            Arrays.fill(minute, 0);
            Arrays.fill(counts, 0);
            canary.clear();
            baseline.clear();
        }
        errors = null;
        canaryOfTheLook.clear();
        baselineOfTheLook.clear();
        if (look.warmup()) {
            return;
        }
        seconds += look.seconds();
        if (!look.metrics().isEmpty()) {
            count(look.metrics().get(0));
            time(look.metrics().get(1));
        }
        if (minuteEnds()) {
            for (int i = 0; i < 4; i++) {
                points[i][minutes] = minute[2 * i] / minute[2 * i + 1];
            }
            minutes++;
            Arrays.fill(minute, 0);
        }
    }

    private void count(MetricLook m) {
        Counts c = m.canaryCounts();
        Counts b = m.baselineCounts();
        if (c.errors() < 0 || !(c.total() > 0) || !(b.total() > 0)) {
            return;
        }
        errors = m;
        double[] of = {c.errors(), c.total(), b.errors(), b.total()};
        for (int i = 0; i < of.length; i++) {
            counts[i] += of[i];
            minute[i] += of[i];
        }
    }

    private void time(MetricLook m) {
        canaryOfTheLook.add(m.canary());
        baselineOfTheLook.add(m.baseline());
        canary.add(canaryOfTheLook);
        baseline.add(baselineOfTheLook);
        minute[4] += sum(m.canary());
        minute[5] += m.canary().size();
        minute[6] += sum(m.baseline());
        minute[7] += m.baseline().size();
    }

    private static double sum(List<Double> values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum;
    }

    /** Index of the phase. */
    int phase() {
        return phase;
    }

    /** Baked so far, without the warm-up. */
    double seconds() {
        return seconds;
    }

    /** Whether the latest look ends a minute of the bake. */
    boolean minuteEnds() {
        return Math.abs(seconds / STEP - Math.rint(seconds / STEP)) < 1e-6;
    }

    /** Errors of the latest look, null where it told none. */
    MetricLook errors() {
        return errors;
    }

    /** Errors and requests of the canary, then of the baseline. */
    double[] counts() {
        return counts.clone();
    }

    /** Difference of the mean logarithms of durations, canary minus baseline. */
    double logRatio() {
        return canary.mean() - baseline.mean();
    }

    /** Variance of that difference, taking all durations for independent. */
    double logVariance() {
        return canary.varianceOfMean() + baseline.varianceOfMean();
    }

    /** The same difference in the latest look alone; NaN where a side had no durations. */
    double logRatioOfTheLook() {
        return canaryOfTheLook.mean() - baselineOfTheLook.mean();
    }

    /** The sum of one over each side's number of durations in the latest look. */
    double perDurationOfTheLook() {
        return 1 / canaryOfTheLook.n + 1 / baselineOfTheLook.n;
    }

    /** One value a minute: 0 the canary's fraction of errors, 1 the baseline's, 2 and 3 their mean durations; NaN for none. */
    double[] points(int of) {
        return Arrays.copyOf(points[of], minutes);
    }
}
