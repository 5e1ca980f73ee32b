// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.releaseguard.text.NumberText;
import io.jenkins.plugins.releaseguard.text.Pack;
import java.util.Arrays;

/**
 * Looks that are not yet bet on. Requests of one look share their fate, and so do those of the next look where an instance stumbles
 * or users stay with their side; what is bet on is to be one observation, so looks wait until they are a block. The mean of
 * dependent observations has the mean of each, which is all that the bets need (blocking: Bernstein 1927; Kuensch, Ann. Stat. 17,
 * 1989, on how long they must be).
 *
 * <p>An immutable row of floats, short in JSON and back exactly: seconds, the weight of the strata, the sums, and for values the
 * deviations by the question that is asked, weighted. Of events their counts alone.
 */
final class Block {
    private static final int SECONDS = 0;
    private static final int WEIGHT = 1;
    private static final int SUMS = 2;

    /** From here on deviations. */
    private static final int FROM = SUMS + PhaseSums.NUMBERS;

    /** In the weight's place of a block of events, whose other sums follow from its counts. */
    private static final float EVENTS = -1;

    private static final int OF_EVENTS = SUMS + 4;

    static final Block EMPTY = new Block(new float[FROM]);

    private final float[] row;

    private Block(float[] row) {
        this.row = row;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Block read(String text) {
        float[] row = NumberText.read(text);
        return new Block(row.length < FROM && row[WEIGHT] != EVENTS ? Arrays.copyOf(row, FROM) : row);
    }

    /** With a look's events. */
    Block plus(double lookSeconds, double c, double canaryExposure, double b, double baselineExposure) {
        return plus(lookSeconds, c, canaryExposure, b, baselineExposure, 0);
    }

    /** The same with what may be events of the canary, or not. */
    Block plus(double lookSeconds, double c, double canaryExposure, double b, double baselineExposure, double open) {
        double all = open() + open;
        PhaseSums was = sums();
        float[] own = {
            (float) (seconds() + lookSeconds),
            EVENTS,
            (float) (was.canary() + c),
            (float) (was.canaryExposure() + canaryExposure),
            (float) (was.baseline() + b),
            (float) (was.baselineExposure() + baselineExposure),
            (float) all
        };
        return new Block(all > 0 ? own : Arrays.copyOf(own, OF_EVENTS));
    }

    /** Of events: what may be the canary's, or not. */
    double open() {
        return isOfEvents() && row.length > OF_EVENTS ? row[OF_EVENTS] : 0;
    }

    private boolean isOfEvents() {
        return row[WEIGHT] == EVENTS;
    }

    /**
     * With a look's values.
     *
     * @param stratum the look's weight
     * @param x what its U says to each question
     */
    Block plus(double lookSeconds, PhaseSums look, double stratum, double[] x) {
        double[] deviations = new double[x.length];
        Arrays.setAll(deviations, i -> (row.length > FROM ? row[FROM + i] : 0) + stratum * x[i]);
        return of(seconds() + lookSeconds, row[WEIGHT] + stratum, sums().plus(look), deviations);
    }

    private static Block of(double seconds, double weight, PhaseSums sums, double[] deviations) {
        double[] counts = sums.numbers();
        float[] row = new float[FROM + deviations.length];
        row[SECONDS] = (float) seconds;
        row[WEIGHT] = (float) weight;
        for (int i = 0; i < PhaseSums.NUMBERS; i++) {
            row[SUMS + i] = (float) counts[i];
        }
        for (int i = 0; i < deviations.length; i++) {
            row[FROM + i] = (float) deviations[i];
        }
        return new Block(row);
    }

    /** How many questions it has answers to. */
    int questions() {
        return row.length - FROM;
    }

    /** The same with the answers to some of them. */
    Block only(int from, int questions) {
        float[] next = Arrays.copyOf(row, FROM + questions);
        System.arraycopy(row, FROM + from, next, FROM, questions);
        return new Block(next);
    }

    double seconds() {
        return row[SECONDS];
    }

    PhaseSums sums() {
        if (isOfEvents()) {
            return PhaseSums.ofEvents(row[SUMS], row[SUMS + 1], row[SUMS + 2], row[SUMS + 3]);
        }
        return new PhaseSums(
                row[SUMS],
                row[SUMS + 1],
                row[SUMS + 2],
                row[SUMS + 3],
                row[SUMS + 4],
                row[SUMS + 5],
                row[SUMS + 6],
                row[SUMS + 7],
                Overdispersion.NONE);
    }

    /** What U says to each question: the strata's mean (van Elteren 1960). */
    double[] means() {
        double[] means = new double[row.length - FROM];
        Arrays.setAll(means, i -> row[FROM + i] / row[WEIGHT]);
        return means;
    }

    /** What was added up for each question by looks of weight 1. */
    double[] totals() {
        double[] totals = new double[row.length - FROM];
        Arrays.setAll(totals, i -> row[FROM + i]);
        return totals;
    }

    /** The standard error of these means, were the requests independent. */
    double sigma() {
        return 1 / Math.sqrt(12 * row[WEIGHT]);
    }

    void pack(Pack to) {
        to.floats(row);
    }

    /** What {@link #pack} wrote. */
    static Block packed(Pack.Reader from) {
        return new Block(from.floats());
    }

    @JsonValue
    String text() {
        return NumberText.of(row);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Block b && Arrays.equals(row, b.row);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(row);
    }
}
