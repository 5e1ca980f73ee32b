// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import javax.xml.stream.XMLStreamReader;

/** A suite being read: what it says of itself (-1 where it doesn't) and what its cases say. */
final class JunitSuite {
    /** No suite has more; larger figures count as this, so that sums of them stay sums. */
    private static final long MOST = 1L << 32;

    final String name;
    final int depth;
    final boolean wanted;
    final long tests;
    final long failures;
    final long errors;
    final long skipped;
    /** Whether all figures given can be read; what can't be read may hide failures. */
    boolean readable = true;

    boolean nested;
    long cases;
    long failedCases;
    long reruns;
    long ownFailures;

    JunitSuite(String name, int depth, boolean wanted, XMLStreamReader xml) {
        this.name = name;
        this.depth = depth;
        this.wanted = wanted;
        this.tests = figure(xml, "tests");
        this.failures = figure(xml, "failures");
        this.errors = figure(xml, "errors");
        this.skipped = Math.max(figure(xml, "skipped"), figure(xml, "disabled"));
    }

    private long figure(XMLStreamReader xml, String attribute) {
        try {
            return Math.min(MOST, SafeXml.count(xml, attribute));
        } catch (FormatException e) {
            // the cases speak for themselves; a suite without any is no evidence then
            readable = false;
            return -1;
        }
    }
}
