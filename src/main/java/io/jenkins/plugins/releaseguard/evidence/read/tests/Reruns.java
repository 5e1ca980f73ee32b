// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds tests that stand in a report once for each run, as gotestsum and Gradle's retries write them. A test that failed and
 * then, under the same suite, class and name and in the same place, passed has passed on a rerun where the name is one test's
 * alone ({@link Namesakes}) and both stand in one suite element; elsewhere it may have. Nobody reruns what has passed, unless
 * with the test that it is a part of ({@code TestA/sub}): where a name comes again after that, names in the suite don't tell
 * tests apart, and each case is a test, as Jenkins' junit plugin has it. So is each whose name holds arguments or an index
 * ({@code [1] 7}, {@code adds(Item)}), unless it is surely one test's: tools write those of several tests alike.
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

    /** {@code element} is the ordinal of its suite in the report, {@code sure} whether all were runs of one test. */
    private record Runs(State state, int failures, long suite, long element, boolean sure) {
        Runs to(State next, int failed, boolean known) {
            return new Runs(next, failed, suite, element, known);
        }
    }

    /** A name that came again after it had passed, by the suite and by the test that it is a part of. */
    private record Again(long suite, long root) {}

    private final Map<Long, Runs> byName = new HashMap<>();
    private final Set<Again> again = new HashSet<>();
    private boolean full;

    /** {@code suite}, its ordinal {@code element} and {@code place} tell where, {@code name} which. */
    void ran(String suite, long element, String name, String place, Outcome outcome, Namesakes namesakes) {
        boolean sure = namesakes == Namesakes.SAME;
        long key = key(suite, name + '\0' + place);
        Runs before = byName.get(key);
        if (before == null) {
            full |= byName.size() >= MOST;
            if (!full) {
                byName.put(key, first(outcome, key(suite, ""), element, sure));
            }
            return;
        }
        if (before.state() == State.PASSED || before.state() == State.RECOVERED) {
            int slash = name.indexOf('/');
            again.add(new Again(
                    before.suite(), slash < 0 ? NO_ROOT : key(suite, name.substring(0, slash) + '\0' + place)));
        }
        boolean known = sure && before.sure() && before.element() == element;
        Runs after = next(before, outcome, known);
        boolean recovers = after.state() != State.RECOVERED || known || Namesakes.plain(name);
        byName.put(key, recovers ? after : before.to(State.OTHER, 0, known));
    }

    private static Runs first(Outcome outcome, long suite, long element, boolean sure) {
        return switch (outcome) {
            case PASSED -> new Runs(State.PASSED, 0, suite, element, sure);
            case FAILED -> new Runs(State.FAILING, 1, suite, element, sure);
            case SKIPPED -> new Runs(State.OTHER, 0, suite, element, sure);
        };
    }

    private static Runs next(Runs before, Outcome outcome, boolean known) {
        if (before.state() == State.FAILING && outcome == Outcome.FAILED) {
            return before.to(State.FAILING, before.failures() + 1, known);
        }
        if (before.state() == State.FAILING && outcome == Outcome.PASSED) {
            return before.to(State.RECOVERED, before.failures(), known);
        }
        boolean same = outcome == Outcome.PASSED && before.state() != State.FAILING;
        return same ? before : before.to(State.OTHER, 0, known);
    }

    /** Tests that passed on a rerun, surely or perhaps, with how often each failed before. */
    Map<Long, Integer> recovered(boolean surely) {
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
            if (runs.state() == State.RECOVERED && runs.sure() == surely && !ambiguous.contains(runs.suite())) {
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
