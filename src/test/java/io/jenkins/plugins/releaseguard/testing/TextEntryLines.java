// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * An entry of the text form as YAML with the labels for keys, and back.
 *
 * @param from its first line, from 0; {@code to} is the line behind its last
 * @param yaml a line of it for each label
 * @param numbers of each line of {@code yaml} the line that it stands in
 */
record TextEntryLines(int from, int to, String yaml, List<Integer> numbers) {
    private static final Pattern HEAD = Pattern.compile("(?:## )?(DEP-\\d+):? *(.*)");
    private static final Pattern LABEL = Pattern.compile("([A-Z][\\w ]*): ?(.*)");
    private static final Pattern ITEM = Pattern.compile("\\s*- (.*)");

    static boolean begins(String line) {
        return HEAD.matcher(line).matches();
    }

    /** All of a contract's, from this line on. */
    static List<TextEntryLines> of(List<String> lines, int first) {
        List<TextEntryLines> all = new ArrayList<>();
        for (int i = first; i < lines.size(); i++) {
            if (begins(lines.get(i))) {
                int to = i + 1;
                while (to < lines.size()
                        && !begins(lines.get(to))
                        && !lines.get(to).matches("---|#.*|[|<].*")) {
                    to++;
                }
                all.add(entry(lines, i, to));
            }
        }
        return all;
    }

    private static TextEntryLines entry(List<String> lines, int from, int to) {
        List<String> yaml = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        Matcher head = HEAD.matcher(lines.get(from));
        head.matches();
        yaml.add("id: " + head.group(1));
        numbers.add(from);
        if (!head.group(2).isBlank()) {
            yaml.add("title: " + quoted(head.group(2)));
            numbers.add(from);
        }
        for (int i = from + 1; i < to; i++) {
            Matcher label = LABEL.matcher(lines.get(i));
            Matcher item = ITEM.matcher(lines.get(i));
            if (label.matches()) {
                yaml.add(key(label.group(1)) + ": " + (label.group(2).isEmpty() ? "" : quoted(label.group(2))));
                numbers.add(i);
            } else if (item.matches() && yaml.size() > 2) {
                yaml.add("  - " + quoted(item.group(1)));
                numbers.add(i);
            }
        }
        return new TextEntryLines(from, to, String.join("\n", yaml) + "\n", List.copyOf(numbers));
    }

    /** {@code onFailure} of "On failure". */
    private static String key(String label) {
        StringBuilder key = new StringBuilder();
        for (String word : label.split(" ")) {
            String lower = word.toLowerCase(java.util.Locale.ROOT);
            key.append(key.length() == 0 ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return key.toString();
    }

    private static String quoted(String value) {
        boolean code = value.startsWith("[") || value.startsWith("{") || value.startsWith("\"");
        return code ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    boolean holds(int line) {
        return line >= from && line < to;
    }

    /** From 1. */
    int lineInYaml(int line) {
        return Math.max(
                        0,
                        numbers.lastIndexOf(
                                numbers.stream().filter(n -> n <= line).reduce(0, Math::max)))
                + 1;
    }

    /**
     * Writes it back, under an empty key, and under their ids what was put beside it.
     *
     * @return whether that can be said in lines
     */
    static boolean write(String yaml, Map<String, List<String>> written) {
        try {
            if (!(new Yaml().load(yaml) instanceof Map<?, ?> entry)) {
                return false;
            }
            List<String> own = lines(entry);
            written.put("", own);
            if (entry.get("entries") instanceof List<?> others) {
                others.forEach(other ->
                        written.put(String.valueOf(((Map<?, ?>) other).get("id")), lines((Map<?, ?>) other)));
            }
            return !entry.containsKey("metrics");
        } catch (YAMLException e) {
            return false;
        }
    }

    private static List<String> lines(Map<?, ?> entry) {
        List<String> lines = new ArrayList<>();
        lines.add(entry.get("id") + ": " + (entry.get("title") == null ? "" : entry.get("title")));
        DumperOptions flow = new DumperOptions();
        flow.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        flow.setWidth(10_000);
        entry.forEach((key, value) -> {
            if (!List.of("id", "title", "entries", "metrics").contains(String.valueOf(key))) {
                String text = value instanceof Map || value instanceof List
                        ? new Yaml(flow).dump(value).strip()
                        : value instanceof Boolean yes ? (yes ? "yes" : "no") : String.valueOf(value);
                lines.add(label(String.valueOf(key)) + ": " + text);
            }
        });
        return lines;
    }

    private static String label(String key) {
        return Character.toUpperCase(key.charAt(0))
                + key.substring(1).replaceAll("([A-Z])", " $1").toLowerCase(java.util.Locale.ROOT);
    }
}
