// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Words for findings: numbers with units, lists that stay short, one line each. */
final class Say {
    private static final int NAMED = 8;

    private Say() {}

    /** {@code %} from a fraction, {@code s} from seconds, {@code B} from bytes. */
    static String number(double value, String unit) {
        if (Double.isNaN(value)) {
            return "";
        }
        return switch (unit) {
            case "%" -> digits(value * 100) + " %";
            case "B" -> bytes(value);
            case "s" -> value != 0 && Math.abs(value) < 1 ? digits(value * 1000) + " ms" : digits(value) + " s";
            default -> digits(value) + (unit.isEmpty() ? "" : " " + unit);
        };
    }

    private static String bytes(double value) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int i = 0;
        double rest = value;
        while (Math.abs(rest) >= 1024 && i < units.length - 1) {
            rest /= 1024;
            i++;
        }
        return digits(rest) + " " + units[i];
    }

    private static String digits(double value) {
        boolean fine = Math.abs(value) < 0.01 && value != 0;
        return new DecimalFormat(fine ? "0.###E0" : "0.####", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(value);
    }

    /** {@code 3 tests}, {@code 1 test}. */
    static String count(long n, String thing) {
        return n + " " + thing + (n == 1 ? "" : "s");
    }

    /** The first of them, and how many more there are. */
    static String some(Collection<String> names) {
        List<String> first = names.stream().limit(NAMED).toList();
        int more = names.size() - first.size();
        return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }

    /** The first twelve digits of a digest. */
    static String digest(String sha256) {
        return sha256.length() > 12 ? sha256.substring(0, 12) + "…" : sha256;
    }
}
