// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.releaseguard.journal.JournalException;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.ReportJson;
import io.jenkins.plugins.releaseguard.report.view.ReportView;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads a release's folder for a page: the sealed report, or what the journal says so far. Reading again is cheap; a folder that can't be
 * read gives a sentence, never an exception.
 */
final class ReportSource {
    private static final Logger LOGGER = Logger.getLogger(ReportSource.class.getName());
    private static final long MAX_BYTES = 32L << 20;

    /** A live page may be this many times older than it took to make: many readers of a long journal must not cost the controller. */
    private static final long PATIENCE = 20;

    private SoftReference<Reading> last = new SoftReference<>(null);

    /**
     * @param view null where there is nothing to show; then {@code problem} says why
     * @param seal empty while the release runs
     */
    record Reading(
            ReportView view,
            Report report,
            String seal,
            String head,
            String problem,
            String revision,
            long madeAt,
            long nanos) {
        static Reading unreadable(String problem) {
            return new Reading(null, null, "", "", problem, "unreadable", System.nanoTime(), 0);
        }
    }

    /** The report of an ended release. */
    synchronized Reading sealed(Path folder) {
        Reading known = last.get();
        String revision = revision(folder.resolve(ReportFiles.JSON));
        if (known != null && known.revision().equals(revision)) {
            return known;
        }
        return keep(guarded(folder, () -> {
            long start = System.nanoTime();
            ReportJson.Sealed sealed = ReportJson.read(text(folder.resolve(ReportFiles.JSON)));
            String head = sealed.seal() == null
                    ? ""
                    : Optional.ofNullable(sealed.seal().head()).orElse("");
            String seal = sealed.seal() == null
                    ? ""
                    : Optional.ofNullable(sealed.seal().sha256()).orElse("");
            return reading(sealed.report(), seal, head, revision, start);
        }));
    }

    /** What the journal says so far. */
    synchronized Reading live(Path folder) {
        Reading known = last.get();
        // looks come without a line
        String revision =
                revision(folder.resolve(ReportFiles.JOURNAL)) + ";" + revision(folder.resolve(ReportFiles.READINGS));
        if (known != null
                && (known.revision().equals(revision)
                        || System.nanoTime() - known.madeAt() < PATIENCE * known.nanos())) {
            return known;
        }
        return keep(guarded(folder, () -> {
            long start = System.nanoTime();
            try (JournalReader journal = JournalReader.open(folder.resolve(ReportFiles.JOURNAL))) {
                Report report = Report.read(journal);
                return reading(report, "", journal.head(), revision, start);
            }
        }));
    }

    private Reading keep(Reading reading) {
        last = new SoftReference<>(reading);
        return reading;
    }

    private static Reading reading(Report report, String seal, String head, String revision, long start) {
        if (report.format() > Report.FORMAT) {
            LOGGER.log(
                    Level.FINE,
                    "A report of the later format {0} is shown as far as it is understood",
                    report.format());
        }
        ReportView view = ReportView.of(report, head);
        touch(view);
        return new Reading(view, report, seal, head, "", revision, System.nanoTime(), System.nanoTime() - start);
    }

    /** A damaged report must fail here, where that can be told, and not in the middle of a page. */
    private static void touch(ReportView view) {
        view.getTitle();
        view.getVerdict();
        view.getSentence().length();
        view.getFacts();
        view.getLinks();
        view.getWhyNotGreen();
        view.getStepsInWords();
        view.getMetrics();
        view.getStopwatch();
        view.getSections();
        view.getTimeline();
        view.getAsOf();
    }

    private interface Read {
        Reading read() throws IOException;
    }

    private static Reading guarded(Path folder, Read read) {
        try {
            return read.read();
        } catch (NoSuchFileException e) {
            return Reading.unreadable(
                    "Its files are not where they were kept; they may have been deleted with an older build.");
        } catch (JournalException e) {
            return Reading.unreadable(
                    "Line " + e.line() + " of " + ReportFiles.JOURNAL + " is not what was written: " + e.what() + ".");
        } catch (JsonProcessingException e) {
            LOGGER.log(Level.FINE, e, () -> "Unreadable report in " + folder);
            return Reading.unreadable(ReportFiles.JSON + " is not the JSON that was written"
                    + (e.getLocation() == null
                            ? "."
                            : ", from line " + e.getLocation().getLineNr() + " on."));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Unreadable report in " + folder);
            return Reading.unreadable(
                    "Its files cannot be read: " + e.getClass().getSimpleName() + ".");
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Damaged report in " + folder);
            return Reading.unreadable(ReportFiles.JSON + " lacks parts that every report has.");
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("larger than " + MAX_BYTES + " bytes");
        }
        return Files.readString(file);
    }

    private static String revision(Path file) {
        try {
            return Files.size(file) + "-" + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return "absent";
        }
    }
}
