// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.releaseguard.text.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that watching remembers: immutable, a few kilobytes of JSON, the same after a write and a read.
 *
 * @param phase the current phase, -1 before the first look
 * @param started compared phases that have begun
 * @param looks in this phase
 * @param seconds in this phase
 * @param canaryRequests in this phase; 0 while unknown
 * @param ratio bets of this phase that the traffic share is off
 * @param fading by metric, of this phase; none in what an earlier version wrote
 * @param warm seconds of this phase in which the new version warmed up, of which no level is kept
 */
public record WatchState(
        int phase,
        int started,
        int looks,
        double seconds,
        double canaryRequests,
        double baselineRequests,
        Capital ratio,
        Map<String, MetricState> metrics,
        Map<String, Fading> fading,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) double warm) {
    public WatchState {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        fading = fading == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fading));
    }

    /** Of a phase of which nothing has faded yet. */
    WatchState(
            int phase,
            int started,
            int looks,
            double seconds,
            double canaryRequests,
            double baselineRequests,
            Capital ratio,
            Map<String, MetricState> metrics) {
        this(phase, started, looks, seconds, canaryRequests, baselineRequests, ratio, metrics, Map.of(), 0);
    }

    Fading fading(String metric) {
        return fading.getOrDefault(metric, Fading.NONE);
    }

    WatchState with(Map<String, MetricState> others) {
        return new WatchState(
                phase, started, looks, seconds, canaryRequests, baselineRequests, ratio, others, fading, warm);
    }

    /** The same while it warms up, with what a look alone had: levels are of this look's time. */
    WatchState ofLook(Map<String, MetricState> shown, double lookSeconds) {
        return new WatchState(
                phase,
                started,
                looks,
                seconds,
                canaryRequests,
                baselineRequests,
                ratio,
                shown,
                fading,
                seconds - lookSeconds);
    }

    /** " over 5 min": the time that the levels of a sentence are of; empty where none has gone by. */
    String window() {
        return seconds - warm > 0 ? " over " + Span.text(seconds - warm) : "";
    }
}
