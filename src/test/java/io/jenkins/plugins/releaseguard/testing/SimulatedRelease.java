// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import java.util.ArrayList;
import java.util.List;

/**
 * A canary beside its baseline under realistic noise: 100 requests a second with a daily trend that both share, ten metrics,
 * errors in bursts within looks (clients that stick to a variant, instances that fail) and across looks (a dependency that
 * fails for some minutes), lognormal durations whose level wanders for both sides and a little for each, and a router that
 * sends 7 % where 5 % were asked for. Without harm both variants are one program: an A/A release.
 */
public final class SimulatedRelease {
    /** Harm of the canary: its errors, durations and exceptions times this; {@link #NONE} is A/A. */
    public record Harm(double errors, double latency, double exceptions) {
        public static final Harm NONE = new Harm(1, 1);

        public Harm(double errors, double latency) {
            this(errors, latency, 1);
        }
    }

    public static final double SECONDS = 30;
    private static final double USUAL_RATE = 100;
    private static final int VALUES = 200;
    private static final double[] ERROR_RATES = {0.01, 0.001, 0.005, 0.05};

    private final SeededDraws draw;
    private final SeededDraws harmDraw;
    private final double errorRate;
    private final double rate;
    private final double dayPhase;
    private final double canaryGauge;
    private double level;
    private double canaryOwn;
    private double baselineOwn;
    private double slowSeries;
    private final double[] incident = new double[ERROR_RATES.length];
    private int tick;

    public SimulatedRelease(long seed, double errorRate) {
        this(seed, errorRate, USUAL_RATE);
    }

    /** @param rate requests a second on both sides */
    public SimulatedRelease(long seed, double errorRate, double rate) {
        this.rate = rate;
        draw = new SeededDraws(seed);
        harmDraw = new SeededDraws(~seed);
        this.errorRate = errorRate;
        dayPhase = 2 * Math.PI * draw.uniform();
        canaryGauge = 0.02 * draw.normal();
        level = 0.1 * draw.normal();
    }

    /** Ten metrics: four error rates, a count, three durations (one with tail counts, one of scrapes), two gauges. */
    public static List<MetricConfig> metrics() {
        List<MetricConfig> m = new ArrayList<>();
        for (int i = 0; i < ERROR_RATES.length; i++) {
            m.add(MetricConfig.builder("rate" + i, MetricKind.RATE)
                    .critical(i == 0)
                    .build());
        }
        m.add(MetricConfig.of("exceptions", MetricKind.COUNT));
        m.add(MetricConfig.builder("latency", MetricKind.LATENCY)
                .allow(Allow.percent(10))
                .unit("ms")
                .build());
        m.add(MetricConfig.builder("upstream", MetricKind.LATENCY)
                .allow(Allow.percent(10))
                .unit("ms")
                .build());
        m.add(MetricConfig.builder("scrapes", MetricKind.LATENCY)
                .allow(Allow.percent(10))
                .unit("ms")
                .raw(false)
                .build());
        m.add(MetricConfig.builder("memory", MetricKind.GAUGE)
                .allow(Allow.percent(10))
                .unit("MiB")
                .build());
        m.add(MetricConfig.builder("queue", MetricKind.GAUGE)
                .allow(Allow.absolute(1))
                .build());
        return m;
    }

    public static double sent(double planned) {
        return planned == 0.05 ? 0.07 : planned;
    }

    public Look look(int phase, double planned, Harm harm) {
        double share = sent(planned);
        double day = 1 + 0.4 * Math.sin(dayPhase + 2 * Math.PI * tick * SECONDS / 86400);
        tick++;
        double requests = draw.poisson(rate * SECONDS * day);
        double canary = draw.binomial(requests, share);
        double baseline = requests - canary;
        List<MetricLook> looks = new ArrayList<>(10);
        for (int i = 0; i < ERROR_RATES.length; i++) {
            double p = i == 0 ? errorRate : ERROR_RATES[i];
            looks.add(rate(i, p, share, canary, baseline, i == 0 ? harm.errors() : 1));
        }
        looks.add(count(share, canary, baseline, harm.exceptions()));
        level = 0.95 * level + 0.03 * draw.normal();
        double instances = Math.max(1, 20 * share);
        canaryOwn = 0.7 * canaryOwn + 0.015 / Math.sqrt(instances) * draw.normal();
        baselineOwn = 0.7 * baselineOwn + 0.015 / Math.sqrt(20 - instances) * draw.normal();
        slowSeries = 0.9 * slowSeries + 0.04 * draw.normal();
        looks.add(latency("latency", 100, 0.5, share, canary, baseline, harm.latency()));
        looks.add(latency("upstream", 40, 0.9, share, canary, baseline, 1)
                .withTail(tail(baseline, share, false, canary), tail(canary, share, true, baseline)));
        looks.add(scrapes());
        looks.add(memory(share));
        looks.add(queue());
        return new Look(phase, SECONDS, baseline, canary, looks);
    }

