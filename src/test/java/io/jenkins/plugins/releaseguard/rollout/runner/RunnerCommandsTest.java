// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and the build tell a release, in virtual time. */
class RunnerCommandsTest {
    @TempDir
    Path dir;

    @Test
    void theWeightsAreRecordedWithTheBeginningAndItBeginsOnce() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.runner();
        assertThat(runner.plan()).isSameAs(release.plan);
        runner.startCanary();
        runner.startCanary();
        release.passUntil(w -> w.weight == 50);
        runner.startCanary();
        release.pass(60);
        assertThat(release.recorded(Event.CanaryStarted.class))
                .containsExactly(new Event.CanaryStarted(List.of(0.0, 50.0, 100.0)));
        assertThat(release.recorded(Event.Armed.class)).hasSize(1);
        assertThat(runner.armed()).isDone();
    }

    @Test
    void whatTheContractLeavesOpenIsTold() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT
                .replace("{id: MON-001", "{id: MON-002")
                .replace("metric: MON-001", "metric: MON-002"));
        Runner runner = release.runner();
        runner.arm();
        release.pass(3);
        assertThat(release.notes())
                .containsAll(io.jenkins.plugins.releaseguard.rollout.Rollout.warnings(release.plan).stream()
                        .map(Event.Noted::text)
                        .toList());
    }

    @Test
    void aCommandForAnotherPhaseIsNotedAndNothingElse() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT.replace("bake: 1s", "bake: 20s"));
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        runner.operate(OperatorCommand.PAUSE, "ann", "wait", 0);
        release.pass(1);
        assertThat(release.notes())
                .containsExactly(
                        "'pause' by ann was meant for phase 1, which is not under way: nothing was done about it.");
        runner.operate(OperatorCommand.PAUSE, "ann", "wait", 1);
        release.pass(60);
        assertThat(release.world.weight).isEqualTo(50);
        runner.operate(OperatorCommand.RESUME, "ann", "go on", null);
        release.pass(120);
        assertThat(release.notes()).hasSize(1);
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void anOrderBeforeAnythingBeganIsAnEnd() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.runner();
        runner.rollBack(BreachCause.ABORT, "ann", "not today");
        release.pass(3);
        assertThat(runner.ended().getNow(null)).isEqualTo(new Event.Ended(ReleaseOutcome.HALTED, true, "not today"));
        assertThat(release.recorded(Event.Operated.class))
                .containsExactly(new Event.Operated(OperatorCommand.ABORT, "ann", "not today"));
        runner.startCanary();
        release.pass(30);
        assertThat(release.recorded(Event.CanaryStarted.class)).isEmpty();
    }

    @Test
    void theSecondOrderIsTheFirst() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        runner.rollBack(BreachCause.ABORT, "bob", "stop");
        release.pass(60);
        assertThat(release.recorded(Event.Operated.class)).hasSize(1);
        assertThat(release.recorded(Event.Breached.class)).hasSize(1);
    }

    @Test
    void theTimeWithoutARunnerIsRecordedInSeconds() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        runner.resume(Duration.ofMillis(41_500), "a restart");
        release.pass(60);
        assertThat(release.recorded(Event.Resumed.class)).containsExactly(new Event.Resumed(41.5, "a restart"));
        int events = release.record.size();
        runner.resume(Duration.ofSeconds(41), "after the end");
        release.pass(3);
        assertThat(release.record).hasSize(events);
    }

    /** The body of a phase has its number, one around all of them is no phase's, and the one that goes back is an action. */
    @Test
    void theEndsOfBodiesAreTheirs() throws Exception {
        List<Effect.RunBody> begun = new ArrayList<>();
        RunnerWorld world = new RunnerWorld("a") {
            @Override
            public void runBody(Runner runner, Effect.RunBody body) {
                begun.add(body);
                runner.bodyEnded(body, null);
            }
        };
        Plan plan = plan(new PlanOptions(Plan.Movement.BODY, true, true, true, 1, false));
        VirtualRelease release = VirtualRelease.of(world, plan);
        Runner runner = release.started();
        release.pass(10);
        runner.enclosingBodyEnded("failed");
        release.pass(60);
        assertThat(begun).extracting(Effect.RunBody::phase).contains(0, -1);
        assertThat(release.recorded(Event.BodyEnded.class))
                .contains(new Event.BodyEnded(0, 0, null), new Event.BodyEnded(-1, 0, "failed"))
                .doesNotContain(new Event.BodyEnded(-1, 0, null));
        assertThat(release.recorded(Event.Done.class))
                .anyMatch(done -> done.key().startsWith("back-"));
    }

    private static Plan plan(PlanOptions options) throws Exception {
        return io.jenkins.plugins.releaseguard.rollout.Plans.of(
                io.jenkins.plugins.releaseguard.catalog.Catalog.STANDARD
                        .reader()
                        .parse(
                                RunnerWorld.CONTRACT,
                                "release.yaml",
                                io.jenkins.plugins.releaseguard.contract.read.Variables.none()),
                "production",
                options);
    }

    /** Whoever has no call of its own kind is called with a thread. */
    @Test
    void whatThePortsDoIsDoneWithAThread() throws Exception {
        List<String> done = new ArrayList<>();
        RunnerWorld world = new RunnerWorld("a") {
            @Override
            public void act(String key, String entry, ActionSpec action) {
                done.add("act " + key);
            }

            @Override
            public Event.Validated validate(ValidationEntry entry) {
                done.add("validate " + entry.id());
                return super.validate(entry);
            }
        };
        world.routerSilent = false;
        String contract = RunnerWorld.CONTRACT.replace("[{traffic: 0}]", "[{traffic: 0}, {notify: oncall}]")
                + "  - {id: DEP-004, type: Validation, stage: Post-deploy, title: Smoke, check: answers,"
                + " method: Automated, verify: {http: {url: 'https://shop.example/health'}}, owner: team}\n";
        VirtualRelease release = VirtualRelease.of(world, RunnerWorld.plan(contract.replace("after: 1s", "after: 2m")));
        Runner runner = release.started();
        release.passUntil(w -> done.contains("validate DEP-004"));
        world.routerSilent = true;
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        release.pass(120);
        assertThat(done).contains("act action-0");
        assertThat(world.calls).isNotEmpty();
        assertThat(release.lanes.loads()).extracting(load -> load.lane()).contains("looks", "back", "people");
    }

    @Test
    void thePastOfAFileIsItsStateAndItsNewestEvent() throws Exception {
        Plan plan = RunnerWorld.plan(RunnerWorld.CONTRACT);
        Path file = dir.resolve("journal.jsonl");
        assertThat(Past.read(plan, file)).isSameAs(Past.NONE);
        try (JournalFile journal = JournalFile.open(file, false, JournalFixture.CLOCK)) {
            journal.append(JournalFixture.START, JournalFixture.START, new Event.Armed(java.util.Map.of()));
            journal.append(JournalFixture.START, JournalFixture.START, new Event.Noted(NoteKind.NOTE, "last"));
        }
        Past past = Past.read(plan, file);
        assertThat(past.state().life()).isEqualTo(Lifecycle.ARMED);
        assertThat(past.last().event()).isEqualTo(new Event.Noted(NoteKind.NOTE, "last"));
    }
}
