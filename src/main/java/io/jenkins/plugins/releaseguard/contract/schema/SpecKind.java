// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A kind of check or action as a contract may name it: the one place that says which fields it has. The reader, lint, the
 * JSON Schema and the reference pages all go by it. Immutable; each call gives a kind with something more:
 *
 * <pre>{@code
 * SpecKind.check("coverage", "Coverage from JaCoCo's or Cobertura's XML.")
 *         .main(list("report", "paths or patterns of reports"))
 *         .fields(limit("line", "covered lines").unit(PERCENT), limit("branch", "covered branches").unit(PERCENT))
 *         .oneOf("line", "branch");
 * }</pre>
 *
 * Every check may also have {@code timeout} and {@code maxAge}, every action {@code deadline}; they are not declared. A
 * kind that is declared wrongly is refused at once with an {@link IllegalArgumentException}.
 */
@Beta
public final class SpecKind {
    /** Under this key the settings of every check and action also have the main field's value. */
    public static final String VALUE = "value";

    /** What a kind is for. */
    public enum Role {
        /** Stands under {@code verify} or {@code check}. */
        CHECK(
                "check",
                Field.of("timeout", FieldType.DURATION, "how long gathering may take before the answer is unknown")
                        .standard("60s"),
                Field.of("maxAge", FieldType.DURATION, "evidence older than this is stale, and fails as unknown does")),
        /** Stands in a rollback's {@code procedure}. */
        ACTION(
                "action",
                Field.of(
                        "deadline",
                        FieldType.DURATION,
                        "how long this action may take inside the rollback's objective"));

        private final String text;
        private final List<Field> common;

        Role(String text, Field... common) {
            this.text = text;
            this.common = List.of(common);
        }

        /** The word for messages. */
        public String text() {
            return text;
        }

        /** The fields that every kind has after its own. */
        public List<Field> common() {
            return common;
        }
    }

    private final Role role;
    private final String main;
    private final Shape own;
    private final Shape shape;
    private final List<List<String>> oneOf;
    private final List<List<String>> exclusive;
    private final Map<String, List<String>> needs;
    private final Map<String, ValueReader> readers;

    private SpecKind(
            Role role,
            String main,
            Shape own,
            List<List<String>> oneOf,
            List<List<String>> exclusive,
            Map<String, List<String>> needs,
            Map<String, ValueReader> readers) {
        this.role = role;
        this.main = main;
        this.own = Places.in(role.text() + "." + own.name(), own);
        this.shape = this.own.and(role.common());
        this.oneOf = oneOf;
        this.exclusive = exclusive;
        this.needs = needs;
        this.readers = readers;
        List<String> names = shape.names();
        if (names.stream().distinct().count() < names.size() || names.contains(VALUE)) {
            throw new IllegalArgumentException("the " + role.text() + " " + own.name()
                    + " has a field twice or one called " + VALUE + ": " + names);
        }
    }

    /**
     * A check without fields of its own.
     *
     * @param name the word in the contract
     * @param help what it looks at, as a sentence
     */
    public static SpecKind check(String name, String help) {
        return new SpecKind(Role.CHECK, "", Shape.of(name, help), List.of(), List.of(), Map.of(), Map.of());
    }

    /**
     * An action without fields of its own.
     *
     * @param name the word in the contract
     * @param help what it does, as a sentence
     */
    public static SpecKind action(String name, String help) {
        return new SpecKind(Role.ACTION, "", Shape.of(name, help), List.of(), List.of(), Map.of(), Map.of());
    }

    /** With the field that a single value stands for: {@code {command: ./check}} is {@code {command: {run: ./check}}}. */
    public SpecKind main(Field field) {
        return new SpecKind(role, field.name(), own.and(List.of(field)), oneOf, exclusive, needs, readers);
    }

    /** With further fields, in the order of the reference. */
    public SpecKind fields(Field... more) {
        return new SpecKind(role, main, own.and(List.of(more)), oneOf, exclusive, needs, readers);
    }

    /** With the demand that at least one of these fields is given. */
    public SpecKind oneOf(String... fields) {
        List<List<String>> all = new ArrayList<>(oneOf);
        all.add(declared(fields));
        return new SpecKind(role, main, own, List.copyOf(all), exclusive, needs, readers);
    }

    /** With the demand that at most one of these fields is given, since no more than one would be looked at. */
    public SpecKind exclusive(String... fields) {
        List<List<String>> all = new ArrayList<>(exclusive);
        all.add(declared(fields));
        return new SpecKind(role, main, own, oneOf, List.copyOf(all), needs, readers);
    }

    /** With the demand that {@code field} does not stand without one of {@code others}; the first is what is proposed. */
    public SpecKind needs(String field, String... others) {
        declared(field);
        Map<String, List<String>> all = new LinkedHashMap<>(needs);
        all.put(field, declared(others));
        return new SpecKind(role, main, own, oneOf, exclusive, all, readers);
    }

    /** With what each text of a field is read by when it counts; lint reads it, too. */
    public SpecKind reads(String field, ValueReader reader) {
        declaredAtAll(field);
        Map<String, ValueReader> all = new LinkedHashMap<>(readers);
        all.put(field, reader);
        return new SpecKind(role, main, own, oneOf, exclusive, needs, all);
    }

    private List<String> declared(String... fields) {
        declaredAtAll(fields);
        if (shape.fields().stream()
                .anyMatch(f -> !f.standard().isEmpty() && Arrays.asList(fields).contains(f.name()))) {
            throw new IllegalArgumentException(
                    "of " + String.join(", ", fields) + " one has a standard value, so that it" + " is always given");
        }
        return List.of(fields);
    }

    private void declaredAtAll(String... fields) {
        if (!shape.names().containsAll(Arrays.asList(fields))) {
            throw new IllegalArgumentException("the " + role.text() + " " + name() + " has no field of "
                    + String.join(", ", fields) + " yet: " + shape.names());
        }
    }

    public Role role() {
        return role;
    }

    public String name() {
        return own.name();
    }

    /** The field that a single value stands for; empty where there is none. */
    public String main() {
        return main;
    }

    /** All its fields, those that every check or action has last. */
    public Shape shape() {
        return shape;
    }

    /** The fields that only this kind has. */
    public Shape own() {
        return own;
    }

    /** Sets of fields, of each of which at least one must be given. */
    public List<List<String>> oneOf() {
        return oneOf;
    }

    /** Sets of fields, of each of which at most one may be given. */
    public List<List<String>> exclusive() {
        return exclusive;
    }

    /** Fields that don't stand alone, each with those of which one must stand beside it. */
    public Map<String, List<String>> needs() {
        return needs;
    }

    /** By field, what its texts are read by when they count. */
    public Map<String, ValueReader> readers() {
        return readers;
    }

    /** Every key that settings of this kind may be asked for. */
    public List<String> keys() {
        return Stream.concat(shape.names().stream(), Stream.of(VALUE)).toList();
    }

    @Override
    public String toString() {
        return role.text() + " " + name();
    }
}
