// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.journal.AtomicFile;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One service's releases, a file each, kept beyond builds and jobs. A file that can't be read, or that isn't what was sealed, is left out
 * and named, so that one bad file never hides the rest.
 */
public final class Ledger {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final long MAX_BYTES = 1 << 20;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String NO_SEAL = "0".repeat(64);

    private final Path folder;
    private final SealKey key;

    private Ledger(Path folder, SealKey key) {
        this.folder = folder;
        this.key = key;
    }

    /**
     * The releases that could be read, oldest first, and a sentence for each file that could not.
     *
     * @param doubtUntil when the newest release that could not be read has ended: of what is older nobody knows whether it is the last
     *     word; null where all could be read, the farthest where not even the files are known
     */
    public record History(List<LedgerEntry> entries, List<String> problems, Instant doubtUntil) {}

    /** All ledgers below a root, for who looks after them. */
    public static List<Ledger> all(Path root) throws IOException {
        return all(root, null);
    }

    /** The same, where their entries are signed; see {@link #of(Path, String, SealKey)}. */
    public static List<Ledger> all(Path root, SealKey key) throws IOException {
        List<Ledger> all = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
                folders.forEach(folder -> all.add(new Ledger(folder, key)));
            } catch (java.nio.file.DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return all;
    }

    /** @param root holds one folder for each service; none is made before something is recorded */
    public static Ledger of(Path root, String service) {
        return of(root, service, null);
    }

    /**
     * The same where there is a key: what is added is signed, and only what it signed is proven.
     *
     * @param key null for none
     */
    public static Ledger of(Path root, String service, SealKey key) {
        return new Ledger(root.resolve(folderName(service)), key);
    }

    /** An entry's file by itself, wherever it lies; of no other than a plain file of a bounded size. */
    public static LedgerEntry entry(Path file) throws IOException {
        List<LedgerEntry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        read(file, entries, problems);
        if (entries.isEmpty()) {
            throw new IOException(problems.get(0));
        }
        return entries.get(0);
    }

    /** Where the releases' files lie; absent before the first. Its time changes whenever a release is added. */
    public Path folder() {
        return folder;
    }

    /** Keeps a sealed release, with a seal of its entry; the same release's seal again replaces its file. */
    public void add(LedgerEntry given) throws IOException {
        // as it will be read back
        LedgerEntry entry = JSON.readValue(JSON.writeValueAsBytes(given.covered(null)), LedgerEntry.class);
        entry = entry.covered(EntryCover.over(entry, key));
        String seal = entry.seal() == null ? Sha256.hex(JSON.writeValueAsString(entry)) : entry.seal();
        String name = STAMP.format(entry.endedAt()) + "-"
                + seal.replaceAll("[^0-9a-f]", "").concat(NO_SEAL).substring(0, 16) + ".json";
        AtomicFile.write(
                folder.resolve(name), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(entry));
    }

    public History history() {
        List<LedgerEntry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Instant doubt = null;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*.json")) {
                for (Path file : files) {
                    int before = problems.size();
                    readOurs(file, entries, problems);
                    if (problems.size() > before) {
                        doubt = later(doubt, endOf(file));
                    }
                }
            } catch (IOException | java.nio.file.DirectoryIteratorException e) {
                problems.add("the ledger cannot be listed: " + e.getMessage());
                doubt = Instant.MAX;
            }
        }
        entries.sort(Comparator.comparing(LedgerEntry::endedAt).thenComparing(LedgerEntry::startedAt));
        problems.sort(Comparator.naturalOrder());
        return new History(List.copyOf(entries), List.copyOf(problems), doubt);
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    /** As the file's name says; of another name, when it was written. */
    private static Instant endOf(Path file) {
        String name = Objects.toString(file.getFileName(), "");
        try {
            // the name leaves out parts of a second
            return STAMP.parse(name.substring(0, Math.max(0, name.indexOf('-'))), Instant::from)
                    .plusSeconds(1);
        } catch (DateTimeException e) {
            try {
                return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
            } catch (IOException gone) {
                return Instant.MAX;
            }
        }
    }

    /** How far an entry of this ledger can be believed. */
    public EntryProof proof(LedgerEntry entry) {
        return EntryProof.of(entry, key);
    }

    /** The last version that was promoted in the environment, what a rollback goes back to, and how far that is proven. */
    public LastGood lastGood(String environment) {
        return LastGood.of(this, environment);
    }

    /** The last promotion of an artifact with this SHA-256 in the environment: a proof for the environment after it. */
    public Optional<LedgerEntry> promoted(String environment, String digest) {
        return promoted(environment)
                .filter(entry -> entry.artifacts().values().stream().anyMatch(sha -> sha.equalsIgnoreCase(digest)))
                .reduce((a, b) -> b);
    }

    private java.util.stream.Stream<LedgerEntry> promoted(String environment) {
        return history().entries().stream()
                .filter(LedgerEntry::promoted)
                .filter(entry -> environment.equals(entry.environment()));
    }

    /** What was altered, or taken from another service's ledger, is as good as torn. */
    private void readOurs(Path file, List<LedgerEntry> entries, List<String> problems) {
        List<LedgerEntry> found = new ArrayList<>();
        read(file, found, problems);
        for (LedgerEntry entry : found) {
            EntryProof proof = proof(entry);
            if (proof.level() == EntryProof.Level.ALTERED) {
                problems.add(file.getFileName() + " " + proof.reason());
            } else if (entry.cover() != null && !folder.endsWith(folderName(String.valueOf(entry.service())))) {
                problems.add(file.getFileName() + " was sealed for another service");
            } else {
                entries.add(entry);
            }
        }
    }

    private static void read(Path file, List<LedgerEntry> entries, List<String> problems) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
                problems.add(
                        file.getFileName() + " is no ledger file: not a plain file of at most " + MAX_BYTES + " bytes");
                return;
            }
            LedgerEntry entry = JSON.readValue(Files.readAllBytes(file), LedgerEntry.class);
            if (entry == null || entry.endedAt() == null || entry.startedAt() == null || entry.verdict() == null) {
                problems.add(file.getFileName() + " lacks a verdict or its times");
                return;
            }
            entries.add(entry);
        } catch (IOException | RuntimeException e) {
            problems.add(file.getFileName() + " cannot be read: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** A plain lower-case name as it is; anything else made harmless, with a digest so that no two names share a folder. */
    static String folderName(String service) {
        if (service.matches("[a-z0-9][a-z0-9._-]{0,79}") && !service.endsWith(".")) {
            return service;
        }
        String safe = service.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
        return safe.substring(0, Math.min(60, safe.length())) + "~"
                + Sha256.hex(service).substring(0, 12);
    }
}
