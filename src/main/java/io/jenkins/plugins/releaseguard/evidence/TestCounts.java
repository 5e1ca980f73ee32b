// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Instant;
import java.util.List;

/**
 * Tests by outcome; errors count as failed. {@code flaky} are those among the passed that failed before and passed on a rerun,
 * -1 where nobody knows; of a build's own record the least that there are. {@code failures} names the first of the failed, {@code at} when they ran.
 */
@Beta
public record TestCounts(long passed, long failed, long skipped, long flaky, List<String> failures, Instant at) {
    public TestCounts {
        failures = List.copyOf(failures);
    }

    /** Tests of which nobody knows whether they were run again. */
    public TestCounts(long passed, long failed, long skipped, List<String> failures, Instant at) {
        this(passed, failed, skipped, -1, failures, at);
    }

    public long total() {
        return passed + failed + skipped;
    }

    /** Passed among those that ran; NaN where none ran. */
    public double passRate() {
        return passed + failed == 0 ? Double.NaN : (double) passed / (passed + failed);
    }
}
