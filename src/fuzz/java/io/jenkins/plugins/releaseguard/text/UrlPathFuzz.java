// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Paths of addresses: one without a fault stays below where it begins, however often somebody decodes it. */
public final class UrlPathFuzz {
    private UrlPathFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(UrlPathFuzz.class, UrlPathFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it has no fault. */
    public static boolean accepts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        UrlPath.Fault fault = UrlPath.fault(text);
        if (fault != null) {
            if (fault.offset() < 0
                    || fault.offset() > text.length()
                    || fault.text().isBlank()) {
                throw new AssertionError("a fault outside of the path: " + fault);
            }
            return false;
        }
        int segments = path(text).split("/", -1).length;
        String decoded = path(text);
        for (int times = 0; times < 3; times++) {
            if (decoded.contains(";") || decoded.contains("\\") || decoded.split("/", -1).length != segments) {
                throw new AssertionError("decoded " + times + " times: " + decoded);
            }
            for (String segment : List.of(decoded.split("/", -1))) {
                if (segment.equals(".") || segment.equals("..")) {
                    throw new AssertionError("leads up: " + decoded);
                }
            }
            try {
                decoded = URLDecoder.decode(decoded.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                break;
            }
        }
        return true;
    }

    private static String path(String text) {
        return text.split("[?#]", 2)[0];
    }
}
