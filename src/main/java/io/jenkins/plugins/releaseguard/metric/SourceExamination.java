// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.List;

/**
 * What a source says before any traffic moves of the metrics that it will be asked about.
 *
 * @param asked whether it was asked at all: a source that has no such question says nothing, and nothing is made of that
 * @param findings what speaks against watching by these metrics; none where all is well
 */
@Beta
public record SourceExamination(boolean asked, List<Finding> findings) {
    /** Of a source that has no such question. */
    public static final SourceExamination NONE = new SourceExamination(false, List.of());

    public SourceExamination {
        findings = List.copyOf(findings);
    }

    /** What a source found. */
    public static SourceExamination of(List<Finding> findings) {
        return new SourceExamination(true, findings);
    }

    /**
     * What speaks against a metric.
     *
     * @param metric its id
     * @param fails no look can have its data as things are, or its data would mean something else than the contract says; otherwise
     *     it is only told
     * @param text what was asked and what is there instead, for people
     * @param fix what to do
     */
    public record Finding(String metric, boolean fails, String text, String fix) {
        @Override
        public String toString() {
            return metric + ", " + text + "; " + fix;
        }
    }
}
