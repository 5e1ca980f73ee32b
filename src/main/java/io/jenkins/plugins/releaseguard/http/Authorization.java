// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import okhttp3.Credentials;

/** The Authorization header, asked for at each request so that a rotated secret is taken up; never kept, never printed. */
public interface Authorization {
    Authorization NONE = () -> null;

    /** The header's value, null for none. */
    String header();

    static Authorization bearer(Supplier<String> token) {
        return () -> "Bearer " + token.get();
    }

    static Authorization basic(String user, Supplier<String> password) {
        return () -> Credentials.basic(user, password.get(), StandardCharsets.UTF_8);
    }
}
