// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.List;

/** Levels of findings, the least first, with one more for those that can't be told. */
final class SarifLevel {
    /** What the file doesn't say. */
    static final String UNKNOWN = "unknown";

    private static final List<String> LEVELS = List.of("none", "note", "warning", "error");

    private SarifLevel() {}

    /** How bad it is; -1 for a word that is no level. */
    static int rank(String level) {
        return LEVELS.indexOf(level);
    }

    static String worse(String a, String b) {
        return rank(b) > rank(a) ? b : a;
    }

    static String checked(String level) throws FormatException {
        if (rank(level) < 0) {
            throw new FormatException("not SARIF: no level '" + Lines.bounded(level, 40) + "'");
        }
        return level.intern();
    }
}
