// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

/** What a field of the contract may hold, and the Java type that {@link Settings} carries for it. */
public enum FieldType {
    /** Any scalar, as written; {@code String}. */
    TEXT("text"),
    /** A decimal number; {@code Double}. */
    NUMBER("number"),
    /** yes, no, true, false; {@code Boolean}. */
    BOOLEAN("yes or no"),
    /** {@code 15m}, {@code 2 hours}; {@code Duration}. */
    DURATION("duration"),
    /** {@code 99%}, with the sign; {@code Double}, a fraction. */
    PERCENT("percentage"),
    /** See {@link ThresholdParser}; {@code Threshold}. */
    THRESHOLD("threshold"),
    /** {@code 2026-11-01}; {@code LocalDate}. */
    DATE("date"),
    /** A number with or without a unit, {@code 500ms}, {@code 10%}, {@code 3}; {@code Amount}. */
    AMOUNT("amount"),
    /** One of the field's {@code choices}; {@code String}. */
    CHOICE("choice"),
    /** A list of names, or one name; {@code List<String>}. */
    LIST("list"),
    /** A list of sentences, or one sentence; {@code List<String>}. */
    LINES("list of sentences"),
    /** A list of ids with ranges, see {@link Ids}; {@code List<String>}. */
    IDS("ids"),
    /** Names to texts; {@code Map<String, String>}. */
    MAP("map"),
    /** Names to lists of texts; {@code Map<String, List<String>>}. */
    LISTS("map of lists"),
    /** The fields of {@code shape}; {@code Settings}. */
    OBJECT("object"),
    /** A list of {@code shape}; {@code List<Settings>}. */
    OBJECTS("list of objects"),
    /** One check, {@code {http: …}}; {@code CheckSpec}. */
    CHECK("check"),
    /** Checks, as a map or a list; {@code List<CheckSpec>}. */
    CHECKS("checks"),
    /** A list of actions; {@code List<ActionSpec>}. */
    ACTIONS("list of actions"),
    /** A list of entries, whose {@code type} chooses the shape; {@code List<Settings>}. */
    ENTRIES("list of entries"),
    /** {@code internal}, a weight in percent or the fields of {@code shape}; {@code List<Settings>}. */
    PHASES("list of phases");

    private final String text;

    FieldType(String text) {
        this.text = text;
    }

    /** As the reference names it. */
    public String text() {
        return text;
    }
}
