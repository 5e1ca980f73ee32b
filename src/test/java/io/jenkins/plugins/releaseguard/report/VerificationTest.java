// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import io.jenkins.plugins.releaseguard.ledger.SealKey;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final SealKey KEY = SealKey.of("5a".repeat(32));

    @TempDir
    Path dir;

    @BeforeEach
    void sealARelease() throws IOException {
        release(dir, ReportFixture.noGo());
    }

    static void release(Path dir, List<Stamped> events) throws IOException {
        JournalFixture.write(
                dir.resolve(ReportFiles.JOURNAL),
                events.stream().map(Stamped::event).toList());
        ReportWriter.write(dir);
    }

    @Test
    void whatWasWrittenIsIntact() throws IOException {
        for (List<Stamped> events : ReportGallery.releases().values()) {
            release(dir, events);
            Verification verification = Verification.verify(dir);
            assertThat(verification.intact()).as(verification.message()).isTrue();
        }
    }

    /** M2: a page and a seal read the journal as a stream, without what no report tells of. */
    @Test
    void theStreamedReportIsTheSameAsThatOfAllEvents() throws IOException {
        for (List<Stamped> events : ReportGallery.releases().values()) {
            JournalFixture.write(journal(), events.stream().map(Stamped::event).toList());
            assertThat(Report.read(journal()))
                    .isEqualTo(Report.of(JournalReader.read(journal()).events()));
        }
    }

    @Test
    void aLineTakenOffTheEndIsMissing() throws IOException {
        List<String> lines = Files.readAllLines(journal());
        Files.write(journal(), lines.subList(0, lines.size() - 1));
        found(ReportFiles.JOURNAL, lines.size(), "is missing");
    }

    @Test
    void aLineAfterTheSealIsFound() throws IOException {
        int lines = Files.readAllLines(journal()).size();
        Files.writeString(journal(), "{}", StandardOpenOption.APPEND);
        found(ReportFiles.JOURNAL, lines + 1, "was added after the seal");
    }

    @Test
    void aLineLeftOutOfTheMiddleIsFound() throws IOException {
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(journal()));
        lines.remove(2);
        Files.write(journal(), lines);
        found(ReportFiles.JOURNAL, 3, "has seq 4 where 3 belongs");
    }

    /** Somebody who can compute SHA-256 can rewrite report.json and its seal; the journal still says otherwise. */
    @Test
    void aReportThatWasSealedAnewSaysSomethingElseThanTheJournal() throws IOException {
        Path file = dir.resolve(ReportFiles.JSON);
        ReportJson.Sealed was = ReportJson.read(Files.readString(file));
        Report report = ReportJson.read(
                        Files.readString(file).replace("\"verdict\" : \"no-go\"", "\"verdict\" : \"promoted\""))
                .report();
        Seal seal = Seal.over(
                was.seal().lines(),
                was.seal().head(),
                Sha256.hex(ReportJson.withoutSeal(report)),
                was.seal().files());
        Files.writeString(file, ReportJson.of(report, seal));
        found(ReportFiles.JSON, 0, "is not what the journal says");
    }

    @Test
    void aSealTakenOffIsFound() throws IOException {
        Path file = dir.resolve(ReportFiles.JSON);
        Files.writeString(
                file, ReportJson.of(ReportJson.read(Files.readString(file)).report(), null));
        found(ReportFiles.JSON, 0, "carries no seal");
    }

    @Test
    void alteredAndMissingPagesAreFound() throws IOException {
        Files.writeString(dir.resolve(ReportFiles.HTML), "<p>all is well</p>");
        found(ReportFiles.HTML, 0, "not the one that was sealed");
        ReportWriter.write(dir);
        Files.delete(dir.resolve(ReportFiles.MARKDOWN));
        found(ReportFiles.MARKDOWN, 0, "is missing");
    }

    @Test
    void aRunningReleaseWithATornLineIsWholeSoFarAndSaysSo() throws IOException {
        release(dir, ReportFixture.running());
        Files.writeString(journal(), "{\"seq\":", StandardOpenOption.APPEND);
        Verification verification = Verification.verify(dir);
        assertThat(verification.intact()).isTrue();
        assertThat(verification.message()).contains("not sealed yet").contains("is torn");
    }

    /** T10: who writes a journal, a chain and a seal of his own makes files that fit together, and nothing else. */
    @Test
    void aFolderForgedWholeIsOnlySaidToFitTogether() throws IOException {
        String real = ReportJson.read(Files.readString(dir.resolve(ReportFiles.JSON)))
                .seal()
                .sha256();
        release(dir, ReportFixture.promoted());
        Verification alone = Verification.verify(dir);
        assertThat(alone.intact()).isTrue();
        assertThat(alone.message()).contains("only that the files fit together is proven, not who sealed them");
        assertThat(alone.unproven()).anySatisfy(sentence -> assertThat(sentence).contains("who sealed it"));

        Verification held = Verification.verify(dir, Trust.inSeal(real, "the seal of the ledger"));
        assertThat(held.outcome()).isEqualTo(Verification.Outcome.ALTERED);
        assertThat(held.message()).contains("but the seal of the ledger is " + real);
    }

    @Test
    void aSealFromElsewhereProvesWhatItCan() throws IOException {
        String seal = ReportJson.read(Files.readString(dir.resolve(ReportFiles.JSON)))
                .seal()
                .sha256();
        Verification held = Verification.verify(dir, Trust.inSeal(seal, "the seal of the ledger"));
        assertThat(held.intact()).isTrue();
        assertThat(held.message()).doesNotContain("only");
        assertThat(held.proven()).contains("that seal is the seal of the ledger");
    }

    @Test
    void aSignatureIsCheckedAndItsLackTold() throws IOException {
        Trust trust = new Trust(null, "", KEY, null);
        assertThat(Verification.verify(dir, trust).outcome()).isEqualTo(Verification.Outcome.UNPROVEN);
        assertThat(Verification.verify(dir, trust).message()).contains("which no key signed");

        ReportWriter.write(dir, KEY);
        assertThat(Verification.verify(dir, trust).intact()).isTrue();
        assertThat(Verification.verify(dir, trust).proven()).contains("that seal is signed by the key " + KEY.id());
        assertThat(Verification.verify(dir).unproven())
                .anySatisfy(sentence -> assertThat(sentence).contains("its signature"));
        Trust another = new Trust(null, "", SealKey.of("ee".repeat(32)), null);
        assertThat(Verification.verify(dir, another).outcome()).isEqualTo(Verification.Outcome.UNPROVEN);

        Path file = dir.resolve(ReportFiles.JSON);
        Files.writeString(
                file, Files.readString(file).replaceAll("(\"hmac\" : \")[0-9a-f]{64}", "$1" + "0".repeat(64)));
        Verification forged = Verification.verify(dir, trust);
        assertThat(forged.outcome()).isEqualTo(Verification.Outcome.ALTERED);
        assertThat(forged.message()).contains("its signature is not that of the key that it names");
    }

    @Test
    void theLedgersEntryIsHeldAgainstTheFolder() throws IOException {
        ReportJson.Sealed sealed = ReportJson.read(Files.readString(dir.resolve(ReportFiles.JSON)));
        LedgerEntry entry = LedgerSummary.of(sealed.report(), sealed.seal());
        assertThat(Verification.verify(dir, new Trust(null, "", null, entry)).intact())
                .isTrue();
        ObjectNode tree = EventJson.mapper().valueToTree(entry);
        tree.put("verdict", "promoted");
        LedgerEntry edited = EventJson.mapper().convertValue(tree, LedgerEntry.class);
        Verification held = Verification.verify(dir, new Trust(null, "", null, edited));
        assertThat(held.outcome()).isEqualTo(Verification.Outcome.ALTERED);
        assertThat(held.message()).contains("its verdict is promoted, the journal's no-go");
    }

    /** A plugin that says it better must not call what an older one wrote altered. */
    @Test
    void otherWordsForTheSameFactsAreIntact() throws IOException {
        Path file = dir.resolve(ReportFiles.JSON);
        ReportJson.Sealed was = ReportJson.read(Files.readString(file));
        ObjectNode tree = ReportJson.tree(was.report());
        tree.put("reason", "No go, in the words of another version.");
        tree.putArray("followUps").add("do it in other words");
        tree.withArray("/timeline").removeAll();
        tree.put("since", "a field that this version doesn't have");
        sealAnew(file, was.seal(), tree);
        Verification verification = Verification.verify(dir);
        assertThat(verification.intact()).as(verification.message()).isTrue();
        assertThat(verification.proven())
                .anySatisfy(sentence -> assertThat(sentence).contains("which this version words or reckons otherwise"));
    }

    /** A number is sealed as it was printed, whatever prints it now. */
    @Test
    void anotherPrintingOfANumberIsNoAlteration() throws IOException {
        Path file = dir.resolve(ReportFiles.JSON);
        ReportJson.Sealed was = ReportJson.read(Files.readString(file));
        String text = ReportJson.withoutSeal(was.report())
                .replace("\"objectiveSeconds\" : 60", "\"objectiveSeconds\" : 6.0e1");
        assertThat(text).contains("6.0e1");
        sealAnew(file, was.seal(), text);
        assertThat(Verification.verify(dir).intact()).isTrue();
    }

    @Test
    void whateverFactIsAnotherIsFound() throws IOException {
        Path file = dir.resolve(ReportFiles.JSON);
        ReportJson.Sealed was = ReportJson.read(Files.readString(file));
        for (String field : List.of("/release/version", "/release/environment", "/release/by", "/gate/decision")) {
            ObjectNode tree = ReportJson.tree(was.report());
            ((ObjectNode) tree.at(field.substring(0, field.lastIndexOf('/'))))
                    .put(field.substring(field.lastIndexOf('/') + 1), "another");
            sealAnew(file, was.seal(), tree);
            found(
                    ReportFiles.JSON,
                    0,
                    "is not what the journal says: " + field.substring(1).replace('/', '.'));
        }
        ObjectNode tree = ReportJson.tree(was.report());
        ((ObjectNode) tree.at("/entries/0")).put("status", "waived");
        sealAnew(file, was.seal(), tree);
        found(ReportFiles.JSON, 0, "entries[0].status");
    }

    /** T10: a seal without files, or of any other form, is a finding, never an exception. */
    @Test
    void noSealIsMalformedEnoughToCrash() throws IOException {
        Path file = dir.resolve(ReportFiles.JSON);
        ObjectNode whole = (ObjectNode) EventJson.mapper().readTree(Files.readString(file));
        ObjectNode seal = (ObjectNode) whole.get("seal");
        List<String> values = List.of(
                "null",
                "true",
                "-1",
                "1e400",
                "99999999999999999999",
                "\"\"",
                "\"x\"",
                "[]",
                "[null]",
                "{}",
                "{\"report.md\":null}",
                "{\"../../etc/passwd\":\"x\"}",
                "{\"a\":{\"b\":[1]}}");
        List<String> fields = new java.util.ArrayList<>();
        seal.fieldNames().forEachRemaining(fields::add);
        fields.add("mac");
        for (String value : values) {
            ObjectNode other = whole.deepCopy();
            other.set("seal", EventJson.mapper().readTree(value));
            Files.writeString(file, other.toPrettyString());
            assertThat(Verification.verify(dir).intact()).as(value).isFalse();
            for (String field : fields) {
                ObjectNode malformed = seal.deepCopy();
                malformed.set(field, EventJson.mapper().readTree(value));
                other.set("seal", malformed);
                Files.writeString(file, other.toPrettyString());
                for (Trust trust : List.of(Trust.NONE, new Trust("x", "the seal", KEY, null))) {
                    assertThat(Verification.verify(dir, trust).outcome())
                            .as(field + " " + value)
                            .isEqualTo(Verification.Outcome.ALTERED);
                }
            }
        }
        for (String field : fields) {
            ObjectNode without = whole.deepCopy();
            ((ObjectNode) without.get("seal")).remove(field);
            Files.writeString(file, without.toPrettyString());
            assertThat(Verification.verify(dir).intact()).as("without " + field).isFalse();
        }
    }

    /** T10: one that fits, and names no pages, crashed; what it doesn't name it can't prove. */
    @Test
    void aSealWithoutFilesProvesTheRest() throws IOException {
        Path file = dir.resolve(ReportFiles.JSON);
        ReportJson.Sealed was = ReportJson.read(Files.readString(file));
        Seal bare = Seal.over(was.seal().lines(), was.seal().head(), was.seal().report(), java.util.Map.of());
        String text = ReportJson.of(was.report(), bare);
        Files.writeString(file, text);
        Verification without = Verification.verify(dir);
        assertThat(without.intact()).as(without.message()).isTrue();
        assertThat(without.unproven())
                .anySatisfy(sentence ->
                        assertThat(sentence).contains("report.md and report.html: the seal doesn't name it"));
        Files.writeString(file, text.replaceAll(",\\s+\"files\" : \\{ \\}", ""));
        assertThat(Files.readString(file)).isNotEqualTo(text);
        assertThat(Verification.verify(dir).outcome()).isEqualTo(Verification.Outcome.ALTERED);
    }

    /** Whoever makes up a journal can leave out or empty whatever an event has. */
    @Test
    void noJournalIsOddEnoughToCrash() throws Exception {
        ReportJson.Sealed was = ReportJson.read(Files.readString(dir.resolve(ReportFiles.JSON)));
        int made = 0;
        for (Class<?> type : Event.class.getPermittedSubclasses()) {
            Object[] nothing = Arrays.stream(type.getRecordComponents())
                    .map(component -> nothing(component.getType()))
                    .toArray();
            Constructor<?> canonical = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            try {
                canonical.setAccessible(true);
                List<Event> events = new java.util.ArrayList<>(
                        ReportFixture.promoted().stream().map(Stamped::event).toList());
                events.add(events.size() - 1, (Event) canonical.newInstance(nothing));
                JournalFixture.write(journal(), events);
            } catch (ReflectiveOperationException | RuntimeException e) {
                continue; // can't be written either
            }
            made++;
            JournalReader.Reading read = JournalReader.read(journal());
            Seal seal = Seal.over(
                    read.lines(),
                    read.head(),
                    Sha256.hex(ReportJson.withoutSeal(was.report())),
                    was.seal().files());
            Files.writeString(dir.resolve(ReportFiles.JSON), ReportJson.of(was.report(), seal));
            assertThat(Verification.verify(dir).outcome())
                    .as(type.getSimpleName())
                    .isNotNull();
        }
        assertThat(made).isGreaterThan(20);
    }

    private static Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == int.class
                ? (Object) 0
                : type == long.class ? (Object) 0L : type == double.class ? Double.NaN : null;
    }

    /** Cut to before its end and unsealed, a journal reads as one that goes on: not where its seal is known. */
    @Test
    void aKnownSealTellsThatTheEndWasCutOff() throws IOException {
        Verification.Outcome known = Verification.verify(cut(), Trust.inSeal("ab".repeat(32), "the ledger's"))
                .outcome();
        assertThat(known).isEqualTo(Verification.Outcome.ALTERED);
        assertThat(Verification.verify(dir).unproven())
                .anySatisfy(sentence -> assertThat(sentence).contains("nothing was cut off"));
    }

    private Path cut() throws IOException {
        List<String> lines = Files.readAllLines(journal());
        Files.write(journal(), lines.subList(0, lines.size() - 1));
        Path file = dir.resolve(ReportFiles.JSON);
        Files.writeString(file, ReportJson.of(Report.read(journal()), null));
        return dir;
    }

    private static void sealAnew(Path file, Seal was, ObjectNode tree) throws IOException {
        sealAnew(file, was, ReportJson.text(tree));
    }

    private static void sealAnew(Path file, Seal was, String report) throws IOException {
        Seal seal = Seal.over(was.lines(), was.head(), Sha256.hex(report), was.files());
        ObjectNode alone = EventJson.mapper().createObjectNode();
        alone.set("seal", EventJson.mapper().valueToTree(seal));
        Files.writeString(
                file,
                report.substring(0, report.length() - "\n}\n".length()) + ","
                        + ReportJson.text(alone).substring(1));
    }

    private Path journal() {
        return dir.resolve(ReportFiles.JOURNAL);
    }

    private void found(String file, long line, String what) throws IOException {
        Verification verification = Verification.verify(dir);
        assertThat(verification.intact()).isFalse();
        assertThat(verification.file()).isEqualTo(file);
        if (line > 0) {
            assertThat(verification.line()).isEqualTo(line);
        }
        assertThat(verification.message()).contains(what);
    }
}
