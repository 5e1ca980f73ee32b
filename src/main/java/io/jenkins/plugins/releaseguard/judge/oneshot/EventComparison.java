// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.oneshot;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Numbers;
import io.jenkins.plugins.releaseguard.judge.Samples;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Events once: given how many there were on both sides, the canary's number is binomial with its share of the exposure
 * (Przyborowski and Wilenski, Biometrika 31, 1940); limits of Clopper and Pearson (Biometrika 26, 1934).
 */
final class EventComparison {
    /** A doubling is what a pass must have excluded where no margin is given. */
    private static final double DOUBLING = 1;

    private static final double HALVING = 0.5;

    private static final double MISMATCH = 1e-4;
    private static final String NAME = "conditional binomial";

    private final double alpha;
    private final MetricConfig m;

    EventComparison(double alpha, MetricConfig m) {
        this.alpha = alpha;
        this.m = m;
    }

    MetricFinding judge(Counts canary, Counts baseline, double planned) {
        boolean totals = canary.total() > 0 && baseline.total() > 0;
        if (!totals && (m.kind() == MetricKind.RATE || !(planned > 0 && planned < 1))) {
            String side = canary.total() > 0 ? "baseline" : "canary";
            return MetricFinding.nodata(
                    m, m.name() + ": " + side + ".total is 0 or unknown, and no share is given for a count");
        }
        double nc = totals ? canary.total() : planned;
        double nb = totals ? baseline.total() : 1 - planned;
        double share = nc / (nc + nb);
        long c = Math.round(canary.errors());
        long n = c + Math.round(baseline.errors());
        if (n > Integer.MAX_VALUE) {
            return MetricFinding.nodata(
                    m, m.name() + ": " + n + " events are more than the exact test takes; scale them down");
        }
        double p = p((int) n, (int) c, share, baseline.errors() / nb);
        double ratio = canary.errors() / nc / (baseline.errors() / nb) - 1;
        Interval interval = interval((int) n, (int) c, share);
        String mismatch = totals ? mismatch(canary.total(), baseline.total(), planned) : null;
        return finding(canary, baseline, nc, nb, n, p, n == 0 ? 0 : ratio, interval, mismatch);
    }

    private double p(int n, int c, double share, double baseRate) {
        if (n == 0) {
            return 1;
        }
        double margin = m.allow().relative()
                ? m.allow().value()
                : m.allow().value() == 0 ? 0 : m.allow().value() / Math.max(baseRate, 1e-12);
        if (m.worse() == Worse.EITHER && margin == 0) {
            return BinomialTest.withDefaults()
                    .with(AlternativeHypothesis.TWO_SIDED)
                    .test(n, c, share)
                    .getPValue();
        }
        double up =
                BinomialDistribution.of(n, Counts.shareAt(share, 1 + margin)).survivalProbability(c - 1);
        double down = BinomialDistribution.of(n, Counts.shareAt(share, Math.max(0, 1 - margin)))
                .cumulativeProbability(c);
        return switch (m.worse()) {
            case HIGHER -> up;
            case LOWER -> down;
            case EITHER -> Math.min(1, 2 * Math.min(up, down));
        };
    }

    /** Of the relative change; as wide as the test is sided. */
    private Interval interval(int n, int c, double share) {
        double tail = m.worse() == Worse.EITHER ? alpha / 2 : alpha;
        double low = c == 0 ? 0 : BetaDistribution.of(c, n - c + 1.0).inverseCumulativeProbability(tail);
        double high = c == n ? 1 : BetaDistribution.of(c + 1.0, n - c).inverseSurvivalProbability(tail);
        return new Interval(
                low / (1 - low) * (1 - share) / share - 1, high / (1 - high) * (1 - share) / share - 1, 1 - 2 * tail);
    }

