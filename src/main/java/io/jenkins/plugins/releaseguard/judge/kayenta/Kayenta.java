// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.kayenta;

import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.judge.rank.Shift;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The NetflixACA judge of Spinnaker's Kayenta, metric by metric: Mann-Whitney in its interval form, a tolerance that is a
 * fraction of the shift itself, then effect sizes. Written from its published behaviour, so that a team that moves over gets
 * the verdict it is used to, its root finder's tolerance included; where that tolerance decides, the reason says so.
 */
public final class Kayenta {
    /** What became of a metric; the words of Kayenta's results. */
    public enum Classification {
        PASS,
        HIGH,
        LOW,
        NODATA,
        NODATAFAIL,
        ERROR;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * @param critical whether the classification alone makes the score 0
     * @param estimate of the shift in the metric's unit; NaN where nothing was compared, and so are the limits
     * @param ratio mean of the canary over mean of the baseline, or CLES when that is the measure; NaN when undefined
     * @param baseline number of values that were compared
     * @param canary likewise
     * @param reason a phrase in people's words
     */
    public record Result(
            Classification classification,
            boolean critical,
            double estimate,
            double lower,
            double upper,
            double ratio,
            int baseline,
            int canary,
            String reason) {}

    private final KayentaConfig c;

    /** With these settings for every metric. */
    public Kayenta(KayentaConfig config) {
        c = config;
    }

    /**
     * Classifies one metric.
     *
     * @param critical whether the metric is one that can fail the canary alone
     * @param baselineValues in any order, NaN where a value is missing
     * @param canaryValues likewise
     */
    public Result judge(Worse worse, boolean critical, double[] baselineValues, double[] canaryValues) {
        double[] canary = prepared(canaryValues);
        double[] baseline = prepared(baselineValues);
        if (canary.length == 0 || baseline.length == 0) {
            return missing(critical, baseline.length, canary.length);
        }
        if (Arrays.equals(canary, baseline)) {
            return plain(Classification.PASS, 1, baseline, canary, "canary and baseline hold the same values");
        }
        if (canary[0] == canary[canary.length - 1]
                && baseline[0] == baseline[baseline.length - 1]
                && canary[0] == baseline[0]) {
            return plain(Classification.PASS, 1, baseline, canary, "one value on both sides");
        }
        try {
            return compare(worse, critical, baseline, canary);
        } catch (ArithmeticException e) {
            return plain(Classification.ERROR, Double.NaN, baseline, canary, e.getMessage());
        }
    }

    private Result missing(boolean critical, int baseline, int canary) {
        double nan = Double.NaN;
        String side = canary == 0 ? "canary" : "baseline";
        if (c.replaceNan()) {
            return new Result(
                    Classification.PASS,
                    false,
                    nan,
                    nan,
                    nan,
                    nan,
                    baseline,
                    canary,
                    "no values on the " + side + ": with nanStrategy replace Kayenta lets that pass");
        }
        Classification k = c.mustHaveData() && !critical ? Classification.NODATAFAIL : Classification.NODATA;
        return new Result(
                k,
                critical && k == Classification.NODATA,
                nan,
                nan,
                nan,
                nan,
                baseline,
                canary,
                "no values on the " + side);
    }

    private static Result plain(Classification k, double ratio, double[] b, double[] x, String reason) {
        double nan = Double.NaN;
        return new Result(k, false, nan, nan, nan, ratio, b.length, x.length, reason);
    }

    private Result compare(Worse worse, boolean critical, double[] b, double[] x) {
        boolean constant = x[0] == x[x.length - 1] && b[0] == b[b.length - 1];
        double[] canary = constant ? noisy(x) : x;
        double[] baseline = constant ? noisy(b) : b;
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - c.confidence()) / 2);
        KayentaInterval roots = new KayentaInterval(canary, baseline);
        double lower = roots.limit(z);
        double upper = roots.limit(-z);
        double estimate = roots.estimate();
        double effect = c.cles() ? cles(canary, baseline) : meanRatio(canary, baseline);
        Classification k = classify(worse, lower, upper, estimate, effect);
        boolean fatal = critical
                && (k == Classification.HIGH && !(effect < c.criticalIncrease())
                        || k == Classification.LOW && !(effect > c.criticalDecrease()));
        Classification exact = classify(
                worse,
                roots.exact(z),
                roots.exact(-z),
                Shift.of(canary, baseline, 0.5).estimate(),
                effect);
        String reason = k == Classification.PASS
                ? "no shift beyond the tolerance"
                : "shift " + Quantity.number(estimate) + ", interval " + Quantity.number(lower) + " to "
                        + Quantity.number(upper) + ", effect " + Quantity.number(effect);
        if (exact != k) {
            reason +=
                    "; decided by Kayenta's root finder, which stops within 0.0001 whatever the scale: exact limits say "
                            + exact.word();
        }
        return new Result(k, fatal, estimate, lower, upper, effect, b.length, x.length, reason);
    }

    private Classification classify(Worse worse, double lower, double upper, double estimate, double effect) {
        double bound = c.tolerance() * Math.abs(estimate);
        if (worse != Worse.LOWER && lower > bound && !(effect < c.allowedIncrease())) {
            return Classification.HIGH;
        }
        return worse != Worse.HIGHER && upper < -bound && !(effect > c.allowedDecrease())
                ? Classification.LOW
                : Classification.PASS;
    }

    /** NaN first, then outliers, each side for itself; sorted. */
    private double[] prepared(double[] values) {
        double[] v = c.replaceNan()
                ? Arrays.stream(values)
                        .map(d -> Double.isNaN(d) ? 0 : d)
                        .sorted()
                        .toArray()
                : Arrays.stream(values).filter(d -> !Double.isNaN(d)).sorted().toArray();
        if (!c.removeOutliers() || v.length == 0) {
            return v;
        }
        double q1 = percentile(v, 25);
        double q3 = percentile(v, 75);
        double low = Math.min(percentile(v, 1), q1 - c.outlierFactor() * (q3 - q1));
        double high = Math.max(percentile(v, 99), q3 + c.outlierFactor() * (q3 - q1));
        return Arrays.stream(v).filter(d -> d >= low && d <= high).toArray();
    }

    /**
     * A percentile as R's type 7 gives it (Hyndman and Fan, The American Statistician 50, 1996).
     *
     * @param sorted ascending, at least one value
     * @param percent 0 to 100
     */
    public static double percentile(double[] sorted, double percent) {
        double at = percent / 100 * (sorted.length - 1);
        int i = (int) Math.floor(at);
        return i + 1 < sorted.length ? sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]) : sorted[i];
    }

    /** Kayenta adds random noise of 1e-5 of the value to constants; normal scores do the same and repeat. */
    private static double[] noisy(double[] constant) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double[] v = new double[constant.length];
        for (int i = 0; i < v.length; i++) {
            double score = normal.inverseCumulativeProbability((i + 0.5) / v.length);
            v[i] = constant[i] + Math.abs(constant[i]) * 1e-5 * score;
        }
        return v;
    }

    static double meanRatio(double[] canary, double[] baseline) {
        double a = Arrays.stream(canary).average().orElse(0);
        double b = Arrays.stream(baseline).average().orElse(0);
        return a == 0 || b == 0 ? Double.NaN : a / b;
    }

    /** Vargha and Delaney 2000: the share of pairs in which the canary is higher. Both sorted. */
    static double cles(double[] canary, double[] baseline) {
        return Ranks.u(canary, baseline, 1, 0) / ((double) canary.length * baseline.length);
    }
}
