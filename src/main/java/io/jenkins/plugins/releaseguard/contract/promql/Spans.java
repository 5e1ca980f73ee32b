// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PromQL's durations in seconds. */
final class Spans {
    private static final Pattern PART = Pattern.compile("(?<![0-9])([0-9]++)(ms|[smhdwy])");
    private static final Map<String, Double> SECONDS =
            Map.of("ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0, "d", 86400.0, "w", 604800.0, "y", 31536000.0);

    private Spans() {}

    /** Of 1h30m, or of a number, which is seconds; NaN for {@code $window}. */
    static double seconds(String text) {
        if (text.startsWith("$")) {
            return Double.NaN;
        }
        if (text.matches("[0-9.]++")) {
            return Double.parseDouble(text);
        }
        double sum = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum += Double.parseDouble(part.group(1)) * SECONDS.get(part.group(2));
        }
        return sum;
    }
}
