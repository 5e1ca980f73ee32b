// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What record.json says of a release, also where the disk doesn't take it. */
class RecordNoteTest {
    @TempDir
    Path home;

    /** C3: what follows from a change waits for no disk. */
    @Test
    void aChangeCountsBeforeItIsWritten() throws Exception {
        RecordFolder folder = new RecordFolder(home.resolve("shop-1"));
        folder.create(info(), "");
        RecordNote note = new RecordNote(folder, info());
        note.note(info -> info.withOrphan("the build was deleted"));
        assertThat(note.info().orphan()).isEqualTo("the build was deleted");
        assertThat(note.isOwed()).isTrue();
        assertThat(folder.info().orphan()).isNull();
        note.catchUp();
        assertThat(note.isOwed()).isFalse();
        assertThat(folder.info().orphan()).isEqualTo("the build was deleted");
    }

    @Test
    void whatCantBeWrittenIsOwed() throws Exception {
        // where a folder should be
        RecordFolder folder = new RecordFolder(Files.createFile(home.resolve("shop-1")));
        RecordNote note = new RecordNote(folder, info());
        note.note(info -> info.withRun("shop#2"));
        note.catchUp();
        assertThat(note.isOwed()).isTrue();
        Files.delete(folder.path());
        folder.create(info(), "");
        note.catchUp();
        assertThat(folder.info().run()).isEqualTo("shop#2");
    }

    /** A late word must not leave a folder that looks like an open release after the next start. */
    @Test
    void nothingIsWrittenWhereTheRecordHasGoneElsewhere() throws Exception {
        RecordFolder folder = new RecordFolder(home.resolve("shop-1"));
        RecordNote note = new RecordNote(folder, info());
        note.note(info -> info.withOrphan("the build was deleted"));
        note.close();
        note.catchUp();
        assertThat(folder.path()).doesNotExist();
    }

    private static RecordInfo info() {
        return new RecordInfo(
                RecordInfo.FORMAT,
                "shop-1",
                "shop#1",
                "shop",
                "production",
                "release.yaml",
                Map.of(),
                Map.of(),
                null,
                false,
                null,
                "",
                null,
                Instant.EPOCH,
                Set.of(),
                List.of(),
                null,
                null);
    }
}
