// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Which direction of a metric harms users. */
public enum Worse {
    HIGHER(Direction.UP),
    LOWER(Direction.DOWN),
    EITHER(Direction.UP, Direction.DOWN);

    private final List<Direction> directions;

    Worse(Direction... directions) {
        this.directions = List.of(directions);
    }

    /** The directions that harm, one or both. */
    public List<Direction> directions() {
        return directions;
    }

    /** Whether a difference in this direction harms. */
    public boolean harms(Direction direction) {
        return directions.contains(direction);
    }

    /** -1 where only lower values harm, otherwise 1: the sign that an allowed difference is shown with. */
    public double sign() {
        return this == LOWER ? -1 : 1;
    }

    /**
     * One p-value of tests in each direction that harms: the test's own, or twice the smaller one where both do.
     *
     * @param oneSided the p-value of the test that the canary deviates in a direction, 0 to 1
     */
    public double p(ToDoubleFunction<Direction> oneSided) {
        double smallest = Double.POSITIVE_INFINITY;
        for (Direction direction : directions) {
            smallest = Math.min(smallest, oneSided.applyAsDouble(direction));
        }
        return directions.size() == 1 ? smallest : Math.min(1, 2 * smallest);
    }

    /** The lower-case word used in JSON and text. */
    @JsonValue
    public String word() {
        return EnumWords.of(this);
    }

    /**
     * Reads a word in any case.
     *
     * @throws IllegalArgumentException naming the word and those that are known
     */
    @JsonCreator
    public static Worse of(String word) {
        return EnumWords.read(Worse.class, word);
    }
}
