// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import java.util.Locale;
import java.util.Set;

/** How a test ended. */
enum Outcome {
    PASSED,
    FAILED,
    SKIPPED;

    private static final Set<String> NOT_RUN = Set.of(
            "notrun",
            "notexecuted",
            "notrunnable",
            "disabled",
            "skipped",
            "skip",
            "ignored",
            "pending",
            "todo",
            "suppressed",
            "filtered",
            "inconclusive",
            "untested",
            "notstarted",
            "unsupported",
            "blocked",
            "excluded",
            "omitted");
    private static final Set<String> BAD = Set.of(
            "failed",
            "fail",
            "failure",
            "error",
            "errored",
            "broken",
            "timeout",
            "timedout",
            "aborted",
            "interrupted",
            "cancelled",
            "canceled",
            "crashed",
            "killed",
            "panicked",
            "undefined",
            "unresolved",
            "invalid",
            "incomplete");

    /** Of a word in any spelling; null where the word says nothing of an outcome. */
    static Outcome of(String word) {
        StringBuilder letters = new StringBuilder();
        word.toLowerCase(Locale.ROOT).chars().filter(Character::isLetter).forEach(c -> letters.append((char) c));
        String plain = letters.toString();
        if (BAD.contains(plain)) {
            return FAILED;
        }
        return NOT_RUN.contains(plain) ? SKIPPED : null;
    }
}
