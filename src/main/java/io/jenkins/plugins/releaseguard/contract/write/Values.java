// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.write;

import io.jenkins.plugins.releaseguard.text.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as a contract writes them: texts, lists and maps of texts. Empty ones are left out. */
final class Values {
    private static final Pattern ID = Pattern.compile("([A-Z]{2,5}-)(\\d{1,6})");

    private final Map<String, Object> map = new LinkedHashMap<>();

    Values put(String key, String text) {
        if (text != null && !text.isEmpty()) {
            map.put(key, text);
        }
        return this;
    }

    /** Also where it is empty, which says something there. */
    Values must(String key, String text) {
        map.put(key, text == null ? "" : text);
        return this;
    }

    Values put(String key, Duration duration) {
        return put(key, duration == null ? "" : Span.written(duration));
    }

    Values put(String key, List<?> list) {
        if (list != null && !list.isEmpty()) {
            map.put(key, list);
        }
        return this;
    }

    Values put(String key, Map<String, ?> inner) {
        if (inner != null && !inner.isEmpty()) {
            map.put(key, inner);
        }
        return this;
    }

    Values put(String key, Boolean flag) {
        return put(key, flag == null ? "" : yesNo(flag));
    }

    /** NaN is left out. */
    Values number(String key, double value) {
        return put(key, Double.isNaN(value) ? "" : decimal(value));
    }

    Map<String, Object> map() {
        return map;
    }

    static String yesNo(boolean flag) {
        return flag ? "yes" : "no";
    }

    static String decimal(double value) {
        BigDecimal decimal = BigDecimal.valueOf(value);
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }

    /** A fraction with the sign. */
    static String percent(double fraction) {
        BigDecimal decimal = BigDecimal.valueOf(fraction).movePointRight(2);
        return (decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString()) + "%";
    }

    /** Ids with neighbours as ranges, as a thousand of them may stand for one range. */
    static List<String> ids(List<String> ids) {
        List<String> written = new ArrayList<>();
        int from = 0;
        while (from < ids.size()) {
            int to = from;
            while (to + 1 < ids.size() && follows(ids.get(to), ids.get(to + 1)) && to - from < 900) {
                to++;
            }
            written.add(to > from + 1 ? ids.get(from) + ".." + ids.get(to) : ids.get(from));
            from = to > from + 1 ? to + 1 : from + 1;
        }
        return written;
    }

    private static boolean follows(String one, String next) {
        Matcher a = ID.matcher(one);
        Matcher b = ID.matcher(next);
        return a.matches()
                && b.matches()
                && a.group(1).equals(b.group(1))
                && a.group(2).length() == b.group(2).length()
                && Integer.parseInt(b.group(2)) == Integer.parseInt(a.group(2)) + 1;
    }
}
