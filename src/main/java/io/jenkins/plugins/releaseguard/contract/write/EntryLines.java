// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An entry as a block of the text form. What it can't say in plain lines comes out otherwise when it is read, which the caller sees. */
final class EntryLines {
    /** Lists of names or sentences, one a line. */
    private static final Set<String> LISTS = Set.of("notification", "reverse");

    private EntryLines() {}

    static String of(Map<String, Object> entry) {
        Map<String, Object> fields = new LinkedHashMap<>(entry);
        StringBuilder out = new StringBuilder();
        String title = YamlWriter.escaped(text(fields.remove("title")));
        out.append(fields.remove("id"))
                .append(title.isEmpty() ? "" : ": " + title)
                .append('\n');
        Map<String, String> details = new LinkedHashMap<>();
        if (fields.remove("details") instanceof Map<?, ?> more) {
            more.forEach((k, v) -> details.put(String.valueOf(k), String.valueOf(v)));
        }
        fields.forEach((name, value) -> field(name, value, out));
        details.forEach((name, value) -> detail(name, value, out));
        return out.toString();
    }

    private static void field(String name, Object value, StringBuilder out) {
        String label = label(name);
        if (value instanceof List<?> list && name.equals("linkedIds")) {
            out.append("Linked IDs: ")
                    .append(String.join(", ", list.stream().map(String::valueOf).toList()))
                    .append('\n');
        } else if (value instanceof List<?> list && LISTS.contains(name)) {
            out.append(label).append(":\n");
            list.forEach(item ->
                    out.append("  - ").append(YamlWriter.escaped(text(item))).append('\n'));
        } else if (value instanceof String text) {
            lines(label, YamlWriter.escaped(text), out);
        } else {
            out.append(label).append(": ").append(YamlWriter.flow(value)).append('\n');
        }
    }

    /** Prose of a field of its own is filled when it is read, what only notes keep is not. */
    private static void detail(String name, String value, StringBuilder out) {
        boolean own = Set.of("description", "verification", "steps").contains(name);
        lines(label(name), own ? YamlWriter.escaped(value) : value, out);
    }

    private static void lines(String label, String text, StringBuilder out) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        out.append(label).append(':');
        for (int i = 0; i < lines.size(); i++) {
            out.append(i == 0 && lines.size() == 1 ? " " : "\n  ").append(lines.get(i));
        }
        out.append('\n');
    }

    private static String label(String name) {
        StringBuilder label = new StringBuilder();
        for (char c : name.toCharArray()) {
            label.append(Character.isUpperCase(c) ? " " + Character.toLowerCase(c) : String.valueOf(c));
        }
        return label.isEmpty() ? "" : label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
