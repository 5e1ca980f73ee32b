// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import java.util.List;

/**
 * A service's error rate and latency in one regime of noise at a time, so that a table can say which of them the judge bears. It
 * shares nothing with {@link SimulatedRelease}, which has all noise at once. Two usual metrics: errors without a margin, durations
 * with 10 % and counts above a far limit.
 */
public final class RegimeTraffic {
    /** What is special about a release in which canary and baseline are one program. */
    public enum Regime {
        INDEPENDENT("iid"),
        AUTOREGRESSIVE("levels AR(1) across looks, shared"),
        DRIFT("level and traffic drift, shared"),
        HEAVY_TAILS("durations Pareto 1.5"),
        TIES("durations in steps of 50 ms"),
        RETRY_STORMS("retry storms of 20 on average"),
        MISSING("10 % of the looks missing"),
        RESETS("1 % of the looks with a counter reset"),
        STUMBLING("instances stumble: 15 s in 30 min, half of the requests fail"),
        STICKY("sticky users, own rates exponential, stay 10 min; sticky: 10m"),
        STICKY_FEW("sticky users, 1 % of them fail half of their requests; sticky: 10m"),
        COLD_START("cold start: first 2 min twice as slow, fading; warmup: 5m"),
        SHARED_OUTAGE("shared outages of 30 %, 30 to 90 s; allow 1 point"),
        OFFSET("canary 3 % (sd) off, latency without allow"),
        CLUSTERS("all errors in clusters of five on average");

        private final String text;

        Regime(String text) {
            this.text = text;
        }

        /** For a table's row. */
        public String text() {
            return text;
        }
    }

    /** Harm of the canary from a time on: errors times this, plus this, durations times this, the slowest hundredth times this. */
    public record Harm(double from, double errors, double more, double latency, double tail) {
        public static final Harm NONE = new Harm(0, 1, 0, 1, 1);

        public static Harm errors(double times) {
            return new Harm(0, times, 0, 1, 1);
        }

        public static Harm more(double points) {
            return new Harm(0, 1, points / 100, 1, 1);
        }

        public static Harm latency(double times) {
            return new Harm(0, 1, 0, times, 1);
        }

        /** The same, beginning so many seconds after the release. */
        public Harm from(double seconds) {
            return new Harm(seconds, errors, more, latency, tail);
        }
    }

    public static final List<Double> SHARES = List.of(0.01, 0.05, 0.25, 0.5, 1.0);
    private static final double MEDIAN = 100;
    private static final double SIGMA = 0.5;
    private static final double LIMIT = 500;
    private static final int MOST_VALUES = 200;
    private static final int INSTANCES = 20;
    private static final double STAY = 600;
    private static final double WARMUP = 300;
    private static final double CLUSTER = 5;
    private static final double REQUESTS_OF_A_USER = 0.2;

    private final SeededDraws draw;
    private final Regime regime;
    private final double rate;
    private final double seconds;
    private final double errors;
    private final Harm harm;
    private final double offset;
    private final double trend;
    private double time;
    private double level;
    private double errorLevel;
    private double outageUntil;
    private final double[] stumbleUntil = new double[2 * INSTANCES];
    private double[] users = new double[0];
    private double[] canaryUsers = new double[0];

    /**
     * @param rate requests a second on both sides
     * @param seconds of a look
     * @param errors usual fraction of requests that fail
     */
    public RegimeTraffic(long seed, Regime regime, double rate, double seconds, double errors, Harm harm) {
        this.draw = new SeededDraws(mixed(seed * 31 + regime.ordinal()));
        this.regime = regime;
        this.rate = rate;
        this.seconds = seconds;
        this.errors = errors;
        this.harm = harm;
        this.offset = regime == Regime.OFFSET ? Math.exp(0.03 * draw.normal()) : 1;
        this.trend = draw.normal();
    }

    /** Neighbouring seeds must not give one stream a step apart, as multiples of the generator's own constant would. */
    private static long mixed(long seed) {
        long z = (seed ^ seed >>> 30) * 0xBF58476D1CE4E5B9L;
        return (z ^ z >>> 27) * 0x94D049BB133111EBL;
    }

    /** Errors without a margin and latency with 10 %, but where the regime says otherwise. */
    public static JudgeConfig config(Regime regime) {
        Allow points = regime == Regime.SHARED_OUTAGE ? Allow.absolute(0.01) : Allow.NONE;
        Allow latency = regime == Regime.OFFSET ? Allow.NONE : Allow.percent(10);
        return config(points, latency, sticky(regime) ? STAY : 0);
    }

    public static JudgeConfig config(Allow errors, Allow latency) {
        return config(errors, latency, 0);
    }

    private static boolean sticky(Regime regime) {
        return regime == Regime.STICKY || regime == Regime.STICKY_FEW;
    }

    private static JudgeConfig config(Allow errors, Allow latency, double sticky) {
        return JudgeConfig.builder(
                        List.of(
                                MetricConfig.builder("err", MetricKind.RATE)
                                        .allow(errors)
                                        .build(),
                                MetricConfig.builder("lat", MetricKind.LATENCY)
                                        .allow(latency)
                                        .unit("ms")
                                        .build()),
                        SHARES)
                .sticky(sticky)
                .build();
    }