    private MetricLook rate(int i, double p, double share, double canary, double baseline, double worse) {
        if (incident[i] == 0 && draw.chance(0.01)) {
            incident[i] = 1 + 4 * draw.uniform();
        } else if (incident[i] > 0 && draw.chance(0.3)) {
            incident[i] = 0;
        }
        double now = Math.min(0.5, p * (0.75 + incident[i]));
        double c = draw.binomial(canary, now);
        double b = draw.binomial(baseline, now);
        // A quarter of the errors come from clients in trouble, eight requests each, and one failing instance.
        double clients = draw.poisson(0.25 * p * (canary + baseline) / 8);
        for (int k = 0; k < clients; k++) {
            double size = draw.geometric(8);
            if (draw.chance(share)) {
                c += size;
            } else {
                b += size;
            }
        }
        if (draw.chance(0.05)) {
            double size = draw.poisson(0.3 * p * (canary + baseline));
            if (draw.chance(share)) {
                c += size;
            } else {
                b += size;
            }
        }
        // Harm multiplies all of it: steady errors, clients in trouble and failing instances.
        c = Math.min(canary, c + harmDraw.poisson((worse - 1) * (now + 0.265 * p) * canary));
        return MetricLook.counts("rate" + i, new Counts(Math.min(b, baseline), baseline), new Counts(c, canary));
    }

    private MetricLook count(double share, double canary, double baseline, double worse) {
        double c = 0;
        double b = 0;
        double clusters = draw.poisson(3 * rate / USUAL_RATE);
        for (int k = 0; k < clusters; k++) {
            double size = draw.geometric(5);
            if (draw.chance(share)) {
                c += size;
            } else {
                b += size;
            }
        }
        double more = harmDraw.poisson(3 * rate / USUAL_RATE * share * (worse - 1));
        for (int k = 0; k < more; k++) {
            c += harmDraw.geometric(5);
        }
        return MetricLook.counts("exceptions", new Counts(b, baseline), new Counts(c, canary));
    }

    /** A source that samples at most 200 durations a side and look. */
    private MetricLook latency(
            String id, double median, double sigma, double share, double canary, double baseline, double worse) {
        double[] c = new double[(int) Math.min(VALUES, canary)];
        double[] b = new double[(int) Math.min(VALUES, baseline)];
        double base = Math.log(median) + level;
        fill(c, base + canaryOwn + Math.log(worse), sigma, draw.chance(0.03 + 0.1 * share));
        fill(b, base + baselineOwn, sigma, draw.chance(0.03 + 0.1 * (1 - share)));
        return MetricLook.values(id, SampleValues.of(b), SampleValues.of(c));
    }

    /** A pause makes a run of neighbouring requests half as slow again. */
    private void fill(double[] values, double mu, double sigma, boolean pause) {
        int from = pause ? (int) (draw.uniform() * values.length) : values.length;
        int to = from + values.length / 10;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(mu + sigma * draw.normal() + (i >= from && i < to ? 0.4 : 0));
        }
    }

    private Counts tail(double own, double share, boolean isCanary, double other) {
        double mean = 0.01 * Math.exp(2 * (level + (isCanary ? canaryOwn : baselineOwn)));
        return new Counts(draw.binomial(own, Math.min(1, mean)), own);
    }

    /** A ready-made median of every five seconds. */
    private MetricLook scrapes() {
        double[] c = new double[6];
        double[] b = new double[6];
        for (int i = 0; i < 6; i++) {
            double both = Math.log(250) + slowSeries + 0.05 * draw.normal();
            c[i] = Math.exp(both + canaryOwn + 0.05 * draw.normal());
            b[i] = Math.exp(both + baselineOwn + 0.03 * draw.normal());
        }
        return MetricLook.values("scrapes", SampleValues.of(b), SampleValues.of(c));
    }

    private MetricLook memory(double share) {
        int instances = (int) Math.max(1, Math.round(20 * share));
        double[] c = new double[6 * Math.min(4, instances)];
        double[] b = new double[24];
        for (int i = 0; i < c.length; i++) {
            c[i] = 512 * (1 + canaryGauge + 0.2 * slowSeries + 0.03 * draw.normal());
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = 512 * (1 + 0.2 * slowSeries + 0.03 * draw.normal());
        }
        return MetricLook.values("memory", SampleValues.of(b), SampleValues.of(c));
    }

    private MetricLook queue() {
        double[] c = new double[6];
        double[] b = new double[24];
        double burst = draw.chance(0.05) ? 6 : 0.3;
        for (int i = 0; i < c.length; i++) {
            c[i] = draw.poisson(burst);
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = draw.poisson(burst);
        }
        return MetricLook.values("queue", SampleValues.of(b), SampleValues.of(c));
    }
}
