// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Each release in its turn, and within one first come, first served. Not safe for several threads. */
final class FairQueue<E> {
    private final Map<String, Deque<E>> byRelease = new LinkedHashMap<>();
    private int size;

    void add(String release, E entry) {
        byRelease.computeIfAbsent(release, r -> new ArrayDeque<>()).addLast(entry);
        size++;
    }

    /** Before all others of its release. */
    void addFirst(String release, E entry) {
        byRelease.computeIfAbsent(release, r -> new ArrayDeque<>()).addFirst(entry);
        size++;
    }

    /** The next that may begin; its release goes to the end of the round. Others that may not are passed over. Null for none. */
    E take(Predicate<E> may) {
        for (Map.Entry<String, Deque<E>> release : byRelease.entrySet()) {
            for (Iterator<E> entries = release.getValue().iterator(); entries.hasNext(); ) {
                E entry = entries.next();
                if (may.test(entry)) {
                    entries.remove();
                    size--;
                    byRelease.remove(release.getKey());
                    if (!release.getValue().isEmpty()) {
                        byRelease.put(release.getKey(), release.getValue());
                    }
                    return entry;
                }
            }
        }
        return null;
    }

    void remove(String release, E entry) {
        Deque<E> entries = byRelease.get(release);
        if (entries != null && entries.remove(entry)) {
            size--;
            if (entries.isEmpty()) {
                byRelease.remove(release);
            }
        }
    }

    int size() {
        return size;
    }

    Iterable<Deque<E>> releases() {
        return byRelease.values();
    }
}
