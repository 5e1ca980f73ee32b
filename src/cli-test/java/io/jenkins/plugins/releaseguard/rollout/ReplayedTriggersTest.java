// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.cli.judge.ReplayCommand;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A release's own journal replays to its own verdict, and a contract's thresholds are held against any samples. */
class ReplayedTriggersTest {
    /** What the judge says nothing of, so that only triggers stop. */
    private static final String MUTED = FakeRolloutWorld.CONTRACT.replace("kind: rate,", "kind: rate, muted: yes,");

    private static final String TABLE = """
        apiVersion: release-guard/v1
        release: {service: s, version: 1, owner: t}
        metrics:
          - {id: MON-001, name: errors, kind: rate, source: p, errors: 'sum(increase(e{track="$track"}[$window]))', total: 'sum(increase(t{track="$track"}[$window]))'}
          - {id: MON-002, name: latency, kind: gauge, unit: ms, source: p, values: 'l{track="$track"}'}
        rollout: {router: r, phases: [10, 100], bake: 10m, interval: 30s}
        entries:
          - {id: DEP-902, type: Rollback, owner: o, metric: %s, threshold: "%s", procedure: [{traffic: 0}]}
        """;

    @TempDir
    private Path dir;

    private String out;

    private int replay(Path samples, String contract, String... options) throws IOException {
        Path file = Files.writeString(dir.resolve("other.yaml"), contract);
        StringWriter o = new StringWriter();
        StringWriter e = new StringWriter();
        List<String> args = new ArrayList<>(List.of("--contract", file.toString()));
        args.addAll(List.of(options));
        args.add(samples.toString());
        int code = new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(o))
                .setErr(new PrintWriter(e))
                .execute(args.toArray(String[]::new));
        out = o + "" + e;
        return code;
    }

    private Path journal(FakeRolloutWorld world) throws IOException {
        Path file = dir.resolve("journal.jsonl");
        try (JournalFile journal = JournalFile.open(file)) {
            for (Stamped s : world.journal) {
                journal.append(s.at(), s.wall(), s.event());
            }
        }
        return file;
    }

    private static Event.Breached breach(FakeRolloutWorld world) {
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        return world.events(Event.Breached.class).get(0);
    }

    private FakeRolloutWorld world(String contract) {
        return new FakeRolloutWorld(5, contract, PlanOptions.ALONE);
    }

    @Test
    void aReleaseThatATriggerRolledBackStopsForIt() throws IOException {
        FakeRolloutWorld world = world(MUTED);
        world.canaryErrors = 0.3;
        world.start().run(Duration.ofHours(3));
        Event.Breached breach = breach(world);
        assertThat(breach.cause()).isEqualTo(BreachCause.TRIGGER);

        assertThat(replay(journal(world), MUTED)).isEqualTo(1);
        assertThat(out).contains(breach.entry() + ": ", breach.reason());
    }

    @Test
    void whereItIsAskedAsJsonTheEntryIsNamed() throws IOException {
        FakeRolloutWorld world = world(MUTED);
        world.canaryErrors = 0.3;
        world.start().run(Duration.ofHours(3));

        replay(journal(world), MUTED, "--format", "json");
        List<String> lines = out.lines().toList();
        JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(last.get("action").asText()).isEqualTo("stop");
        assertThat(last.get("entry").asText()).isEqualTo(breach(world).entry());
    }

    @Test
    void harmAfterTheLastPhaseStops() throws IOException {
        FakeRolloutWorld world = world(MUTED);
        world.start().runUntilPhase(3);
        world.canaryErrors = 0.3;
        world.run(Duration.ofHours(3));
        assertThat(breach(world).cause()).isEqualTo(BreachCause.TRIGGER);

        assertThat(replay(journal(world), MUTED)).isEqualTo(1);
    }

    @Test
    void aSilentSourceStops() throws IOException {
        FakeRolloutWorld world = world(FakeRolloutWorld.CONTRACT);
        world.start().runUntilPhase(2);
        world.sourceUp = false;
        world.run(Duration.ofHours(3));
        assertThat(breach(world).cause()).isEqualTo(BreachCause.NO_DATA);

        assertThat(replay(journal(world), FakeRolloutWorld.CONTRACT)).isEqualTo(1);
        assertThat(out).contains("no metrics for");
    }

    @Test
    void whatAPersonDidIsTakenAsItIs() throws IOException {
        FakeRolloutWorld world = world(FakeRolloutWorld.CONTRACT);
        world.start().runUntilPhase(2);
        world.accept(Event.Breached.of(BreachCause.OPERATOR, "rolled back by ada: wrong build"));
        world.run(Duration.ofHours(1));

        int code = replay(journal(world), FakeRolloutWorld.CONTRACT);
        assertThat(code).isEqualTo(1);
        assertThat(out).contains("as in the journal", "wrong build");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0005, 0.001, 0.004, 0.02, 0.05, 0.3, 1})
    void itsOwnContractEndsAsTheReleaseDid(double errors) throws IOException {
        for (String contract : List.of(FakeRolloutWorld.CONTRACT, MUTED)) {
            FakeRolloutWorld world = world(contract);
            world.canaryErrors = errors;
            world.start().run(Duration.ofHours(6));
            boolean back = world.outcome() != null && world.outcome().verdict() == ReleaseOutcome.ROLLED_BACK;
            Files.deleteIfExists(dir.resolve("journal.jsonl"));

            int code = replay(journal(world), contract);
            assertThat(code == 1).as(errors + " errors: " + out).isEqualTo(back);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MON-001, '> 2% of requests for 5m', 30, 1",
        "MON-001, '> 2% of requests for 5m', 1, 0",
        "MON-001, '> 2% of requests for 25m', 30, 0",
        "MON-001, '>= 30% for 5m', 30, 1",
        "MON-001, '> 30% for 5m', 30, 0",
        "MON-001, '> baseline + 5% for 5m', 30, 1",
        "MON-001, '> baseline + 40% for 5m', 30, 0",
        "MON-001, '> 2x baseline for 5m', 30, 1",
        "MON-002, '> 200ms for 5m', 30, 1",
        "MON-002, '> 400ms for 5m', 30, 0",
    })
    void thresholdsHoldForAFileOfSamples(String metric, String threshold, int errors, int status) throws IOException {
        StringBuilder csv = new StringBuilder("time,phase,variant,metric,value,total\n");
        for (int t = 0; t < 1200; t += 30) {
            csv.append(t).append(",1,baseline,MON-001,1,100\n");
            csv.append(t).append(",1,canary,MON-001,").append(errors).append(",100\n");
            csv.append(t).append(",1,baseline,MON-002,300,\n").append(t).append(",1,canary,MON-002,300,\n");
        }
        Path samples = Files.writeString(dir.resolve("s.csv"), csv);
        String contract = String.format(TABLE, metric, threshold).replace("kind: rate,", "kind: rate, muted: yes,");

        assertThat(replay(samples, contract) == 1).as(out).isEqualTo(status == 1);
        if (status == 1) {
            assertThat(out).contains("DEP-902: ", threshold);
        }
    }

    /** No requests on the old side, so that nothing can be compared: the threshold alone says it. */
    @Test
    void aThresholdNeedsNoBaseline() throws IOException {
        StringBuilder csv = new StringBuilder("time,phase,variant,metric,value,total\n");
        for (int t = 0; t < 1200; t += 30) {
            csv.append(t).append(",1,baseline,MON-001,0,0\n");
            csv.append(t).append(",1,canary,MON-001,30,100\n");
        }
        Path samples = Files.writeString(dir.resolve("s.csv"), csv);

        assertThat(replay(samples, String.format(TABLE, "MON-001", "> 2% of requests for 5m")))
                .isEqualTo(1);
    }
}
