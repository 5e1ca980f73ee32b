// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code show proc} of a master's socket (Management Guide, section 9.4): the workers that take new connections, and the old ones of reloads,
 * which go on with the connections that they have. Of a row only the process id counts: the columns behind it change with versions.
 */
record WorkerTable(List<Integer> workers, List<Integer> old) {
    /** Empty where this is no such table. */
    static Optional<WorkerTable> parse(String text) {
        List<Integer> workers = new ArrayList<>();
        List<Integer> old = new ArrayList<>();
        List<Integer> section = null;
        boolean headed = false;
        for (String line : text.split("\n")) {
            String said = line.trim();
            if (said.startsWith("#<PID>")) {
                headed = true;
            } else if (said.startsWith("#")) {
                section = said.equals("# workers") ? workers : said.equals("# old workers") ? old : null;
            } else if (headed && section != null && !said.isEmpty()) {
                String pid = said.split("\\s+")[0];
                if (!pid.matches("[0-9]{1,9}")) {
                    return Optional.empty();
                }
                section.add(Integer.parseInt(pid));
            }
        }
        // one that has no worker is no master at work
        return headed && !workers.isEmpty()
                ? Optional.of(new WorkerTable(List.copyOf(workers), List.copyOf(old)))
                : Optional.empty();
    }
}
