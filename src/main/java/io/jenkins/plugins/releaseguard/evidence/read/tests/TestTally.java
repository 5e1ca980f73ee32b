// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import io.jenkins.plugins.releaseguard.evidence.read.ReportTime;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Counts what a reader finds in a report, whatever its format: suites within suites, their cases, times and properties. */
final class TestTally {
    private static final int NAMED = 20;
    /** Failures beyond these have no name kept: some of those kept may turn out to have passed on a rerun. */
    private static final int KEPT = 1000;

    private static final int LONGEST = 200;

    private record Failure(long key, String name) {}

    private final Predicate<String> wanted;
    private final Deque<SuiteTally> open = new ArrayDeque<>();
    private final SuiteTally all = new SuiteTally("", 0, false, Figures.NONE);
    private final List<Failure> failures = new ArrayList<>();
    private final List<String> flaky = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final Reruns reruns = new Reruns();
    private final TestedNames tested = new TestedNames();
    private final TestCases cases;
    private Instant at;
    private boolean casesChosen;
    private long flakes;
    private long unread;
    private long suites;

    /** {@code wanted} chooses suites by name, with what is in them; {@code cases} takes each case. */
    TestTally(Predicate<String> wanted, Instant modified, TestCases cases) {
        this.wanted = wanted;
        this.at = modified;
        this.cases = cases;
    }

    /** The format has no suites: cases are chosen by their own names. */
    void chooseCases() {
        casesChosen = true;
    }

    /** The root, which counts as a whole or not at all: no suite is chosen by its name. */
    void openRoot(Figures figures) {
        open.push(new SuiteTally("the report", ++suites, wanted.test(""), figures));
    }

    void open(String name, Figures figures) {
        SuiteTally parent = open.peek();
        // asked in any case: whoever chooses notes which of the names there are
        boolean own = wanted.test(name);
        open.push(new SuiteTally(name, ++suites, own || parent != null && parent.wanted, figures));
    }

    /** Figures that come behind the cases. */
    void figures(Figures figures) {
        if (!open.isEmpty()) {
            open.peek().figures = figures;
        }
    }

    /** An error of the suite itself. */
    void broken() {
        if (!open.isEmpty()) {
            open.peek().broken++;
        }
    }

    /** One more failure that the suite may count, of a test that is counted by its parts. */
    void shown() {
        if (!open.isEmpty()) {
            open.peek().shown++;
        }
    }

    /** A case that is about to count as failed is one that the suite counts as not run. */
    void lost() {
        if (!open.isEmpty() && open.peek().wanted) {
            open.peek().lost++;
        }
    }

    /** The suite says that it failed; that is one failure where none is shown. */
    void ended(String how) {
        if (!open.isEmpty() && !open.peek().crashed) {
            open.peek().ended = how;
        }
    }

    /** The run broke off: whatever failed elsewhere is no reason for that. */
    void crashed(String how) {
        if (!open.isEmpty()) {
            open.peek().ended = how;
            open.peek().crashed = true;
        }
    }

    void close() {
        SuiteTally suite = open.pop();
        long seen = suite.passed + suite.failed + suite.skipped;
        long extra = suite.settle();
        if (extra > 0) {
            String how = suite.ended.isEmpty() ? "suite" : suite.ended;
            failed(0, suite.name + " (" + how + ")");
        }
        if (suite.wanted) {
            tell(suite, seen);
        } else {
            long unexplained = suite.unexplained();
            if (unexplained > 0) {
                String how = suite.ended.isEmpty() ? Quantity.count(unexplained, "failure") : "'" + suite.ended + "'";
                doubt(Lines.bounded(suite.name, LONGEST) + " tells " + how
                        + " beyond what its suites show, which may be that of one asked for");
            }
        }
        (open.isEmpty() ? all : open.peek()).add(suite);
    }

