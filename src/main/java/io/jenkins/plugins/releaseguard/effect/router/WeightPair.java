// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.util.Optional;

/** Whole weights for each canary and each baseline server that come nearest to a share; HAProxy's go from 0 to 256. */
record WeightPair(int canary, int baseline) {
    private static final int MAX = 256;
    private static final int USUAL = 100;
    /** How far from the asked share, relative to it, is still the share that was asked for. */
    private static final double NEAR = 0.05;

    /**
     * What takes requests beside each other.
     *
     * @param canaries how many whole servers' weight the canary's take: a server that starts slowly is a part of one
     * @param baselines the same of the baseline
     * @param others the weight of servers on neither side, which stays
     */
    record Takers(double canaries, double baselines, double others) {}

    /** The pair nearest to {@code percent} (the smallest of equals); empty where none is near. */
    static Optional<WeightPair> of(double percent, double canaries, double baselines) {
        return of(percent, new Takers(canaries, baselines, 0));
    }

    static Optional<WeightPair> of(double percent, Takers takers) {
        if (percent == 0) {
            return Optional.of(new WeightPair(0, USUAL));
        }
        if (percent == 100) {
            return Optional.of(new WeightPair(USUAL, 0));
        }
        double odds = percent / (100 - percent);
        WeightPair best = null;
        for (int small = 1; small <= MAX; small++) {
            WeightPair pair = pair(small, odds, takers);
            if (best == null || pair.distance(percent, takers) < best.distance(percent, takers) - 1e-12) {
                best = pair;
            }
        }
        double distance = best.distance(percent, takers);
        return distance <= NEAR * Math.min(percent, 100 - percent) ? Optional.of(best) : Optional.empty();
    }

    /** With one of both given; where others take their part, the baseline's, since it is what they add to. */
    private static WeightPair pair(int small, double odds, Takers takers) {
        double each = odds * takers.baselines() / takers.canaries();
        if (takers.others() > 0) {
            return new WeightPair(
                    bounded(odds * (takers.baselines() * small + takers.others()) / takers.canaries()), small);
        }
        return each <= 1 ? new WeightPair(small, bounded(small / each)) : new WeightPair(bounded(small * each), small);
    }

    double share(double canaries, double baselines) {
        return share(new Takers(canaries, baselines, 0));
    }

    private double share(Takers takers) {
        double toCanary = canary * takers.canaries();
        return 100 * toCanary / (toCanary + baseline * takers.baselines() + takers.others());
    }

    private double distance(double percent, Takers takers) {
        return Math.abs(share(takers) - percent);
    }

    private static int bounded(double weight) {
        return (int) Math.max(1, Math.min(MAX, Math.round(weight)));
    }
}
