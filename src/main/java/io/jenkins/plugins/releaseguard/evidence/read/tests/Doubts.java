// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.List;

/**
 * What a report leaves open.
 *
 * @param failures how many of its failed tests may be runs before one that passed, of which nothing says whether it is the same
 *     test
 * @param tests how many tests would then have passed on a rerun only
 * @param named the first of them
 * @param reasons why a failure may be missing from its counts, a clause each
 */
public record Doubts(long failures, long tests, List<String> named, List<String> reasons) {
    static final Doubts NONE = new Doubts(0, 0, List.of(), List.of());

    public Doubts {
        named = List.copyOf(named);
        reasons = List.copyOf(reasons);
    }

    Doubts plus(Doubts other) {
        return new Doubts(
                failures + other.failures, tests + other.tests, both(named, other.named), both(reasons, other.reasons));
    }

    /** The same, where reasons name the file. */
    Doubts in(String path) {
        return new Doubts(
                failures,
                tests,
                named,
                reasons.stream().map(r -> "'" + path + "': " + r).toList());
    }

    /** Only why a failure may be missing. */
    Doubts reasonsOnly() {
        return new Doubts(0, 0, List.of(), reasons);
    }

    /** A clause about tests that may have been run again. */
    public String namesakes() {
        return "nothing tells whether what failed and then passed under one name is one test: " + Lines.some(named);
    }

    private static List<String> both(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}
