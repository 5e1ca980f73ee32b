// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Alert rules in Prometheus' YAML, as a file of groups or as a Kubernetes PrometheusRule. */
public final class AlertRules {
    private AlertRules() {}

    /** An alert with its labels and annotations. */
    public record Rule(String name, String expression, Map<String, String> texts) {
        /** A label's text, or an annotation's; empty where there is none. */
        public String text(String label) {
            return texts.getOrDefault(label, "");
        }

        /** Whether name, labels or annotations name an id as a word. */
        public boolean mentions(String id) {
            return word(name, id)
                    || texts.values().stream()
                            .anyMatch(t -> word(t, id) && !DENIES.matcher(t).find());
        }

        /** A remark that says what isn't there yet. */
        private static final Pattern DENIES = Pattern.compile(
                "(?i)\\b(?:todo|tbd|fixme|no alerts?|not (?:an |the )?alert|without (?:an )?alert|missing|lacks?|replaces?d?|not (?:for|of))\\b");

        private static boolean word(String text, String id) {
            for (int at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
                int end = at + id.length();
                boolean before = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
                boolean after = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
                if (before && after) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The alerts; recording rules are left out. */
    public static List<Rule> read(String text) throws FormatException {
        List<Rule> rules = new ArrayList<>();
        boolean groups = false;
        for (Object document : SafeYaml.documents(text)) {
            Object spec = at(document, "spec");
            Object found = at(spec == null ? document : spec, "groups");
            if (found instanceof List<?> list) {
                groups = true;
                for (Object group : list) {
                    rules(at(group, "rules"), rules);
                }
            }
        }
        if (!groups) {
            throw new FormatException("no groups of alert rules");
        }
        return rules;
    }

    private static void rules(Object list, List<Rule> into) {
        for (Object rule : list instanceof List<?> all ? all : List.of()) {
            Object name = at(rule, "alert");
            if (name != null) {
                Map<String, String> texts = new LinkedHashMap<>();
                texts(at(rule, "annotations"), texts);
                texts(at(rule, "labels"), texts);
                into.add(new Rule(name.toString(), String.valueOf(at(rule, "expr")), texts));
            }
        }
    }

    private static void texts(Object map, Map<String, String> into) {
        if (map instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> into.put(String.valueOf(key), value == null ? "" : value.toString()));
        }
    }

    private static Object at(Object map, String key) {
        return map instanceof Map<?, ?> entries ? entries.get(key) : null;
    }
}
