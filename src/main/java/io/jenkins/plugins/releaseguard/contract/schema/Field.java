// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import java.util.List;

/**
 * A field that the contract may have. {@code choices} is filled for {@link FieldType#CHOICE}, {@code shape} for
 * objects;
 * {@code standard} is the value taken where the contract is silent, written as it would stand there, empty for none.
 */
public record Field(
        String name,
        FieldType type,
        boolean required,
        List<String> choices,
        Shape shape,
        String standard,
        String help) {
    public static Field of(String name, FieldType type, String help) {
        return new Field(name, type, false, List.of(), null, "", help);
    }

    static Field text(String name, String help) {
        return of(name, FieldType.TEXT, help);
    }

    public static Field list(String name, String help) {
        return of(name, FieldType.LIST, help);
    }

    static Field choice(String name, List<String> choices, String help) {
        return new Field(name, FieldType.CHOICE, false, List.copyOf(choices), null, "", help);
    }

    static Field object(String name, Shape shape, String help) {
        return new Field(name, FieldType.OBJECT, false, List.of(), shape, "", help);
    }

    static Field objects(String name, Shape shape, String help) {
        return new Field(name, FieldType.OBJECTS, false, List.of(), shape, "", help);
    }

    /** The same field, which must be there. */
    public Field must() {
        return new Field(name, type, true, choices, shape, standard, help);
    }

    /** The same field with a value for when it is left out. */
    Field standard(String value) {
        return new Field(name, type, required, choices, shape, value, help);
    }
}
