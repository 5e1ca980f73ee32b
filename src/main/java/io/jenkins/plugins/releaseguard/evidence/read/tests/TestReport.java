// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What test reports say.
 *
 * @param counts the tests by outcome, and when they ran
 * @param flaky names of the first of those that passed on a rerun only
 * @param told what a reader of the finding should know of the report itself, a clause each
 * @param commits the revisions that the report says it was made of, as written
 * @param digests SHA-256 of what it says was tested, in lower-case hex
 * @param cases each test, where they were kept
 * @param doubts what it leaves open
 */
public record TestReport(
        TestCounts counts,
        List<String> flaky,
        List<String> told,
        Set<String> commits,
        Set<String> digests,
        TestCases cases,
        Doubts doubts) {
    public TestReport {
        flaky = List.copyOf(flaky);
        told = List.copyOf(told);
        commits = Set.copyOf(commits);
        digests = Set.copyOf(digests);
    }

    /** Without commits, digests and single cases. */
    public static TestReport of(TestCounts counts) {
        return new TestReport(counts, List.of(), List.of(), Set.of(), Set.of(), TestCases.none(), Doubts.NONE);
    }

    /** The same, where what is told names the file. */
    public TestReport in(String path) {
        return new TestReport(
                counts,
                flaky,
                told.stream().map(t -> "'" + path + "': " + t).toList(),
                commits,
                digests,
                cases,
                doubts.in(path));
    }

    /** The same, where a failure may be missing from the counts for one reason more. */
    public TestReport doubting(String reason) {
        return new TestReport(
                counts,
                flaky,
                told,
                commits,
                digests,
                cases,
                doubts.plus(new Doubts(0, 0, List.of(), List.of(reason))));
    }

    /** The same without its single tests. */
    TestReport summed() {
        return new TestReport(counts, flaky, told, commits, digests, TestCases.none(), doubts.reasonsOnly());
    }

    /** Both, as one; the time is the older of the two. Single tests of the other are put among this one's. */
    public TestReport plus(TestReport other) {
        TestCounts a = counts;
        TestCounts b = other.counts;
        Instant at = a.at().isBefore(b.at()) ? a.at() : b.at();
        TestCounts sum = new TestCounts(
                a.passed() + b.passed(),
                a.failed() + b.failed(),
                a.skipped() + b.skipped(),
                a.flaky() + b.flaky(),
                both(a.failures(), b.failures()),
                at);
        return new TestReport(
                sum,
                both(flaky, other.flaky),
                both(told, other.told),
                either(commits, other.commits),
                either(digests, other.digests),
                cases.plus(other.cases),
                doubts.plus(other.doubts));
    }

    private static List<String> both(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static Set<String> either(Set<String> a, Set<String> b) {
        Set<String> all = new LinkedHashSet<>(a);
        all.addAll(b);
        return all;
    }
}
