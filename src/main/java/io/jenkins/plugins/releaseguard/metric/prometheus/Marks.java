// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How far the series of each selector have been counted at one moment: the next look begins there. */
record Marks(Map<String, Map<String, Mark>> bySelector) {
    static final Marks NONE = new Marks(Map.of());
    /** A series that has been gone so long is forgotten. */
    private static final long FORGET_MILLIS = 600_000;

    /** The last point counted. */
    record Mark(long time, double value, String target) {}

    Set<String> targets() {
        return bySelector.values().stream()
                .flatMap(m -> m.values().stream())
                .map(Mark::target)
                .collect(Collectors.toSet());
    }

    /** The marks of a selector with what a look has seen since. */
    static Map<String, Mark> advanced(Map<String, Mark> before, Iterable<Series> seen, long now) {
        Map<String, Mark> after = new HashMap<>(before);
        for (Series series : seen) {
            Mark mark = before.get(series.key());
            if (mark == null || series.lastTime() > mark.time()) {
                after.put(series.key(), new Mark(series.lastTime(), series.last(), series.target()));
            }
        }
        after.values().removeIf(m -> m.time() < now - FORGET_MILLIS);
        return after;
    }
}
