// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.Drill;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import io.jenkins.plugins.releaseguard.ledger.SealKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerReleasesTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    Path root;

    private Ledger ledger;
    private LedgerReleases releases;

    @BeforeEach
    void open() {
        ledger = Ledger.of(root, "checkout");
        releases = new LedgerReleases(ledger);
    }

    private void add(int hour, String environment, String verdict, Double rollback, boolean observe, String seal)
            throws IOException {
        add(hour, environment, verdict, rollback, observe, seal, true);
    }

    private void add(
            int hour,
            String environment,
            String verdict,
            Double rollback,
            boolean observe,
            String seal,
            boolean confirmed)
            throws IOException {
        Instant end = START.plus(Duration.ofHours(hour));
        LedgerEntry entry = new LedgerEntry(
                LedgerEntry.FORMAT,
                "checkout",
                environment,
                "1." + hour,
                "abc",
                Map.of("a.jar", "AB".repeat(32)),
                ReleaseOutcome.of(verdict),
                confirmed,
                observe,
                START,
                end,
                60,
                "",
                "shop/checkout/main#" + hour,
                "ada",
                "low",
                rollback,
                true,
                null,
                null,
                seal,
                null);
        if (!seal.equals("by-hand")) {
            ledger.add(entry);
            return;
        }
        Files.createDirectories(ledger.folder());
        Files.write(
                ledger.folder().resolve("20261120T1" + hour + "0000Z-00000000000000" + hour + ".json"),
                EventJson.mapper().writeValueAsBytes(entry));
    }

    @Test
    void tellsReleasesNewestFirst() throws IOException {
        add(1, "staging", "promoted", null, false, "01");
        add(2, "staging", "rolled-back", 21.5, false, "02");
        add(3, "production", "promoted", null, false, "by-hand");
        add(4, "staging", "promoted", null, true, "04");

        assertThat(releases.releases("staging"))
                .extracting(PastRelease::version)
                .containsExactly("1.2", "1.1");
        PastRelease newest = releases.releases("staging").get(0);
        assertThat(newest.artifacts()).containsExactly("ab".repeat(32));
        assertThat(newest.job()).isEqualTo("shop/checkout/main");
        assertThat(newest.intact()).isTrue();
        assertThat(releases.releases("production").get(0).intact()).isFalse();
        assertThat(releases.releases("nowhere")).isEmpty();
    }

    @Test
    void aRollbackIsADrillInEarnest() throws IOException {
        add(1, "staging", "rolled-back", 21.5, false, "01");
        add(2, "production", "promoted", null, false, "02");

        assertThat(releases.drills("")).extracting(Drill::took).containsExactly(Duration.ofMillis(21_500));
        assertThat(releases.drills("staging")).hasSize(1);
        assertThat(releases.drills("production")).isEmpty();
    }

    /** The newest word counts: a rollback that nobody could confirm is no proof, and hides the older one that was. */
    @Test
    void anUnconfirmedRollbackIsOnRecordToo() throws IOException {
        add(1, "staging", "rolled-back", 21.5, false, "01");
        add(2, "staging", "rolled-back", null, false, "02", false);
        add(3, "staging", "halted", 9.0, false, "03");
        add(4, "staging", "rolled-back", 12.0, true, "04");
        add(5, "staging", "rolled-back", 12.0, false, "by-hand");

        List<Drill> drills = releases.drills("staging");
        assertThat(drills).extracting(Drill::confirmed).containsExactly(true, false, false, true);
        assertThat(drills).extracting(Drill::intact).containsExactly(false, true, true, true);
        assertThat(drills.get(2).took()).isNull();
        assertThat(drills.get(3).record()).isEqualTo("1.1 in staging, shop/checkout/main#1");
    }

    /** M11: what is older might have been overruled by it; what came later was not, and the service goes on. */
    @Test
    void aRecordThatCannotBeReadPutsWhatIsOlderInDoubt() throws IOException {
        add(1, "staging", "promoted", null, false, "01");
        add(2, "staging", "rolled-back", 12.0, false, "02");
        add(3, "staging", "promoted", null, false, "03");
        Files.writeString(root.resolve("checkout/20261120T130000Z-0000000000000000.json"), "{");
        assertThat(releases.releases("staging")).extracting(PastRelease::intact).containsExactly(false, false, false);
        assertThat(releases.drills("staging")).extracting(Drill::intact).containsExactly(false);

        add(4, "staging", "promoted", null, false, "04");
        add(5, "staging", "rolled-back", 12.0, false, "05");
        assertThat(releases.releases("staging"))
                .extracting(PastRelease::intact)
                .containsExactly(true, true, false, false, false);
        assertThat(releases.drills("staging")).extracting(Drill::intact).containsExactly(true, false);
    }

    /** M11 */
    @Test
    void whereNothingIsFoundTheRecordThatCannotBeReadMightHaveBeenIt() throws IOException {
        add(1, "staging", "promoted", null, false, "01");
        Files.writeString(root.resolve("checkout/20261121T100000Z-0000000000000000.json"), "{");

        assertThatThrownBy(() -> releases.releases("production"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can't be read");
        assertThatThrownBy(() -> releases.drills("staging"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can't be read");
    }

    /** T7: edited or written by hand, nothing is believed, and what doesn't agree is said. */
    @Test
    void whatTheLedgerDoesNotProveIsToldWithTheReason() throws IOException {
        add(1, "staging", "promoted", null, false, "by-hand");
        assertThat(releases.releases("staging")).singleElement().satisfies(past -> {
            assertThat(past.intact()).isFalse();
            assertThat(past.doubt()).contains("carries no seal of its own");
        });

        add(2, "staging", "rolled-back", 21.5, false, "02");
        Path file = ledger.folder().resolve("20261120T120000Z-0200000000000000.json");
        Files.writeString(file, Files.readString(file).replace("rolled-back", "promoted"));
        assertThat(releases.releases("staging")).singleElement().satisfies(past -> {
            assertThat(past.version()).isEqualTo("1.1");
            assertThat(past.intact()).isFalse();
        });
        // nothing is left that would be a rollback, and nobody takes that for "never"
        assertThatThrownBy(() -> releases.drills("staging"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("20261120T120000Z-0200000000000000.json is not what was sealed");
    }

    /** A controller that has a key believes what it signed, and no digest that anybody can compute. */
    @Test
    void withAKeyOnlyWhatItSignedIsIntact() throws IOException {
        SealKey key = SealKey.of("a1".repeat(32));
        add(1, "staging", "promoted", null, false, "01");
        releases = new LedgerReleases(Ledger.of(root, "checkout", key));
        assertThat(releases.releases("staging"))
                .singleElement()
                .satisfies(past -> assertThat(past.doubt()).contains("is not signed by this controller's key"));
        ledger = Ledger.of(root, "checkout", key);
        add(2, "staging", "rolled-back", 21.5, false, "02");
        assertThat(releases.releases("staging")).extracting(PastRelease::intact).containsExactly(true, false);
        assertThat(releases.drills("staging")).extracting(Drill::intact).containsExactly(true);
    }
}