    private static String mismatch(double canary, double baseline, double planned) {
        if (!(planned > 0 && planned < 1)) {
            return null;
        }
        double n = canary + baseline;
        double seen = canary / n;
        double z = (seen - planned) / Math.sqrt(planned * (1 - planned) / n);
        double p = 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z));
        boolean off = p < MISMATCH && Math.abs(seen / planned - 1) > 0.1;
        return off
                ? "sample-ratio mismatch: the canary got " + Numbers.percent(seen) + " of the requests, not "
                        + Numbers.percent(planned)
                : null;
    }

    private MetricFinding finding(
            Counts canary,
            Counts baseline,
            double nc,
            double nb,
            long n,
            double p,
            double effect,
            Interval interval,
            String mismatch) {
        double canaryRate = canary.errors() / nc;
        double baseRate = baseline.errors() / nb;
        boolean harm = p <= alpha;
        boolean enough = nc >= m.minimum() || m.kind() == MetricKind.COUNT;
        boolean clear = excludes(interval, baseRate) || rareClear(canary, nc, baseRate);
        Verdict v = mismatch != null
                ? Verdict.INCONCLUSIVE
                : harm ? Verdict.FAIL : enough && clear ? Verdict.PASS : Verdict.INCONCLUSIVE;
        String levels = m.name() + " " + rate(canaryRate) + " (baseline " + rate(baseRate) + ")";
        String reason = mismatch != null
                ? m.name() + ": " + mismatch
                : levels
                        + switch (v) {
                            case FAIL ->
                                ": worse than allowed (" + m.allow() + "), p = " + Numbers.show(p) + " with " + n
                                        + " events";
                            case PASS ->
                                ": no harm beyond the allowed " + m.allow() + " (p = " + Numbers.show(p)
                                        + "), a doubling is excluded";
                            default ->
                                ": too little to tell (p = " + Numbers.show(p) + "), needs about "
                                        + Numbers.plural(needed(nc, nb, n), "more canary request");
                        };
        Samples samples = new Samples(baseline.total(), canary.total());
        return new MetricFinding(
                m.id(),
                m.name(),
                v,
                NAME,
                canary.errors(),
                p,
                Double.NaN,
                effect,
                interval,
                canaryRate,
                baseRate,
                m.unit(),
                m.allow().relative() ? m.allow().value() : m.allow().value() / baseRate,
                samples,
                reason);
    }

    private boolean excludes(Interval i, double baseRate) {
        double care = Math.max(
                DOUBLING, m.allow().relative() ? m.allow().value() : m.allow().value() / baseRate);
        boolean up = i.upper() <= care || m.kind() == MetricKind.RATE && i.upper() * baseRate <= m.floor();
        boolean down = i.lower() >= -HALVING;
        return switch (m.worse()) {
            case HIGHER -> up;
            case LOWER -> down;
            case EITHER -> up && down;
        };
    }

    /** A canary whose own upper limit is a trifle needs no baseline to compare with. */
    private boolean rareClear(Counts canary, double nc, double baseRate) {
        if (m.kind() != MetricKind.RATE || m.worse() != Worse.HIGHER) {
            return false;
        }
        double c = Math.round(canary.errors());
        double high = c >= nc ? 1 : BetaDistribution.of(c + 1, nc - c).inverseSurvivalProbability(alpha);
        return high - baseRate <= m.floor();
    }

    private double needed(double nc, double nb, long n) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double z = normal.inverseSurvivalProbability(alpha) + normal.inverseSurvivalProbability(0.2);
        double pooled = n / (nc + nb);
        double share = nc / (nc + nb);
        double compared = z * z / (Math.pow(Math.log(2), 2) * pooled * (1 - share));
        double rare = m.floor() > 0 ? Math.log(1 / alpha) / m.floor() : Double.POSITIVE_INFINITY;
        double all = n == 0 ? rare : compared;
        return Math.max(Math.max(1, m.minimum() - nc), all - nc);
    }

    private String rate(double v) {
        return m.kind() == MetricKind.RATE ? Numbers.percent(v) : Numbers.show(v);
    }
}
