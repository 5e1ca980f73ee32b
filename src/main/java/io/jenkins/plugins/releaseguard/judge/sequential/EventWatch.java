// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;

/**
 * Events of two variants, look by look. Given n events in a look, the canary's number c has mean n s where s is its observed
 * share of the exposure: true whenever requests, or whole bursts of them, fall to a variant at random. (Lindon and Malek,
 * Anytime-valid inference for multinomial count data, NeurIPS 2022; here the look's c/n is bet on, which survives bursts.)
 */
public final class EventWatch {
    /** A proof is one capital: which bet is made is settled by earlier looks. */
    static final int PROOFS = 1;

    /** Of the stake that grows fastest were the canary just like its baseline: less is gained, and less lost by bad luck. */
    private static final double CAUTION = 0.75;

    private static final double MOST = 0.95;

    private final Allow allow;
    private final Allow margin;
    private final double floor;

    /**
     * @param allow harm below it never counts
     * @param margin what a proof excludes in this phase
     * @param floor extra rate that nobody cares about, 0 where exposure is no count of requests
     */
    EventWatch(Allow allow, Allow margin, double floor) {
        this.allow = allow;
        this.margin = margin;
        this.floor = floor;
    }

    EProcess look(EProcess s, double c, double canaryExposure, double b, double baselineExposure) {
        double exposure = canaryExposure + baselineExposure;
        EProcess.Sums was = s.sums();
        double n = c + b;
        double share = canaryExposure / exposure;
        boolean both = canaryExposure > 0 && baselineExposure > 0;
        EProcess.Sums sums = new EProcess.Sums(
                was.canary() + c,
                was.canaryExposure() + canaryExposure,
                was.baseline() + b,
                was.baselineExposure() + baselineExposure,
                was.num() + (both ? c * (1 - share) : 0),
                was.den() + (both ? b * share : 0),
                was.z() + (both ? c - share * n : 0),
                was.zVariance() + (both ? share * (1 - share) * n : 0),
                both ? was.clusters().look(c, canaryExposure, b, baselineExposure) : was.clusters());
        if (!both) {
            return new EProcess(s.up(), s.down(), s.proof(), s.proofDown(), s.ladder(), sums);
        }
        // Stakes and cluster size come from earlier looks; the baseline's own rate may come from this one, too.
        double cluster = was.clusters().size();
        return new EProcess(
                s.up() == null ? null : s.up().times(harm(c, n, canaryExposure, share, sums, true, cluster)),
                s.down() == null ? null : s.down().times(harm(c, n, canaryExposure, share, sums, false, cluster)),
                s.proof() == null ? null : s.proof().times(proof(c, n, canaryExposure, share, was, sums, true)),
                s.proofDown() == null
                        ? null
                        : s.proofDown().times(proof(c, n, canaryExposure, share, was, sums, false)),
                s.ladder() == null || n == 0 ? s.ladder() : climb(s.ladder(), c, n, share, was, cluster),
                sums);
    }

    private double[] harm(
            double c, double n, double exposure, double share, EProcess.Sums sums, boolean up, double cluster) {
        if (!allow.relative() && allow.value() > 0) {
            return absolute(c, exposure, sums, up);
        }
        if (n == 0) {
            return new double[] {1, 1, 1, 1};
        }
        double ratio = up ? 1 + allow.value() : Math.max(0, 1 - allow.value());
        double at = shareAt(share, ratio);
        double sigma = Math.sqrt(at * (1 - at) / n);
        double a = Math.abs(shareAt(share, up ? ratio * 1.5 : ratio / 1.5) - at);
        double z = Math.abs(shareAt(share, up ? ratio * 3 : ratio / 3) - at);
        double x = up ? c / n - at : at - c / n;
        boolean clip = up ? share <= 0.55 : share >= 0.45 || at * n / cluster >= 10;
        return Bets.harm(x, up ? at : 1 - at, sigma, new double[] {a, z}, clip);
    }

