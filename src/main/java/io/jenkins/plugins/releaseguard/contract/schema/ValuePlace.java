// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;

/** What a build's value becomes where {@code ${NAME}} stands in a text of the contract. It never becomes more than that. */
@Beta
public enum ValuePlace {
    /** A text that a shell runs. */
    SHELL("never: a shell reads this text; the command has the value in its environment, as \"$NAME\""),
    /** A query in PromQL. */
    QUERY("inside a quoted label value, escaped; quoted too where the label is matched by a regular expression"),
    /** An address with scheme and host. */
    URL("one segment of the path or a part of the query, percent-encoded; never scheme, host or port"),
    /** What follows an endpoint's address. */
    PATH("one segment of the path or a part of the query, percent-encoded"),
    /** The value of a request's header. */
    HEADER("a part of the value: visible ASCII on one line"),
    /** A request's body. */
    JSON("a part of a string value of a JSON body, escaped"),
    /** A JSON pointer. */
    POINTER("one step of the pointer, escaped"),
    /** A path or pattern of files, or the name of a job. */
    FILE("one name in the path; a path below the workspace where nothing stands beside it"),
    /** A regular expression. */
    REGEX("itself: signs of regular expressions are quoted"),
    /** A short word that something is found by. */
    ID("one word of letters, digits and . _ + % -"),
    /** A number with its unit, as a part of a limit. */
    NUMBER("one number with its unit"),
    /** What decides who must sign. */
    WRITTEN("never: it is written out, or whoever starts a build could choose who signs for it"),
    /** A name of people or things, for comparison and display. */
    NAME("a part of one line"),
    /** A value that is handed on by name and never read: an environment variable, another job's parameter. */
    VALUE("the value as it is, without NUL"),
    /** A text for people, or one that is compared. */
    PROSE("a part of the text");

    private final String text;

    ValuePlace(String text) {
        this.text = text;
    }

    /** What {@code ${NAME}} may be there, for the reference. */
    public String text() {
        return text;
    }

    /** What the type alone decides; null for texts, of which each has a place of its own. */
    static ValuePlace of(FieldType type) {
        return switch (type) {
            case NUMBER, PERCENT, THRESHOLD, MEASURE, CONDITION, AMOUNT, DURATION -> NUMBER;
            case BOOLEAN, CHOICE, DATE, IDS -> ID;
            default -> null;
        };
    }
}
