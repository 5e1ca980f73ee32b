// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A canary in a backend of its own, to which {@code use_backend} sends users by a map (Configuration Manual, sections 4.2
 * {@code use_backend}, 7.3.1 {@code map}, 7.3.2 {@code rand}). With a key its entry is the share, in parts of {@code of}:
 * {@code use_backend shop-canary if { rand(100),sub(txn.share) lt 0 }}; without one the map's entries are the numbers whose users go
 * there: {@code use_backend %[rand(100),map_int(/etc/haproxy/canary.map,shop)]} with {@code 0:9 shop-canary}.
 *
 * @param file the map's, as it stands in haproxy.cfg
 * @param key of the share; empty for a map of numbers
 * @param of how many numbers {@code rand} draws from
 * @param canary the canary's backend
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MapShare(String file, String key, int of, String canary) {
    /** What people write: {@code rand(100)}. */
    public static final int USUAL = 100;

    private static final int MOST = 1_000_000;
    private static final double NEAR = 0.05;
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})(?::([0-9]{1,9}))?");

    /** @throws IllegalArgumentException for what could be no file, key or number, or would end a command */
    public MapShare {
        key = key == null ? "" : key;
        if (file == null || !file.matches("[A-Za-z0-9_./~+-][A-Za-z0-9_./@~+-]{0,300}")) {
            throw new IllegalArgumentException(
                    "'" + Lines.bounded(String.valueOf(file), 80) + "' can't be the file of a"
                            + " map: write the path as it stands in haproxy.cfg, with letters, digits and _ . / @ ~ + - only");
        }
        if (!key.matches("[A-Za-z0-9_.:/-]{0,200}")) {
            throw new IllegalArgumentException("'" + Lines.bounded(key, 80)
                    + "' can't be the key of a map: it has letters, digits and _ . : / - only");
        }
        if (of < 2 || of > MOST) {
            throw new IllegalArgumentException("A map in parts of " + of + " can't give shares: write the number that"
                    + " stands in rand(…), from 2 to " + MOST);
        }
        HaproxySettings.name("canary backend", canary == null ? "" : canary);
    }

    /**
     * The parts that are nearest to a share; empty where none is near, as for weights.
     *
     * @param percent from 0 to 100
     */
    OptionalInt parts(double percent) {
        int parts = (int) Math.round(percent * of / 100);
        boolean ends = percent == 0 || percent == 100;
        double distance = Math.abs(100.0 * parts / of - percent);
        return ends || parts > 0 && parts < of && distance <= NEAR * Math.min(percent, 100 - percent)
                ? OptionalInt.of(parts)
                : OptionalInt.empty();
    }

    /** The parts that the map gives to the canary now; empty where {@link #against} has something against it. */
    OptionalInt parts(List<MapTable.Entry> entries) {
        if (against(entries) != null) {
            return OptionalInt.empty();
        }
        if (!key.isEmpty()) {
            List<MapTable.Entry> mine = mine(entries);
            return OptionalInt.of(
                    mine.isEmpty() ? 0 : Integer.parseInt(mine.get(0).value()));
        }
        BitSet numbers = new BitSet(of);
        entries.forEach(entry -> numbers.or(numbers(entry.key())));
        return OptionalInt.of(numbers.cardinality());
    }

    /** Why no share can be told from these entries, and what to do; null for nothing. */
    String against(List<MapTable.Entry> entries) {
        List<MapTable.Entry> mine = mine(entries);
        if (!key.isEmpty()) {
            if (mine.size() > 1) {
                return "the map '" + file + "' has the key '" + key + "' " + mine.size() + " times: leave one";
            }
            return mine.stream()
                    .map(MapTable.Entry::value)
                    .filter(value -> !value.matches("[0-9]{1,9}") || Integer.parseInt(value) > of)
                    .findFirst()
                    .map(value -> "the map '" + file + "' has '" + Lines.bounded(value, 40) + "' for the key '" + key
                            + "', which is no whole number from 0 to " + of)
                    .orElse(null);
        }
        for (MapTable.Entry entry : entries) {
            if (!entry.value().equals(canary)) {
                return "the map '" + file + "' has an entry for '" + Lines.bounded(entry.value(), 40)
                        + "', and may have none but those for '" + canary
                        + "': name the other backend as the converter's default";
            }
            if (numbers(entry.key()) == null) {
                return "the map '" + file + "' has the key '" + Lines.bounded(entry.key(), 40)
                        + "', which is no number from 0 to " + (of - 1) + " and no range of some (0:9)";
            }
        }
        return null;
    }

    private List<MapTable.Entry> mine(List<MapTable.Entry> entries) {
        return entries.stream().filter(entry -> entry.key().equals(key)).toList();
    }

    /** Null where it names none that {@code rand} draws. */
    private BitSet numbers(String range) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            return null;
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        if (first > last || last >= of) {
            return null;
        }
        BitSet numbers = new BitSet(of);
        numbers.set(first, last + 1);
        return numbers;
    }

    /**
     * What is said so that the canary gets so many parts. Of ranges the new one comes first and the others go then, so that at no moment
     * anybody gets another share than the one before or after.
     */
    List<String> orders(int parts, List<MapTable.Entry> now) {
        List<String> orders = new ArrayList<>();
        if (!key.isEmpty()) {
            if (!mine(now).isEmpty()) {
                orders.add("set map " + file + ' ' + key + ' ' + parts);
            } else if (parts > 0) {
                orders.add("add map " + file + ' ' + key + ' ' + parts);
            }
            return orders;
        }
        String range = parts == 0 ? "" : "0:" + (parts - 1);
        List<String> others = now.stream()
                .filter(entry -> entry.value().equals(canary))
                .map(MapTable.Entry::key)
                .filter(key -> !key.equals(range) && key.matches("[0-9:]{1,40}"))
                .distinct()
                .toList();
        if (parts > 0 && now.stream().noneMatch(entry -> entry.key().equals(range))) {
            orders.add("add map " + file + ' ' + range + ' ' + canary);
        }
        others.forEach(other -> orders.add("del map " + file + ' ' + other));
        return orders;
    }

    /** The entries as a reading tells them, those that others have set too. */
    String words(List<MapTable.Entry> entries) {
        List<MapTable.Entry> shown = key.isEmpty() ? entries : mine(entries);
        return "map " + file + ": "
                + (shown.isEmpty()
                        ? "no entry"
                        : Lines.bounded(
                                String.join(
                                        ", ",
                                        shown.stream()
                                                .map(entry -> entry.key() + " " + entry.value())
                                                .toList()),
                                160));
    }
}
