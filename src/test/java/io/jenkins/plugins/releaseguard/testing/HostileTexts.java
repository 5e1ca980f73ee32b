// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** T11: texts that steer terminals, hide, call people, link, and tell passwords; each output shows them all in a test. */
public final class HostileTexts {
    private HostileTexts() {}

    public static List<String> all() {
        try (InputStream in = Shown.class.getResourceAsStream("hostile.json")) {
            List<String> all = new ArrayList<>();
            for (JsonNode kind : new ObjectMapper().readTree(in)) {
                kind.forEach(text -> all.add(text.textValue()));
            }
            return all;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What of an output a terminal would obey, a reader not see, or nobody should; empty where nothing. */
    public static String forbidden(String output) {
        StringBuilder found = new StringBuilder();
        output.codePoints()
                .filter(c -> Character.isISOControl(c) && c != '\n'
                        || c == 0x2028
                        || c == 0x2029
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE)
                .forEach(c -> found.append(String.format("U+%04X ", c)));
        return found + (output.contains("s3cret") ? "a password" : "");
    }
}
