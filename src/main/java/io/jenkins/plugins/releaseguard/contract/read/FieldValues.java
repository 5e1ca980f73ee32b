// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes typed values out of {@link Settings} that the readers filled. */
final class FieldValues {
    private FieldValues() {}

    static Position self(Settings settings) {
        return settings.at(ShapeReader.SELF);
    }

    /** Where a field stands, or its object where it doesn't. */
    static Position at(Settings settings, String key) {
        Position at = settings.at(key);
        return at == null ? self(settings) : at;
    }

    @SuppressWarnings("unchecked")
    static <T> T get(Settings settings, String key) {
        return settings.has(key) ? (T) settings.values().get(key) : null;
    }

    static <T> T or(Settings settings, String key, T standard) {
        T value = get(settings, key);
        return value == null ? standard : value;
    }

    static List<Settings> objects(Settings settings, String key) {
        return or(settings, key, List.of());
    }

    static Map<String, String> map(Settings settings, String key) {
        return or(settings, key, Map.of());
    }

    static double number(Settings settings, String key, double standard) {
        return settings.number(key).orElse(standard);
    }

    /** The enum constant that a choice names; choices are constants in lower case with hyphens. */
    static <E extends Enum<E>> E constant(Class<E> type, Settings settings, String key, E standard) {
        String text = settings.text(key);
        return text.isEmpty()
                ? standard
                : Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
