// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a metric's samples are. */
public enum MetricKind {
    /** durations, one value a request or a scrape; differences are ratios of the level */
    LATENCY,
    /** values that go up and down (memory, queue length); differences are shifts */
    GAUGE,
    /** failures among requests */
    RATE,
    /** events without a natural total (exceptions, retries); exposure is the requests of the look */
    COUNT;

    /** Whether samples are counts of events rather than values. */
    public boolean counted() {
        return this == RATE || this == COUNT;
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
    public static MetricKind of(String word) {
        return EnumWords.read(MetricKind.class, word);
    }
}
