// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;
import java.util.Arrays;

/** How long the calls waited that began of late: the last 512, no older than five minutes. Not safe for several threads. */
final class QueueWaits {
    private static final int MOST = 512;
    private static final long WINDOW = Duration.ofMinutes(5).toNanos();

    private final long[] began = new long[MOST];
    private final long[] waited = new long[MOST];
    private long count;

    void add(long now, long nanos) {
        int at = (int) (count++ % MOST);
        began[at] = now;
        waited[at] = nanos;
    }

    /** Ascending. */
    long[] recent(long now) {
        int kept = (int) Math.min(count, MOST);
        long[] recent = new long[kept];
        int n = 0;
        for (int i = 0; i < kept; i++) {
            if (now - began[i] <= WINDOW) {
                recent[n++] = waited[i];
            }
        }
        long[] sorted = Arrays.copyOf(recent, n);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The smallest of {@code sorted} that {@code share} of them do not exceed. */
    static Duration quantile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int at = (int) Math.ceil(share * sorted.length) - 1;
        return Duration.ofNanos(sorted[Math.max(0, Math.min(sorted.length - 1, at))]);
    }
}
