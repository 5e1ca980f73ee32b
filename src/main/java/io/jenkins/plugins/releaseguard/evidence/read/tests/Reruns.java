// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds tests that stand in a report once for each run, as gotestsum and Gradle's retries write them. A test that failed and
 * then, under the same suite, class and name and in the same place, passed has passed on a rerun. Nobody reruns what has passed, unless with the test
 * that it is a part of ({@code TestA/sub}): where a name comes again after that, names in the suite don't tell tests apart, and
 * each case is a test, as Jenkins' junit plugin has it. So is each whose name holds arguments or an index ({@code [1] 7},
 * {@code adds(Item)}): tools write those of several tests alike.
 */
final class Reruns {
    /** Beyond so many tests each case of a report is a test. */
    private static final int MOST = 1 << 20;

    private static final long NO_ROOT = 0;

    private enum State {
        FAILING,
        PASSED,
        RECOVERED,
        OTHER
    }

    private record Runs(State state, int failures, long suite) {}

    /** A name that came again after it had passed, by the suite and by the test that it is a part of. */
    private record Again(long suite, long root) {}

    private final Map<Long, Runs> byName = new HashMap<>();
    private final Set<Again> again = new HashSet<>();
    private boolean full;

    /** {@code suite} and {@code place} tell where, {@code name} which. */
    void ran(String suite, String name, String place, Outcome outcome) {
        long key = key(suite, name + '\0' + place);
        Runs before = byName.get(key);
        if (before == null) {
            full |= byName.size() >= MOST;
            if (!full) {
                byName.put(key, first(outcome, key(suite, "")));
            }
            return;
        }
        if (before.state() == State.PASSED || before.state() == State.RECOVERED) {
            int slash = name.indexOf('/');
            again.add(new Again(
                    before.suite(), slash < 0 ? NO_ROOT : key(suite, name.substring(0, slash) + '\0' + place)));
        }
        Runs after = next(before, outcome);
        byName.put(
                key,
                after.state() == State.RECOVERED && !telling(name) ? new Runs(State.OTHER, 0, before.suite()) : after);
    }

    /** Whether a name tells its test from others; parts of Go's tests ({@code TestA/[1]}) have names of their own. */
    private static boolean telling(String name) {
        int test = name.lastIndexOf(".Test");
        int slash = test < 0 ? -1 : name.indexOf('/', test);
        if (slash > 0 && name.substring(test + 1, slash).chars().allMatch(Character::isJavaIdentifierPart)) {
            return true;
        }
        String plain = name.replace("()", "");
        return plain.indexOf('[') < 0 && plain.indexOf('(') < 0;
    }

    private static Runs first(Outcome outcome, long suite) {
        return switch (outcome) {
            case PASSED -> new Runs(State.PASSED, 0, suite);
            case FAILED -> new Runs(State.FAILING, 1, suite);
            case SKIPPED -> new Runs(State.OTHER, 0, suite);
        };
    }

    private static Runs next(Runs before, Outcome outcome) {
        if (before.state() == State.FAILING && outcome == Outcome.FAILED) {
            return new Runs(State.FAILING, before.failures() + 1, before.suite());
        }
        if (before.state() == State.FAILING && outcome == Outcome.PASSED) {
            return new Runs(State.RECOVERED, before.failures(), before.suite());
        }
        boolean same = outcome == Outcome.PASSED && before.state() != State.FAILING;
        return same ? before : new Runs(State.OTHER, 0, before.suite());
    }

    /** Tests that passed on a rerun, with how often each failed before. */
    Map<Long, Integer> recovered() {
        Map<Long, Integer> found = new HashMap<>();
        if (full) {
            return found;
        }
        Set<Long> ambiguous = new HashSet<>();
        for (Again one : again) {
            Runs root = byName.get(one.root());
            if (root == null || root.state() != State.RECOVERED) {
                ambiguous.add(one.suite());
            }
        }
        byName.forEach((key, runs) -> {
            if (runs.state() == State.RECOVERED && !ambiguous.contains(runs.suite())) {
                found.put(key, runs.failures());
            }
        });
        return found;
    }

    /** Two hashes of 32 bits: the names of a million tests are not kept. */
    static long key(String suite, String name) {
        String text = suite + '\0' + name;
        long second = 7;
        for (int i = 0; i < text.length(); i++) {
            second = second * 1_000_003 + text.charAt(i);
        }
        return (long) text.hashCode() << 32 ^ second;
    }
}
