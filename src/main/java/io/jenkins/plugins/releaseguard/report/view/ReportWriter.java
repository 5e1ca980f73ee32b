// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.journal.AtomicFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.ledger.SealKey;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.ReportJson;
import io.jenkins.plugins.releaseguard.report.Seal;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes what is made of a release's journal into its folder. Each file is replaced whole or not at all. */
public final class ReportWriter {
    private ReportWriter() {}

    /** What was written; {@code seal} is null while the release runs. */
    public record Written(Report report, Seal seal) {}

    /** Makes the report of the folder's journal; sealed when the release has ended. */
    public static Written write(Path dir) throws IOException {
        return write(dir, null);
    }

    /**
     * The same where there is a key.
     *
     * @param key signs the seal; null for none
     */
    public static Written write(Path dir, SealKey key) throws IOException {
        JournalReader journal = JournalReader.open(dir.resolve(ReportFiles.JOURNAL));
        Report report;
        try (journal) {
            report = Report.read(journal);
        }
        ReportView view = ReportView.of(report, journal.head());
        String markdown = ReportMarkdown.of(view);
        String html = ReportHtml.of(view);
        AtomicFile.write(dir.resolve(ReportFiles.MARKDOWN), bytes(markdown));
        AtomicFile.write(dir.resolve(ReportFiles.HTML), bytes(html));
        Seal seal = null;
        if (!report.running()) {
            Map<String, String> files = new TreeMap<>(
                    Map.of(ReportFiles.MARKDOWN, Sha256.hex(markdown), ReportFiles.HTML, Sha256.hex(html)));
            seal = Seal.over(journal.lines(), journal.head(), Sha256.hex(ReportJson.withoutSeal(report)), files, key);
        }
        // last, since it speaks for the others
        AtomicFile.write(dir.resolve(ReportFiles.JSON), bytes(ReportJson.of(report, seal)));
        return new Written(report, seal);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
