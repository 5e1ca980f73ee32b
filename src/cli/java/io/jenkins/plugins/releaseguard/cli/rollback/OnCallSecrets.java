// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rollback;

import io.jenkins.plugins.releaseguard.http.Authorization;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What authorises the calls of whoever is on call: asked for at the terminal, or read from a file descriptor. Never an argument or a
 * variable of the environment, which other processes can read, and never written anywhere.
 */
final class OnCallSecrets {
    /** {@code user:password}, or a token. */
    private final Map<String, char[]> byEndpoint;

    private OnCallSecrets(Map<String, char[]> byEndpoint) {
        this.byEndpoint = byEndpoint;
    }

    /**
     * Lines {@code ID=TOKEN} or {@code ID=USER:PASSWORD} from an open file descriptor of this process.
     *
     * @throws IOException it isn't open, or a line is not of that form; the message doesn't quote it
     */
    static OnCallSecrets fromDescriptor(int descriptor, Set<String> endpoints) throws IOException {
        return fromFile(Path.of("/dev/fd/" + descriptor), endpoints);
    }

    static OnCallSecrets fromFile(Path file, Set<String> endpoints) throws IOException {
        Map<String, char[]> found = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                int equals = line.indexOf('=');
                if (line.isBlank()) {
                    continue;
                }
                if (equals <= 0 || !endpoints.contains(line.substring(0, equals))) {
                    throw new IOException("line " + number + " of the credentials is not ENDPOINT=TOKEN or"
                            + " ENDPOINT=USER:PASSWORD for one of the endpoints given");
                }
                found.put(line.substring(0, equals), line.substring(equals + 1).toCharArray());
            }
        }
        return new OnCallSecrets(found);
    }

    /** Asks for each, without an echo; an empty answer is none. Nobody is asked where there is no terminal. */
    static OnCallSecrets fromPrompt(Set<String> endpoints) {
        Console console = System.console();
        return console == null
                ? new OnCallSecrets(Map.of())
                : asked(
                        endpoints,
                        id -> console.readPassword(
                                "Token, or user:password, of the endpoint '%s' (empty for none): ", id));
    }

    static OnCallSecrets asked(Set<String> endpoints, Function<String, char[]> prompt) {
        Map<String, char[]> found = new HashMap<>();
        for (String id : endpoints) {
            char[] secret = prompt.apply(id);
            if (secret != null && secret.length > 0) {
                found.put(id, secret);
            }
        }
        return new OnCallSecrets(found);
    }

    /** The headers that authorise at an endpoint; none where nothing was given. */
    Map<String, String> headers(String endpoint) {
        char[] secret = byEndpoint.get(endpoint);
        if (secret == null) {
            return Map.of();
        }
        String text = new String(secret);
        int colon = text.indexOf(':');
        Authorization authorization = colon < 0
                ? Authorization.bearer(() -> text)
                : Authorization.basic(text.substring(0, colon), () -> text.substring(colon + 1));
        return Map.of("Authorization", authorization.header());
    }

    /** Forgets them. */
    void clear() {
        byEndpoint.values().forEach(secret -> Arrays.fill(secret, '\0'));
    }
}