    /** The canary's rate against the baseline's plus an absolute margin; the larger baseline is the cautious one. */
    private double[] absolute(double c, double exposure, EProcess.Sums sums, boolean up) {
        double base = sums.baselineLevel();
        double slack = Math.sqrt(base / sums.baselineExposure());
        double at = up ? base + slack + allow.value() : base - slack - allow.value();
        if (at <= 0) {
            return new double[] {1, 1, 1, 1};
        }
        double x = up ? c / exposure - at : at - c / exposure;
        double sigma = Math.sqrt(at / exposure);
        // Downwards a rate of at most 1 (or of the look itself, for counts) bounds the loss.
        double bound = up ? at : Math.max(1, c / exposure) - at;
        return Bets.harm(x, Math.max(bound, 1e-12), sigma, new double[] {at / 2, at}, up);
    }

    /**
     * The canary is not as bad as the margin: neither by ratio nor by the extra rate that nobody cares about, so one of both
     * suffices. The larger one is refuted sooner; the baseline's level so far says which it is.
     */
    private double[] proof(
            double c, double n, double exposure, double share, EProcess.Sums was, EProcess.Sums sums, boolean up) {
        double ratio = margin.relative() ? margin.value() : 0;
        double delta = margin.relative() ? floor : margin.value();
        double cluster = was.clusters().size();
        double relative = ratio > 0 && n > 0 ? ratio(c, n, share, ratio, up, cluster) : 1;
        double absolute = delta > 0 ? extra(c, exposure, delta, sums, up, cluster) : 1;
        if (ratio == 0 || delta == 0) {
            return new double[] {ratio == 0 ? absolute : relative};
        }
        double base = was.baselineLevel();
        boolean known = was.baseline() > 0;
        return new double[] {!known ? (relative + absolute) / 2 : ratio * base >= delta ? relative : absolute};
    }

    /**
     * The bet on c/n needs nothing but its mean, yet its stake must be payable even if all events were the canary's. A likelihood
     * ratio has no such limit, but needs the size of clusters: it is taken where it grows more than three times as fast.
     */
    private static double ratio(double c, double n, double share, double relative, boolean up, double cluster) {
        double ratio = up ? 1 + relative : Math.max(0.05, 1 - relative);
        double at = shareAt(share, ratio);
        double gain = Math.abs(at - share);
        double spread = cluster * share * (1 - share) / n + gain * gain;
        double stake = Math.min(CAUTION * gain / spread, MOST / (up ? 1 - at : at));
        double lambda = CAUTION * Math.log(ratio);
        double mean = stake * gain - stake * stake * spread / 2;
        double likelihood = -(lambda * share + Math.log1p(at * Math.expm1(-lambda))) * n / cluster;
        return likelihood <= 3 * mean
                ? 1 + stake * (up ? at - c / n : c / n - at)
                : Bets.tilt(c, n, at, lambda, cluster);
    }

    private static double extra(
            double c, double exposure, double delta, EProcess.Sums sums, boolean up, double cluster) {
        double base = sums.baselineLevel();
        double slack = Math.sqrt(base / sums.baselineExposure());
        if (up) {
            double lambda = CAUTION * Math.log((base + delta) / Math.max(base, delta / 20));
            return Bets.rare(c, (Math.max(0, base - slack) + delta) * exposure, lambda, cluster);
        }
        if (base <= delta) {
            return 1e3; // a rate cannot fall by more than it is
        }
        double high = base + slack - delta;
        return Bets.rare(c, high * exposure, CAUTION * Math.log(Math.max(high, delta / 20) / base), cluster);
    }

    private static Capital climb(Capital ladder, double c, double n, double share, EProcess.Sums was, double cluster) {
        double estimate = (was.num() + 0.5) / (was.den() + 0.5);
        return ConfidenceSequence.climb(ladder, (ratio, above) -> {
            double lambda = Math.max(0.1, Math.min(1.5, Math.abs(Math.log(estimate / ratio))));
            return Bets.tilt(c, n, shareAt(share, ratio), above ? -lambda : lambda, cluster);
        });
    }

    /** The canary's share of events when its rate is a multiple of the baseline's. */
    public static double shareAt(double share, double ratio) {
        return ratio * share / (ratio * share + 1 - share);
    }
}
