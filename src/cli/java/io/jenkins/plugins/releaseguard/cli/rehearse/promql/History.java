// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scraped series: their labels (the name is {@code __name__}) and points, oldest first, kept for a bounded time. */
public final class History {
    private final Map<Map<String, String>, Points> series = new LinkedHashMap<>();
    private final long keepMillis;

    public History(long keepMillis) {
        this.keepMillis = keepMillis;
    }

    /** Points of one series between two times. */
    record Range(Map<String, String> labels, long[] times, double[] values) {}

    /** Adds one scrape: all its values have the same time. A scrape older than the last one is dropped. */
    public synchronized void add(long atMillis, Map<Map<String, String>, Double> scrape) {
        scrape.forEach((labels, value) -> series.computeIfAbsent(Map.copyOf(labels), l -> new Points())
                .add(atMillis, value, atMillis - keepMillis));
    }

    /** Matching series with their points after {@code from} and until {@code to}; series without any are left out. */
    synchronized List<Range> select(Expr.Selector selector, long from, long to) {
        List<Range> found = new ArrayList<>();
        series.forEach((labels, points) -> {
            boolean named = selector.name().isEmpty() || selector.name().equals(labels.get("__name__"));
            if (named && selector.matchers().stream().allMatch(m -> m.matches(labels))) {
                Range range = points.between(labels, from, to);
                if (range.times().length > 0) {
                    found.add(range);
                }
            }
        });
        return found;
    }

    private static final class Points {
        private long[] times = new long[256];
        private double[] values = new double[256];
        private int size;

        void add(long at, double value, long oldest) {
            if (size > 0 && times[size - 1] >= at) {
                return;
            }
            if (size == times.length) {
                int drop = after(oldest);
                if (drop < size / 2) {
                    times = Arrays.copyOf(times, size * 2);
                    values = Arrays.copyOf(values, size * 2);
                } else {
                    System.arraycopy(times, drop, times, 0, size - drop);
                    System.arraycopy(values, drop, values, 0, size - drop);
                    size -= drop;
                }
            }
            times[size] = at;
            values[size++] = value;
        }

        Range between(Map<String, String> labels, long from, long to) {
            int start = after(from);
            int end = Math.max(start, after(to));
            return new Range(labels, Arrays.copyOfRange(times, start, end), Arrays.copyOfRange(values, start, end));
        }

        /** The index of the first point later than {@code time}. */
        private int after(long time) {
            int found = Arrays.binarySearch(times, 0, size, time);
            return found >= 0 ? found + 1 : -found - 1;
        }
    }
}
