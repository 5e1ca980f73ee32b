// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

/**
 * One metric's verdict with the numbers behind it; NaN where a number does not apply.
 *
 * @param test the test used, by name
 * @param p of the test (one-shot), or the anytime-valid p = 1 / the largest e so far (watching)
 * @param e the evidence of harm: 1 is none, 1/alpha stops when the weighted mean of all metrics reaches it
 * @param effect canary against baseline: a relative change of the level (0.2 is +20 %) for latency, rate and count, a
 *     shift in the metric's unit for a gauge
 * @param interval of the effect, null when there is none yet
 * @param canary the level as users see it: an error rate (fraction), a median
 * @param limit the effect that would count as harm, in the effect's unit
 * @param reason one sentence
 */
public record MetricFinding(
        String id,
        String name,
        Verdict verdict,
        String test,
        double statistic,
        double p,
        double e,
        double effect,
        Interval interval,
        double canary,
        double baseline,
        String unit,
        double limit,
        Samples samples,
        String reason) {

    /** The same numbers under another verdict. */
    public MetricFinding with(Verdict other) {
        return new MetricFinding(
                id, name, other, test, statistic, p, e, effect, interval, canary, baseline, unit, limit, samples,
                reason);
    }

    /** The same numbers with another sentence. */
    public MetricFinding saying(String other) {
        return new MetricFinding(
                id, name, verdict, test, statistic, p, e, effect, interval, canary, baseline, unit, limit, samples,
                other);
    }

    /**
     * Nothing to judge: no test and no number.
     *
     * @param reason one sentence that names the field
     */
    public static MetricFinding nodata(MetricConfig m, String reason) {
        double nan = Double.NaN;
        Verdict v = Verdict.NODATA;
        return new MetricFinding(
                m.id(),
                m.name(),
                v,
                "none",
                nan,
                nan,
                nan,
                nan,
                null,
                nan,
                nan,
                m.unit(),
                nan,
                new Samples(0, 0),
                reason);
    }
}
