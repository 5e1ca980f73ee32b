// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.rollout.sample.JudgeLooks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at a service with these habits, as its source would give them, by chance and without end. */
final class FittedTraffic {
    private static final double USUAL_VALUES = 5;

    private final Habits habits;
    private final JudgeConfig config;
    private final AddedHarm harm;
    private final Dice dice;
    private final double[] together;
    private final double[] apart;
    private Instant time = Instant.EPOCH;

    FittedTraffic(Habits habits, JudgeConfig config, AddedHarm harm, long seed, long stream) {
        this.habits = habits;
        this.config = config;
        this.harm = harm;
        dice = new Dice(seed, stream);
        int n = habits.metrics().size();
        together = new double[n];
        apart = new double[n];
        for (int i = 0; i < n; i++) {
            MetricHabit m = habits.metrics().get(i);
            together[i] = m.together().sd() * dice.normal();
            apart[i] = m.apart().sd() * dice.normal();
        }
    }

    /**
     * The next look, of a phase and as long as that.
     *
     * @param warmup whether it begins in the phase's warm-up
     */
    Look look(int phase, double seconds, boolean warmup) {
        double share = config.phaseShares().get(phase);
        double expected = config.expectedShares().get(phase);
        double rate = habits.requests().value() * seconds;
        double canary = dice.poisson(rate * share);
        double baseline = share <= 0 || share >= 1
                ? dice.poisson(rate * (1 - share))
                : dice.poisson(rate * share * (1 - expected) / expected);
        List<Event.Sample> samples = new ArrayList<>();
        for (int i = 0; i < habits.metrics().size(); i++) {
            MetricHabit m = habits.metrics().get(i);
            together[i] = m.together().next(together[i], seconds, dice);
            apart[i] = m.apart().next(apart[i], seconds, dice);
            if (m.simulated()) {
                samples.add(sample(m, i, canary, baseline, seconds, share));
            }
        }
        Instant from = time;
        time = time.plus(Duration.ofNanos(Math.round(seconds * 1e9)));
        return JudgeLooks.of(config.metrics(), phase, new Event.Looked(phase, from, time, samples, null), warmup);
    }

    private Event.Sample sample(MetricHabit m, int i, double canary, double baseline, double seconds, double share) {
        String id = m.metric().id();
        switch (m.metric().kind()) {
            case RATE -> {
                double p = Math.min(1, m.level().value() * Math.exp(together[i]));
                double c = errors(m, canary, Math.min(1, harm.rate(p) * Math.exp(apart[i])));
                return Event.Sample.rate(id, c, canary, errors(m, baseline, p), baseline);
            }
            case COUNT -> {
                double events = m.level().value() * seconds;
                return new Event.Sample(
                        id,
                        dice.poisson(events * share),
                        null,
                        dice.poisson(events * (1 - share)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
            }
            case LATENCY -> {
                if (!m.shape().bounds().isEmpty()) {
                    return histogram(m, canary, baseline);
                }
                return values(m);
            }
            default -> {
                return values(m);
            }
        }
    }

    private double errors(MetricHabit m, double requests, double p) {
        double dispersion = m.clusters().known() ? m.clusters().value() : 1;
        double size = (dispersion + 1) / 2; // of geometric clusters: variance over mean is 2·size − 1
        if (size < 1.05 || p > 0.5) {
            return dice.binomial(requests, p);
        }
        double sum = 0;
        for (double clusters = dice.poisson(requests * p / size); clusters > 0; clusters--) {
            sum += dice.cluster(size);
        }
        return Math.min(requests, sum);
    }

    private Event.Sample histogram(MetricHabit m, double canary, double baseline) {
        List<Double> bounds = m.shape().bounds();
        double[] c = m.shape().buckets(dice, canary);
        double[] b = m.shape().buckets(dice, baseline);
        double limit = m.metric().query().limit();
        boolean tail = !Double.isNaN(limit);
        return new Event.Sample(
                m.metric().id(),
                tail ? above(limit, bounds, c) : null,
                canary,
                tail ? above(limit, bounds, b) : null,
                baseline,
                null,
                null,
                null,
                null,
                bounds,
                list(c),
                list(b),
                null);
    }

    /** What is surely above: in buckets that begin at the limit or beyond. */
    private static double above(double limit, List<Double> bounds, double[] counts) {
        double sum = 0;
        for (int i = 1; i < counts.length; i++) {
            sum += bounds.get(i - 1) >= limit ? counts[i] : 0;
        }
        return sum;
    }

    private Event.Sample values(MetricHabit m) {
        int n = (int) Math.max(1, Math.round(Double.isNaN(m.values()) ? USUAL_VALUES : m.values()));
        double[] c = new double[n];
        double[] b = new double[n];
        for (int k = 0; k < n; k++) {
            c[k] = m.shape().draw(dice);
            b[k] = m.shape().draw(dice);
        }
        return new Event.Sample(m.metric().id(), null, null, null, null, list(c), list(b), null, null, null);
    }

    private static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double v : values) {
            list.add(v);
        }
        return list;
    }
}