    private void tell(SuiteTally suite, long seen) {
        if (!suite.figures.unreadable().isEmpty()) {
            tell(Lines.bounded(suite.figures.unreadable(), LONGEST) + " is no count");
        }
        if (!suite.figures.failuresUnread().isEmpty()) {
            doubt("its failures can't be read: " + Lines.bounded(suite.figures.failuresUnread(), LONGEST));
        }
        if (suite.unlisted(seen) > 0) {
            String which = open.isEmpty() ? "it" : "suite '" + Lines.bounded(suite.name, LONGEST) + "'";
            tell(which + " counts " + Quantity.count(suite.figures.tests(), "test") + " and lists " + seen);
        }
    }

    private void doubt(String reason) {
        if (doubts.size() < NAMED) {
            doubts.add(reason);
        }
    }

    /**
     * A case that has been read.
     *
     * @param name its full name
     * @param shown failures of it that its suite may count, at least one where it failed
     * @param rerun it ran again before it came to this outcome
     * @param place what else tells it from others of its name: its file, the host of its suite, an id
     * @param namesakes what another one of its name and place is
     */
    void ran(String name, Outcome outcome, long shown, boolean rerun, String place, Namesakes namesakes) {
        SuiteTally suite = open.isEmpty() ? all : open.peek();
        boolean own = casesChosen && wanted.test(name);
        if (!suite.wanted && !own) {
            suite.elsewhere += shown;
            return;
        }
        suite.chosen |= own;
        suite.shown += shown;
        if (namesakes != Namesakes.OTHERS) {
            reruns.ran(suite.name, suite.ordinal, name, place, outcome, namesakes);
        }
        cases.ran(suite.name, name, place, outcome, rerun);
        switch (outcome) {
            case PASSED -> {
                suite.passed++;
                if (rerun) {
                    flake(name);
                }
            }
            case FAILED -> {
                suite.failed++;
                failed(Reruns.key(suite.name, name + '\0' + place), name);
            }
            case SKIPPED -> suite.skipped++;
        }
    }

    private void failed(long key, String name) {
        if (failures.size() < KEPT) {
            failures.add(new Failure(key, Lines.bounded(name, LONGEST)));
        }
    }

    private void flake(String name) {
        flakes++;
        if (flaky.size() < NAMED && !flaky.contains(Lines.bounded(name, LONGEST))) {
            flaky.add(Lines.bounded(name, LONGEST));
        }
    }

    /** A time at which something of it ran, as written. */
    void time(String text) {
        if (!open.isEmpty() && !open.peek().wanted) {
            return;
        }
        try {
            Instant time = ReportTime.read(text);
            at = time != null && time.isBefore(at) ? time : at;
        } catch (DateTimeException e) {
            if (unread++ == 0) {
                tell("the time '" + Lines.bounded(text, 60) + "' can't be read, the file's counts");
            }
        }
    }

    void property(String name, String value) {
        if (open.isEmpty() || open.peek().wanted) {
            tested.property(name, value);
        }
    }

    private void tell(String clause) {
        if (told.size() < NAMED) {
            told.add(clause);
        }
    }

    TestReport report() {
        while (!open.isEmpty()) {
            close();
        }
        Map<Long, Integer> recovered = reruns.recovered(true);
        cases.recovered(recovered.keySet());
        long before = recovered.values().stream().mapToLong(Integer::longValue).sum();
        failures.stream()
                .filter(f -> recovered.containsKey(f.key()))
                .map(Failure::name)
                .distinct()
                .limit(NAMED)
                .forEach(flaky::add);
        List<String> named = failures.stream()
                .filter(f -> !recovered.containsKey(f.key()))
                .map(Failure::name)
                .limit(NAMED)
                .toList();
        return new TestReport(
                new TestCounts(all.passed, all.failed - before, all.skipped, flakes + recovered.size(), named, at),
                flaky.stream().distinct().limit(NAMED).toList(),
                told,
                tested.commits,
                tested.digests,
                cases,
                left(reruns.recovered(false)));
    }

    /** What is left open, with tests that may have passed on a rerun and how often each failed before. */
    private Doubts left(Map<Long, Integer> perhaps) {
        List<String> named = failures.stream()
                .filter(f -> perhaps.containsKey(f.key()))
                .map(Failure::name)
                .distinct()
                .limit(NAMED)
                .toList();
        return new Doubts(
                perhaps.values().stream().mapToLong(Integer::longValue).sum(), perhaps.size(), named, doubts);
    }
}