    /** The next look, at a share of the canary between 0 and 1. */
    public Look look(int phase, double share) {
        time += seconds;
        double now = regime == Regime.DRIFT ? Math.exp(0.5 * Math.sin(trend + time / 1500)) : 1;
        double requests = draw.poisson(rate * seconds * now);
        double canary = draw.binomial(requests, share);
        double baseline = requests - canary;
        level = regime == Regime.AUTOREGRESSIVE ? 0.9 * level + 0.05 * draw.normal() : Math.log(now);
        errorLevel = regime == Regime.AUTOREGRESSIVE ? 0.9 * errorLevel + 0.2 * draw.normal() : Math.log(now);
        if (regime == Regime.MISSING && draw.chance(0.1)) {
            return new Look(phase, seconds, baseline, canary, List.of());
        }
        boolean warmup = regime == Regime.COLD_START && time <= WARMUP;
        return new Look(
                phase,
                seconds,
                baseline,
                canary,
                List.of(errors(share, canary, baseline), durations(canary, baseline)),
                warmup);
    }

    private boolean harmed() {
        return time > harm.from();
    }

    private MetricLook errors(double share, double canary, double baseline) {
        double p = Math.min(0.9, errors * Math.exp(errorLevel) + outage());
        double extra = harmed() ? harm.more() + (harm.errors() - 1) * p : 0;
        double c;
        double b;
        if (sticky(regime)) {
            c = draw.binomial(canary, Math.min(1, ofUsers(share, true)));
            b = draw.binomial(baseline, Math.min(1, ofUsers(1 - share, false)));
            c += draw.binomial(canary - c, extra);
        } else if (regime == Regime.CLUSTERS) {
            c = clustered(canary, p + extra);
            b = clustered(baseline, p);
        } else {
            c = draw.binomial(canary, Math.min(1, p + extra));
            b = draw.binomial(baseline, p);
        }
        if (regime == Regime.STUMBLING) {
            int pods = (int) Math.max(1, Math.round(INSTANCES * share / (1 - share)));
            c += stumbles(canary - c, 0, Math.min(INSTANCES, pods));
            b += stumbles(baseline - b, INSTANCES, INSTANCES);
        } else if (regime == Regime.RETRY_STORMS && draw.chance(0.1)) {
            double size = draw.geometric(20);
            boolean own = draw.chance(share);
            c = Math.min(canary, c + (own ? size : 0));
            b = Math.min(baseline, b + (own ? 0 : size));
        } else if (regime == Regime.RESETS && draw.chance(0.01)) {
            c = -draw.poisson(1000);
        }
        return MetricLook.counts("err", new Counts(b, baseline), new Counts(c, canary));
    }

    private double clustered(double requests, double p) {
        double sum = 0;
        for (double clusters = draw.poisson(requests * p / CLUSTER); clusters > 0; clusters--) {
            sum += draw.geometric(CLUSTER);
        }
        return Math.min(requests, sum);
    }

    private double outage() {
        if (regime == Regime.SHARED_OUTAGE && time > outageUntil && draw.chance(seconds / 600)) {
            outageUntil = time + 30 + 60 * draw.uniform();
        }
        return time <= outageUntil && regime == Regime.SHARED_OUTAGE ? 0.3 : 0;
    }

    private double stumbles(double requests, int from, int pods) {
        double failed = 0;
        for (int i = 0; i < pods; i++) {
            if (time > stumbleUntil[from + i] && draw.chance(seconds / 1800)) {
                stumbleUntil[from + i] = time + 15;
            }
            failed += time <= stumbleUntil[from + i] ? draw.binomial(Math.floor(requests / pods), 0.5) : 0;
        }
        return failed;
    }

    /** The mean of the users' own rates, of which some leave in each look. */
    private double ofUsers(double share, boolean canary) {
        int number = (int) Math.max(1, Math.round(rate * share / REQUESTS_OF_A_USER));
        double[] of = canary ? canaryUsers : users;
        boolean fresh = of.length != number;
        of = fresh ? new double[number] : of;
        double sum = 0;
        for (int i = 0; i < number; i++) {
            if (fresh || draw.chance(seconds / STAY)) {
                of[i] = regime == Regime.STICKY
                        ? -errors * Math.log(1 - draw.uniform())
                        : draw.chance(0.01) ? 0.5 : errors / 2;
            }
            sum += of[i];
        }
        if (canary) {
            canaryUsers = of;
        } else {
            users = of;
        }
        return sum / number;
    }

    private MetricLook durations(double canary, double baseline) {
        double slower = offset * (harmed() ? harm.latency() : 1);
        if (regime == Regime.COLD_START) {
            slower *= 1 + (time <= 120 ? 1 : Math.exp(-(time - 120) / 60));
        }
        double own = slower;
        double tails = harmed() ? harm.tail() : 1;
        return MetricLook.values("lat", values(baseline, 1, 1), values(canary, own, tails))
                .withTail(above(baseline, 1, 1), above(canary, own, tails));
    }

    private List<Double> values(double requests, double slower, double tail) {
        double[] v = new double[(int) Math.min(MOST_VALUES, requests)];
        for (int i = 0; i < v.length; i++) {
            v[i] = slower * duration() * (tail != 1 && draw.chance(0.01) ? tail : 1);
        }
        return SampleValues.of(v);
    }

    private double duration() {
        double usual = MEDIAN * Math.exp(level);
        if (regime == Regime.HEAVY_TAILS) {
            return usual * Math.pow(2 * (1 - draw.uniform()), -1 / 1.5);
        }
        double d = usual * Math.exp(SIGMA * draw.normal());
        return regime == Regime.TIES ? 50 * Math.ceil(d / 50) : d;
    }

    /** Of all requests, not of the sampled ones alone. */
    private Counts above(double requests, double slower, double tail) {
        double limit = Math.log(LIMIT / MEDIAN / slower) - level;
        double p = regime == Regime.HEAVY_TAILS
                ? Math.min(1, 0.5 * Math.exp(-1.5 * limit))
                : Normal.survival(limit / SIGMA);
        double slow = tail == 1 ? p : 0.99 * p + 0.01 * Normal.survival((limit - Math.log(tail)) / SIGMA);
        return new Counts(draw.binomial(requests, slow), requests);
    }
}
