// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

/** A suite being counted: what it says of itself, and what its cases and the suites within it come to. */
final class SuiteTally {
    final String name;
    final boolean wanted;
    Figures figures;
    long passed;
    long failed;
    long skipped;
    /** Failures that cases show, each run and each failure of a case; a suite may count any of these. */
    long shown;
    /** Cases that the suite counts as not run, and that have failed all the same. */
    long lost;
    /** Errors of the suite itself, outside of its cases. */
    long broken;
    /** It says that it failed, whatever its figures are: why; empty where it doesn't. */
    String ended = "";

    SuiteTally(String name, boolean wanted, Figures figures) {
        this.name = name;
        this.wanted = wanted;
        this.figures = figures;
    }

    private long seen() {
        return passed + failed + skipped;
    }

    /** Holds figures against what was seen, the worse counts. How many failures that adds. */
    long settle() {
        if (!wanted) {
            return 0;
        }
        boolean empty = seen() == 0;
        long extra = Math.max(broken, figures.failing() - shown);
        if (extra <= 0) {
            extra = ended.isEmpty() || shown > 0 ? 0 : 1;
        }
        failed += extra;
        shown += extra;
        if (empty) {
            onlyFigures(extra);
        } else if (figures.off() - lost > skipped) {
            long all = Math.max(seen(), figures.tests());
            skipped = figures.off() - lost;
            // who did not run is among those that no element marks
            passed = Math.max(0, Math.min(passed, all - failed - skipped));
        }
        return extra;
    }

    /** A suite without cases is taken at its word, where all of that can be read. */
    private void onlyFigures(long extra) {
        if (figures.unreadable().isEmpty()) {
            long left = Math.max(0, figures.tests() - extra);
            long off = Math.min(left, figures.off());
            skipped += off;
            passed += left - off;
        }
    }

    void add(SuiteTally within) {
        passed += within.passed;
        failed += within.failed;
        skipped += within.skipped;
        shown += within.shown;
        lost += within.lost;
    }
}
