// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A report of a text, last changed at a time that tests know. */
final class Reading {
    static final Instant MODIFIED = Instant.parse("2026-11-21T10:00:00Z");

    private Reading() {}

    static TestReport of(String xml) throws IOException {
        return only("", xml);
    }

    /** Of the suites alone whose name holds a part; all for the empty one. */
    static TestReport only(String part, String xml) throws IOException {
        return TestReports.read(
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), name -> name.contains(part), MODIFIED);
    }

    /** {@code passed failed skipped} or {@code passed failed skipped flaky}. */
    static void counts(String kind, TestReport report, String expected) {
        String flaky = report.counts().flaky() == 0 ? "" : " " + report.counts().flaky();
        assertThat(report.counts().passed() + " " + report.counts().failed() + " "
                        + report.counts().skipped() + flaky)
                .as(kind)
                .isEqualTo(expected);
    }
}
