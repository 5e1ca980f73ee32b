// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The threshold language: a finite, non-negative time, or an error whose column lies in the text. */
public final class ThresholdFuzz {
    private static final Position AT = new Position("release.yaml", 3, 7);
    private static final Pattern WRITTEN = Pattern.compile("write \"([^\"]*)\"");

    private ThresholdFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(ThresholdFuzz.class, ThresholdFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a threshold. */
    public static boolean accepts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Threshold threshold = ThresholdParser.parse(text, AT);
            if (threshold.sustained().isNegative()) {
                throw new AssertionError("a time below zero: " + threshold);
            }
            return true;
        } catch (ContractException e) {
            Refusal.check(e);
            Position where = e.problems().get(0).at();
            if (where.line() != AT.line()
                    || where.column() < AT.column()
                    || where.column() > AT.column() + text.length()) {
                throw new AssertionError("the error points outside the text: " + where);
            }
            proposed(e.problems().get(0).fix());
            return false;
        }
    }

    /** What a fix says to write in the text's place is read. */
    private static void proposed(String fix) {
        Matcher written = WRITTEN.matcher(fix);
        if (written.matches()) {
            try {
                ThresholdParser.parse(written.group(1), AT);
            } catch (ContractException e) {
                throw new AssertionError("proposes what can't be read: " + fix, e);
            }
        }
    }
}
