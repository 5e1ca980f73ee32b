// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Names that people take for one another though they are compared letter by letter: they differ in case, in width, in how an accent is
 * written, or in characters that aren't seen. Letters of another script that look alike are not found.
 */
final class NameLikeness {
    private NameLikeness() {}

    static boolean differOnlyToMachines(String one, String other) {
        return !one.equals(other) && folded(one).equals(folded(other));
    }

    private static String folded(String name) {
        // twice: what lower case makes of some letters is to be composed again
        String once = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(once, Normalizer.Form.NFKC).replaceAll("[\\p{Cf}\\p{Cc}\\p{Z}]+", "");
    }
}
