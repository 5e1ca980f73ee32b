// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.releaseguard.text.Quantity;

/**
 * A practical margin: how much worse than the baseline is still fine.
 *
 * @param value fraction of the baseline's level when relative (0.1 is 10 %), otherwise in the metric's own unit
 *     (for a rate, a fraction of requests); never negative
 */
public record Allow(double value, boolean relative) {
    public static final Allow NONE = new Allow(0, true);

    /** @throws IllegalArgumentException when the value is negative, infinite or no number */
    public Allow {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("allow must be a number that is not negative, but is " + value);
        }
    }

    /** @param percent of the baseline's level: 10 is 10 % */
    public static Allow percent(double percent) {
        return new Allow(percent / 100, true);
    }

    /** @param value in the metric's unit; for a rate, a fraction of requests */
    public static Allow absolute(double value) {
        return new Allow(value, false);
    }

    /**
     * Reads {@code 10%} (of the baseline's level) or {@code 0.5} (in the metric's unit).
     *
     * @throws IllegalArgumentException with the text when it is neither, or negative
     */
    @JsonCreator
    public static Allow of(String text) {
        String t = text.strip();
        try {
            return t.endsWith("%")
                    ? percent(Double.parseDouble(t.substring(0, t.length() - 1).strip()))
                    : absolute(Double.parseDouble(t));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "allow must be a percentage such as 10% or a number, but is '" + text + "'");
        }
    }

    /**
     * The margin in the metric's unit.
     *
     * @param level of the baseline, in that unit
     */
    public double at(double level) {
        return relative ? value * Math.abs(level) : value;
    }

    /** Whether nothing is allowed. */
    public boolean isZero() {
        return value == 0;
    }

    @Override
    @JsonValue
    public String toString() {
        return relative ? Quantity.number(value * 100, 12) + "%" : Quantity.number(value, 12);
    }
}
