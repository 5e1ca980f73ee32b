// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.JournalException;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a release's folder: the journal's chain, the seal over journal, report and pages, all by their digests; then what the seal is held
 * against. That report.json says what the journal says is a second opinion, see {@link SecondOpinion}.
 *
 * @param outcome what came of it
 * @param file the file that differs, empty where none does
 * @param line the line in it, 0 where it is about the whole file
 * @param message one sentence for people
 * @param proven what is proven, a sentence each
 * @param unproven what is not, a sentence each
 */
public record Verification(
        Outcome outcome, String file, long line, String message, List<String> proven, List<String> unproven) {
    private static final long MAX_REPORT = 64L << 20;

    /** What came of a check. */
    public enum Outcome {
        /** Nothing differs from what was sealed, nor from what it was held against. */
        INTACT,
        /** Something does. */
        ALTERED,
        /** Nothing differs, but what was asked can't be told: a key was given, and the seal isn't signed by it. */
        UNPROVEN
    }

    /** By what is there alone, see {@link #verify(Path, Trust)}. */
    public static Verification verify(Path dir) throws IOException {
        return verify(dir, Trust.NONE);
    }

    /**
     * Whether a folder is what was sealed.
     *
     * @param trust what is known from elsewhere; without it a folder that was forged whole can't be told from a real one
     * @throws NoSuchFileException when the folder holds no journal or no report
     */
    public static Verification verify(Path dir, Trust trust) throws IOException {
        String json;
        ObjectNode tree;
        Seal seal;
        try {
            json = text(dir.resolve(ReportFiles.JSON));
            tree = ReportJson.tree(json);
            seal = ReportJson.seal(tree);
        } catch (JsonProcessingException e) {
            long line =
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            return altered(ReportFiles.JSON, line, "is not the JSON that was written");
        } catch (CharacterCodingException e) {
            return altered(ReportFiles.JSON, 0, "is not UTF-8 text");
        }
        JournalCheck journal;
        try {
            journal = JournalCheck.read(dir, seal == null ? "" : Words.text(seal.head()));
        } catch (JournalException e) {
            return altered(ReportFiles.JOURNAL, e.line(), e.what());
        }
        if (journal.readings().damage() != null) {
            return altered(journal.readings().file(), 0, journal.readings().damage());
        }
        if (seal == null) {
            return unsealed(journal, trust);
        }
        return againstSeal(journal, seal)
                .or(() -> report(journal, json, tree, seal))
                .or(() -> pages(dir, seal))
                .orElseGet(() -> trust.hold(journal, seal, opinion(journal, json, tree, seal))
                        .told(journal));
    }

    /** With where the contract came from, as the record has it: a seal proves no more of that than that it was noted so. */
    private Verification told(JournalCheck journal) {
        return journal.report()
                .map(report -> report.release().contractOrigin())
                .map(origin -> with(true, "the release was recorded with a contract from " + origin.text()))
                .orElse(this);
    }

    /** The same with a sentence more; of what is altered nothing more is said. */
    public Verification with(boolean proves, String sentence) {
        if (outcome == Outcome.ALTERED) {
            return this;
        }
        List<String> of = new ArrayList<>(proves ? proven : unproven);
        of.add(sentence);
        // an entry that nothing proves is no proof of what agrees with it
        return new Verification(
                proves ? outcome : Outcome.UNPROVEN, file, line, message, proves ? of : proven, proves ? unproven : of);
    }

    public boolean intact() {
        return outcome == Outcome.INTACT;
    }

    private static Verification unsealed(JournalCheck journal, Trust trust) {
        if (journal.ended()) {
            return altered(ReportFiles.JSON, 0, "carries no seal, though the journal says that the release has ended");
        }
        if (trust.asked()) {
            return altered(
                    ReportFiles.JSON,
                    0,
                    "carries no seal to hold against the one that is known: a release that"
                            + " was sealed has ended, and this journal has no end");
        }
        return new Verification(
                Outcome.INTACT,
                "",
                0,
                Words.count(journal.lines(), "journal line") + ", not sealed yet: the release has not ended"
                        + journal.torn()
                                .map(torn -> "; line " + torn.line() + " is torn (" + torn.bytes()
                                        + " bytes without an end)")
                                .orElse(""),
                List.of("the journal's lines and readings follow one another"),
                List.of("that nothing was cut off at the end, and whose journal it is: it has no seal yet"));
    }

    private static Optional<Verification> againstSeal(JournalCheck journal, Seal seal) {
        long lines = journal.lines();
        if (!seal.holds()) {
            return found(ReportFiles.JSON, 0, "its seal.sha256 is not the digest of what it seals");
        }
        if (lines < seal.lines()) {
            return found(
                    ReportFiles.JOURNAL,
                    lines + 1,
                    journal.torn().isPresent()
                            ? "is torn"
                            : "is missing: " + seal.lines() + " lines were sealed, " + lines + " are there");
        }
        if (lines > seal.lines() || journal.torn().isPresent()) {
            return found(ReportFiles.JOURNAL, Math.max(0, seal.lines()) + 1, "was added after the seal");
        }
        if (journal.readings().loose() > 0) {
            return found(journal.readings().file(), 0, "was added to after the seal");
        }
        return journal.head().equals(seal.head())
                ? Optional.empty()
                : found(
                        ReportFiles.JOURNAL,
                        lines,
                        "its SHA-256 is " + journal.head() + ", but it was sealed with " + seal.head());
    }

    /** By the digest of the text as it stands; then whether its facts are the journal's. */
    private static Optional<Verification> report(JournalCheck journal, String json, ObjectNode tree, Seal seal) {
        String sealed = ReportJson.sealedPart(json, seal);
        if (sealed == null || !Sha256.hex(sealed).equals(seal.report())) {
            return found(ReportFiles.JSON, line(journal, json, seal), "its SHA-256 is not the one that was sealed");
        }
        return journal.report()
                .flatMap(report -> SecondOpinion.contradiction(tree, report))
                .flatMap(what -> found(ReportFiles.JSON, 0, "is not what the journal says: " + what));
    }

    /** Where the journal gives again exactly what was sealed, the line that differs is known. */
    private static long line(JournalCheck journal, String json, Seal seal) {
        return journal.report()
                .filter(report -> Sha256.hex(ReportJson.withoutSeal(report)).equals(seal.report()))
                .map(report -> firstDifference(ReportJson.of(report, seal), json))
                .orElse(0L);
    }

    /** What the report that this version makes of the journal adds to the digests; a sentence, told as proven or not. */
    private static Trust.Opinion opinion(JournalCheck journal, String json, ObjectNode tree, Seal seal) {
        if (journal.report().isEmpty()) {
            return new Trust.Opinion(
                    false, "that the report says what the journal says: this version can't make one of it");
        }
        if (tree.path("format").asInt() > Report.FORMAT) {
            return new Trust.Opinion(false, "that the report says what the journal says: a later version made it");
        }
        return new Trust.Opinion(
                true,
                "made again from the journal, the report says the same"
                        + (ReportJson.of(journal.report().get(), seal).equals(json)
                                ? ""
                                : ", which this version words or reckons otherwise"));
    }

    private static Optional<Verification> pages(Path dir, Seal seal) {
        for (String page : List.of(ReportFiles.MARKDOWN, ReportFiles.HTML)) {
            // never a path that a file names
            if (!seal.files().containsKey(page)) {
                continue;
            }
            try {
                if (!Sha256.hex(bytes(dir.resolve(page))).equals(seal.files().get(page))) {
                    return found(page, 0, "its SHA-256 is not the one that was sealed");
                }
            } catch (NoSuchFileException e) {
                return found(page, 0, "is missing");
            } catch (IOException e) {
                return found(page, 0, "cannot be read: " + e.getMessage());
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

    /** Something isn't what was sealed. */
    public static Verification altered(String file, long line, String what) {
        return new Verification(
                Outcome.ALTERED,
                file,
                line,
                (file.isEmpty() ? "" : file + (line > 0 ? " line " + line : "") + ": ") + what,
                List.of(),
                List.of());
    }
}
