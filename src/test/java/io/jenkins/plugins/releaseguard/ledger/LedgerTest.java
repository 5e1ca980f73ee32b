// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path root;

    @Test
    void theLastGoodVersionIsTheLastPromotedOneOfItsEnvironment() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout");
        ledger.add(entry("1.0", "production", "promoted", false, 1));
        ledger.add(entry("1.1", "production", "promoted", false, 2));
        ledger.add(entry("1.2", "production", "rolled-back", false, 3));
        ledger.add(entry("1.3", "staging", "promoted", false, 4));
        ledger.add(entry("1.4", "production", "promoted", true, 5));
        assertThat(ledger.lastGood("production").proven()).isTrue();
        assertThat(ledger.lastGood("production").entry()).satisfies(good -> {
            assertThat(good.version()).isEqualTo("1.1");
            assertThat(good.artifacts()).containsEntry("a.tar.gz", "digest-of-1.1");
            assertThat(good.commit()).isEqualTo("commit-1.1");
        });
        assertThat(ledger.lastGood("qa").entry()).isNull();
        assertThat(ledger.history().entries())
                .extracting(LedgerEntry::version)
                .containsExactly("1.0", "1.1", "1.2", "1.3", "1.4");
    }

    @Test
    void anArtifactIsProvenOnlyWhereItWasPromoted() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout");
        ledger.add(entry("1.3", "staging", "promoted", false, 1));
        ledger.add(entry("1.4", "staging", "rolled-back", false, 2));
        assertThat(ledger.promoted("staging", "DIGEST-of-1.3")).isPresent();
        assertThat(ledger.promoted("production", "digest-of-1.3")).isEmpty();
        assertThat(ledger.promoted("staging", "digest-of-1.4")).isEmpty();
    }

    @Test
    void theSameSealTwiceIsOneRelease() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout");
        ledger.add(entry("1.0", "production", "promoted", false, 1));
        ledger.add(entry("1.0", "production", "promoted", false, 1));
        assertThat(ledger.history().entries()).hasSize(1);
    }

    @Test
    void badFilesAreNamedAndTheRestIsRead() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout");
        ledger.add(entry("1.0", "production", "promoted", false, 1));
        Path folder = root.resolve("checkout");
        Files.writeString(folder.resolve("1-torn.json"), "{\"version\":\"9\",");
        Files.writeString(folder.resolve("2-null.json"), "null");
        Files.writeString(folder.resolve("3-lacking.json"), "{\"version\":\"9\"}");
        Files.createDirectory(folder.resolve("4-folder.json"));
        Files.write(folder.resolve("5-huge.json"), new byte[(1 << 20) + 1]);
        Files.createSymbolicLink(folder.resolve("6-link.json"), Path.of("/etc/passwd"));
        Files.writeString(folder.resolve("7-list.json"), "[1, 2]");
        Ledger.History history = ledger.history();
        assertThat(history.entries()).extracting(LedgerEntry::version).containsExactly("1.0");
        assertThat(history.problems())
                .hasSize(7)
                .allSatisfy(problem -> assertThat(problem).matches("[1-7]-\\w+\\.json .*"));
        assertThat(ledger.lastGood("production").entry().version()).isEqualTo("1.0");
    }

    @Test
    void noLedgerIsAnEmptyLedger() {
        assertThat(Ledger.of(root, "unheard-of").history()).isEqualTo(new Ledger.History(List.of(), List.of(), null));
        assertThat(root.resolve("unheard-of")).doesNotExist();
    }

    @Test
    void noNameLeavesTheRootAndNoTwoShareAFolder() throws IOException {
        List<String> names = List.of(
                "..",
                ".",
                "",
                "/etc",
                "a/b",
                "a-b",
                "A-B",
                "a b",
                "Checkout",
                "checkout",
                "nul\0",
                "x".repeat(300),
                "x".repeat(301));
        assertThat(names.stream().map(Ledger::folderName).map(name -> name.toLowerCase(java.util.Locale.ROOT)))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z0-9~_-][a-z0-9._~-]{0,99}"));
        for (String name : names) {
            Ledger.of(root, name).add(entry("1", "production", "promoted", false, 1));
        }
        try (Stream<Path> folders = Files.list(root)) {
            assertThat(folders).hasSize(names.size());
        }
    }

    static LedgerEntry entry(String version, String environment, String verdict, boolean observe, int day) {
        Instant ended = JournalFixture.START.plusSeconds(86_400L * day);
        return new LedgerEntry(
                LedgerEntry.FORMAT,
                "checkout",
                environment,
                version,
                "commit-" + version,
                Map.of("a.tar.gz", "digest-of-" + version),
                ReleaseOutcome.of(verdict),
                true,
                observe,
                ended.minusSeconds(600),
                ended,
                600,
                "",
                "",
                "",
                "low",
                null,
                false,
                null,
                0.0,
                Sha256.hex(version + environment + verdict),
                null);
    }

    /** What a folder root holds beside ledgers is none. */
    @Test
    void allLedgersAreTheFoldersOfTheRoot() throws IOException {
        Ledger.of(root, "checkout").add(entry("1.0", "production", "promoted", false, 1));
        LedgerEntry basket = entry("2.0", "production", "promoted", false, 1);
        Ledger.of(root, "basket").add(LedgerSealTest.changed(basket, "service", "basket"));
        Files.writeString(root.resolve("notes.txt"), "by hand");
        assertThat(Ledger.all(root))
                .extracting(Ledger::folder)
                .containsExactlyInAnyOrder(root.resolve("checkout"), root.resolve("basket"));
        assertThat(Ledger.all(root))
                .flatExtracting(ledger -> ledger.history().entries())
                .extracting(LedgerEntry::version)
                .containsExactlyInAnyOrder("1.0", "2.0");
        assertThat(Ledger.all(root.resolve("nowhere"))).isEmpty();
    }

    @Test
    void releasesWithoutASealAreToldApart() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout");
        for (String version : List.of("1.0", "1.1")) {
            LedgerEntry sealed = entry(version, "production", "promoted", false, 1);
            ledger.add(unsealed(sealed));
        }
        assertThat(ledger.history().entries()).extracting(LedgerEntry::version).containsExactlyInAnyOrder("1.0", "1.1");
    }

    @Test
    void theLastPromotionOfAnArtifactIsItsProof() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout");
        ledger.add(entry("1.3", "staging", "promoted", false, 1));
        LedgerEntry again = entry("1.3", "staging", "promoted", false, 5);
        ledger.add(again);
        assertThat(ledger.promoted("staging", "digest-of-1.3"))
                .get()
                .extracting(LedgerEntry::endedAt)
                .isEqualTo(again.endedAt());
    }

    @Test
    void aFileOfTheLargestSizeIsRead() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout");
        ledger.add(entry("1.0", "production", "promoted", false, 1));
        try (Stream<Path> files = Files.list(ledger.folder())) {
            Path file = files.findFirst().orElseThrow();
            Files.writeString(file, Files.readString(file) + " ".repeat((1 << 20) - (int) Files.size(file)));
        }
        assertThat(ledger.history().problems()).isEmpty();
        assertThat(ledger.history().entries()).hasSize(1);
    }

    /** Of what is older than a release that can't be read nobody knows whether it is the last word. */
    @Test
    void theNewestReleaseThatCanNotBeReadIsDoubtedUntilItsEnd() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout");
        ledger.add(entry("1.0", "production", "promoted", false, 1));
        assertThat(ledger.history().doubtUntil()).isNull();
        Path folder = ledger.folder();
        Files.writeString(folder.resolve("20261105T090000Z-b.json"), "{");
        Files.writeString(folder.resolve("20261108T090000Z-a.json"), "{");
        Files.writeString(folder.resolve("20261107T090000Z-c.json"), "{");
        assertThat(ledger.history().doubtUntil()).isEqualTo(Instant.parse("2026-11-08T09:00:01Z"));
        assertThat(ledger.history().problems())
                .extracting(problem -> problem.substring(0, 8))
                .containsExactly("20261105", "20261107", "20261108");
        // a name that tells no time: when the file was written
        Path other = Files.writeString(folder.resolve("1-torn.json"), "{");
        Instant written = Instant.parse("2027-01-02T03:04:05Z");
        Files.setLastModifiedTime(other, java.nio.file.attribute.FileTime.from(written));
        assertThat(ledger.history().doubtUntil()).isEqualTo(written);
    }

    private static LedgerEntry unsealed(LedgerEntry e) {
        return new LedgerEntry(
                e.format(),
                e.service(),
                e.environment(),
                e.version(),
                e.commit(),
                e.artifacts(),
                e.verdict(),
                e.confirmed(),
                e.observe(),
                e.startedAt(),
                e.endedAt(),
                e.seconds(),
                e.reason(),
                e.build(),
                e.by(),
                e.risk(),
                e.rollbackSeconds(),
                e.withinObjective(),
                e.recoveredSeconds(),
                e.requestsLost(),
                null,
                null);
    }
}
