// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import java.util.Map;
import java.util.TreeMap;

/** One series of an answer: its labels without the name, and its points, oldest first. Times in milliseconds. */
record Series(Map<String, String> labels, long[] times, double[] values) {
    static final String NAME = "__name__";

    /** What scraped it: a target's series come and go together. */
    String target() {
        return labels.getOrDefault("job", "") + ' ' + labels.getOrDefault("instance", "");
    }

    /** The labels in one order, for telling series apart. */
    String key() {
        return new TreeMap<>(labels).toString();
    }

    double last() {
        return values[values.length - 1];
    }

    long lastTime() {
        return times[times.length - 1];
    }
}
