// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a check, an action or another object of the contract, already read as the types that their declaration
 * names: String, Double, Boolean, Duration, Threshold, List, Map.
 *
 * <p>Settings that were read by a declaration know its keys. To ask them for another is a mistake of the program that
 * would look as if the contract were silent, and throws an {@link IllegalArgumentException}: a check that asks wrongly is
 * unknown, and never green.
 */
@Beta
public final class Settings {
    private final Map<String, Object> values;
    private final Map<String, Position> positions;
    private final Set<String> keys;

    /** Settings that may be asked for any key. */
    public Settings(Map<String, Object> values, Map<String, Position> positions) {
        this(values, positions, Set.of());
    }

    /** @param keys all that may be asked for; empty for any */
    public Settings(Map<String, Object> values, Map<String, Position> positions, Collection<String> keys) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.positions = Map.copyOf(positions);
        this.keys = Collections.unmodifiableSet(new LinkedHashSet<>(keys));
    }

    /** Whether the key may be asked for: the declaration has it, or there is none. */
    public boolean declares(String key) {
        return keys.isEmpty() || keys.contains(key);
    }

    private Object get(String key) {
        if (!declares(key)) {
            throw new IllegalArgumentException(
                    "there is no field '" + key + "' in the declaration, which has " + String.join(", ", keys));
        }
        return values.get(key);
    }

    public boolean has(String key) {
        return get(key) != null;
    }

    /** What is there, by key, standard values included. */
    public Map<String, Object> values() {
        return values;
    }

    public Map<String, Position> positions() {
        return positions;
    }

    /** Where a field stands; null where it doesn't. */
    public Position at(String key) {
        return positions.get(key);
    }

    /** Empty where the field isn't there. */
    public String text(String key) {
        Object value = get(key);
        return value == null ? "" : value.toString();
    }

    public Optional<Double> number(String key) {
        return get(key) instanceof Number n ? Optional.of(n.doubleValue()) : Optional.empty();
    }

    /** False where the field isn't there. */
    public boolean flag(String key) {
        return Boolean.TRUE.equals(get(key));
    }

    public Optional<Duration> duration(String key) {
        return get(key) instanceof Duration d ? Optional.of(d) : Optional.empty();
    }

    public Optional<Threshold> threshold(String key) {
        return get(key) instanceof Threshold t ? Optional.of(t) : Optional.empty();
    }

    /** A list, or one text as a list of it; empty where the field isn't there. */
    public List<String> texts(String key) {
        Object value = get(key);
        if (value instanceof IdList ids) {
            return ids;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Object::toString).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    /** Names with texts, in the contract's order; empty where the field isn't there. */
    public Map<String, String> map(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    /** These settings with one more value under one more key. */
    public Settings with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        Set<String> all = new LinkedHashSet<>(keys);
        if (!all.isEmpty()) {
            all.add(key);
        }
        return new Settings(more, positions, all);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
