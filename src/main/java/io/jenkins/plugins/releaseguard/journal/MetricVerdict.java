// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.jenkins.plugins.releaseguard.Beta;

/** The judge's verdict on one metric. */
@Beta
public enum MetricVerdict implements Word {
    PASS("pass"),
    MARGINAL("marginal"),
    FAIL("fail"),
    INCONCLUSIVE("inconclusive"),
    NODATA("nodata"),
    /** A word of a later version; never a pass. */
    UNKNOWN("unknown");

    private final String text;

    MetricVerdict(String text) {
        this.text = text;
    }

    /** Null for null; {@link #UNKNOWN} for a word of a later version. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MetricVerdict of(String text) {
        return Word.read(values(), text, UNKNOWN);
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
