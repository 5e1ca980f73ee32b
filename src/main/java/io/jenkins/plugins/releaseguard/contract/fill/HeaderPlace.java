// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.text.HeaderNames;

/** The value of one header: one line of visible ASCII. */
final class HeaderPlace implements PlaceRule {
    private static final int MOST = 4000;

    @Override
    public Slot slot(String text, int from, int to) {
        return value -> {
            if (!HeaderNames.isValue(value)) {
                throw new SyntaxProblem(
                        from,
                        "the value of " + text.substring(from, to)
                                + " holds a line break, a control character or a sign that is not ASCII",
                        "a header's value is one line of visible ASCII");
            }
            return value;
        };
    }

    @Override
    public void check(String text) throws SyntaxProblem {
        Sizes.require(text, MOST, "a header");
        for (int i = 0; i < text.length(); i++) {
            if (!HeaderNames.isValue(text.substring(i, i + 1))) {
                throw new SyntaxProblem(
                        i,
                        "a header's value holds a line break, a control character or a sign that is not ASCII",
                        "write one line of visible ASCII");
            }
        }
    }

    @Override
    public ReadRule rule() {
        return ReadRule.HEADER;
    }
}
