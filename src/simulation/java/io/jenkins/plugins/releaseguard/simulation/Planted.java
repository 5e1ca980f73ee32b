// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A fault that once was, or might have been, and how the sources of today come to have it again.
 *
 * @param name the fault's line in the table of faults, and what it is
 * @param rule which rule of the simulation it breaks
 * @param meeting contracts and faults that it takes, by name: schedules without them are passed over
 */
record Planted(String name, String rule, List<String> meeting, List<Change> changes) {
    /**
     * @param file below the engine's package
     * @param text what stands there once, exactly
     * @param instead what stands there with the fault
     */
    record Change(String file, String text, String instead) {}

    static Planted bug(String name, String rule, String... meeting) {
        return new Planted(name, rule, List.of(meeting), List.of());
    }

    Planted in(String file, String text, String instead) {
        List<Change> all = new ArrayList<>(changes);
        all.add(new Change(file, text, instead));
        return new Planted(name, rule, meeting, List.copyOf(all));
    }

    @Override
    public String toString() {
        return name;
    }
}
