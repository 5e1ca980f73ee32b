// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which quantile of durations a name speaks of: 0.95 of "p95 latency", "95th percentile" and "latencyP95". */
public final class NamedQuantile {
    private static final String NUMBER = "(\\d{2}(?:\\.\\d{1,4}|_9{1,3}(?![0-9]))?|99(9{1,2}))";
    private static final String START = "(?:(?<![A-Za-z0-9.])|(?<=[a-z])(?=P))";
    private static final String END = "(?![A-Za-z0-9])";
    private static final String PERCENTILE = "(?i:percentiles?|%-?iles?|pctl|pctile)";

    /** "p95", "tp99", "p99.9" and "p99_9", "p999"; a number of one digit says how urgent something is. */
    private static final Pattern SHORT = Pattern.compile(START + "(?:[tT]?[pP]|(?:pct|perc)_?)\\s?" + NUMBER + END);

    private static final Pattern NUMBERED = Pattern.compile(
            "(?<![A-Za-z0-9.])(\\d{1,2}(?:\\.\\d{1,4})?)(?:(?i:st|nd|rd|th))?[\\s_-]*" + PERCENTILE + END);
    private static final Pattern ORDINAL =
            Pattern.compile("(?<![A-Za-z0-9.])(\\d{2}(?:\\.\\d{1,4})?)(?i:st|nd|rd|th)" + END);
    private static final Pattern BEHIND =
            Pattern.compile("(?<![A-Za-z])" + PERCENTILE + "[\\s_(:=-]*(\\d{2}(?:\\.\\d{1,4})?)" + END);
    private static final Pattern MEDIAN = Pattern.compile("(?<![A-Za-z])(?i:median)(?![A-Za-z])");
    private static final Pattern AVERAGE = Pattern.compile("(?<![A-Za-z])(?i:average|avg|mean)(?![A-Za-z])");
    private static final double HALF = 0.5;
    private static final int LONGEST = 300;

    private NamedQuantile() {}

    /** NaN where the name speaks of none, or of more than one. */
    public static double of(String name) {
        List<Double> all = all(name);
        return all.size() == 1 ? all.get(0) : Double.NaN;
    }

    /** Each once, in the order of how they are written; empty for none. */
    public static List<Double> all(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST) {
            return List.of();
        }
        List<Double> found = new ArrayList<>();
        for (Pattern pattern : List.of(SHORT, NUMBERED, ORDINAL, BEHIND)) {
            pattern.matcher(name).results().map(NamedQuantile::fraction).forEach(found::add);
        }
        if (MEDIAN.matcher(name).find()) {
            found.add(HALF);
        }
        return found.stream().filter(q -> q > 0).distinct().toList();
    }

    /** Whether it speaks of an average. */
    public static boolean saysAverage(String name) {
        return name != null && name.length() <= LONGEST && AVERAGE.matcher(name).find();
    }

    /** {@code p95} for 0.95; empty for NaN. */
    public static String text(double quantile) {
        return Double.isNaN(quantile)
                ? ""
                : "p"
                        + new BigDecimal(Double.toString(quantile))
                                .movePointRight(2)
                                .stripTrailingZeros()
                                .toPlainString();
    }

    private static double fraction(MatchResult found) {
        boolean nines = found.groupCount() > 1 && found.group(2) != null;
        String number = nines ? "99." + found.group(2) : found.group(1).replace('_', '.');
        return new BigDecimal(number).movePointLeft(2).doubleValue();
    }
}
