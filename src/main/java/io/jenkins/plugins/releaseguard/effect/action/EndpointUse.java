// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * A call that a check or an action of a contract makes at an endpoint.
 *
 * @param endpoint its id
 * @param method in capitals
 * @param path below its address; may hold what is only known when it is called, in braces
 */
@Beta
public record EndpointUse(String endpoint, String method, String path) {
    /** Of whatever has the usual fields: {@code endpoint} or {@code endpoints}, {@code path}, {@code method}. */
    public static List<EndpointUse> of(Settings settings) {
        List<EndpointUse> uses = new ArrayList<>();
        String method = text(settings, "method").isEmpty() ? "GET" : text(settings, "method");
        if (!text(settings, "endpoint").isEmpty()) {
            uses.add(new EndpointUse(text(settings, "endpoint"), method, text(settings, "path")));
        }
        if (settings.declares("endpoints")) {
            settings.texts("endpoints").forEach(id -> uses.add(new EndpointUse(id, method, "")));
        }
        return uses;
    }

    private static String text(Settings settings, String field) {
        return settings.declares(field) ? settings.text(field) : "";
    }

    /** Whether the path can be told now. */
    public boolean isWhole() {
        return path.indexOf('{') < 0;
    }
}
