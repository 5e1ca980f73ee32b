// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.model.Run;
import hudson.tasks.junit.CaseResult;
import hudson.tasks.junit.TestResultAction;
import hudson.tasks.test.AbstractTestResultAction;
import hudson.tasks.test.TestResult;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import java.time.Instant;
import java.util.Optional;

/** The junit plugin's action; loaded only where that plugin is there. */
final class JunitAction {
    private static final int NAMED = 20;

    private JunitAction() {}

    static Optional<TestCounts> of(Run<?, ?> run) {
        AbstractTestResultAction<?> action = run.getAction(AbstractTestResultAction.class);
        if (action == null) {
            return Optional.empty();
        }
        long passed = (long) action.getTotalCount() - action.getFailCount() - action.getSkipCount();
        return Optional.of(new TestCounts(
                passed,
                action.getFailCount(),
                action.getSkipCount(),
                flaky(action),
                action.getFailedTests().stream()
                        .limit(NAMED)
                        .map(TestResult::getFullName)
                        .toList(),
                Instant.ofEpochMilli(run.getStartTimeInMillis())));
    }

    /** Tests that passed after failures that the report calls flaky (flaky errors the plugin passes over); another plugin's don't say. */
    private static long flaky(AbstractTestResultAction<?> action) {
        if (!(action instanceof TestResultAction results)) {
            return -1;
        }
        return results.getPassedTests().stream()
                .filter(CaseResult.class::isInstance)
                .map(CaseResult.class::cast)
                .filter(test -> !test.getFlakyFailures().isEmpty())
                .count();
    }
}
