// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.text.NamedQuantile;
import java.time.Duration;
import java.util.List;

/**
 * What a threshold says beside its number.
 *
 * @param metric id of the metric that it speaks of; empty for the one that its entry watches
 * @param quantile of requests' durations as a fraction (0.95); NaN where none is named
 * @param success whether it is written as a limit of successes; the bound is that of errors
 * @param over the window that it speaks of; null for each look by itself
 * @param share how many of the last looks must violate it; null where all must, for as long as it says
 * @param joint all its conditions, this one first; null for one
 */
@Beta
public record ThresholdTerms(String metric, double quantile, boolean success, Over over, Share share, Joint joint) {
    public static final ThresholdTerms PLAIN = new ThresholdTerms("", Double.NaN, false, null, null, null);

    /** A window, longer than nothing. */
    public record Over(How how, double rank, Duration window) {}

    /** How a window becomes one number. */
    public enum How {
        /** All requests of the window as one look: a rate's errors of its requests, a quantile of all durations, the mean of values. */
        TOGETHER,
        /** A quantile of the looks' numbers: {@code rank} 0 for the least, 0.5 the median, 1 the greatest. */
        OF_LOOKS
    }

    /** {@code looks} of the last {@code of} looks with data; at least 1, at most {@link #MOST}. */
    public record Share(int looks, int of) {
        public static final int MOST = 100;
    }

    /** Several conditions, at least two, none of which is joint itself. */
    public record Joint(boolean all, List<Threshold> conditions) {
        public Joint {
            conditions = List.copyOf(conditions);
        }
    }

    /** The same of another metric; empty for the entry's own. */
    public ThresholdTerms of(String metric) {
        return new ThresholdTerms(metric, quantile, success, over, share, joint);
    }

    /** The same with another quantile and window; NaN and null for none. */
    public ThresholdTerms of(double quantile, Over over) {
        return new ThresholdTerms(metric, quantile, success, over, share, joint);
    }

    public boolean hasQuantile() {
        return !Double.isNaN(quantile);
    }

    /** {@code p95} for 0.95; empty for none. */
    public static String quantileName(double quantile) {
        return NamedQuantile.text(quantile);
    }
}
