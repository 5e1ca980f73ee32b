// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.util.Optional;

/** Whole weights for each canary and each baseline server that come nearest to a share; HAProxy's go from 0 to 256. */
record WeightPair(int canary, int baseline) {
    private static final int MAX = 256;
    private static final int USUAL = 100;
    /** How far from the asked share, relative to it, is still the share that was asked for. */
    private static final double NEAR = 0.05;

    /** The pair nearest to {@code percent} (the smallest of equals); empty where none is near. */
    static Optional<WeightPair> of(double percent, int canaries, int baselines) {
        if (percent == 0) {
            return Optional.of(new WeightPair(0, USUAL));
        }
        if (percent == 100) {
            return Optional.of(new WeightPair(USUAL, 0));
        }
        double odds = percent / (100 - percent) * baselines / canaries;
        WeightPair best = null;
        for (int small = 1; small <= MAX; small++) {
            WeightPair pair = odds <= 1
                    ? new WeightPair(small, bounded(small / odds))
                    : new WeightPair(bounded(small * odds), small);
            if (best == null
                    || pair.distance(percent, canaries, baselines)
                            < best.distance(percent, canaries, baselines) - 1e-12) {
                best = pair;
            }
        }
        double distance = best.distance(percent, canaries, baselines);
        return distance <= NEAR * Math.min(percent, 100 - percent) ? Optional.of(best) : Optional.empty();
    }

    double share(int canaries, int baselines) {
        double toCanary = (double) canary * canaries;
        return 100 * toCanary / (toCanary + (double) baseline * baselines);
    }

    private double distance(double percent, int canaries, int baselines) {
        return Math.abs(share(canaries, baselines) - percent);
    }

    private static int bounded(double weight) {
        return (int) Math.max(1, Math.min(MAX, Math.round(weight)));
    }
}
