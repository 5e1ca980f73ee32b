// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H10: the traffic is a later release's business. */
class SupersededTest {
    private static final Instant OPENED = Instant.parse("2026-11-29T08:00:00Z");
    private static final RecordInfo RECORD = record("checkout-20261129-080000-aa", "production");

    @TempDir
    Path root;

    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledger.of(root, "checkout");
    }

    @Test
    void nobodyCameLater() throws IOException {
        sealed("production", OPENED.minusSeconds(60), false);
        sealed("staging", OPENED.plusSeconds(60), false);
        sealed("production", OPENED.plusSeconds(60), true);
        List<RecordInfo> open = List.of(
                RECORD,
                record("checkout-20261129-070000-ff", "production"),
                record("checkout-20261129-090000-aa", "staging"));
        assertThat(Superseded.by(RECORD, OPENED, ledger, open)).isEmpty();
    }

    @Test
    void theLedgerKnowsALaterOne() throws IOException {
        sealed("production", OPENED.plusSeconds(60), false);
        assertThat(Superseded.by(RECORD, OPENED, ledger, List.of(RECORD)))
                .contains("version 2 was released later (promoted)");
    }

    /** T7: an entry that nothing proves, as one written by hand, says nothing about where the traffic is. */
    @Test
    void whatIsNotProvenTakesNoPlace() throws IOException {
        sealed("production", OPENED.plusSeconds(60), false);
        Path file;
        try (Stream<Path> files = Files.list(ledger.folder())) {
            file = files.findFirst().orElseThrow();
        }
        ObjectNode entry = (ObjectNode) EventJson.mapper().readTree(file.toFile());
        entry.remove("cover");
        Files.writeString(file, entry.toString());
        assertThat(ledger.history().entries()).as("it is read").hasSize(1);
        assertThat(Superseded.by(RECORD, OPENED, ledger, List.of(RECORD))).isEmpty();
    }

    @Test
    void aLaterOneIsOpen() {
        RecordInfo later = record("checkout-20261129-090000-aa", "production");
        assertThat(Superseded.by(RECORD, OPENED, ledger, List.of(later, RECORD)))
                .hasValueSatisfying(why -> assertThat(why).contains(later.id()));
        assertThat(Superseded.by(later, OPENED, ledger, List.of(later, RECORD))).isEmpty();
    }

    private void sealed(String environment, Instant started, boolean observe) throws IOException {
        ledger.add(new LedgerEntry(
                LedgerEntry.FORMAT,
                "checkout",
                environment,
                "2",
                "abc",
                Map.of(),
                ReleaseOutcome.PROMOTED,
                true,
                observe,
                started,
                started.plusSeconds(300),
                300,
                "",
                "job#2",
                "ada",
                "low",
                null,
                true,
                null,
                null,
                "0" + started.getEpochSecond(),
                null));
    }

    private static RecordInfo record(String id, String environment) {
        return new RecordInfo(
                RecordInfo.FORMAT,
                id,
                "job#1",
                "checkout",
                environment,
                "release.yaml",
                Map.of(),
                Map.of(),
                true,
                false,
                null,
                "",
                "",
                OPENED,
                Set.of(),
                List.of(),
                null,
                null);
    }
}
