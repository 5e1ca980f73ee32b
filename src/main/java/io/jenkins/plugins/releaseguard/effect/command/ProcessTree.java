// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A process and all it started; also those whose parent has gone meanwhile, as long as they were seen before. */
final class ProcessTree {
    private final Process root;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    ProcessTree(Process root) {
        this.root = root;
    }

    /** Notes what is there now. */
    void look() {
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            descendants.forEach(seen::add);
        }
        for (ProcessHandle known : Set.copyOf(seen)) {
            try (Stream<ProcessHandle> below = known.descendants()) {
                below.forEach(seen::add);
            }
        }
    }

    void kill() {
        look();
        // by its handle: the process itself would close its output, and lose the end that nobody has read yet
        root.toHandle().destroyForcibly();
        seen.forEach(ProcessHandle::destroyForcibly);
        // what was born while we killed
        look();
        seen.forEach(ProcessHandle::destroyForcibly);
    }
}
