// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;

/**
 * Test reports, JUnit's XML first: counts from zero up, no more flaky than passed, and a time not later than the file's, or an
 * {@link IOException}, nothing else.
 */
public final class JunitFuzz {
    private static final Instant MODIFIED = Instant.parse("2026-11-02T09:00:00Z");

    private JunitFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(JunitFuzz.class, JunitFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a test report. */
    public static boolean accepts(byte[] input) {
        try {
            TestCounts counts = TestReports.read(new ByteArrayInputStream(input), suite -> true, MODIFIED)
                    .counts();
            if (counts.passed() < 0 || counts.failed() < 0 || counts.skipped() < 0 || counts.flaky() < 0) {
                throw new AssertionError("a count below zero: " + counts);
            }
            if (counts.failed() > 0 && counts.failures().isEmpty()) {
                throw new AssertionError("a failure without a name: " + counts);
            }
            if (counts.at().isAfter(MODIFIED)) {
                throw new AssertionError("tests later than their file: " + counts);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
