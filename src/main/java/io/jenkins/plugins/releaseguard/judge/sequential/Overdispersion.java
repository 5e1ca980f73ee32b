// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import java.util.List;

/**
 * How events cluster: 1 when they come one by one. Two estimates, Pearson's chi-square over its terms each: how unevenly a look's
 * events fall to the two variants, and how unevenly the baseline's events fall to successive looks. The first is unbiased but says
 * next to nothing where the canary's share is small; the second then has nearly all events, and counts incidents, too, which
 * errs on the side of caution. The larger one is believed.
 *
 * @param split sum of the first, of so many {@code splits}
 * @param steps sum of the second, of so many {@code pairs}
 * @param last the baseline's events of the latest look
 */
public record Overdispersion(
        double split, double splits, double steps, double pairs, double last, double lastExposure) {
    static final List<String> NAMES = List.of("split", "splits", "steps", "pairs", "last", "lastExposure");
    static final int NUMBERS = NAMES.size();

    static final Overdispersion NONE = new Overdispersion(0, 0, 0, 0, 0, 0);

    /** As if so many terms had shown clusters of five: the burst that hasn't been seen yet is in no estimate. */
    private static final double PRIOR = 8;

    private static final double PRIOR_SIZE = 5;

    /** A look counts as one term for each so many events: it says as much as the shorter looks it could have been. */
    private static final double EVENTS_OF_A_TERM = 5;

    /** But a single look tells no more than this, however many events it has: one number is one number. */
    private static final double MOST_TERMS = 6;

    /** Terms that tell bursts from chance, whose chi-square is 1 a term. */
    private static final double ENOUGH = 20;

    private static final double BURSTS = 2;

    /**
     * What was seen to cluster is taken to do so a tenth more: a size too small lets a proof through too soon, one too large makes
     * it late, and an estimate of few clusters is too small more often than too large. Measured: docs/judge.md, at the margin.
     */
    private static final double SURPLUS = 1.1;

    /** In the order of {@link #NAMES}. */
    double[] numbers() {
        return new double[] {split, splits, steps, pairs, last, lastExposure};
    }

    static Overdispersion of(double[] n) {
        return new Overdispersion(n[0], n[1], n[2], n[3], n[4], n[5]);
    }

    Overdispersion look(double canary, double canaryExposure, double baseline, double baselineExposure) {
        double across = pearson(canary, canaryExposure, baseline, baselineExposure);
        double along = lastExposure > 0 ? pearson(last, lastExposure, baseline, baselineExposure) : Double.NaN;
        double ofSplit = across >= 0 ? terms(canary + baseline) : 0;
        double ofStep = along >= 0 ? terms(last + baseline) : 0;
        return new Overdispersion(
                split + (ofSplit > 0 ? ofSplit * across : 0),
                splits + ofSplit,
                steps + (ofStep > 0 ? ofStep * along : 0),
                pairs + ofStep,
                baseline,
                baselineExposure);
    }

    private static double terms(double events) {
        return Math.max(Math.min(1, events), Math.min(MOST_TERMS, events / EVENTS_OF_A_TERM));
    }

    /** NaN where there is nothing to compare. */
    private static double pearson(double a, double exposure, double b, double other) {
        double n = a + b;
        double share = exposure / (exposure + other);
        return Math.pow(a - share * n, 2) / (share * (1 - share) * n);
    }

    double size() {
        double size = Math.max(1, Math.max(shrunk(split, splits), shrunk(steps, pairs)));
        return pairs >= ENOUGH && seenToCluster() ? SURPLUS * size : size;
    }

    /** Whether the baseline's events come in bursts, longer or larger than chance has it, or too few have been seen to say. */
    boolean bursts() {
        return pairs < ENOUGH || seenToCluster();
    }

    private boolean seenToCluster() {
        return steps / pairs >= BURSTS;
    }

    private static double shrunk(double sum, double terms) {
        return (sum + PRIOR * PRIOR_SIZE) / (terms + PRIOR);
    }
}
