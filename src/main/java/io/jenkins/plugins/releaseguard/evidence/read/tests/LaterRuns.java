// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestCases.Case;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays reports of later runs over those of the first: a test ended as it did in its last run. One that failed before and
 * passed in the last is flaky; one that did not run in a later one stays what it was; one that only a later run has is a test
 * more. Where several cases of the first run may be meant, those that failed stay failed. Failures that only figures tell stay
 * too, whichever run tells them.
 */
public final class LaterRuns {
    private static final int NAMED = 20;

    private final Map<Long, Case> first;
    /** Tests of the first run by suite and name alone, where no two have these. */
    private final Map<Long, Long> byName = new HashMap<>();

    private final Map<Long, Case> last = new LinkedHashMap<>();
    /** Names of failures that no case shows, of later runs. */
    private final List<String> suites = new ArrayList<>();

    private final List<String> unclear = new ArrayList<>();

    private LaterRuns(Map<Long, Case> first) {
        this.first = first;
        Map<Long, Integer> often = new HashMap<>();
        first.values().forEach(test -> often.merge(test.loose(), 1, Integer::sum));
        first.forEach((key, test) -> {
            if (often.get(test.loose()) == 1) {
                byName.put(test.loose(), key);
            }
        });
    }

    /** {@code later} in the order in which they ran, all of them read with their cases. */
    public static TestReport over(TestReport first, List<TestReport> later) throws FormatException {
        LaterRuns runs = new LaterRuns(first.cases().all());
        TestReport all = first.summed();
        long unshown = 0;
        for (TestReport report : later) {
            if (first.cases().isFull() || report.cases().isFull()) {
                throw new FormatException(
                        "more than " + TestCases.MOST + " tests: which of them ran again can't be told");
            }
            unshown += runs.lay(report);
            all = all.plus(report.summed());
        }
        return later.isEmpty() ? first : runs.sum(first, all, unshown);
    }

    /** How many failures of the report no case shows. */
    private long lay(TestReport report) {
        long shown = 0;
        for (Map.Entry<Long, Case> each : report.cases().all().entrySet()) {
            Case now = each.getValue();
            shown += now.failed();
            long key =
                    first.containsKey(each.getKey()) ? each.getKey() : byName.getOrDefault(now.loose(), each.getKey());
            if (now.outcome() != Outcome.SKIPPED || !first.containsKey(key)) {
                last.merge(key, now, LaterRuns::after);
            }
        }
        suites.addAll(besides(report.counts().failures(), report.cases().all()));
        return Math.max(0, report.counts().failed() - shown);
    }

    /** A run after another one of the same test; one that did not run says nothing. */
    private static Case after(Case before, Case now) {
        if (now.outcome() == Outcome.SKIPPED) {
            return before;
        }
        boolean flaky = now.flaky() || now.outcome() == Outcome.PASSED && (before.failed() > 0 || before.flaky());
        return new Case(now.name(), now.loose(), now.times(), now.failed(), now.skipped(), flaky);
    }

    private TestReport sum(TestReport before, TestReport all, long unshown) {
        TestCounts counts = before.counts();
        Sums sums = new Sums(counts.passed(), counts.failed() + unshown, counts.skipped(), counts.flaky());
        List<String> failures = failing(counts.failures());
        List<String> flaky = new ArrayList<>(before.flaky());
        long more = 0;
        for (Map.Entry<Long, Case> each : last.entrySet()) {
            Case was = first.get(each.getKey());
            Case now = each.getValue();
            boolean failed = now.outcome() == Outcome.FAILED;
            if (was != null && was.times() > 1) {
                // which of them it was isn't said
                sums = sums.plus(0, failed && was.failed() == 0 ? 1 : 0, 0, 0);
                if (was.failed() > 0 && !failed) {
                    unclear.add(now.name());
                }
                if (failed && was.failed() == 0) {
                    failures.add(now.name());
                }
                continue;
            }
            more += was == null ? 1 : 0;
            boolean recovered =
                    now.outcome() == Outcome.PASSED && (now.flaky() || was != null && was.outcome() == Outcome.FAILED);
            boolean known = was != null && was.flaky();
            sums = was == null ? sums : sums.without(was.outcome());
            sums = sums.with(now.outcome()).plus(0, 0, 0, (recovered && !known ? 1 : 0) - (known && failed ? 1 : 0));
            if (failed) {
                failures.add(now.name());
                flaky.remove(now.name());
            } else if (recovered && !known) {
                flaky.add(now.name());
            }
        }
        List<String> told = new ArrayList<>(all.told());
        if (more > 0) {
            told.add(Quantity.count(more, "test") + " ran in a later run only");
        }
        if (!unclear.isEmpty()) {
            told.add("several tests have the name of one that passed when it ran again, so what failed stays failed: "
                    + Lines.some(unclear));
        }
        return new TestReport(
                new TestCounts(
                        sums.passed,
                        sums.failed,
                        sums.skipped,
                        sums.flaky,
                        named(failures),
                        all.counts().at()),
                named(flaky),
                told,
                all.commits(),
                all.digests(),
                all.cases(),
                all.doubts());
    }

    /** Names of what failed in the first run and has not run again, suites among them; all are there, not only the first. */
    private List<String> failing(List<String> named) {
        List<String> failures = new ArrayList<>(besides(named, first));
        failures.addAll(suites);
        first.forEach((key, test) -> {
            if (test.failed() > 0 && (test.times() > 1 || !last.containsKey(key))) {
                failures.add(test.name());
            }
        });
        return failures;
    }

    private static List<String> besides(List<String> named, Map<Long, Case> cases) {
        Set<String> tests = new HashSet<>();
        cases.values().forEach(test -> tests.add(test.name()));
        return named.stream().filter(name -> !tests.contains(name)).toList();
    }

    private static List<String> named(List<String> names) {
        return names.stream().distinct().limit(NAMED).toList();
    }

    private record Sums(long passed, long failed, long skipped, long flaky) {
        Sums plus(long more, long worse, long off, long flakes) {
            return new Sums(passed + more, failed + worse, skipped + off, flaky + flakes);
        }

        Sums with(Outcome outcome) {
            return of(outcome, 1);
        }

        Sums without(Outcome outcome) {
            return of(outcome, -1);
        }

        private Sums of(Outcome outcome, int by) {
            return switch (outcome) {
                case PASSED -> plus(by, 0, 0, 0);
                case FAILED -> plus(0, by, 0, 0);
                case SKIPPED -> plus(0, 0, by, 0);
            };
        }
    }
}
