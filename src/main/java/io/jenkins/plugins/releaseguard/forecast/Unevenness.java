// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

/**
 * How counts deviate from what is expected, in standard deviations of independent events: how much, and for how long. What a deviation
 * shares with the next look's is a level that wanders; the rest are clusters.
 */
final class Unevenness {
    /** Below it one stumble would pass for a habit. */
    static final int FEWEST_LOOKS = 20;

    private static final double FEWEST_EVENTS = 30;

    private double squares;
    private double next;
    private double afterNext;
    private int looks;
    private int pairs;
    private int pairsOfTwo;
    private double events;
    private double one = Double.NaN;
    private double two = Double.NaN;

    /** A gap: what follows is no neighbour of what went before. */
    void gap() {
        one = Double.NaN;
        two = Double.NaN;
    }

    /**
     * The next look.
     *
     * @param seen events
     * @param expected of them, above zero
     * @param variance that independent events would have
     */
    void look(double seen, double expected, double variance) {
        double z = (seen - expected) / Math.sqrt(variance);
        squares += z * z;
        looks++;
        events += expected;
        if (!Double.isNaN(one)) {
            next += z * one;
            pairs++;
        }
        if (!Double.isNaN(two)) {
            afterNext += z * two;
            pairsOfTwo++;
        }
        two = one;
        one = z;
    }

    boolean known() {
        return looks >= FEWEST_LOOKS && events >= FEWEST_EVENTS && pairs >= FEWEST_LOOKS / 2;
    }

    String tooLittle() {
        return "only " + Math.round(events) + " events in " + looks + " looks, at least " + Math.round(FEWEST_EVENTS)
                + " in " + FEWEST_LOOKS + " are needed";
    }

    /** Variance over what independent events would have. */
    double dispersion() {
        return squares / looks;
    }

    /** Correlation of a look's deviation with the next one's. */
    double persistence() {
        return squares == 0 ? 0 : Math.max(-1, Math.min(1, next / pairs / dispersion()));
    }

    private boolean lasts() {
        return persistence() > 2 / Math.sqrt(pairs);
    }

    private double kept() {
        double first = next / pairs;
        double second = pairsOfTwo == 0 ? 0 : afterNext / pairsOfTwo;
        return Math.max(0.1, Math.min(0.98, second / first));
    }

    /** The variance over mean of what doesn't last, at least 1. */
    double clusters() {
        return Math.max(1, dispersion() - (lasts() ? next / pairs / kept() : 0));
    }

    /** The level that wanders, none where chance explains it. */
    Lasting wandering(double secondsOfALook) {
        if (!known() || !lasts()) {
            return Lasting.NONE;
        }
        double relative = next / pairs / kept() / (events / looks);
        return new Lasting(Math.sqrt(Math.log1p(relative)), -secondsOfALook / Math.log(kept()));
    }
}
