// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads fields of a JSON object and names the field in every error. */
final class JsonFields {
    private final JsonNode node;
    private final String path;

    JsonFields(JsonNode node, String path, Set<String> known) {
        if (node == null || !node.isObject()) {
            throw error(path, "must be an object");
        }
        this.node = node;
        this.path = path;
        node.fieldNames().forEachRemaining(f -> {
            if (!known.contains(f)) {
                throw error(
                        path.isEmpty() ? f : path + "." + f,
                        "is not known here; known are " + String.join(", ", sorted(known)));
            }
        });
    }

    private static Iterable<String> sorted(Set<String> known) {
        return new TreeSet<>(known);
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    JsonNode node(String field) {
        return node.get(field);
    }

    String at(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    String text(String field, String usual) {
        if (!has(field)) {
            return usual;
        }
        JsonNode v = node.get(field);
        if (!v.isTextual()) {
            throw error(at(field), "must be a text, but is " + v);
        }
        return v.asText();
    }

    String required(String field) {
        if (!has(field)) {
            throw error(at(field), "is missing");
        }
        return text(field, null);
    }

    double number(String field, double usual) {
        return has(field) ? number(node.get(field), at(field)) : usual;
    }

    boolean flag(String field) {
        if (has(field) && !node.get(field).isBoolean()) {
            throw error(at(field), "must be true or false, but is " + node.get(field));
        }
        return has(field) && node.get(field).asBoolean();
    }

    /** A number, or one of the words NaN, Infinity, -Infinity, which are judged as gaps. */
    static double number(JsonNode v, String where) {
        if (v.isNumber()) {
            return v.asDouble();
        }
        if (v.isTextual() && Set.of("NaN", "Infinity", "-Infinity").contains(v.asText())) {
            return Double.parseDouble(v.asText());
        }
        throw error(where, "must be a number, but is " + v);
    }

    /** A fraction. */
    static double share(double v, String where) {
        if (!(v >= 0 && v <= 1)) {
            throw error(where, "must lie in 0..1, but is " + v);
        }
        return v;
    }

    /** A list that must be there. */
    JsonNode list(String field) {
        JsonNode list = node.get(field);
        if (list == null || !list.isArray()) {
            throw error(at(field), "must be a list");
        }
        return list;
    }

    interface Rule {
        double checked(double v, String field);
    }

    /** Numbers that keep a rule, none where there is no list. */
    List<Double> list(String field, Rule rule) {
        return Arrays.stream(numbers(field))
                .map(v -> rule.checked(v, field))
                .boxed()
                .toList();
    }

    double[] numbers(String field) {
        if (!has(field)) {
            return new double[0];
        }
        JsonNode list = node.get(field);
        if (!list.isArray()) {
            throw error(at(field), "must be a list of numbers");
        }
        double[] v = new double[list.size()];
        for (int i = 0; i < v.length; i++) {
            JsonNode n = list.get(i);
            v[i] = n.isNull() ? Double.NaN : number(n, at(field) + "[" + i + "]");
        }
        return v;
    }

    static IllegalArgumentException error(String where, String what) {
        return new IllegalArgumentException(where + " " + what);
    }
}
