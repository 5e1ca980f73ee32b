// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.SafeXml;
import java.util.List;
import javax.xml.stream.XMLStreamReader;

/**
 * What a suite says of itself.
 *
 * @param tests all of its tests, 0 where it doesn't say
 * @param failing failures and errors
 * @param off tests that did not run
 * @param unreadable the first figure that is no count, as written; empty where all are
 * @param failuresUnread the first of those of failures, which may hide some
 */
record Figures(long tests, long failing, long off, String unreadable, String failuresUnread) {
    static final Figures NONE = new Figures(0, 0, 0, "", "");
    /** No suite has more; larger figures count as this, so that sums of them stay sums. */
    private static final long MOST = 1L << 32;

    /** Of attributes: sums of the figures named, a figure with several names is the largest of them. */
    static Figures of(XMLStreamReader xml, String tests, List<List<String>> failing, List<List<String>> off) {
        StringBuilder bad = new StringBuilder();
        long all = figure(xml, tests, bad);
        StringBuilder worse = new StringBuilder();
        long failed = sum(xml, failing, worse);
        if (bad.isEmpty()) {
            bad.append(worse);
        }
        return new Figures(all, failed, sum(xml, off, bad), bad.toString(), worse.toString());
    }

    private static long sum(XMLStreamReader xml, List<List<String>> figures, StringBuilder bad) {
        long sum = 0;
        for (List<String> names : figures) {
            sum += names.stream().mapToLong(n -> figure(xml, n, bad)).max().orElse(0);
        }
        return sum;
    }

    private static long figure(XMLStreamReader xml, String attribute, StringBuilder bad) {
        try {
            return Math.min(MOST, Math.max(0, SafeXml.count(xml, attribute)));
        } catch (FormatException e) {
            if (bad.isEmpty()) {
                bad.append(attribute)
                        .append("=\"")
                        .append(xml.getAttributeValue(null, attribute))
                        .append('"');
            }
            return 0;
        }
    }
}
