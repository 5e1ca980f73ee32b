// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.Ids;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;

/** What a field of the contract may hold, and the Java type that {@link Settings} carries for it. */
@Beta
public enum FieldType {
    /** Any scalar, as written; {@code String}. */
    TEXT("a text"),
    /** A decimal number; {@code Double}. */
    NUMBER("a number"),
    /** yes, no, true, false; {@code Boolean}. */
    BOOLEAN("yes or no"),
    /** {@code 15m}, {@code 2 hours}; {@code Duration}. */
    DURATION("a duration"),
    /** {@code 99%}, with the sign; {@code Double}, a fraction. */
    PERCENT("a percentage"),
    /** A limit that one number is held against, see {@link ThresholdParser#limit}; {@code Threshold}. */
    THRESHOLD("a threshold"),
    /** The same of a metric, whose quantile it may name, see {@link ThresholdParser#measure}; {@code Threshold}. */
    MEASURE("a threshold"),
    /** A condition on looks, see {@link ThresholdParser#parse}; {@code Threshold}. */
    CONDITION("a threshold"),
    /** {@code 2026-11-01}; {@code LocalDate}. */
    DATE("a date"),
    /** A number with or without a unit, {@code 500ms}, {@code 10%}, {@code 3}; {@code Amount}. */
    AMOUNT("an amount"),
    /** One of the field's {@code choices}; {@code String}. */
    CHOICE("one word"),
    /** A list of names, or one name; {@code List<String>}. */
    LIST("a list"),
    /** A list of sentences, or one sentence; {@code List<String>}. */
    LINES("a list of sentences"),
    /** A list of ids with ranges, see {@link Ids}; {@code IdList}. */
    IDS("a list of ids"),
    /** Names to texts; {@code Map<String, String>}. */
    MAP("names with values"),
    /** Names to lists of texts; {@code Map<String, List<String>>}. */
    LISTS("names with lists"),
    /** The fields of {@code shape}; {@code Settings}. */
    OBJECT("fields"),
    /** A list of {@code shape}; {@code List<Settings>}. */
    OBJECTS("a list of fields"),
    /** One check, {@code {http: …}}; {@code CheckSpec}. */
    CHECK("a check"),
    /** Checks, as a map or a list; {@code List<CheckSpec>}. */
    CHECKS("checks"),
    /** A list of actions; {@code List<ActionSpec>}. */
    ACTIONS("a list of actions"),
    /** A list of entries, whose {@code type} chooses the shape; {@code List<Settings>}. */
    ENTRIES("a list of entries"),
    /** {@code internal}, a weight in percent or the fields of {@code shape}; {@code List<Settings>}. */
    PHASES("a list of phases");

    private final String text;

    FieldType(String text) {
        this.text = text;
    }

    /** How to write it, for one who wrote something else. */
    public String example() {
        return switch (this) {
            case LIST, LINES, IDS -> "write a list: [one, two], or each on a line of its own after '- '";
            case MAP -> "write {name: value}, or each on a line of its own below, indented";
            case LISTS -> "write {name: [one, two]}";
            case OBJECT -> "write its fields below it, indented, each as 'name: value'";
            case OBJECTS, ENTRIES -> "begin each item with '- ', and write its fields as 'name: value'";
            case PHASES -> "write a list: [internal, 1, 5, 25, 50, 100]";
            case CHECK -> "write {http: {url: …}}";
            case CHECKS -> "write {tests: {passRate: \">95%\"}}";
            case ACTIONS -> "write [{traffic: 0}, {notify: oncall}]";
            default -> "write one value";
        };
    }

    /** As the reference names it. */
    public String text() {
        return text;
    }
}
