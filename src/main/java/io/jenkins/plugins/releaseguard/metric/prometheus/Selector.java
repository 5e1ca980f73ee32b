// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A selector as one condition a label, the name's among them. */
record Selector(SortedMap<String, Condition> conditions) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern WHOLE =
            Pattern.compile("(?s)\\s*+([a-zA-Z_:][a-zA-Z0-9_:]*+)?+\\s*+(?:\\{(.*)})?\\s*+");
    private static final Pattern CONDITION = Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*"
            + "(\"(?:[^\"\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\n]|\\\\.)*+'|`[^`]*+`)\\s*(?:,|$)\\s*");

    /** Null for what is no selector, or one that is not understood to its last sign. */
    static Selector parse(String text) {
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            return null;
        }
        SortedMap<String, Condition> found = new TreeMap<>();
        String name = whole.group(1);
        if (name != null) {
            found.put(Series.NAME, Condition.of("=", '"' + name + '"'));
        }
        String inside = whole.group(2) == null ? "" : whole.group(2).strip();
        Matcher one = CONDITION.matcher(inside);
        for (int at = 0; at < inside.length(); at = one.end()) {
            if (!one.region(at, inside.length()).lookingAt()
                    || found.put(one.group(1), Condition.of(one.group(2), one.group(3))) != null) {
                return null;
            }
        }
        // numbers, not names
        boolean number = name != null && (name.equalsIgnoreCase("nan") || name.equalsIgnoreCase("inf"));
        return number || found.values().stream().noneMatch(Condition::isOneOf) ? null : new Selector(found);
    }

    /** The selector of exactly what the two select, or null: they must be the same but for the value of one label. */
    Selector with(Selector other, boolean names) {
        if (!conditions.keySet().equals(other.conditions.keySet())) {
            return null;
        }
        String differs = null;
        for (Map.Entry<String, Condition> condition : conditions.entrySet()) {
            String label = condition.getKey();
            Condition a = condition.getValue();
            Condition b = other.conditions.get(label);
            if (!a.equals(b)) {
                boolean joinable = differs == null && a.isOneOf() && b.isOneOf();
                if (!joinable || label.equals(Series.NAME) && !names) {
                    return null;
                }
                differs = label;
            }
        }
        SortedMap<String, Condition> both = new TreeMap<>(conditions);
        if (differs != null) {
            SortedSet<String> values = new TreeSet<>(conditions.get(differs).values());
            values.addAll(other.conditions.get(differs).values());
            both.put(differs, Condition.oneOf(values));
        }
        return new Selector(both);
    }

    /** Whether this selects whatever the other does, and what of it that is can be told. */
    boolean covers(Selector other) {
        return conditions.entrySet().stream()
                        .allMatch(c -> other.conditions.containsKey(c.getKey())
                                && c.getValue().isWiderThan(other.conditions.get(c.getKey())))
                && other.conditions.entrySet().stream()
                        .allMatch(c -> c.getValue().equals(conditions.get(c.getKey()))
                                || c.getValue().canBeTold());
    }

    /** Whether a series that the wider selector has found is one of this one's. */
    boolean selects(Series series, Selector wider) {
        return conditions.entrySet().stream()
                .allMatch(c -> c.getValue().equals(wider.conditions.get(c.getKey()))
                        || c.getValue().holds(series.label(c.getKey())));
    }

    /** Whether a series has the values that were asked for, as far as they are listed. */
    boolean hasAskedFor(Series series) {
        return conditions.entrySet().stream()
                .filter(c -> c.getValue().isOneOf())
                .allMatch(c -> c.getValue().holds(series.label(c.getKey())));
    }

    String text() {
        Condition name = conditions.get(Series.NAME);
        boolean before = name != null
                && name.isOneOf()
                && name.values().size() == 1
                && NAME.matcher(name.values().first()).matches();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Condition> c : conditions.entrySet()) {
            if (!before || !c.getKey().equals(Series.NAME)) {
                text.append(text.isEmpty() ? "" : ",")
                        .append(c.getKey())
                        .append(c.getValue().text());
            }
        }
        return (before ? name.values().first() : "") + (text.isEmpty() ? "" : "{" + text + '}');
    }
}
