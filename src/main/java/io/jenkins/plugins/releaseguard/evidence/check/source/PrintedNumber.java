// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.contract.grammar.Amount;
import io.jenkins.plugins.releaseguard.contract.grammar.Amounts;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as somebody prints it: the whole last line, with a unit of the contract's language or none. NaN where it is none. A bare number is
 * a bare number, and says nothing about a limit in a unit.
 *
 * @param value a percentage as a fraction, a time in seconds, a size in bytes
 * @param unit {@code %}, {@code s}, {@code B}, or empty
 */
public record PrintedNumber(double value, String unit) {
    private static final PrintedNumber NONE = new PrintedNumber(Double.NaN, "");
    private static final Pattern NUMBER =
            Pattern.compile("([-+]?[0-9]{1,30}(?:\\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,3})?)\\s?(%|[A-Za-zµ]{1,12})?");

    /** What the last line says. */
    public static PrintedNumber last(String output) {
        String text = output.strip();
        return of(text.substring(text.lastIndexOf('\n') + 1));
    }

    /** What the whole text says. */
    public static PrintedNumber of(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            return NONE;
        }
        double number = Double.parseDouble(matcher.group(1));
        if (matcher.group(2) == null) {
            return new PrintedNumber(number, "");
        }
        try {
            Amount one = Amounts.parse("1" + matcher.group(2));
            return new PrintedNumber(number * one.value(), one.unit());
        } catch (SyntaxProblem e) {
            return NONE;
        }
    }
}
