// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.util.HashMap;
import java.util.Map;

/** Calls under way by a name of theirs, and how many of them hold a thread. Not safe for several threads. */
final class Tally {
    private record Counts(int calls, int threads) {
        static final Counts NONE = new Counts(0, 0);
    }

    private final Map<String, Counts> byName = new HashMap<>();

    int calls(String name) {
        return byName.getOrDefault(name, Counts.NONE).calls;
    }

    int threads(String name) {
        return byName.getOrDefault(name, Counts.NONE).threads;
    }

    void change(String name, int calls, int threads) {
        Counts before = byName.getOrDefault(name, Counts.NONE);
        Counts after = new Counts(before.calls + calls, before.threads + threads);
        if (after.equals(Counts.NONE)) {
            byName.remove(name);
        } else {
            byName.put(name, after);
        }
    }
}
