// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.grammar.QueryText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ranges of a PromQL expression ("Range Vector Selectors"), those in strings and comments left out. */
final class RangeText {
    private static final Pattern RANGE =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`|\\[(?<range>[^\\]]*+)\\]"
                    // what is never closed takes the rest
                    + "|(?s:[\"'`\\[].*+)");

    private RangeText() {}

    /** Whether one of them is another than {@code window}, as in {@code rate(x[5m])}. */
    static boolean hasOther(String query, String window) {
        Matcher range = RANGE.matcher(new QueryText(query).withoutComments());
        while (range.find()) {
            String text = range.group("range");
            if (text != null && !text.strip().equals(window)) {
                return true;
            }
        }
        return false;
    }
}
