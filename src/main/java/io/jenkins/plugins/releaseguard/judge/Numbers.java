// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;

/** Numbers as people read them. */
public final class Numbers {
    private Numbers() {}

    public static String show(double v) {
        return Quantity.number(v);
    }

    /** Twelve digits: a parsed percentage comes back as it was written. */
    static String plain(double v) {
        return Quantity.number(v, 12);
    }

    public static String percent(double fraction) {
        return Quantity.percent(fraction);
    }

    public static String whole(double v) {
        return Quantity.whole(v);
    }

    /** Rounded up, with the thing counted: "1 more value", "37 more values". */
    public static String plural(double v, String thing) {
        return Quantity.count(v, thing);
    }

    /** Seconds as s, min or h. */
    static String time(double seconds) {
        return Span.about(seconds);
    }
}
