// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a check or an action, already read as the types that {@code schema.CheckKinds} declares: String, Double,
 * Boolean, Duration, Threshold, List, Map.
 */
public final class Settings {
    private final Map<String, Object> values;
    private final Map<String, Position> positions;

    public Settings(Map<String, Object> values, Map<String, Position> positions) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.positions = Map.copyOf(positions);
    }

    public boolean has(String key) {
        return values.get(key) != null;
    }

    public Map<String, Object> values() {
        return values;
    }

    public Map<String, Position> positions() {
        return positions;
    }

    public Position at(String key) {
        return positions.get(key);
    }

    public String text(String key) {
        Object value = values.get(key);
        return value == null ? "" : value.toString();
    }

    public Optional<Double> number(String key) {
        return values.get(key) instanceof Number n ? Optional.of(n.doubleValue()) : Optional.empty();
    }

    public boolean flag(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    public Optional<Duration> duration(String key) {
        return values.get(key) instanceof Duration d ? Optional.of(d) : Optional.empty();
    }

    public Optional<Threshold> threshold(String key) {
        return values.get(key) instanceof Threshold t ? Optional.of(t) : Optional.empty();
    }

    public List<String> texts(String key) {
        Object value = values.get(key);
        if (value instanceof List<?> list) {
            return list.stream().map(Object::toString).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
