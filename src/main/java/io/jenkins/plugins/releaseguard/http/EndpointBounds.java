// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.text.Glob;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What may be called at an endpoint: whoever names one in a contract uses its credentials. Without paths, what only reads may ask
 * anything below the address, and other methods the address itself.
 *
 * @param methods in capitals; none are {@code GET} and {@code HEAD}
 * @param paths patterns of what follows the address, without a slash before: {@code *} is any part of one segment, {@code **} any
 *     segments; queries are not looked at
 */
public record EndpointBounds(List<String> methods, List<String> paths) {
    /** Whatever is called: for addresses that no contract chooses a path of. */
    public static final EndpointBounds ANY = new EndpointBounds(List.of("*"), List.of("**"));

    private static final Set<String> READ = Set.of("GET", "HEAD");

    public EndpointBounds {
        methods = methods.isEmpty()
                ? List.of("GET", "HEAD")
                : methods.stream()
                        .map(method -> method.toUpperCase(Locale.ROOT))
                        .toList();
        paths = paths.stream()
                .map(path -> path.startsWith("/") ? path.substring(1) : path)
                .toList();
    }

    /** Why a method may not be used, as the end of "is set up …"; empty where it may. */
    public Optional<String> refusal(String method) {
        return methods.contains("*") || methods.contains(method)
                ? Optional.empty()
                : Optional.of("for " + String.join(", ", methods) + ", and this is " + method);
    }

    /**
     * The same for a whole call.
     *
     * @param path what follows the address, decoded, without a slash before
     */
    Optional<String> refusal(String method, String path) {
        Optional<String> wrong = refusal(method);
        if (wrong.isPresent()) {
            return wrong;
        }
        if (!paths.isEmpty()) {
            return Glob.any(paths, path)
                    ? Optional.empty()
                    : Optional.of("for the paths " + String.join(", ", paths) + ", and this is '" + path + "'");
        }
        return path.isEmpty() || READ.contains(method)
                ? Optional.empty()
                : Optional.of("without paths, so that " + method + " goes to its own address only, and this is '" + path
                        + "' below it");
    }
}
