// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.cli.Main;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rehearsals in which more goes wrong than the scenario: what is told, and that the release ends well or with a person. */
class ChaosRehearsalTest {
    /** Seeds whose draw for this contract has the fault in it. */
    private static final long BAD_CANARY_AND_ROUTER = 30;

    private static final long KILL = 44;
    private static final long DISK = 8;

    private static final Pattern SEED = Pattern.compile("chaos seed ([0-9]+):");

    @TempDir
    private Path folder;

    /** Two phases are enough, and half a minute. */
    private Path contract() throws IOException {
        return RehearsalRun.contract(
                folder,
                s -> s.replace("[internal, 1, 5, 25, 50, 100]", "[25, 100]").replace("after: 30m", "after: 15m"));
    }

    private RehearsalRun rehearse(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("--speed", "200", "--contract", contract().toString()));
        arguments.addAll(List.of(more));
        return RehearsalRun.of(folder.resolve("out"), arguments.toArray(String[]::new));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {BAD_CANARY_AND_ROUTER, KILL, DISK})
    void toldFromTheFirstFaultToThePromises(long seed) throws Exception {
        RehearsalRun run = rehearse("--chaos", Long.toString(seed));
        assertThat(run.status()).as(run.output()).isIn(0, 11, 12, 13);
        assertThat(run.output())
                .contains("chaos seed " + seed + ": ", "chaos      seed " + seed + ": ", "people     ", "status     ")
                // what a busy machine may be late with is not asked for here
                .doesNotContain("BROKEN: nothing is promoted", "BROKEN: it ends", "BROKEN: its record", "Exception");
        List<String> lines = run.output().lines().toList();
        List<String> faults =
                lines.stream().filter(l -> l.startsWith("fault      ")).toList();
        assertThat(faults).as(run.output()).isNotEmpty();
        assertThat(faults.stream().filter(l -> !l.contains("never: ")).count())
                .as("each fault that struck is told when it begins: %s", run.output())
                .isEqualTo(lines.stream()
                        .filter(l -> l.contains("  CHAOS    ") && !l.contains("over: "))
                        .count());
        assertThat(verify(run.out())).as(run.output()).isZero();
        assertThat(run.report().path("verdict").asText()).isNotEmpty();
    }

    /** The record is another runner's from there on, whoever was killed says no word more. */
    @Test
    void aProcessThatIsKilledIsFollowedByAnother() throws Exception {
        RehearsalRun run = rehearse("--chaos", Long.toString(KILL));
        assertThat(run.output()).contains("CHAOS    the process is killed", "over: the process is killed");
        List<Event> events = JournalReader.read(run.out().resolve("journal.jsonl")).events().stream()
                .map(Stamped::event)
                .toList();
        assertThat(events.stream()
                        .filter(e -> e instanceof Event.Resumed r && r.why().contains("started again")))
                .as(run.output())
                .hasSize(1);
        assertThat(events.stream().filter(e -> e instanceof Event.Ended)).hasSize(1);
        assertThat(events.get(events.size() - 1)).isInstanceOf(Event.Ended.class);
    }

    @Test
    void aSeedThatIsDrawnIsTold() throws Exception {
        RehearsalRun run = rehearse("--chaos", "--scenario", "no-go");
        assertThat(run.status()).as(run.output()).isEqualTo(10);
        Matcher told = SEED.matcher(run.output());
        assertThat(told.find()).as(run.output()).isTrue();
        assertThat(run.output()).contains("--chaos " + told.group(1) + " has the same happen", "fault      never: ");
        assertThat(new ObjectMapper()
                        .readTree(run.out().resolve("rehearsal.json").toFile())
                        .path("chaos")
                        .asText())
                .isEqualTo(told.group(1));
    }

    private static int verify(Path out) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Main.commandLine().setOut(nowhere).setErr(nowhere).execute("verify", out.toString());
    }
}
