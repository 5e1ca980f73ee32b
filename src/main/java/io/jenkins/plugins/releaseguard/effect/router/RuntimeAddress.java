// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The address of a HAProxy's runtime API in one form, so that two spellings of it are one router. */
public final class RuntimeAddress {
    private static final String LOOPBACK = "localhost";
    private static final Set<String> LOOPBACKS =
            Set.of("127.0.0.1", "127.0.1", "127.1", "::1", "0:0:0:0:0:0:0:1", "ip6-localhost", "localhost.localdomain");

    private RuntimeAddress() {}

    /**
     * Host in small letters without a dot at its end, this machine under one name, port without zeros before it; a socket's path without
     * detours. No name is looked up: two names of one host stay two.
     *
     * @param address {@code host:port} or an absolute path; another is returned as it is
     */
    public static String normal(String address) {
        String given = address.strip();
        if (given.startsWith("/")) {
            try {
                return Path.of(given).normalize().toString();
            } catch (InvalidPathException e) {
                return given;
            }
        }
        int colon = given.lastIndexOf(':');
        if (colon < 0) {
            return given;
        }
        String host = given.substring(0, colon)
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^\\[([^\\]]*)\\]$", "$1")
                .replaceFirst("\\.$", "");
        // another address of the loopback network is another address, with perhaps another HAProxy at it
        return (LOOPBACKS.contains(host) ? LOOPBACK : host) + ":"
                + given.substring(colon + 1).replaceFirst("^0+(?=[0-9])", "");
    }
}
