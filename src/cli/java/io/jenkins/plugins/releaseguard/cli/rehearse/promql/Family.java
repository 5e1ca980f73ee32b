// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A metric's name as the world exposes it, one set of series a track.
 *
 * @param constants labels that are the same on both tracks
 * @param tracks labels that tell the tracks apart; {@code $track} in a value stands for the track
 * @param outcomes labels that tell failed requests apart, with their values
 * @param factor from seconds to the unit of a histogram's bounds
 */
public record Family(
        String name,
        Kind kind,
        Map<String, String> constants,
        Map<String, String> tracks,
        Map<String, Outcome> outcomes,
        double factor) {
    /** What is counted. */
    public enum Kind {
        REQUESTS,
        ERRORS,
        BUCKETS,
        IN_FLIGHT
    }

    /** A label's value on requests that went well, and on those that failed. */
    public record Outcome(String good, String bad) {}

    /** The names and labels that HTTP services usually have. */
    public static final List<Family> USUAL = List.of(
            of("http_requests_total", Kind.REQUESTS, Map.of("code", new Outcome("200", "500"))),
            of("http_request_duration_seconds_bucket", Kind.BUCKETS, Map.of()));

    private static Family of(String name, Kind kind, Map<String, Outcome> outcomes) {
        return new Family(name, kind, Map.of(), Map.of("track", "$track"), outcomes, 1);
    }

    /** The labels of one series. {@code le} is null but for a bucket. */
    Map<String, String> labels(String track, boolean good, String le) {
        Map<String, String> labels = new HashMap<>(constants);
        labels.put("__name__", name);
        tracks.forEach((label, value) -> labels.put(label, value.replace("$track", track)));
        outcomes.forEach((label, outcome) -> labels.put(label, good ? outcome.good() : outcome.bad()));
        if (le != null) {
            labels.put("le", le);
        }
        return labels;
    }
}
