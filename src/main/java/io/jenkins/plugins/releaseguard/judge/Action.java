// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a look asks of the rollout. */
public enum Action {
    /** keep watching */
    CONTINUE,
    /** harm is proven (or a budget spent): take the traffic back */
    STOP,
    /** the evidence suffices to leave this phase */
    PROMOTE,
    /** do not advance: samples cannot be trusted or are missing; nobody is accused */
    HOLD;

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
    public static Action of(String word) {
        return EnumWords.read(Action.class, word);
    }
}
