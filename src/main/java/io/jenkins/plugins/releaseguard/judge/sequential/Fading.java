// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.releaseguard.text.NumberText;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a metric's deviation has faded since the phase's shift: a straight line through the looks' deviations, weighted least squares. It
 * bets on nothing and stops nothing; it only tells people what a stop looks like, so floats are exact enough.
 *
 * @param looks that had anything to compare
 * @param weights of the looks, alone, times t and times t^2, with t the seconds from the shift to the look's middle
 * @param z sum of the looks' deviations: weight times the difference of rates, or of U / (m n) from one half
 * @param moment sum of z t
 * @param noise sum of the deviations' variances, alone, times t and times t^2
 */
record Fading(double looks, Sums weights, double z, double moment, Sums noise) {
    static final Fading NONE = new Fading(0, Sums.NONE, 0, 0, Sums.NONE);

    /** Sums of x, x t and x t^2. */
    record Sums(double x, double xt, double xtt) {
        static final Sums NONE = new Sums(0, 0, 0);

        private Sums plus(double more, double t) {
            return new Sums((float) (x + more), (float) (xt + more * t), (float) (xtt + more * t * t));
        }

        /** The second moment about another time. */
        private double about(double t) {
            return xtt - 2 * t * xt + t * t * x;
        }
    }

    /** Standard errors by which the line must fall. */
    private static final double STEEP = 3.5;

    /** Fewer looks say nothing. */
    private static final double FEWEST = 3;

    /** What is left of the deviation at the end of the line, at most, for a harm that fades. */
    private static final double FADED = 0.6;

    /** And for one that is over. */
    private static final double OVER = 0.1;

    /** Times of an exponential's scale after which a twentieth of it is left. */
    private static final double SCALES = 3;

    /** Times the mean moment of a harm that is over, by which it was: an exponential's scale, or half as long as a step. */
    private static final double MEANS = 3;

    private static final double ROUND = 30;

    /** Shorter ones cost little, and few looks say little of how long it was. */
    private static final double SHORTEST = 120;

    /** What takes longer is no warm-up. */
    private static final double LONGEST = 900;

    /** Seconds from the shift; after that nobody asks how it began. */
    private static final double REMEMBERED = 4 * LONGEST;

    private static final int NUMBERS = 9;

    /** After a look whose middle lay {@code at} seconds after the shift. */
    Fading after(PhaseSums was, PhaseSums is, boolean events, double at) {
        double variance = is.zVariance() - was.zVariance();
        double exposure = is.canaryExposure() - was.canaryExposure();
        double others = is.baselineExposure() - was.baselineExposure();
        if (at > REMEMBERED) {
            return NONE;
        }
        if (!(exposure > 0 && others > 0)) {
            return this;
        }
        double d = is.z() - was.z();
        double share = exposure / (exposure + others);
        // of events with the rates that they have, not the common one: harm is noisier
        double noisy = events
                ? (is.canary() - was.canary()) * (1 - share) * (1 - share)
                        + (is.baseline() - was.baseline()) * share * share
                : variance;
        double weight = events ? exposure * (1 - share) : variance;
        return new Fading(
                looks + 1, weights.plus(weight, at), (float) (z + d), (float) (moment + d * at), noise.plus(noisy, at));
    }

    /**
     * The warm-up that would have covered a deviation which faded from the shift on; empty where it didn't.
     *
     * @param sign of a harmful deviation, 0 for either
     * @param cluster size of events, 1 for values
     * @param now seconds from the shift
     */
    Optional<Duration> warmup(int sign, double cluster, double now) {
        double along = sign == 0 ? Math.signum(z) : sign;
        double middle = weights.xt() / weights.x();
        double width = weights.about(middle);
        double mean = along * z / weights.x();
        double slope = along * (moment - middle * z) / width;
        double error = Math.sqrt(cluster * noise.about(middle)) / width;
        if (looks < FEWEST || !(width > 0) || !(mean > 0) || !(slope < -STEEP * error)) {
            return Optional.empty();
        }
        double start = mean - slope * middle;
        double end = mean + slope * (now - middle);
        double covers = end <= OVER * start ? MEANS * moment / z : SCALES * mean / -slope;
        return end <= FADED * start && covers > 0 && covers <= LONGEST
                ? Optional.of(Duration.ofSeconds((long) (ROUND * Math.ceil(Math.max(SHORTEST, covers) / ROUND))))
                : Optional.empty();
    }

    @JsonValue
    String text() {
        double[] all = {looks, weights.x, weights.xt, weights.xtt, z, moment, noise.x, noise.xt, noise.xtt};
        float[] row = new float[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            row[i] = (float) all[i];
        }
        return NumberText.of(row);
    }

    /** @throws IllegalArgumentException where it isn't what {@link #text} wrote */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Fading read(String text) {
        float[] n = NumberText.read(text);
        return new Fading(n[0], new Sums(n[1], n[2], n[3]), n[4], n[5], new Sums(n[6], n[7], n[8]));
    }
}
