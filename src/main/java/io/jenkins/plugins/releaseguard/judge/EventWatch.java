// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

/**
 * Events of two variants, look by look. Given n events in a look, the canary's number c has mean n s where s is its observed
 * share of the exposure: true whenever requests, or whole bursts of them, fall to a variant at random. (Lindon and Malek,
 * Anytime-valid inference for multinomial count data, NeurIPS 2022; here the look's c/n is bet on, which survives bursts.)
 */
final class EventWatch {
    /** Entries of a proof: two tilted binomials, two tilted Poissons. */
    static final int PROOFS = 4;

    private final Allow allow;
    private final Allow margin;
    private final double multiplier;
    private final double floor;

    /**
     * @param allow harm below it never counts
     * @param margin what a proof excludes, before the multiplier
     * @param floor extra rate that nobody cares about, 0 where exposure is no count of requests
     */
    EventWatch(Allow allow, Allow margin, double multiplier, double floor) {
        this.allow = allow;
        this.margin = margin;
        this.multiplier = multiplier;
        this.floor = floor;
    }

    Strand look(Strand s, double c, double canaryExposure, double b, double baselineExposure) {
        double exposure = canaryExposure + baselineExposure;
        Strand.Sums was = s.sums();
        double n = c + b;
        double share = canaryExposure / exposure;
        boolean both = canaryExposure > 0 && baselineExposure > 0;
        double pearson = both && n > 0 ? Math.pow(c - share * n, 2) / (share * (1 - share) * n) : 0;
        Strand.Sums sums = new Strand.Sums(
                was.canary() + c,
                was.canaryExposure() + canaryExposure,
                was.baseline() + b,
                was.baselineExposure() + baselineExposure,
                was.num() + (both ? c * (1 - share) : 0),
                was.den() + (both ? b * share : 0),
                was.z() + (both ? c - share * n : 0),
                was.zVariance() + (both ? share * (1 - share) * n : 0),
                was.dispersion() + pearson,
                was.terms() + (both && n > 0 ? 1 : 0));
        if (!both) {
            return new Strand(s.up(), s.down(), s.proof(), s.proofDown(), s.ladder(), sums);
        }
        // Stakes and cluster size come from earlier looks; the baseline's own rate may come from this one, too.
        double cluster = was.cluster();
        return new Strand(
                s.up() == null ? null : s.up().times(harm(c, n, canaryExposure, share, sums, true, cluster)),
                s.down() == null ? null : s.down().times(harm(c, n, canaryExposure, share, sums, false, cluster)),
                s.proof() == null ? null : s.proof().times(proof(c, n, canaryExposure, share, sums, true, cluster)),
                s.proofDown() == null
                        ? null
                        : s.proofDown().times(proof(c, n, canaryExposure, share, sums, false, cluster)),
                s.ladder() == null || n == 0 ? s.ladder() : climb(s.ladder(), c, n, share, was, cluster),
                sums);
    }

    private double[] harm(
            double c, double n, double exposure, double share, Strand.Sums sums, boolean up, double cluster) {
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
    private double[] absolute(double c, double exposure, Strand.Sums sums, boolean up) {
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

    private double[] proof(
            double c, double n, double exposure, double share, Strand.Sums sums, boolean up, double cluster) {
        double[] f = {1, 1, 1, 1};
        double relative = margin.relative() ? multiplier * margin.value() : 0;
        if (relative > 0 && n > 0) {
            double ratio = up ? 1 + relative : Math.max(0.05, 1 - relative);
            double at = shareAt(share, ratio);
            f[0] = Bets.tilt(c, n, at, Math.log(ratio), cluster);
            f[1] = Bets.tilt(c, n, at, Math.log(ratio) / 2, cluster);
        }
        double delta = multiplier * (margin.relative() ? floor : margin.value());
        if (delta > 0) {
            double base = sums.baselineLevel();
            double low = Math.max(0, base - Math.sqrt(base / sums.baselineExposure()));
            if (up) {
                double lambda = Math.log((base + delta) / Math.max(base, delta / 20));
                f[2] = Bets.rare(c, (low + delta) * exposure, lambda, cluster);
                f[3] = Bets.rare(c, (low + delta) * exposure, lambda / 2, cluster);
            } else if (base > delta) {
                double high = base + Math.sqrt(base / sums.baselineExposure()) - delta;
                double lambda = Math.log(Math.max(high, delta / 20) / base);
                f[2] = Bets.rare(c, high * exposure, lambda, cluster);
                f[3] = Bets.rare(c, high * exposure, lambda / 2, cluster);
            } else { // a rate cannot fall by more than it is
                f[2] = 1e3;
                f[3] = 1e3;
            }
        }
        return f;
    }

    private static Capital climb(Capital ladder, double c, double n, double share, Strand.Sums was, double cluster) {
        double estimate = (was.num() + 0.5) / (was.den() + 0.5);
        return Ladder.climb(ladder, (ratio, above) -> {
            double lambda = Math.max(0.1, Math.min(1.5, Math.abs(Math.log(estimate / ratio))));
            return Bets.tilt(c, n, shareAt(share, ratio), above ? -lambda : lambda, cluster);
        });
    }

    /** The canary's share of events when its rate is a multiple of the baseline's. */
    static double shareAt(double share, double ratio) {
        return ratio * share / (ratio * share + 1 - share);
    }
}
