// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Counts;

/**
 * Does the router send the share that was asked for? Bets on the look's share of requests lying outside the tolerance. A
 * router put right is believed again after some looks, since capital is bounded.
 */
final class RatioCheck {
    /** A mismatch needs capital of 1/0.01 in one direction. */
    private static final double NEEDED = 100;

    private static final double[] STAKES = {0.4, 0.9};
    private static final double CAP = 10 * NEEDED;

    private RatioCheck() {}

    static Capital start() {
        return Capital.of(4, 1);
    }

    /**
     * @param observation what part of one observation the look is: 1, or less where users stay with their side for many looks. Then
     *     how far a share strays by chance depends on how many users there are, which nobody counts; so the bet is on its mean alone.
     */
    static Capital look(
            Capital capital, double baseline, double canary, double expected, double tolerance, double observation) {
        double n = baseline + canary;
        if (!(n > 0) || expected <= 0 || expected >= 1) {
            return capital;
        }
        double[] f = new double[4];
        for (int i = 0; i < 4; i++) {
            boolean over = i < 2;
            double at = Counts.shareAt(expected, over ? 1 + tolerance : 1 / (1 + tolerance));
            double x = over ? canary / n - at : at - canary / n;
            double sigma = Math.sqrt(at * (1 - at) / n);
            double payoff = observation < 1
                    ? observation * Math.max(-1, Math.min(1 / at, x / at))
                    : Math.max(-1, Math.min(1, x / (3 * sigma)));
            double factor = 1 + STAKES[i % 2] * payoff;
            // Losses stop at a thousandth: a router that goes wrong late in a phase is still noticed.
            f[i] = Math.max(1e-3, Math.min(CAP, capital.get(i) * factor)) / capital.get(i);
        }
        return capital.times(f);
    }

    static boolean mismatch(Capital capital) {
        return Math.max(capital.get(0) + capital.get(1), capital.get(2) + capital.get(3)) / 4 >= NEEDED;
    }
}
