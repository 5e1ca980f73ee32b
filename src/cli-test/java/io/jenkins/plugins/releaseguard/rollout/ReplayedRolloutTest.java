// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.cli.judge.ReplayCommand;
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
import picocli.CommandLine;

/** The journal of a whole rollout, judged again: by its own contract, a looser one and a tighter one. */
class ReplayedRolloutTest {
    private static final String TIGHTER =
            FakeRolloutWorld.CONTRACT.replace("worse: higher,", "worse: higher, allow: 10%,");
    private static final String LOOSER = FakeRolloutWorld.CONTRACT.replace(">2% of requests", ">50% of requests");

    @TempDir
    private Path dir;

    private String out;
    private String err;

    private int replay(Path journal, String contract, String... options) throws IOException {
        Path file = Files.writeString(dir.resolve("other.yaml"), contract);
        return run(journal, new String[] {"--contract", file.toString()}, options);
    }

    private int run(Path journal, String[] with, String... options) {
        StringWriter o = new StringWriter();
        StringWriter e = new StringWriter();
        List<String> args = new ArrayList<>(List.of(with));
        args.addAll(List.of(options));
        args.add(journal.toString());
        int code = new CommandLine(new ReplayCommand())
                .setOut(new PrintWriter(o))
                .setErr(new PrintWriter(e))
                .execute(args.toArray(String[]::new));
        out = o.toString();
        err = e.toString();
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

    private static FakeRolloutWorld rollout(double canaryErrors) {
        FakeRolloutWorld world = new FakeRolloutWorld(5);
        world.canaryErrors = canaryErrors;
        return world.start().run(Duration.ofHours(3));
    }

    @Test
    void aTighterContractStopsWhatWasPromoted() throws IOException {
        FakeRolloutWorld world = rollout(0.015);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        Path journal = journal(world);
        assertThat(replay(journal, FakeRolloutWorld.CONTRACT)).isZero();
        assertThat(replay(journal, TIGHTER)).isEqualTo(1);
        assertThat(out).contains("stop", "harm: error rate", "worse than the allowed 10 %");
    }

    @Test
    void aLooserContractLetsGoOnWhatWasRolledBack() throws IOException {
        FakeRolloutWorld world = rollout(0.08);
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        Path journal = journal(world);
        assertThat(replay(journal, LOOSER)).isZero();
        assertThat(out).doesNotContain("stop");
        assertThat(replay(journal, TIGHTER)).isEqualTo(1);
    }

    @Test
    void itsOwnContractSaysWhatTheReleaseSaid() throws IOException {
        FakeRolloutWorld world = rollout(0.001);
        List<String> told = world.events(Event.Judged.class).stream()
                .map(j -> j.phase() + " " + j.action())
                .toList();
        replay(journal(world), FakeRolloutWorld.CONTRACT, "--format", "json");
        List<String> actions = new ArrayList<>();
        for (String line : out.lines().toList()) {
            JsonNode look = new ObjectMapper().readTree(line);
            actions.add(look.get("phase").asInt() + " " + look.get("action").asText());
        }
        assertThat(told).isNotEmpty();
        assertThat(actions).containsSubsequence(told);
    }

    @Test
    void aSilentSourceIsNoLook() throws IOException {
        FakeRolloutWorld world = new FakeRolloutWorld(6).start().runUntilPhase(2);
        world.sourceUp = false;
        world.run(Duration.ofSeconds(25));
        world.sourceUp = true;
        world.run(Duration.ofHours(3));
        assertThat(replay(journal(world), FakeRolloutWorld.CONTRACT)).isZero();
    }

    @Test
    void aContractThatLacksThePhasesOrCannotBeReadIsUsage() throws IOException {
        Path journal = journal(rollout(0.001));
        assertThat(replay(journal, FakeRolloutWorld.CONTRACT.replace("[internal, 5, 25, 100]", "[5, 100]")))
                .isEqualTo(2);
        assertThat(err).contains("look.phase is 2, but the plan has phases 0 to 1");
        assertThat(replay(journal, FakeRolloutWorld.CONTRACT.replace("kind: rate", "kind: speed")))
                .isEqualTo(2);
        assertThat(err).contains("other.yaml").contains("speed");
        assertThat(run(journal, new String[] {})).isEqualTo(2);
        assertThat(err).contains("--config", "--contract");
        assertThat(replay(dir.resolve("absent.jsonl"), FakeRolloutWorld.CONTRACT))
                .isEqualTo(2);
        assertThat(err).contains("absent.jsonl does not exist");
    }

    @Test
    void aMetricThatTheJournalLacksHolds() throws IOException {
        Path journal = journal(rollout(0.001));
        assertThat(replay(journal, FakeRolloutWorld.CONTRACT.replace("MON-001", "MON-009")))
                .isEqualTo(3);
        assertThat(out).contains("hold", "no samples in this look");
    }

    /** Slow in its first two minutes, and well after them. */
    private static FakeRolloutWorld coldStart(String contract) {
        FakeRolloutWorld world = new FakeRolloutWorld(5, contract, PlanOptions.ALONE).start();
        world.runUntilPhase(1);
        world.canaryErrors = 0.1;
        world.run(Duration.ofSeconds(110));
        world.canaryErrors = 0.001;
        return world.run(Duration.ofHours(3));
    }

    @Test
    void aWarmUpStaysOneAndAnotherContractMayBringOne() throws IOException {
        String cold = TIGHTER.replace(">2% of requests", ">50% of requests");
        String warm = cold.replace("warmup: 0s", "warmup: 2m");
        FakeRolloutWorld warmed = coldStart(warm);
        assertThat(warmed.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(replay(journal(warmed), cold)).as("what the journal tells").isZero();
        Files.delete(dir.resolve("journal.jsonl"));
        FakeRolloutWorld stopped = coldStart(cold);
        assertThat(stopped.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        Path journal = journal(stopped);
        assertThat(replay(journal, cold)).isEqualTo(1);
        assertThat(replay(journal, warm)).as("what the contract brings").isZero();
    }
}
