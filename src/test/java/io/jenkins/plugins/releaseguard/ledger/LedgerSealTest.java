// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.ledger.EntryProof.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T7: an entry of the ledger carries a seal over all that it says. */
class LedgerSealTest {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final SealKey KEY = SealKey.of("0123456789abcdef".repeat(4));

    @TempDir
    Path root;

    @Test
    void whatWasAddedIsProvenByItsDigestAndByTheKey() throws IOException {
        Ledger bare = Ledger.of(root, "checkout");
        bare.add(LedgerTest.entry("1.0", "production", "promoted", false, 1));
        LedgerEntry entry = bare.history().entries().get(0);
        assertThat(bare.proof(entry).level()).isEqualTo(Level.DIGEST);
        assertThat(bare.proof(entry).reason()).contains("no key signed it");

        Ledger keyed = Ledger.of(root, "checkout", KEY);
        assertThat(keyed.proof(entry).holds()).isFalse();
        keyed.add(LedgerTest.entry("1.0", "production", "promoted", false, 1));
        LedgerEntry signed = keyed.history().entries().get(0);
        assertThat(keyed.proof(signed).level()).isEqualTo(Level.SIGNED);
        assertThat(bare.proof(signed).level()).isEqualTo(Level.DIGEST);
        assertThat(bare.proof(signed).reason()).contains("was not checked");
    }

