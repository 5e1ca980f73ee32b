// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What is known of how a source takes batches. One that failed while its parts were answered is not asked for a while: the source refuses
 * it, is slow at it or cuts it off. Some, such as Google's, take one name a query only.
 */
final class BatchTrust {
    private static final long REST = Duration.ofMinutes(10).toNanos();

    /** That it is not answered in time costs a look. */
    private static final long LONG_REST = Duration.ofHours(1).toNanos();

    private static final int MOST = 200;
    private static final String NAMES = "";

    /** Since when, by selector. */
    private final Map<String, Long> blamed = new ConcurrentHashMap<>();

    private final Set<String> proven = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanos;

    /** When a batch of selectors was not answered in time, null where none was. */
    private volatile Long late;

    BatchTrust(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean joinsNames() {
        return !isResting(NAMES);
    }

    boolean isResting(Batch batch) {
        Long since = late;
        return isResting(batch.key())
                || batch instanceof SelectorBatch && since != null && nanos.getAsLong() - since < LONG_REST;
    }

    private boolean isResting(String key) {
        Long since = blamed.get(key);
        if (since != null && nanos.getAsLong() - since > REST) {
            blamed.remove(key, since);
            return false;
        }
        return since != null;
    }

    /** The batch failed where its parts did not; one of several names may do with one. */
    void blame(Batch batch) {
        String key = key(batch);
        proven.remove(batch.key());
        if (blamed.size() >= MOST) {
            // those of targets that are gone are never asked about again
            blamed.values().removeIf(since -> nanos.getAsLong() - since > REST);
        }
        if (blamed.size() < MOST || blamed.containsKey(key)) {
            blamed.put(key, nanos.getAsLong());
        }
    }

    /** It wasn't the batch. */
    void pardon(Batch batch) {
        blamed.remove(key(batch));
    }

    private static String key(Batch batch) {
        return batch instanceof SelectorBatch some && some.joinsNames() ? NAMES : batch.key();
    }

    /** A batch was not answered in the time that any question has. */
    void late() {
        late = nanos.getAsLong();
    }

    /** A question alone was not either: the source is slow or gone, whatever it is asked. */
    void isLateAnyway() {
        late = null;
    }

    /** Whether the source has been seen to answer this batch as its parts: until then its silence on a part is not believed. */
    boolean isProven(Batch batch) {
        return proven.contains(batch.key());
    }

    void prove(Batch batch) {
        if (proven.size() < MOST) {
            proven.add(batch.key());
        }
    }
}
