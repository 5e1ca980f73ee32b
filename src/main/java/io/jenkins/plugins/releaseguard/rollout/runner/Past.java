// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a journal says so far, folded event by event: a bake of weeks is never in memory as a whole.
 *
 * @param last the newest event; null where there is none
 */
public record Past(State state, Stamped last) {
    public static final Past NONE = new Past(State.NEW, null);

    /** {@link #NONE} where there is no such file. */
    public static Past read(Plan plan, Path journal) throws IOException {
        if (!Files.exists(journal)) {
            return NONE;
        }
        State state = State.NEW;
        Stamped last = null;
        try (JournalReader reader = JournalReader.open(journal)) {
            for (Stamped event = reader.next(); event != null; event = reader.next()) {
                state = Fold.apply(plan, state, event);
                last = event;
            }
        }
        return new Past(state, last);
    }
}
