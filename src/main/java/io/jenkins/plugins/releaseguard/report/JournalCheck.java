// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A journal whose chain was followed to its end.
 *
 * @param report what this version makes of it; empty where it can't, as of a journal that somebody made up
 * @param ended whether it says that the release has ended
 * @param head the SHA-256 of its last line
 */
record JournalCheck(
        Optional<Report> report,
        boolean ended,
        Optional<JournalReader.Torn> torn,
        String head,
        long lines,
        JournalReader.Readings readings) {
    /** @throws io.jenkins.plugins.releaseguard.journal.JournalException the chain is broken */
    static JournalCheck read(Path dir, String expectedHead) throws IOException {
        Path file = dir.resolve(ReportFiles.JOURNAL);
        try (JournalReader journal = JournalReader.open(file, expectedHead)) {
            Report report = Report.read(journal);
            return of(journal, Optional.of(report), !report.running());
        } catch (RuntimeException e) {
            // the chain is one thing, what it tells another
            return chainAlone(file, expectedHead);
        }
    }

    private static JournalCheck chainAlone(Path file, String expectedHead) throws IOException {
        boolean[] ended = {false};
        try (JournalReader journal = JournalReader.open(file, expectedHead)) {
            journal.forEach(event -> ended[0] |= event.event() instanceof Event.Ended);
            return of(journal, Optional.empty(), ended[0]);
        }
    }

    private static JournalCheck of(JournalReader journal, Optional<Report> report, boolean ended) throws IOException {
        return new JournalCheck(report, ended, journal.torn(), journal.head(), journal.lines(), journal.readings());
    }
}
