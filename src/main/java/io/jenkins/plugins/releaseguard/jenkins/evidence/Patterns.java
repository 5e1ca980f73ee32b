// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import java.io.IOException;
import java.util.List;

/** Paths and patterns as contracts write them. */
final class Patterns {
    private Patterns() {}

    static boolean isPattern(String path) {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0;
    }

    /** Without a leading {@code ./}; refused where it could lead out of {@code where}. */
    static String relative(String glob, String where) throws IOException {
        String pattern = glob.startsWith("./") ? glob.substring(2) : glob;
        if (pattern.isBlank()
                || pattern.startsWith("/")
                || pattern.contains("\\")
                || List.of(pattern.split("/")).contains("..")) {
            throw new IOException(
                    "'" + glob + "' is no path inside " + where + ": write it relative, with /, without ..");
        }
        return pattern;
    }
}
