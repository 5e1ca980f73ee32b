// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Looks at lognormal durations that are known by a histogram alone; the level may wander for both sides. */
public final class BucketTraffic {
    /** What Prometheus' client libraries have where nobody says otherwise, in milliseconds. */
    public static final List<Double> USUAL =
            List.of(5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10_000.0);

    public static final double SECONDS = 15;
    private static final double WANDERS = 0.02;
    private static final double STAYS = 0.9;

    private final SeededDraws draw;
    private final List<Double> bounds;
    private final double median;
    private final double sigma;
    private final double perSecond;
    private final double seconds;
    private double level;

    /** @param perSecond requests of both sides */
    public BucketTraffic(long seed, List<Double> bounds, double median, double sigma, double perSecond) {
        this(seed, bounds, median, sigma, perSecond, SECONDS);
    }

    /** @param seconds of a look */
    public BucketTraffic(
            long seed, List<Double> bounds, double median, double sigma, double perSecond, double seconds) {
        this.draw = new SeededDraws(seed * 0x9E3779B97F4A7C15L ^ 0xBF58476D1CE4E5B9L);
        this.bounds = bounds;
        this.median = median;
        this.sigma = sigma;
        this.perSecond = perSecond;
        this.seconds = seconds;
    }

    /** Bounds each of which is so many times the one before, to four digits. */
    public static List<Double> fine(double from, double to, double ratio) {
        List<Double> all = new ArrayList<>();
        for (double bound = from; bound < to; bound *= ratio) {
            all.add(new BigDecimal(bound).round(new MathContext(4)).doubleValue());
        }
        return all;
    }

    /** The next look at the metric "lat", of which the canary has a share and is so many times as slow. */
    public Look look(int phase, double share, double slower) {
        level = STAYS * level + WANDERS * draw.normal();
        double requests = draw.poisson(perSecond * seconds);
        double canary = draw.binomial(requests, share);
        MetricLook look = MetricLook.buckets("lat", buckets(requests - canary, 1), buckets(canary, slower));
        return new Look(phase, seconds, requests - canary, canary, List.of(look));
    }

    private Buckets buckets(double requests, double slower) {
        List<Double> counts = new ArrayList<>();
        double left = requests;
        double above = 1;
        for (double bound : bounds) {
            double next = Normal.survival((Math.log(bound / median / slower) - level) / sigma);
            double in = above <= 0 ? 0 : draw.binomial(left, Math.max(0, Math.min(1, 1 - next / above)));
            counts.add(in);
            left -= in;
            above = next;
        }
        counts.add(left);
        return new Buckets(bounds, counts);
    }
}
