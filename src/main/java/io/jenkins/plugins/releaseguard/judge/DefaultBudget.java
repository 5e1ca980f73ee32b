// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;

/**
 * What a canary may cost where nobody says: a part of what the service's objective lets fail in its period. As that grows with the
 * traffic, it is kept as the time in which the whole service gets as many requests.
 *
 * @param seconds of the service's whole traffic, positive
 * @param basis what it was derived from, for people
 */
public record DefaultBudget(double seconds, String basis) {
    /** The part that the Workbook pages somebody for when it is spent within an hour (chapter 5). */
    public static final double PART = 0.02;

    /**
     * Never less than this many: harm takes some ten events to be told from chance, and several times as many while nobody knows how
     * they cluster.
     */
    public static final double LEAST = 100;

    private static final double USUAL_TARGET = 0.999;
    private static final double DAY = 86_400;
    private static final double USUAL_PERIOD = 30 * DAY;

    /** Where no metric has an objective: as if the service had promised 99.9 % over 30 days. */
    public static final DefaultBudget USUAL = new DefaultBudget(
            PART * (1 - USUAL_TARGET) * USUAL_PERIOD, words(USUAL_TARGET, USUAL_PERIOD) + ", since none is given");

    /** @throws IllegalArgumentException when the time is not positive, infinite or no number */
    public DefaultBudget {
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("a budget must be a positive time, but is " + seconds);
        }
    }

    /**
     * Of an objective.
     *
     * @param target fraction of good requests, such as 0.999
     * @param periodSeconds of the objective
     */
    public static DefaultBudget of(double target, double periodSeconds) {
        return new DefaultBudget(PART * (1 - target) * periodSeconds, words(target, periodSeconds));
    }

    private static String words(double target, double period) {
        return Quantity.percent(PART) + " of what an objective of " + Quantity.percent(target) + " over "
                + (period >= DAY ? Quantity.number(period / DAY) + " days" : Span.about(period)) + " lets fail";
    }

    /** Extra requests that may fail, at so many requests a second of the whole service. */
    public double at(double requestsPerSecond) {
        return Math.max(LEAST, seconds * requestsPerSecond);
    }
}
