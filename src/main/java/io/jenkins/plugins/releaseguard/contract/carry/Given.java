// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A value of somebody's file, and whether a reader has taken it. What no reader takes is told at the end: nothing is dropped
 * without a word because a reader doesn't know it.
 */
final class Given {
    private static final int LONGEST = 160;

    private final String key;
    private final int line;
    private final String text;
    private final Map<String, Given> fields;
    private final List<Given> items;
    private boolean taken;

    private Given(String key, int line, String text, Map<String, Given> fields, List<Given> items) {
        this.key = key;
        this.line = line;
        this.text = text;
        this.fields = fields;
        this.items = items;
    }

    static Given text(String key, int line, String text) {
        return new Given(key, line, text, Map.of(), List.of());
    }

    static Given map(String key, int line) {
        return new Given(key, line, null, new LinkedHashMap<>(), List.of());
    }

    static Given list(String key, int line) {
        return new Given(key, line, null, Map.of(), new ArrayList<>());
    }

    /** What stands where nothing stands: it has no text, no fields and no items. */
    static Given nothing(int line) {
        return new Given("", line, null, Map.of(), List.of());
    }

    void put(String name, Given value) {
        fields.put(name, value);
    }

    void add(Given item) {
        items.add(item);
    }

    String key() {
        return key;
    }

    /** Counted from 1. */
    int line() {
        return line;
    }

    boolean isThere() {
        return text != null || !fields.isEmpty() || !items.isEmpty();
    }

    boolean isText() {
        return text != null;
    }

    /** What stands at the end of the names, nothing where one of them is missing. It is not taken by that. */
    Given at(String... names) {
        Given at = this;
        for (String name : names) {
            Given next = at.fields.get(name);
            if (next == null) {
                return nothing(at.line);
            }
            at = next;
        }
        return at;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** In the file's order. */
    Map<String, Given> fields() {
        return fields;
    }

    List<Given> items() {
        return items;
    }

    /** The text that stands here, which is not taken by that; empty where there is none. */
    String peek() {
        return text == null ? "" : text.strip();
    }

    /** The text that stands here, which is thereby taken; empty where there is none. */
    String text() {
        taken = true;
        return text == null ? "" : text.strip();
    }

    /** The same of what stands at a name. */
    String peekAt(String name) {
        return at(name).peek();
    }

    String text(String... names) {
        return at(names).text();
    }

    /** Null where it is no number, which leaves it untaken. */
    BigDecimal number(String... names) {
        Given at = at(names);
        if (at.text == null) {
            return null;
        }
        BigDecimal number = Numbers.of(at.text);
        at.taken |= number != null;
        return number;
    }

    /** It and all below it is carried, or means nothing for a release. */
    Given take() {
        taken = true;
        fields.values().forEach(Given::take);
        items.forEach(Given::take);
        return this;
    }

    /** The same of what stands at each of these names. */
    void takeEach(String... names) {
        for (String name : names) {
            at(name).take();
        }
    }

    boolean isTaken() {
        return touched();
    }

    private boolean touched() {
        return taken
                || fields.values().stream().anyMatch(Given::touched)
                || items.stream().anyMatch(Given::touched);
    }

    /** The highest values of which no part was taken. */
    void untaken(Consumer<Given> out) {
        if (!touched()) {
            if (isThere()) {
                out.accept(this);
            }
            return;
        }
        fields.values().forEach(f -> f.untaken(out));
        items.forEach(i -> i.untaken(out));
    }

    /** As it stands in the file, on one line and shortened. */
    String words() {
        String value = value().replaceAll("\\s+", " ").strip();
        String words = key.isEmpty() ? value : key + ": " + value;
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
    }

    private String value() {
        if (text != null) {
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        }
        StringBuilder out = new StringBuilder();
        fields.values().stream().limit(4).forEach(f -> append(out, f.words()));
        items.stream().limit(4).forEach(i -> append(out, i.words()));
        return (items.isEmpty() ? "{" : "[")
                + out
                + (fields.size() > 4 || items.size() > 4 ? ", …" : "")
                + (items.isEmpty() ? "}" : "]");
    }

    private static void append(StringBuilder out, String words) {
        if (out.length() < LONGEST) {
            out.append(out.isEmpty() ? "" : ", ").append(words);
        }
    }
}
