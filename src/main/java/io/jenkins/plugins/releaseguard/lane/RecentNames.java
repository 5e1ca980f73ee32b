// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Names that something is remembered of, the last thousand. Not safe for several threads. */
final class RecentNames {
    private static final int MOST = 1000;

    private final Set<String> names = new LinkedHashSet<>();

    void note(String name, boolean so) {
        names.remove(name);
        if (so) {
            names.add(name);
            if (names.size() > MOST) {
                Iterator<String> eldest = names.iterator();
                eldest.next();
                eldest.remove();
            }
        }
    }

    boolean has(String name) {
        return names.contains(name);
    }
}
