// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tests of reports, each with how it ended, where they are kept for later runs to be laid over them. A test is told by its
 * suite, its name and its place; {@code loose} leaves out the place, which another run may not have.
 */
public final class TestCases {
    /** Beyond so many no test is kept: then nobody can tell which of them ran again. */
    static final int MOST = 1 << 18;

    private static final int LONGEST = 200;

    /**
     * A test.
     *
     * @param times how many cases stand under its names; reruns that were known for such are one with the last
     * @param failed how many of them failed
     * @param skipped how many of them did not run
     * @param flaky it passed on a rerun only
     */
    record Case(String name, long loose, int times, int failed, int skipped, boolean flaky) {
        Case and(Case other) {
            return new Case(
                    name,
                    loose,
                    times + other.times,
                    failed + other.failed,
                    skipped + other.skipped,
                    flaky || other.flaky);
        }

        Outcome outcome() {
            return failed > 0 ? Outcome.FAILED : skipped == times ? Outcome.SKIPPED : Outcome.PASSED;
        }
    }

    private final boolean keeping;
    private final Map<Long, Case> cases = new LinkedHashMap<>();
    private boolean full;

    private TestCases(boolean keeping) {
        this.keeping = keeping;
    }

    static TestCases none() {
        return new TestCases(false);
    }

    static TestCases kept() {
        return new TestCases(true);
    }

    void ran(String suite, String name, String place, Outcome outcome, boolean flaky) {
        if (keeping) {
            put(
                    Reruns.key(suite, name + '\0' + place),
                    new Case(
                            Lines.bounded(name, LONGEST),
                            Reruns.key(suite, name),
                            1,
                            outcome == Outcome.FAILED ? 1 : 0,
                            outcome == Outcome.SKIPPED ? 1 : 0,
                            flaky && outcome == Outcome.PASSED));
        }
    }

    private void put(long key, Case one) {
        full |= cases.size() >= MOST && !cases.containsKey(key);
        if (!full) {
            cases.merge(key, one, Case::and);
        }
    }

    /** Cases under these keys are runs of one test, which has passed in the last. */
    void recovered(Collection<Long> keys) {
        keys.forEach(key -> cases.computeIfPresent(key, (k, c) -> new Case(c.name(), c.loose(), 1, 0, 0, true)));
    }

    /** These, with the other's among them from now on: there may be thousands of files. */
    TestCases plus(TestCases other) {
        if (keeping) {
            full |= other.full;
            other.cases.forEach(this::put);
        }
        return this;
    }

    Map<Long, Case> all() {
        return cases;
    }

    /** Whether there were too many to keep. */
    boolean isFull() {
        return full;
    }
}
