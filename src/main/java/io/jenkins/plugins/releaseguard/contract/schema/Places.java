// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code places.txt}: for each text of the contract's own fields and of the standard kinds, what a build's value may
 * become in it. A text that is not in it, and whose declaration doesn't say, takes no value.
 */
final class Places {
    private static final Map<String, ValuePlace> TABLE = read();

    private Places() {}

    /** The shape with each field's place, from the rows {@code owner.field}. */
    static Shape in(String owner, Shape shape) {
        List<Field> placed = shape.fields().stream().map(f -> in(owner, f)).toList();
        return new Shape(shape.name(), shape.help(), placed);
    }

    static Field in(String owner, Field field) {
        ValuePlace place = TABLE.get(owner + "." + field.name());
        return field.place() != null || place == null ? field : field.in(place);
    }

    /** All rows. */
    static Map<String, ValuePlace> table() {
        return TABLE;
    }

    private static Map<String, ValuePlace> read() {
        Map<String, ValuePlace> table = new LinkedHashMap<>();
        try (InputStream in = Places.class.getResourceAsStream("places.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList()) {
                String[] words = line.strip().split("\\s+");
                for (int i = 1; i < words.length; i++) {
                    if (table.put(words[i], ValuePlace.valueOf(words[0])) != null) {
                        throw new IllegalStateException(words[i] + " stands twice in places.txt");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(table);
    }
}
