// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes events, and keeps those that can't be written: a full disk must not keep a breach alive. As soon as writing works again
 * the gap and the events kept follow. Used by one thread at a time.
 */
final class Recorder {
    private final JournalWriter journal;
    private final Deque<Stamped> kept = new ArrayDeque<>();
    private String failure;

    Recorder(JournalWriter journal) {
        this.journal = journal;
    }

    /** Never throws; {@link #failure()} tells whether the journal is whole. */
    Stamped record(Event event, ReleaseClock clock) {
        Stamped stamped = new Stamped(-1, clock.now(), clock.wall(), event);
        try {
            catchUp(clock);
            return journal.append(stamped.at(), stamped.wall(), event);
        } catch (IOException | RuntimeException e) {
            failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            kept.add(stamped);
            return stamped;
        }
    }

    private void catchUp(ReleaseClock clock) throws IOException {
        if (!kept.isEmpty()) {
            journal.append(clock.now(), clock.wall(), new Event.Gap(kept.size(), failure));
            while (!kept.isEmpty()) {
                Stamped first = kept.peek();
                journal.append(first.at(), first.wall(), first.event());
                kept.remove();
            }
        }
        failure = null;
    }

    /** Why events can't be written; null while they can. */
    String failure() {
        return failure;
    }

    void close() throws IOException {
        journal.close();
    }
}
