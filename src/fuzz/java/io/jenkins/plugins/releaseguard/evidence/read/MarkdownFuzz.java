// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Documents in Markdown: whatever the text, it is read. */
public final class MarkdownFuzz {
    private MarkdownFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(MarkdownFuzz.class, MarkdownFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it says anything. */
    public static boolean accepts(byte[] input) {
        MarkdownDocument document = MarkdownDocument.read(new String(input, StandardCharsets.UTF_8));
        document.people("Reviewed by");
        document.hasHeading("Rollback");
        return !document.isEmpty();
    }
}
