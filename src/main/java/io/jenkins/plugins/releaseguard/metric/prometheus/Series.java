// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * One series of an answer: its labels without the name, and its points, oldest first. Times in milliseconds.
 *
 * @param name empty where it has none
 */
record Series(String name, Map<String, String> labels, long[] times, double[] values) {
    static final String NAME = "__name__";

    /** The name's or another label's value, empty where it has none. */
    String label(String label) {
        return label.equals(NAME) ? name : labels.getOrDefault(label, "");
    }

    /** The points from a time on, null where there are none. */
    Series since(long millis) {
        int first = 0;
        while (first < times.length && times[first] < millis) {
            first++;
        }
        return first == 0
                ? this
                : first == times.length
                        ? null
                        : new Series(
                                name,
                                labels,
                                Arrays.copyOfRange(times, first, times.length),
                                Arrays.copyOfRange(values, first, values.length));
    }

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
