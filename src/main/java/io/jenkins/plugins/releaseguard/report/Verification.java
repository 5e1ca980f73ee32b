// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.JournalException;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a release's folder: the journal's chain, the seal over journal, report and pages, and that report.json says what the journal
 * says.
 *
 * @param intact false where anything is not what was written
 * @param file the file that differs, empty where none does
 * @param line the line in it, 0 where it is about the whole file
 * @param message one sentence for people
 */
public record Verification(boolean intact, String file, long line, String message) {
    private static final long MAX_REPORT = 64L << 20;

    /** @throws NoSuchFileException when the folder holds no journal or no report */
    public static Verification verify(Path dir) throws IOException {
        String json;
        ObjectNode tree;
        Seal seal;
        try {
            json = text(dir.resolve(ReportFiles.JSON));
            tree = ReportJson.tree(json);
            seal = ReportJson.seal(tree);
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            return altered(ReportFiles.JSON, line, "is not the JSON that was written");
        } catch (CharacterCodingException e) {
            return altered(ReportFiles.JSON, 0, "is not UTF-8 text");
        }
        Journal reading;
        try {
            reading = Journal.read(dir, seal == null ? "" : Words.text(seal.head()));
        } catch (JournalException e) {
            return altered(ReportFiles.JOURNAL, e.line(), e.what());
        }
        if (reading.readings().damage() != null) {
            return altered(reading.readings().file(), 0, reading.readings().damage());
        }
        if (seal == null) {
            return unsealed(reading);
        }
        return againstSeal(reading, seal)
                .or(() -> report(reading, json, tree, seal))
                .or(() -> pages(dir, seal))
                .orElseGet(() -> new Verification(
                        true,
                        "",
                        0,
                        Words.count(seal.lines(), "journal line") + " and the report, seal " + seal.sha256()));
    }

    /** What the journal says, and in what state it is. */
    private record Journal(
            Report report,
            Optional<JournalReader.Torn> torn,
            String head,
            long lines,
            JournalReader.Readings readings) {
        static Journal read(Path dir, String head) throws IOException {
            try (JournalReader journal = JournalReader.open(dir.resolve(ReportFiles.JOURNAL), head)) {
                Report report = Report.read(journal);
                return new Journal(report, journal.torn(), journal.head(), journal.lines(), journal.readings());
            }
        }
    }

    private static Verification unsealed(Journal reading) {
        if (!reading.report().running()) {
            return altered(ReportFiles.JSON, 0, "carries no seal, though the journal says that the release has ended");
        }
        return new Verification(
                true,
                "",
                0,
                Words.count(reading.lines(), "journal line") + ", not sealed yet: the release has not ended"
                        + reading.torn()
                                .map(torn -> "; line " + torn.line() + " is torn (" + torn.bytes()
                                        + " bytes without an end)")
                                .orElse(""));
    }

    private static Optional<Verification> againstSeal(Journal reading, Seal seal) {
        long lines = reading.lines();
        if (!seal.holds()) {
            return found(ReportFiles.JSON, 0, "its seal.sha256 is not the digest of what it seals");
        }
        if (lines < seal.lines()) {
            return found(
                    ReportFiles.JOURNAL,
                    lines + 1,
                    reading.torn().isPresent()
                            ? "is torn"
                            : "is missing: " + seal.lines() + " lines were sealed, " + lines + " are there");
        }
        if (lines > seal.lines() || reading.torn().isPresent()) {
            return found(ReportFiles.JOURNAL, seal.lines() + 1, "was added after the seal");
        }
        if (reading.readings().loose() > 0) {
            return found(reading.readings().file(), 0, "was added to after the seal");
        }
        return reading.head().equals(seal.head())
                ? Optional.empty()
                : found(
                        ReportFiles.JOURNAL,
                        lines,
                        "its SHA-256 is " + reading.head() + ", but it was sealed with " + seal.head());
    }

    private static Optional<Verification> report(Journal reading, String json, ObjectNode tree, Seal seal) {
        if (tree.path("format").asInt() == Report.FORMAT) {
            String expected = ReportJson.of(reading.report(), seal);
            if (!expected.equals(json)) {
                return found(ReportFiles.JSON, firstDifference(expected, json), "is not what the journal says");
            }
        }
        // a report of another format can't be made again here, but its digest tells
        String printed = ReportJson.text(tree);
        ObjectNode content = tree.deepCopy();
        content.remove("seal");
        return printed.equals(json) && Sha256.hex(ReportJson.text(content)).equals(seal.report())
                ? Optional.empty()
                : found(ReportFiles.JSON, 0, "its SHA-256 is not the one that was sealed");
    }

    private static Optional<Verification> pages(Path dir, Seal seal) {
        for (Map.Entry<String, String> page : seal.files().entrySet()) {
            if (!page.getKey().equals(ReportFiles.MARKDOWN) && !page.getKey().equals(ReportFiles.HTML)) {
                continue; // never a path that a file names
            }
            try {
                if (!Sha256.hex(bytes(dir.resolve(page.getKey()))).equals(page.getValue())) {
                    return found(page.getKey(), 0, "its SHA-256 is not the one that was sealed");
                }
            } catch (NoSuchFileException e) {
                return found(page.getKey(), 0, "is missing");
            } catch (IOException e) {
                return found(page.getKey(), 0, "cannot be read: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static long firstDifference(String expected, String actual) {
        long line = 1;
        for (int i = 0; i < Math.min(expected.length(), actual.length()); i++) {
            if (expected.charAt(i) != actual.charAt(i)) {
                return line;
            }
            line += expected.charAt(i) == '\n' ? 1 : 0;
        }
        return line;
    }

    private static String text(Path file) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(java.nio.ByteBuffer.wrap(bytes(file)))
                .toString();
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_REPORT) {
            throw new IOException(file.getFileName() + " is larger than " + MAX_REPORT + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private static Optional<Verification> found(String file, long line, String what) {
        return Optional.of(altered(file, line, what));
    }

    private static Verification altered(String file, long line, String what) {
        return new Verification(false, file, line, file + (line > 0 ? " line " + line : "") + ": " + what);
    }
}
