// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Texts of others as terminals, logs and chats show them: nothing steers, and nothing ends a line. */
public final class ShownFuzz {
    private ShownFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(ShownFuzz.class, ShownFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether a line of it may be shown as it is. */
    public static boolean accepts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        String line = Shown.line(text);
        if (line.codePoints()
                .anyMatch(c -> c < 32 || c == 127 || c >= 0x80 && c < 0xA0 || c == 0x202E || c == 0x2028)) {
            throw new AssertionError("steers: " + line);
        }
        String cell = Shown.markdown(text);
        if (cell.indexOf(10) >= 0 || cell.indexOf(60) >= 0) {
            throw new AssertionError("markup: " + cell);
        }
        Shown.markdownStart(text);
        Shown.chat(text);
        Shown.json(text);
        return line.equals(text);
    }
}
