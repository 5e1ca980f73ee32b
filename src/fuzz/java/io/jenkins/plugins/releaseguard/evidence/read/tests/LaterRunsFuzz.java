// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports of a first run and of later ones, with {@code ====} between them: counts from zero up, failures with a name, no fewer tests than
 * the first run had, and none that passed while no report passes any, or an {@link IOException}, nothing else.
 */
public final class LaterRunsFuzz {
    private static final Instant MODIFIED = Instant.parse("2026-11-02T09:00:00Z");

    private LaterRunsFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(LaterRunsFuzz.class, LaterRunsFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether all of them are test reports. */
    public static boolean accepts(byte[] input) {
        try {
            List<TestReport> runs = new ArrayList<>();
            for (String text : new String(input, StandardCharsets.ISO_8859_1).split("====", 6)) {
                runs.add(TestReports.cases(
                        new ByteArrayInputStream(text.strip().getBytes(StandardCharsets.ISO_8859_1)),
                        suite -> true,
                        MODIFIED));
            }
            TestCounts first = runs.get(0).counts();
            TestCounts counts =
                    LaterRuns.over(runs.get(0), runs.subList(1, runs.size())).counts();
            if (counts.passed() < 0 || counts.failed() < 0 || counts.skipped() < 0 || counts.flaky() < 0) {
                throw new AssertionError("a count below zero: " + counts);
            }
            if (counts.failed() > 0 && counts.failures().isEmpty()) {
                throw new AssertionError("a failure without a name: " + counts);
            }
            if (counts.total() < first.total()) {
                throw new AssertionError("fewer tests than the first run had: " + first + ", " + counts);
            }
            if (counts.passed() > 0
                    && runs.stream().allMatch(run -> run.counts().passed() == 0)) {
                throw new AssertionError("what never passed has passed: " + counts);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
