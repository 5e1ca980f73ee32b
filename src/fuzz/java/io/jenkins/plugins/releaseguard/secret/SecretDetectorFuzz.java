// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The detector and the mask: places that are in the text, never the value itself, and no secret left under the mask. */
public final class SecretDetectorFuzz {
    private SecretDetectorFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(SecretDetectorFuzz.class, SecretDetectorFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether no secret is seen in it. */
    public static boolean accepts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        List<SecretFinding> found = SecretDetector.find(text);
        long lines = text.chars().filter(c -> c == 10).count() + 1;
        for (SecretFinding finding : found) {
            if (finding.line() < 1 || finding.line() > lines || finding.column() < 1) {
                throw new AssertionError("no place in the text: " + finding);
            }
        }
        if (found.size() > SecretDetector.MOST) {
            throw new AssertionError(found.size() + " findings");
        }
        String secret = text.substring(0, Math.min(text.length(), 12)).strip();
        if (secret.length() >= Mask.LEAST && Mask.of(Set.of(secret)).apply(text).startsWith(secret + "=")) {
            throw new AssertionError("not masked");
        }
        return found.isEmpty();
    }
}
