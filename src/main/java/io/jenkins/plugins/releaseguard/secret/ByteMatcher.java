// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds many byte strings in a stream at once, by Aho and Corasick's automaton (CACM 18(6), 1975). Line breaks stand in no string: whoever
 * feeds it leaves them out.
 */
final class ByteMatcher {
    static final int ROOT = 0;

    private final List<Map<Byte, Integer>> next = new ArrayList<>();
    private final List<Integer> fail = new ArrayList<>();
    private final List<Integer> depth = new ArrayList<>();

    /** The longest string that ends in a state, 0 for none. */
    private final List<Integer> ends = new ArrayList<>();

    /** @param strings Latin-1 characters for bytes */
    ByteMatcher(Collection<String> strings) {
        state(0);
        strings.forEach(this::add);
        ArrayDeque<Integer> queue = new ArrayDeque<>(next.get(ROOT).values());
        while (!queue.isEmpty()) {
            int state = queue.remove();
            int shorter = fail.get(state);
            ends.set(state, Math.max(ends.get(state), ends.get(shorter)));
            next.get(state).forEach((b, child) -> {
                fail.set(child, step(shorter, b));
                queue.add(child);
            });
        }
    }

    private int state(int atDepth) {
        next.add(new HashMap<>(2));
        fail.add(ROOT);
        depth.add(atDepth);
        ends.add(0);
        return next.size() - 1;
    }

    private void add(String string) {
        int state = ROOT;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (!isBreak((byte) c)) {
                Integer child = next.get(state).get((byte) c);
                if (child == null) {
                    child = state(depth.get(state) + 1);
                    next.get(state).put((byte) c, child);
                }
                state = child;
            }
        }
        if (depth.get(state) >= Mask.LEAST) {
            ends.set(state, depth.get(state));
        }
    }

    static boolean isBreak(byte b) {
        return b == '\n' || b == '\r';
    }

    boolean isEmpty() {
        return next.size() == 1;
    }

    int step(int from, byte b) {
        int state = from;
        while (true) {
            Integer child = next.get(state).get(b);
            if (child != null) {
                return child;
            }
            if (state == ROOT) {
                return ROOT;
            }
            state = fail.get(state);
        }
    }

    /** How many of the last bytes may be the beginning of a string. */
    int open(int state) {
        return depth.get(state);
    }

    /** The length of the longest string that ends here, 0 for none. */
    int ended(int state) {
        return ends.get(state);
    }
}
