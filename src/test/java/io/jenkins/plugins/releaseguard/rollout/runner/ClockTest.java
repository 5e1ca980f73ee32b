// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** H6: whatever is done to the clock on the wall, a release's time goes on. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class ClockTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path dir;

    private final RunnerThreads threads = new RunnerThreads();
    private final RunnerWorld world = new RunnerWorld("alive");
    private volatile Duration set = Duration.ZERO;

    private final ReleaseClock clock = new ReleaseClock() {
        @Override
        public Instant now() {
            return wall();
        }

        @Override
        public Instant wall() {
            return Instant.now().plus(set);
        }
    };

    @AfterEach
    void end() {
        world.close();
        threads.close();
    }

    private static Event.Ended ended(Runner runner) throws Exception {
        return runner.ended().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** H6: no looks for fifty minutes. */
    @Test
    void aClockThatIsSetBackDoesNotStopTheLooks() throws Exception {
        Runner runner = world.started(dir, clock, threads);
        set = Duration.ofHours(-1);
        assertThat(ended(runner).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** H6: a rollback was neither confirmed nor escalated. */
    @Test
    void aClockThatIsSetBackDoesNotKeepPeopleFromBeingCalled() throws Exception {
        Runner runner = world.started(dir, clock, threads);
        world.routerSilent = true;
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        await("no traffic on the canary").atMost(LIMIT).until(() -> world.weight == 0);
        set = Duration.ofHours(-1);
        await("people who are called").atMost(LIMIT).until(() -> !world.calls.isEmpty());
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepARollbackFromItsConfirmation() throws Exception {
        Runner runner = world.started(dir, clock, threads);
        set = Duration.ofHours(-1);
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        assertThat(ended(runner).confirmed()).isTrue();
    }

    /** H6: a pause of 61 s breached healthy releases. */
    @ParameterizedTest
    @ValueSource(longs = {61, 3600})
    void aClockThatGoesAheadIsTimeWithoutUsAndNobodysSilence(long seconds) throws Exception {
        Runner runner = world.started(dir, clock, threads);
        set = Duration.ofSeconds(seconds);
        assertThat(ended(runner).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.events)
                .filteredOn(Event.Resumed.class::isInstance)
                .singleElement()
                .satisfies(
                        e -> assertThat(((Event.Resumed) e).downSeconds()).isBetween(seconds - 30.0, seconds + 30.0));
        assertThat(world.events).noneMatch(Event.Breached.class::isInstance);
    }
}
