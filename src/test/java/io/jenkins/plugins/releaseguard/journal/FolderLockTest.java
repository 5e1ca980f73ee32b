// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    Path dir;

    @TempDir
    Path logs;

    /** Another process that asks for the lock, and says whether it got it. */
    static final class Other {
        public static void main(String[] args) throws IOException {
            System.out.print(FolderLock.take(Path.of(args[0])).isPresent() ? "taken" : "refused");
        }
    }

    private String anotherProcessIs(String name) throws Exception {
        try (ProcessFixture processes = new ProcessFixture(logs)) {
            Process process = processes.java(name, Other.class, dir.toString());
            assertThat(process.waitFor()).isZero();
            return processes.output(name);
        }
    }

    @Test
    void whoIsRefusedInTheSameProcessTakesItAfterwards() throws Exception {
        FolderLock first = FolderLock.take(dir).orElseThrow();
        assertThat(FolderLock.take(dir)).isEmpty();
        first.close();
        FolderLock second = FolderLock.take(dir).orElseThrow();
        second.close();
    }

    /** Two writers of one record are what H10 was about: looking whether a lock is free must not free it. */
    @Test
    @Tag("slow")
    void whoIsRefusedInTheSameProcessTakesItFromNobody() throws Exception {
        FolderLock first = FolderLock.take(dir).orElseThrow();
        assertThat(FolderLock.take(dir)).isEmpty();
        assertThat(FolderLock.take(dir.resolve("..").resolve(dir.getFileName())))
                .isEmpty();
        assertThat(anotherProcessIs("second")).isEqualTo("refused");
        first.close();
        assertThat(anotherProcessIs("third")).isEqualTo("taken");
        FolderLock second = FolderLock.take(dir).orElseThrow();
        assertThat(anotherProcessIs("fourth")).isEqualTo("refused");
        second.close();
    }
}
