// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.util.Map;
import java.util.function.Supplier;

/** An address that an administrator has set up under an id, with the headers that authorise; they are read at each call. */
public record Endpoint(String base, Supplier<Map<String, String>> secretHeaders) {
    @Override
    public String toString() {
        // a webhook's path is a secret
        return "Endpoint";
    }
}
