// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.testing.SeededDraws;
import java.util.Arrays;
import java.util.List;

/**
 * One recorded series, of which each value is dealt to the canary or the baseline, so that both are the same service at the same
 * time: an A/A release with noise that nobody invented. The canary's values may be harmed.
 */
final class DealtSeries {
    static final String METRIC = "series";

    /** Long enough to be a block of the bets by itself. */
    private static final double SECONDS = 60;

    /** A rate counts values beyond this part of the series. */
    private static final double USUAL_PART = 0.95;

    /** To whom a value goes. */
    enum Deal {
        /** each by chance, half of them to the canary */
        HALVES,
        /** each by chance, a quarter of them to the canary */
        A_QUARTER,
        /** in turns, as where both sides are scraped with an offset */
        IN_TURNS,
        /** one of each two neighbours, by chance which */
        PAIRS;

        double share() {
            return this == A_QUARTER ? 0.25 : 0.5;
        }
    }

    /** What a value is taken for. */
    enum Shape {
        VALUES,
        /** so many events, each of which is dealt by itself */
        SINGLE_EVENTS,
        /** so many events, which all fall to one side: bursts */
        BURSTS,
        /** a request, which failed if the value is one of the series' largest twentieth */
        FAILURES
    }

    private final double[] values;
    private final Deal deal;
    private final Shape shape;
    private final int ofALook;
    private final double harm;
    private final double limit;
    private final SeededDraws draw;
    private int next;
    private boolean canarysTurn;

    /**
     * @param values in order of time
     * @param ofALook how many of them make a look
     * @param harm the canary's values, or its events, times this; 1 for none
     */
    DealtSeries(double[] values, Deal deal, Shape shape, int ofALook, double harm, SeededDraws draw) {
        this.values = values;
        this.deal = deal;
        this.shape = shape;
        this.ofALook = ofALook;
        this.harm = harm;
        this.draw = draw;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        limit = sorted[(int) (USUAL_PART * (sorted.length - 1))];
        next = (int) (draw.uniform() * ofALook);
        canarysTurn = draw.chance(0.5);
    }

    /** Whether a whole look is left. */
    boolean hasNext() {
        return next + ofALook <= values.length;
    }

    Look look() {
        double[] canary = new double[ofALook];
        double[] baseline = new double[ofALook];
        int c = 0;
        int b = 0;
        for (int i = 0; i < ofALook; i++) {
            double v = values[next++];
            if (toCanary(i)) {
                canary[c++] = v;
            } else {
                baseline[b++] = v;
            }
        }
        return look(Arrays.copyOf(baseline, b), Arrays.copyOf(canary, c));
    }

    private boolean toCanary(int i) {
        canarysTurn = switch (deal) {
            case HALVES, A_QUARTER -> draw.chance(deal.share());
            case IN_TURNS -> !canarysTurn;
            case PAIRS -> i % 2 == 0 ? draw.chance(0.5) : !canarysTurn;
        };
        return canarysTurn;
    }

    private Look look(double[] baseline, double[] canary) {
        double b = baseline.length;
        double c = canary.length;
        return switch (shape) {
            case VALUES ->
                new Look(
                        0,
                        SECONDS,
                        b,
                        c,
                        List.of(MetricLook.values(METRIC, SampleValues.of(baseline), harmed(canary))));
            case BURSTS -> {
                double events = Arrays.stream(canary).sum();
                yield counts(b, c, Arrays.stream(baseline).sum(), events + more(events));
            }
            case SINGLE_EVENTS -> {
                double all =
                        Arrays.stream(baseline).sum() + Arrays.stream(canary).sum();
                double events = draw.binomial(all, deal.share());
                yield counts(Double.NaN, Double.NaN, all - events, events + more(events));
            }
            case FAILURES -> {
                double failed = Arrays.stream(harmed(canary).array())
                        .filter(v -> v > limit)
                        .count();
                yield counts(
                        b, c, Arrays.stream(baseline).filter(v -> v > limit).count(), failed);
            }
        };
    }

    private static Look counts(double baseline, double canary, double baselineEvents, double canaryEvents) {
        return new Look(
                0,
                SECONDS,
                baseline,
                canary,
                List.of(MetricLook.counts(
                        METRIC, new Counts(baselineEvents, baseline), new Counts(canaryEvents, canary))));
    }

    private double more(double events) {
        return draw.binomial(events, harm - 1);
    }

    private SampleValues harmed(double[] of) {
        return SampleValues.of(Arrays.stream(of).map(v -> harm * v).toArray());
    }
}
