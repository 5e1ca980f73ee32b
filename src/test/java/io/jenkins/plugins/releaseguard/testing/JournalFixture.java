// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Journals for tests, at fixed times. */
public final class JournalFixture {
    public static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
    public static final Clock CLOCK = Clock.fixed(START.plusSeconds(3600), ZoneOffset.UTC);

    private JournalFixture() {}

    /** Writes the events one second apart. */
    public static Path write(Path file, List<? extends Event> events) throws IOException {
        Files.deleteIfExists(file);
        try (JournalFile journal = JournalFile.open(file, false, CLOCK)) {
            Instant at = START;
            for (Event event : events) {
                journal.append(at, at, event);
                at = at.plusSeconds(1);
            }
        }
        return file;
    }

    public static List<Event> few() {
        return List.of(
                new Event.CanaryStarted(List.of(1.0, 5.0, 100.0)),
                new Event.PhaseStarted(0, "1 %", 1, "all"),
                new Event.Done("k1", null, Double.NaN),
                new Event.Noted(NoteKind.NOTE, "Grüße \u2028 \"quoted\"\n\u0001"),
                new Event.PhaseEnded(0, PhaseVerdict.PASS, 12.25, null));
    }
}
