// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A field that the contract may have. Made by {@link #of} and its like, and refined: {@code limit("line", "covered
 * lines").unit(Unit.PERCENT)}.
 *
 * @param name the key in the contract
 * @param type what it may hold
 * @param required whether it must be there
 * @param choices the words that {@link FieldType#CHOICE} allows; empty for other types
 * @param shape the fields of an object; null for other types
 * @param standard the value taken where the contract is silent, written as it would stand there; empty for none
 * @param help what it is for, in a few words
 * @param unit the unit that a limit must be in; null for any
 * @param side on which side of a limit the good values lie; null where either may
 * @param reference what of the contract it names; null for nothing
 * @param items how many items a list must have; 0 for any number
 * @param place what a build's value may become in it; null where nothing says, so that it takes none
 * @param notYet words of the language that nothing carries out, each refused with what to write instead
 */
@Beta
public record Field(
        String name,
        FieldType type,
        boolean required,
        List<String> choices,
        Shape shape,
        String standard,
        String help,
        Unit unit,
        Side side,
        Reference reference,
        int items,
        ValuePlace place,
        List<NotYet> notYet) {
    private static final Set<FieldType> SHAPED = Set.of(FieldType.OBJECT, FieldType.OBJECTS, FieldType.PHASES);

    public Field {
        choices = List.copyOf(choices);
        notYet = List.copyOf(notYet);
        if (unit != null && type != FieldType.THRESHOLD) {
            throw new IllegalArgumentException("only a limit has a unit, and " + name + " is " + type.text());
        }
        if (side != null && type != FieldType.THRESHOLD) {
            throw new IllegalArgumentException("only a limit has a good side, and " + name + " is " + type.text());
        }
        if (required && !standard.isEmpty()) {
            throw new IllegalArgumentException(name + " must be there, and has a value for when it isn't");
        }
        if (type == FieldType.CHOICE && choices.isEmpty() || SHAPED.contains(type) && shape == null) {
            throw new IllegalArgumentException(name + " is " + type.text() + ", and does not say which");
        }
    }

    private Field(String name, FieldType type, List<String> choices, Shape shape, String help) {
        this(name, type, false, choices, shape, "", help, null, null, null, 0, ValuePlace.of(type), List.of());
    }

    /** A field of a type that needs nothing more. */
    public static Field of(String name, FieldType type, String help) {
        return new Field(name, type, List.of(), null, help);
    }

    /** Any text. */
    public static Field text(String name, String help) {
        return of(name, FieldType.TEXT, help);
    }

    /** A list of names, or one of them. */
    public static Field list(String name, String help) {
        return of(name, FieldType.LIST, help);
    }

    /** A threshold: in a check it says what must hold, in a Rollback entry what breaks the release. */
    public static Field limit(String name, String help) {
        return of(name, FieldType.THRESHOLD, help);
    }

    /** One of some words. */
    public static Field choice(String name, List<String> choices, String help) {
        return new Field(name, FieldType.CHOICE, choices, null, help);
    }

    static Field object(String name, Shape shape, String help) {
        return new Field(name, FieldType.OBJECT, List.of(), shape, help);
    }

    static Field objects(String name, Shape shape, String help) {
        return new Field(name, FieldType.OBJECTS, List.of(), shape, help);
    }

    static Field phases(String name, Shape shape, String help) {
        return new Field(name, FieldType.PHASES, List.of(), shape, help);
    }

    /** The same field, which must be there. */
    public Field must() {
        return copy(draft -> draft.required = true);
    }

    /** The same field with a value for when it is left out; of a list, the items with a comma and a space between. */
    public Field standard(String value) {
        return copy(draft -> draft.standard = value);
    }

    /** The same limit, which only makes sense in one unit. */
    public Field unit(Unit of) {
        return copy(draft -> draft.unit = of);
    }

    /** The same limit, of which only one side makes sense: {@link Side#HIGH} for coverage, {@link Side#LOW} for findings. */
    public Field good(Side values) {
        return copy(draft -> draft.side = values);
    }

    /** The same field, which names something of the contract. */
    public Field references(Reference what) {
        return copy(draft -> draft.reference = what);
    }

    /** The same list, which must have so many items. */
    public Field items(int number) {
        return copy(draft -> draft.items = number);
    }

    /**
     * The same field, in which a build's value becomes what the place says. Standard kinds have theirs in a table; a kind of
     * another plugin says it here, else {@code ${NAME}} is refused in its texts.
     */
    public Field in(ValuePlace where) {
        return copy(draft -> draft.place = where);
    }

    /** The same choice without these words, which are known and refused: nothing carries them out. */
    Field but(NotYet... words) {
        List<String> refused = Arrays.stream(words).map(NotYet::word).toList();
        return copy(draft -> {
            draft.choices =
                    choices.stream().filter(word -> !refused.contains(word)).toList();
            draft.notYet = List.of(words);
        });
    }

    private Field copy(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Field(
                name,
                type,
                draft.required,
                draft.choices,
                shape,
                draft.standard,
                help,
                draft.unit,
                draft.side,
                draft.reference,
                draft.items,
                draft.place,
                draft.notYet);
    }

    /** What a declaration says after its name. */
    private static final class Draft {
        private boolean required;
        private List<String> choices;
        private String standard;
        private Unit unit;
        private Side side;
        private Reference reference;
        private int items;
        private ValuePlace place;
        private List<NotYet> notYet;

        Draft(Field of) {
            required = of.required;
            choices = of.choices;
            standard = of.standard;
            unit = of.unit;
            side = of.side;
            reference = of.reference;
            items = of.items;
            place = of.place;
            notYet = of.notYet;
        }
    }
}
