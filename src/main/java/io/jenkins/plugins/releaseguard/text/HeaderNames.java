// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.util.Locale;
import java.util.Set;

/** Names of request headers that others than an administrator may choose. */
public final class HeaderNames {
    private static final int LONGEST = 100;

    /** They say where a request goes, where it ends, who sent it, or what path and method it has. */
    private static final Set<String> STEERING = Set.of(
            "host",
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "via",
            "forwarded",
            "http2-settings",
            "alt-used",
            "max-forwards",
            "proxy",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-remote-ip",
            "x-remote-addr",
            "x-originating-ip",
            "x-host",
            "x-original-host",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "true-client-ip",
            "cf-connecting-ip",
            "fastly-client-ip");

    private HeaderNames() {}

    /** Whether it can be a header's name at all: a token of RFC 9110, not too long. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /** Whether it steers the connection or where the request goes; an underscore counts as a hyphen, as many servers have it. */
    public static boolean steers(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return STEERING.contains(plain) || plain.startsWith("proxy-") || plain.startsWith("x-forwarded");
    }

    /** Whether it can be a header's value: visible ASCII, spaces and tabs, so one line. */
    public static boolean isValue(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\t');
    }
}
