// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T12: the scripts' lock is held by one, and by nobody for ever. */
class ScriptLockTest {
    /** A shell waits for as long as a lock that it can't take: the test waits less. */
    private static final int LIMIT_SECONDS = 120;

    @TempDir
    Path dir;

    private record Said(int status, String text) {}

    private Said lock(String settings) throws IOException, InterruptedException {
        String script = "set -eu; self=$1; . bin/common.sh; " + settings
                + "; lock \"$2/build\"; echo taken; cat \"$2/build.lock/pid\"; echo of $$; unlock; ls \"$2\"";
        Path said = dir.resolveSibling(dir.getFileName() + "-said");
        Process process = new ProcessBuilder("sh", "-c", script, "sh", "bin/test", dir.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("it waits still")
                    .isTrue();
            return new Said(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(said);
        }
    }

    private void held(String pid) throws IOException {
        Path lock = Files.createDirectory(dir.resolve("build.lock"));
        if (pid != null) {
            Files.writeString(lock.resolve("pid"), pid);
        }
    }

    private void taken(Said said) {
        assertThat(said.status()).as(said.text()).isZero();
        // its own number stands in it, and nothing is left
        assertThat(said.text()).matches("(?s)taken\n(\\d+)\nof \\1\n");
    }

    @Test
    void aFreeLockIsTakenAndLetGo() throws IOException, InterruptedException {
        taken(lock(":"));
    }

    @Test
    void aLockWhoseHolderNeverSaidWhoItIsIsTakenOver() throws IOException, InterruptedException {
        held(null);
        taken(lock("lock_unnamed=1"));
        for (String nonsense : new String[] {"", "\n", "unknown\n", "-1\n"}) {
            held(nonsense);
            taken(lock("lock_unnamed=0"));
        }
    }

    @Test
    void aLockWhoseHolderIsGoneIsTakenOver() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        held(gone.pid() + "\n");
        taken(lock(":"));
    }

    @Test
    void aHolderThatLivesIsWaitedForAndThenNamed() throws IOException, InterruptedException {
        held(ProcessHandle.current().pid() + "\n");
        Said said = lock("lock_patience=1");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text())
                .startsWith("test: process " + ProcessHandle.current().pid() + " has held ")
                .doesNotContain("taken");
        assertThat(dir.resolve("build.lock/pid")).exists();
    }
}
