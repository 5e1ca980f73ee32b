// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Threshold;

/** The unit that a limit makes sense in. */
@Beta
public enum Unit {
    /** A share: {@code >95%}. */
    PERCENT("%", "a percentage, \">95%\""),
    /** A number of things: {@code <= 0}. */
    COUNT("", "a plain number, \"<= 0\""),
    /** A time: {@code <= 24h}. */
    TIME("s", "a time, \"<= 24h\""),
    /** A size: {@code > 1 GiB}. */
    SIZE("B", "a size, \"> 1 GiB\"");

    private final String symbol;
    private final String example;

    Unit(String symbol, String example) {
        this.symbol = symbol;
        this.example = example;
    }

    /** What to write, with an example. */
    public String example() {
        return example;
    }

    /** Whether a threshold is in this unit. 0 is, in whatever unit it is written; a limit that must be sustained is not. */
    public boolean fits(Threshold threshold) {
        return threshold.isPlain()
                && threshold.sustained().isZero()
                && threshold.bound() instanceof Threshold.Fixed fixed
                && (fixed.unit().equals(symbol) || fixed.value() == 0);
    }
}
