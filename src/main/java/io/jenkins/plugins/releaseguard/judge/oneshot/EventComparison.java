// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.oneshot;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.LevelText;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Samples;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.text.Quantity;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Events once, by {@link ConditionalBinomial}: the verdict and its sentence. */
final class EventComparison {
    /** A doubling is what a pass must have excluded where no margin is given. */
    private static final double DOUBLING = 1;

    private static final double HALVING = 0.5;

    /** The p-value of a sample ratio below which nothing is concluded, and the relative deviation that is none. */
    private static final double MISMATCH = 1e-4;

    private static final double MISMATCH_TOLERANCE = 0.1;

    /** The chance to miss a doubling that the number of requests still needed allows for. */
    private static final double MISS = 0.2;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final double alpha;
    private final MetricConfig m;

    EventComparison(double alpha, MetricConfig m) {
        this.alpha = alpha;
        this.m = m;
    }

    /** Both sides' events with what they are compared by: requests, or a count's planned share of them. */
    private record Observed(Counts canary, Counts baseline, double canaryExposure, double baselineExposure) {
        long canaryEvents() {
            return Math.round(canary.errors());
        }

        long events() {
            return canaryEvents() + Math.round(baseline.errors());
        }

        double share() {
            return canaryExposure / (canaryExposure + baselineExposure);
        }

        double canaryRate() {
            return canary.errors() / canaryExposure;
        }

        double baselineRate() {
            return baseline.errors() / baselineExposure;
        }
    }

    /** @param planned share of the canary, NaN where none is; it is checked, and what a count without totals goes by */
    MetricFinding judge(Counts canary, Counts baseline, double planned) {
        boolean totals = canary.total() > 0 && baseline.total() > 0;
        boolean shared = planned > 0 && planned < 1;
        if (!totals && (m.kind() == MetricKind.RATE || !shared)) {
            String side = canary.total() > 0 ? "baseline" : "canary";
            return MetricFinding.nodata(
                    m, m.name() + ": " + side + ".total is 0 or unknown, and no share is given for a count");
        }
        Observed o = totals
                ? new Observed(canary, baseline, canary.total(), baseline.total())
                : new Observed(canary, baseline, planned, 1 - planned);
        if (o.events() > Integer.MAX_VALUE) {
            return MetricFinding.nodata(
                    m, m.name() + ": " + o.events() + " events are more than the exact test takes; scale them down");
        }
        return finding(o, totals && shared ? mismatch(canary.total(), baseline.total(), planned) : null);
    }

    private MetricFinding finding(Observed o, String mismatch) {
        ConditionalBinomial test = new ConditionalBinomial((int) o.events(), (int) o.canaryEvents(), o.share());
        double p = test.p(m.worse(), margin(o));
        Interval interval = test.interval(m.worse(), alpha);
        boolean enough = o.canaryExposure() >= m.minimum() || m.kind() == MetricKind.COUNT;
        boolean clear = excludes(interval, o.baselineRate()) || rareClear(o);
        Verdict v = mismatch != null
                ? Verdict.INCONCLUSIVE
                : p <= alpha ? Verdict.FAIL : enough && clear ? Verdict.PASS : Verdict.INCONCLUSIVE;
        return new MetricFinding(
                m.id(),
                m.name(),
                v,
                "conditional binomial",
                o.canary().errors(),
                p,
                Double.NaN,
                o.events() == 0 ? 0 : o.canaryRate() / o.baselineRate() - 1,
                interval,
                o.canaryRate(),
                o.baselineRate(),
                m.unit(),
                m.allow().relative() ? m.allow().value() : m.allow().value() / o.baselineRate(),
                new Samples(o.baseline().total(), o.canary().total()),
                mismatch != null ? m.name() + ": " + mismatch : reason(o, v, p));
    }

    /** What is allowed, as a fraction of the baseline's rate. */
    private double margin(Observed o) {
        double allowed = m.allow().value();
        return m.allow().relative() || allowed == 0 ? allowed : allowed / Math.max(o.baselineRate(), 1e-12);
    }

    private static String mismatch(double canary, double baseline, double planned) {
        double n = canary + baseline;
        double seen = canary / n;
        double z = (seen - planned) / Math.sqrt(planned * (1 - planned) / n);
        double p = 2 * NORMAL.survivalProbability(Math.abs(z));
        boolean off = p < MISMATCH && Math.abs(seen / planned - 1) > MISMATCH_TOLERANCE;
        return off
                ? "sample-ratio mismatch: the canary got " + Quantity.beside(seen, planned, "%")
                        + " of the requests, not " + Quantity.percent(planned)
                : null;
    }

    private boolean excludes(Interval i, double baseRate) {
        double care = Math.max(
                DOUBLING, m.allow().relative() ? m.allow().value() : m.allow().value() / baseRate);
        boolean trifle = m.kind() == MetricKind.RATE && i.upper() * baseRate <= m.floor();
        return m.worse().directions().stream()
                .allMatch(d -> d == Direction.UP ? i.upper() <= care || trifle : i.lower() >= -HALVING);
    }

    /** A canary whose own upper limit is a trifle needs no baseline to compare with. */
    private boolean rareClear(Observed o) {
        if (m.kind() != MetricKind.RATE || m.worse() != Worse.HIGHER) {
            return false;
        }
        double high = ConditionalBinomial.upperLimit(o.canaryEvents(), o.canaryExposure(), alpha);
        return high - o.baselineRate() <= m.floor();
    }

    /** How many it is a share of; empty where nobody told. */
    private static String requests(Counts side) {
        return side.total() > 0 ? " in " + Quantity.count(side.total(), "request") : "";
    }

    private String reason(Observed o, Verdict v, double p) {
        String levels = m.name() + " " + LevelText.level(m, o.canaryRate()) + requests(o.canary()) + " (baseline "
                + LevelText.level(m, o.baselineRate()) + requests(o.baseline()) + ")";
        return levels
                + switch (v) {
                    case FAIL ->
                        ": worse than allowed (" + LevelText.allowed(m) + "), p = " + Quantity.inUnit(p, alpha, "")
                                + " with " + o.events() + " events";
                    case PASS ->
                        ": no harm beyond the allowed " + LevelText.allowed(m) + " (p = "
                                + Quantity.inUnit(p, alpha, "") + "), a doubling is excluded";
                    default ->
                        ": too little to tell (p = " + Quantity.number(p) + "), needs about "
                                + Quantity.count(needed(o), "more canary request");
                };
    }

    /** Canary requests until a doubling would show, or until none at all would prove that errors are rare. */
    private double needed(Observed o) {
        double z = NORMAL.inverseSurvivalProbability(alpha) + NORMAL.inverseSurvivalProbability(MISS);
        double pooled = o.events() / (o.canaryExposure() + o.baselineExposure());
        double compared = z * z / (Math.pow(Math.log(2), 2) * pooled * (1 - o.share()));
        double rare = m.floor() > 0 ? Math.log(1 / alpha) / m.floor() : Double.POSITIVE_INFINITY;
        double all = o.events() == 0 ? rare : compared;
        return Math.max(Math.max(1, m.minimum() - o.canaryExposure()), all - o.canaryExposure());
    }
}