    /** Whichever field is edited, also by one who can compute SHA-256 but has no key. */
    @Test
    void noFieldCanBeEdited() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout", KEY);
        ledger.add(LedgerTest.entry("1.0", "production", "rolled-back", false, 1));
        Path file = onlyFile(ledger);
        String was = Files.readString(file);
        ObjectNode entry = (ObjectNode) JSON.readTree(was);
        List<String> fields = new ArrayList<>();
        entry.fieldNames().forEachRemaining(fields::add);
        fields.remove("cover");
        assertThat(fields).hasSizeGreaterThan(15);
        for (String field : fields) {
            ObjectNode edited = entry.deepCopy();
            if (field.equals("verdict")) {
                edited.put(field, "promoted");
            } else if (field.equals("artifacts")) {
                edited.set(field, JSON.valueToTree(Map.of("a.tar.gz", "another")));
            } else if (edited.get(field).isBoolean()) {
                edited.put(field, !edited.get(field).asBoolean());
            } else if (field.endsWith("At")) {
                edited.put(field, "2026-11-04T00:00:00Z");
            } else if (edited.get(field).isNumber()) {
                edited.put(field, field.equals("format") ? 0 : 1.25);
            } else {
                edited.put(field, edited.get(field).asText() + "x");
            }
            Files.writeString(file, edited.toString());
            assertThat(ledger.history().entries()).as(field).isEmpty();
            assertThat(ledger.history().problems())
                    .as(field)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).contains("is not what was sealed"));

            LedgerEntry forged = changed(JSON.readValue(edited.toString(), LedgerEntry.class), "cover", null);
            EntryCover digest = EntryCover.over(forged, null);
            edited.set("cover", JSON.valueToTree(new EntryCover(digest.form(), digest.sha256(), null)));
            Files.writeString(file, edited.toString());
            assertThat(ledger.history().entries())
                    .as(field)
                    .allSatisfy(read -> assertThat(ledger.proof(read).holds()).isFalse());
            edited.set(
                    "cover",
                    JSON.valueToTree(
                            new EntryCover(digest.form(), digest.sha256(), new KeyedDigest(KEY.id(), "0".repeat(64)))));
            Files.writeString(file, edited.toString());
            assertThat(ledger.history().entries()).as(field).isEmpty();
        }
        Files.writeString(file, was);
        assertThat(ledger.history().problems()).isEmpty();
    }

    @Test
    void anEntryByHandOrOfAnEarlierVersionIsUnproven() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout");
        ledger.add(LedgerTest.entry("1.0", "production", "promoted", false, 1));
        Path file = onlyFile(ledger);
        ObjectNode entry = (ObjectNode) JSON.readTree(Files.readString(file));
        entry.remove("cover");
        Files.writeString(file, entry.toString());
        // it is still there to be looked at
        LedgerEntry read = ledger.history().entries().get(0);
        assertThat(ledger.proof(read).level()).isEqualTo(Level.UNPROVEN);
        assertThat(ledger.proof(read).reason()).contains("an earlier version wrote it, or somebody by hand");
    }

    @Test
    void whatALaterVersionSealedIsUnprovenAndNoDamage() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout", KEY);
        ledger.add(LedgerTest.entry("1.0", "production", "promoted", false, 1));
        Path file = onlyFile(ledger);
        String was = Files.readString(file);
        for (String later : List.of(
                was.replace("\"form\" : 1", "\"form\" : 2"),
                was.replace("\"format\" : 1", "\"format\" : 2"),
                was.replace("\"promoted\"", "\"landed\""))) {
            assertThat(later).isNotEqualTo(was);
            Files.writeString(file, later);
            LedgerEntry read = ledger.history().entries().get(0);
            assertThat(ledger.proof(read).level()).isEqualTo(Level.UNPROVEN);
        }
    }

    @Test
    void anEntryOfAnotherServiceIsNone() throws IOException {
        Ledger basket = Ledger.of(root, "basket", KEY);
        Ledger checkout = Ledger.of(root, "checkout", KEY);
        checkout.add(LedgerTest.entry("1.0", "production", "promoted", false, 1));
        Files.createDirectories(basket.folder());
        Files.copy(
                onlyFile(checkout), basket.folder().resolve(onlyFile(checkout).getFileName()));
        assertThat(basket.history().entries()).isEmpty();
        assertThat(basket.history().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("was sealed for another service"));
    }

    /** After a key was lost or replaced, or while it can't be read, what it signed is unproven, never forged. */
    @Test
    void anotherKeyOrNoneProvesNothing() throws IOException {
        Ledger.of(root, "checkout", KEY).add(LedgerTest.entry("1.0", "production", "promoted", false, 1));
        for (SealKey other : List.of(SealKey.of("ff".repeat(32)), SealKey.unreadable("secrets/key, can't be read"))) {
            Ledger ledger = Ledger.of(root, "checkout", other);
            LedgerEntry read = ledger.history().entries().get(0);
            assertThat(ledger.proof(read).level()).isEqualTo(Level.UNPROVEN);
            assertThat(ledger.proof(read).reason()).contains("key");
        }
        Ledger without = Ledger.of(root, "basket", SealKey.unreadable("gone"));
        without.add(changed(LedgerTest.entry("1.0", "production", "promoted", false, 1), "service", "basket"));
        assertThat(without.proof(without.history().entries().get(0)).holds()).isFalse();
    }

    /** A cover of nonsense keeps nobody from reading the rest. */
    @Test
    void noNonsenseStopsAReader() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout", KEY);
        ledger.add(LedgerTest.entry("1.0", "production", "promoted", false, 1));
        Path file = onlyFile(ledger);
        ObjectNode entry = (ObjectNode) JSON.readTree(Files.readString(file));
        for (String cover : List.of(
                "null",
                "{}",
                "[]",
                "7",
                "\"x\"",
                "{\"form\":1}",
                "{\"form\":1,\"sha256\":7,\"mac\":7}",
                "{\"form\":1,\"sha256\":null,\"mac\":{}}",
                "{\"form\":\"x\"}",
                "{\"mac\":{\"key\":null,\"hmac\":null}}")) {
            entry.set("cover", JSON.readTree(cover));
            Files.writeString(file, entry.toString());
            Ledger.History history = ledger.history();
            assertThat(history.entries())
                    .as(cover)
                    .allSatisfy(read -> assertThat(ledger.proof(read).holds()).isFalse());
            assertThat(history.entries().size() + history.problems().size())
                    .as(cover)
                    .isEqualTo(1);
        }
    }

    /** The text is fixed for ever: what one version sealed, every later one must be able to check. */
    @Test
    void theCanonicalTextOfForm1StaysAsItIs() {
        LedgerEntry entry =
                changed(LedgerTest.entry("1.0", "production", "rolled-back", false, 1), "rollbackSeconds", 8.47);
        assertThat(EntryCover.text(entry)).isEqualTo("""
            release-guard/ledger-entry/1
            format 1:1
            service 8:checkout
            environment 10:production
            version 3:1.0
            commit 10:commit-1.0
            artifacts 1:1
            artifact 8:a.tar.gz
            sha256 13:digest-of-1.0
            verdict 11:rolled-back
            confirmed 4:true
            observe 5:false
            startedAt 20:2026-11-03T08:50:00Z
            endedAt 20:2026-11-03T09:00:00Z
            seconds 8:0x1.2cp9
            reason 0:
            build 0:
            by 0:
            risk 3:low
            rollbackSeconds 19:0x1.0f0a3d70a3d71p3
            withinObjective 5:false
            recoveredSeconds -
            requestsLost 7:0x0.0p0
            seal 64:%s
            """.replace("%s", entry.seal()));
    }

    @Test
    void theKeyIsMadeOnceForItsOwnerAlone() throws IOException {
        Path file = root.resolve("secrets").resolve("key");
        SealKey made = SealKey.keptIn(file);
        assertThat(SealKey.keptIn(file).id()).isEqualTo(made.id()).matches("[0-9a-f]{16}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SealKey.keptIn(root.resolve("other")).id()).isNotEqualTo(made.id());
        assertThat(made.toString()).doesNotContain(Files.readString(file).strip());
        assertThat(made.signed("text", made.sign("text"))).isTrue();
        assertThat(made.signed("texT", made.sign("text"))).isFalse();
    }

    @Test
    void noKeyIsQuotedInAMessage() throws IOException {
        for (String wrong : List.of("", "secret", "z".repeat(64), "a".repeat(65))) {
            assertThatThrownBy(() -> SealKey.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .satisfies(thrown -> assertThat(
                                    wrong.isEmpty() || !thrown.getMessage().contains(wrong))
                            .isTrue());
            Path file = Files.writeString(root.resolve("wrong"), wrong);
            assertThatThrownBy(() -> SealKey.keptIn(file))
                    .isInstanceOf(IOException.class)
                    .hasNoCause();
        }
    }

    /** What a rollback goes back to is said before traffic moves: with its proof, or with what is missing. */
    @Test
    void theLastGoodVersionIsProvenOrItsLackTold() throws IOException {
        Ledger ledger = Ledger.of(root, "checkout", KEY);
        LastGood none = ledger.lastGood("production");
        assertThat(none.proven()).isFalse();
        assertThat(none.noted().kind()).isEqualTo(NoteKind.NOTE);
        assertThat(none.sentence())
                .contains("the ledger knows no version promoted in production")
                .contains("whatever the stable side serves");

        ledger.add(LedgerTest.entry("1.0", "production", "promoted", false, 1));
        LastGood good = ledger.lastGood("production");
        assertThat(good.proven()).isTrue();
        assertThat(good.noted().kind()).isEqualTo(NoteKind.NOTE);
        assertThat(good.sentence())
                .contains("is 1.0 (2026-11-03T09:00:00Z)")
                .contains("is signed by this controller's key")
                .contains("can be deployed again is for the check lastGood to prove");

        LastGood unsigned =
                Ledger.of(root, "checkout", SealKey.of("ff".repeat(32))).lastGood("production");
        assertThat(unsigned.proven()).isFalse();
        assertThat(unsigned.noted().kind()).isEqualTo(NoteKind.ISSUE);
        assertThat(unsigned.sentence()).contains("1.0").contains("is signed by another key");

        // the newest word can't be read: nobody knows whether it was another promotion
        Files.writeString(ledger.folder().resolve("20261109T090000Z-a.json"), "{");
        LastGood doubted = ledger.lastGood("production");
        assertThat(doubted.proven()).isFalse();
        assertThat(doubted.noted().kind()).isEqualTo(NoteKind.ISSUE);
        assertThat(doubted.sentence()).contains("is not proven: 20261109T090000Z-a.json cannot be read");
        assertThat(ledger.lastGood("staging").noted().kind()).isEqualTo(NoteKind.ISSUE);
    }

    private static Path onlyFile(Ledger ledger) throws IOException {
        try (Stream<Path> files = Files.list(ledger.folder())) {
            return files.findFirst().orElseThrow();
        }
    }

    /** The same with one field another. */
    static LedgerEntry changed(LedgerEntry entry, String field, Object value) {
        ObjectNode tree = JSON.valueToTree(entry);
        tree.set(field, JSON.valueToTree(value));
        return JSON.convertValue(tree, LedgerEntry.class);
    }
}
