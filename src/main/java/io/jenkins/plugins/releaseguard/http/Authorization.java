// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.Credentials;

/** The Authorization header, asked for at each request so that a rotated secret is taken up; never kept, never printed. */
public interface Authorization {
    Authorization NONE = () -> null;

    /** The header's value, null for none. */
    String header();

    /** What of a header's value no message and no answer may show: what authorises, and the password in it. Null for none. */
    static Set<String> secrets(String header) {
        if (header == null) {
            return Set.of();
        }
        String given = header.substring(header.indexOf(' ') + 1);
        if (!header.regionMatches(true, 0, "Basic ", 0, "Basic ".length())) {
            return Set.of(given);
        }
        try {
            String login = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8);
            String password = login.substring(login.indexOf(':') + 1);
            return password.equals(given) ? Set.of(given) : Set.of(given, password);
        } catch (IllegalArgumentException e) {
            return Set.of(given);
        }
    }

    static Authorization bearer(Supplier<String> token) {
        return () -> "Bearer " + token.get();
    }

    static Authorization basic(String user, Supplier<String> password) {
        return () -> Credentials.basic(user, password.get(), StandardCharsets.UTF_8);
    }
}
