// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds a source, which anybody may write, to the form of its answer; whether the numbers can be true is asked later. */
public final class AnsweredSamples {
    private AnsweredSamples() {}

    /**
     * One sample for each metric asked, in that order; a metric that was left out is missing, with the reason.
     *
     * @param answer what the source said; null is no answer
     * @throws SourceException it answered nothing, twice for one metric, or for one that it was not asked about
     */
    public static List<Event.Sample> inOrder(List<Metric> asked, List<Event.Sample> answer) throws SourceException {
        if (answer == null) {
            throw new SourceException("the source answered nothing");
        }
        Map<String, Event.Sample> samples = new LinkedHashMap<>();
        asked.forEach(m -> samples.put(m.id(), null));
        for (Event.Sample sample : answer) {
            String id = sample == null ? null : sample.metric();
            if (!samples.containsKey(id)) {
                throw new SourceException("the source answered for "
                        + (id == null ? "no metric" : "'" + id + "', which it was not asked about"));
            }
            if (samples.put(id, sample) != null) {
                throw new SourceException("the source answered twice for " + id);
            }
        }
        samples.replaceAll((id, sample) -> sample == null ? Event.Sample.none(id, "the source left it out") : sample);
        return List.copyOf(samples.values());
    }
}
