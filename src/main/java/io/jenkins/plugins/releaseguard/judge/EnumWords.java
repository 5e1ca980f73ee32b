// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An enum's lower-case words in JSON and text: written, and read in any case. */
final class EnumWords {
    private EnumWords() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming the word and those that are known */
    static <E extends Enum<E>> E read(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(EnumWords::of)
                                .collect(Collectors.joining(", "))));
    }
}
