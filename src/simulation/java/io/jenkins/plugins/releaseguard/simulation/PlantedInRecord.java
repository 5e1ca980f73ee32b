// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import static io.jenkins.plugins.releaseguard.simulation.Planted.bug;

import java.util.List;

/** Faults of how the record comes about. */
final class PlantedInRecord {
    private static final String RECORDER = "rollout/runner/Recorder.java";
    private static final String LANE = "rollout/runner/JournalLane.java";
    private static final String ADD = "        journal.add(stamped);\n";
    private static final String FOLD = "        try {\n            state = Fold.apply(plan, state, stamped);\n";

    private PlantedInRecord() {}

    static List<Planted> all() {
        return List.of(
                bug(
                                "H9: what can't be written while nothing has begun has not happened",
                                "every release ends or is with a person",
                                "DISK_GONE in OPEN")
                        .in(
                                RECORDER,
                                "        if (state.life() == Lifecycle.ENDED) {\n            return true;\n",
                                "        if (state.life() == Lifecycle.ENDED\n"
                                        + "                || state.life() == Lifecycle.OPEN && journal.failure() != null) {\n"
                                        + "            return false;\n"),
                bug(
                                "H10: an event that is larger than a record takes blocks all after it",
                                "every journal folds to where the release stands",
                                "ACTION_HUGE in ROLLING_BACK",
                                "THOROUGH")
                        .in(RECORDER, "EventSize.fit(event);", "EventSize.fit(event) == null ? null : event;")
                        .in(
                                LANE,
                                "                journal.append(next.at(), next.wall(), new Event.Noted(",
                                "                if (!leaving) {\n                    throw e;\n                }\n"
                                        + "                journal.append(next.at(), next.wall(), new Event.Noted("),
                bug("M8: an event is written before it is folded", "every journal folds and verifies", "SOURCE_WRONG")
                        .in(RECORDER, ADD, "")
                        .in(RECORDER, FOLD, ADD + FOLD));
    }
}
