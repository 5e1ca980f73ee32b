// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;

/** A regular expression in the syntax of RE2, which is matched in a time that grows with the text and not with the expression's turns. */
final class PatternPlace implements PlaceRule {
    private static final int MOST = 1000;

    @Override
    public Slot slot(String text, int from, int to) throws SyntaxProblem {
        PatternSpot.require(text.substring(0, from), from);
        boolean repeated = PatternSpot.isRepeated(text, to);
        return value -> PatternSpot.quoted(value, repeated);
    }

    @Override
    public void check(String text) throws SyntaxProblem {
        Sizes.require(text, MOST, "a regular expression");
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            boolean turns = text.contains("(?=")
                    || text.contains("(?!")
                    || text.contains("(?<=")
                    || text.contains("(?<!")
                    || text.matches("(?s).*\\\\[1-9k].*");
            throw new SyntaxProblem(
                    0,
                    "the regular expression can't be used: " + Cursor.shorten(e.getDescription()),
                    turns
                            ? "write it without look-around, backreferences and possessive signs, which can't be matched"
                                    + " in linear time"
                            : "write it in the syntax of RE2: https://github.com/google/re2/wiki/Syntax");
        }
    }

    @Override
    public ReadRule rule() {
        return ReadRule.PATTERN;
    }
}
