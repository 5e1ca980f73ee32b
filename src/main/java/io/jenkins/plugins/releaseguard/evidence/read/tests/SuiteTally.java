// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

/** A suite being counted: what it says of itself, and what its cases and the suites within it come to. */
final class SuiteTally {
    final String name;
    /** Which of the report's suites it is: several may have one name. */
    final long ordinal;

    final boolean wanted;
    Figures figures;
    long passed;
    long failed;
    long skipped;
    /** Failures that cases show, each run and each failure of a case; a suite may count any of these. */
    long shown;
    /** Cases that the suite counts as not run, and that have failed all the same. */
    long lost;
    /** Failures within it in suites that were not asked for, as far as anything tells. */
    long elsewhere;
    /** Whether a suite within it was asked for. */
    boolean chosen;
    /** Tests that suites within it count beyond those that are listed. */
    long missing;
    /** Errors of the suite itself, outside of its cases. */
    long broken;
    /** It says that it failed, whatever its figures are: why; empty where it doesn't. */
    String ended = "";
    /** It ended that way by itself, and not for a test that failed. */
    boolean crashed;

    SuiteTally(String name, long ordinal, boolean wanted, Figures figures) {
        this.ordinal = ordinal;
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

    /**
     * Of a suite that was not asked for, how many failures it tells that no suite within it shows. Where one within was asked
     * for they may be that one's; where none was, they are its own.
     */
    long unexplained() {
        long told = Math.max(broken, figures.failing() - shown - elsewhere);
        if (told <= 0) {
            // a failing test that was not asked for may be why a run failed, never why it crashed
            boolean explained = shown > 0 || !crashed && elsewhere > 0;
            told = ended.isEmpty() || explained ? 0 : 1;
        }
        elsewhere += told;
        return chosen ? told : 0;
    }

    /** How many tests it counts that neither it nor a suite within it lists, of {@code seen} that are listed. */
    long unlisted(long seen) {
        long gap = Math.max(0, figures.tests() - seen);
        long more = gap - missing;
        missing = Math.max(missing, gap);
        return seen > 0 && more > 0 ? more : 0;
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
        elsewhere += within.elsewhere;
        missing += within.missing;
        chosen |= within.wanted || within.chosen;
    }
}
