// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.List;
import java.util.Set;

/** Words as a text has them, apart by white space. */
final class WordList {
    private WordList() {}

    static List<String> of(String words) {
        return List.of(words.strip().split("\\s+"));
    }

    static Set<String> set(String words) {
        return Set.copyOf(of(words));
    }
}
