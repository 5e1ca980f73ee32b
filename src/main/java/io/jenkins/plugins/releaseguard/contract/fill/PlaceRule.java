// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;

/** Where in a text {@code ${NAME}} may stand, and what its value becomes there. Pure. */
public interface PlaceRule {
    /**
     * What a value becomes where {@code ${NAME}} stands.
     *
     * @param text as it is written, nothing filled in
     * @param from offset of the {@code $}
     * @param to offset behind the {@code }}
     * @throws SyntaxProblem no value may stand there
     */
    Slot slot(String text, int from, int to) throws SyntaxProblem;

    /**
     * Whether a text may stand in this place, when all is filled in.
     *
     * @throws SyntaxProblem with an offset in the text
     */
    default void check(String text) throws SyntaxProblem {}

    /** What {@link #check} holds. */
    default ReadRule rule() {
        return ReadRule.PLACE;
    }

    /** A spot for a value. */
    interface Slot {
        /**
         * The value as it is written there, escaped.
         *
         * @throws SyntaxProblem it can't be a mere value there; the message does not quote it
         */
        String of(String value) throws SyntaxProblem;
    }

    /** The rule of a place; of null, which a declaration left open, the rule that refuses every value. */
    static PlaceRule of(ValuePlace place) {
        if (place == null) {
            return (text, from, to) -> {
                throw new SyntaxProblem(
                        from, "this field takes no ${…}: its kind doesn't say what a value is there", "write it out");
            };
        }
        return switch (place) {
            case SHELL -> new ShellPlace();
            case QUERY -> new QueryPlace();
            case URL -> new AddressPlace(true);
            case PATH -> new AddressPlace(false);
            case HEADER -> new HeaderPlace();
            case JSON -> new JsonPlace();
            case POINTER -> WordPlaces.POINTER;
            case FILE -> new FilePlace();
            case REGEX -> new PatternPlace();
            case ID -> WordPlaces.ID;
            case NUMBER -> WordPlaces.NUMBER;
            case WRITTEN -> new WrittenPlace();
            case NAME -> WordPlaces.NAME;
            case VALUE -> WordPlaces.VALUE;
            case PROSE -> WordPlaces.PROSE;
        };
    }
}
