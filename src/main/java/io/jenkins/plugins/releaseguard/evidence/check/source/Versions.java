// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Order of versions: numbers by points, and a pre-release before its release (Semantic Versioning 2.0.0, 11). */
public final class Versions {
    private static final Pattern FORM =
            Pattern.compile("v?([0-9]{1,9}(?:\\.[0-9]{1,9}){0,5})(?:-([0-9A-Za-z.-]{1,100}))?(?:\\+.{0,100})?");

    private Versions() {}

    /** @throws IOException one of them isn't a version that has an order */
    public static int compare(String a, String b) throws IOException {
        Matcher one = parse(a);
        Matcher other = parse(b);
        int byNumbers = numbers(one.group(1).split("\\."), other.group(1).split("\\."));
        if (byNumbers != 0) {
            return byNumbers;
        }
        if (one.group(2) == null || other.group(2) == null) {
            return Boolean.compare(one.group(2) == null, other.group(2) == null);
        }
        return identifiers(one.group(2).split("\\."), other.group(2).split("\\."));
    }

    private static int numbers(String[] a, String[] b) {
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int order = Long.compare(i < a.length ? Long.parseLong(a[i]) : 0, i < b.length ? Long.parseLong(b[i]) : 0);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int identifiers(String[] a, String[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            boolean first = a[i].matches("[0-9]{1,18}");
            boolean second = b[i].matches("[0-9]{1,18}");
            int order = first && second
                    ? Long.compare(Long.parseLong(a[i]), Long.parseLong(b[i]))
                    : first != second ? (first ? -1 : 1) : a[i].compareTo(b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private static Matcher parse(String version) throws IOException {
        Matcher matcher = FORM.matcher(version == null ? "" : version.strip());
        if (!matcher.matches()) {
            throw new IOException("'" + version + "' is no version that has an order");
        }
        return matcher;
    }
}
