// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.secret.Mask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs sh")
class LocalCommandsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path workspace;

    private CommandResult sh(String line, Map<String, String> environment) throws Exception {
        return new LocalCommands(workspace).run(CommandCall.shell(line, "", environment, LONG));
    }

    @Test
    void tellsExitAndOutput() throws Exception {
        CommandResult good = sh("echo out; echo err >&2", Map.of());
        assertThat(good.succeeded()).isTrue();
        assertThat(good.tail()).isEqualTo("out\nerr\n");
        assertThat(sh("exit 3", Map.of()).exit()).isEqualTo(3);
    }

    @Test
    void valuesAreVariablesAndNeverCode() throws Exception {
        Path marker = workspace.resolve("marker");
        String evil = "\"; touch marker; $(touch marker) `touch marker` '";

        assertThat(sh("printf %s \"$VALUE\"", Map.of("VALUE", evil)).tail()).isEqualTo(evil);
        assertThat(new LocalCommands(workspace)
                        .run(new CommandCall(List.of("printf", "%s", evil), "", Map.of(), LONG, Set.of(), 100))
                        .tail())
                .isEqualTo(evil);
        assertThat(marker).doesNotExist();
    }

    @Test
    void theLimitKillsTheWholeTree() throws Exception {
        CommandResult result = new LocalCommands(workspace)
                .run(CommandCall.shell("sleep 300 & echo $! > child; sleep 300", "", Map.of(), Duration.ofSeconds(1)));

        assertThat(result.timedOut()).isTrue();
        assertThat(result.exit()).isEqualTo(-1);
        assertThat(result.succeeded()).isFalse();
        assertGone("child");
    }

    @Test
    void whatACommandLeavesBehindIsKilled() throws Exception {
        CommandResult result = sh("sleep 300 & echo $! > child; sleep 0.5", Map.of());

        assertThat(result.succeeded()).isTrue();
        assertGone("child");
    }

    private void assertGone(String file) throws IOException, InterruptedException {
        long pid = Long.parseLong(Files.readString(workspace.resolve(file)).strip());
        Optional<ProcessHandle> child = ProcessHandle.of(pid);
        await("the end of process " + pid)
                .atMost(LONG)
                .until(() -> child.filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void interruptingKills() throws Exception {
        Thread caller = new Thread(() -> {
            try {
                sh("echo $$ > child; exec sleep 300", Map.of());
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        });
        caller.start();
        await("a command that runs")
                .atMost(LONG)
                .until(() -> Files.exists(workspace.resolve("child")) && Files.size(workspace.resolve("child")) > 0);
        caller.interrupt();
        caller.join(30_000);

        assertThat(caller.isAlive()).isFalse();
        assertGone("child");
    }

    @RepeatedTest(20)
    void onlyTheEndOfMuchOutputIsKept() throws Exception {
        CommandResult result = new LocalCommands(workspace)
                .run(new CommandCall(
                        List.of("sh", "-c", "yes 0123456789 | head -c 3000000; echo end"),
                        "",
                        Map.of(),
                        LONG,
                        Set.of(),
                        100));

        assertThat(result.tail()).hasSize(100).endsWith("end\n");
        assertThat(result.cut()).isTrue();
    }

    @Test
    void secretsNeverShow() throws Exception {
        String secret = "s3cr+t/ pässword";
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        for (int keep : List.of(20, 40, 41, 47, 1000)) {
            CommandResult result = new LocalCommands(workspace)
                    .run(new CommandCall(
                            List.of("sh", "-c", "for i in 1 2 3 4; do printf '%s|%s|' \"$TOKEN\" \"$CODED\"; done"),
                            "",
                            Map.of("TOKEN", secret, "CODED", base64),
                            LONG,
                            Set.of(secret),
                            keep));

            assertThat(result.tail())
                    .doesNotContain("cr+t")
                    .doesNotContain("ssword")
                    .doesNotContain(base64.substring(4, 12));
        }
    }

    /** As programs write them: the login of a header, JSON, lines of Base64. */
    @Test
    void secretsInOtherFormsNeverShow() throws Exception {
        String secret = "s3cr+t/\"pass\"word-that-is-long-enough-for-two-lines-of-base64-and-some-more";
        CommandResult result = new LocalCommands(
                        workspace, Map.of("TOKEN", secret, "PATH", System.getenv("PATH")), Set.of(secret))
                .run(CommandCall.shell(
                        "printf 'robot:%s' \"$TOKEN\" | base64; printf '%s' \"$TOKEN\" | sed 's/\"/\\\\\"/g'",
                        "", Map.of(), LONG));

        assertThat(result.tail()).contains("****").doesNotContain("pass").doesNotContain("for-two-lines");
        assertThat(result.tail().replaceAll("\\W", "").length())
                .as(result.tail())
                .isLessThan(14);
    }

    @Test
    void theEndIsCutBetweenCharacters() throws Exception {
        OutputTail tail = new OutputTail(3, Mask.of(Set.of("geheim-1")));
        tail.write("aaaaaaaaaaaaaaaaaaaa geheim-1 ü€😀".getBytes(StandardCharsets.UTF_8));
        tail.close();

        assertThat(tail.text()).isEqualTo("€😀");
        assertThat(tail.wasCut()).isTrue();
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> new LocalCommands(workspace)
                        .run(new CommandCall(List.of("no-such-program", "argument"), "", Map.of(), LONG, Set.of(), 10)))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot start 'no-such-program'");
    }

    @Test
    void pathTraversalIsRefused() throws IOException {
        Files.createDirectory(workspace.resolve("sub"));
        Files.createSymbolicLink(workspace.resolve("link"), workspace.getParent());

        for (String directory : List.of("..", "sub/../..", "/", "/etc", "link", "gone", "a\0b")) {
            assertThatThrownBy(() ->
                            new LocalCommands(workspace).run(CommandCall.shell("true", directory, Map.of(), LONG)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no folder of the workspace");
        }
    }

    @Test
    void runsInAFolderWithoutInput() throws Exception {
        Files.createDirectory(workspace.resolve("sub"));
        CommandResult result =
                new LocalCommands(workspace).run(CommandCall.shell("cat; basename \"$PWD\"", "sub", Map.of(), LONG));

        assertThat(result.tail()).isEqualTo("sub\n");
    }

    @Test
    void refusesNonsenseAndKeepsArgumentsToItself() {
        assertThatThrownBy(() -> CommandCall.shell(" ", "", Map.of(), LONG))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CommandCall.shell("true", "", Map.of(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(CommandCall.shell("echo secret", "", Map.of("A", "secret"), LONG)
                        .toString())
                .doesNotContain("secret");
    }
}
