// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number as somebody prints it: the whole last line, with a percent sign or without. NaN where it is none. */
public record PrintedNumber(double value, boolean percent) {
    private static final Pattern NUMBER =
            Pattern.compile("([-+]?[0-9]{1,30}(?:\\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,3})?)\\s?(%?)");

    /** What the last line says. */
    public static PrintedNumber last(String output) {
        String text = output.strip();
        return of(text.substring(text.lastIndexOf('\n') + 1));
    }

    /** What the whole text says; a percentage as a fraction. */
    public static PrintedNumber of(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            return new PrintedNumber(Double.NaN, false);
        }
        boolean percent = !matcher.group(2).isEmpty();
        double value = Double.parseDouble(matcher.group(1));
        return new PrintedNumber(percent ? value / 100 : value, percent);
    }

    /** A bare number is in seconds or bytes where the limit is; a percentage says so itself. */
    public String unit(Optional<Threshold> threshold) {
        String wanted = threshold
                .filter(t -> t.bound() instanceof Fixed)
                .map(t -> ((Fixed) t.bound()).unit())
                .orElse("");
        return percent ? "%" : wanted.equals("%") ? "" : wanted;
    }
}
