// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What must be known of a journal before anybody goes on with it; read event by event, since it may be long.
 *
 * @param opened when the first event was; null where there is none
 * @param last when the newest was; null where there is none
 * @param answered whether a lost build was answered, or the release is on its way back anyway
 * @param ended how it ended; null where it goes on
 * @param expected the line of what was to be expected of it; empty where there is none
 */
record JournalGist(Instant opened, Instant last, boolean answered, Event.Ended ended, String expected) {
    static JournalGist read(Path journal) throws IOException {
        Instant opened = null;
        Instant last = null;
        boolean answered = false;
        Event.Ended ended = null;
        String expected = "";
        try (JournalReader reader = JournalReader.open(journal)) {
            for (Stamped event = reader.next(); event != null; event = reader.next()) {
                opened = opened == null ? event.wall() : opened;
                last = event.wall();
                answered |= answers(event.event());
                expected = event.event() instanceof Event.Noted note && note.kind() == NoteKind.EXPECTED
                        ? note.text()
                        : expected;
                ended = ended == null && event.event() instanceof Event.Ended end ? end : ended;
            }
        }
        return new JournalGist(opened, last, answered, ended, expected);
    }

    /** An order whose breach isn't there was never carried out. */
    private static boolean answers(Event event) {
        return event instanceof Event.Breached
                || event instanceof Event.Operated operated
                        && operated.command() == OperatorCommand.PAUSE
                        && OrphanAnswer.BY.equals(operated.by());
    }
}
