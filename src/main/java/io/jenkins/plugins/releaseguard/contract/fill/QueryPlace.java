// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.QueryText;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import java.util.Locale;

/**
 * A value becomes a part of a label's value. It is quoted as PromQL reads strings, which is how Go does; and {@code $} too, so
 * that it never becomes {@code $track} or {@code $window}.
 */
final class QueryPlace implements PlaceRule {
    private static final int MOST = 16_384;

    @Override
    public Slot slot(String text, int from, int to) throws SyntaxProblem {
        QueryText.LabelValue value = new QueryText(text).around(from);
        if (value == null || value.end() < to) {
            throw new SyntaxProblem(
                    from,
                    text.substring(from, to) + " stands in a query outside a label's value, where it could change what"
                            + " is asked",
                    "a value may only be in the quotes behind a label: {env=\"${NAME}\"}; write the rest out");
        }
        if (value.quote() == '`') {
            throw new SyntaxProblem(
                    from, "in backticks nothing can be escaped", "put the label's value in \" instead of `");
        }
        String before = text.substring(value.open(), from);
        if (Escapes.isOpen(before)) {
            throw new SyntaxProblem(
                    from,
                    "the value would be a part of the escape before it",
                    "take out the \\ before " + text.substring(from, to));
        }
        boolean repeated = value.pattern() && PatternSpot.isRepeated(text, to);
        if (value.pattern()) {
            PatternSpot.require(Escapes.decoded(before), from);
        }
        return filled -> {
            if (filled.isEmpty()) {
                throw new SyntaxProblem(
                        from,
                        text.substring(from, to) + " is empty, and a label that is empty selects what hasn't the label",
                        "give it a value");
            }
            return escaped(value.pattern() ? PatternSpot.quoted(filled, repeated) : filled, value.quote());
        };
    }

    private static String escaped(String value, char quote) {
        StringBuilder out = new StringBuilder();
        for (char c : value.toCharArray()) {
            if (c == '\\' || c == quote) {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < ' ' || c == 0x7f || c == '$') {
                out.append(String.format(Locale.ROOT, "\\%03o", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    @Override
    public void check(String text) throws SyntaxProblem {
        Sizes.require(text, MOST, "a query");
    }
}
