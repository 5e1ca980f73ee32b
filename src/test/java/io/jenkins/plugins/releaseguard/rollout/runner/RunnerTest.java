// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.testing.TrafficPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The runner with its real threads and a real journal; the world is a few fields. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class RunnerTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path dir;

    private final RunnerThreads threads = new RunnerThreads();
    private final World world = new World();
    private final List<World> busyWorlds = new ArrayList<>();

    @AfterEach
    void end() {
        world.hang.countDown();
        busyWorlds.forEach(busy -> busy.hang.countDown());
        threads.close();
    }

    @Test
    void healthyReleaseIsPromoted() throws Exception {
        Runner runner = runner(journal());
        runner.startCanary();
        assertThat(runner.ended().get(3, TimeUnit.MINUTES).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(world.weight).isEqualTo(100);
        assertThat(JournalReader.read(dir.resolve("journal.jsonl")).events()).isNotEmpty();
    }

    @Test
    void abortBringsTrafficBack() throws Exception {
        Runner runner = runner(journal());
        runner.startCanary();
        world.await(50);
        runner.rollBack(BreachCause.ABORT, "ann", "changed my mind");
        Event.Ended ended = runner.ended().get(3, TimeUnit.MINUTES);
        assertThat(ended.verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(ended.confirmed()).isTrue();
        assertThat(world.weight).isZero();
    }

    /** Before, such a reading stood in the journal as one of no weight at all, without an error. */
    @Test
    void aRouterThatAnswersNothingHasNotAnswered() throws Exception {
        Runner runner = runner(journal());
        runner.startCanary();
        world.await(50);
        world.answersNothing = true;
        runner.rollBack(BreachCause.ABORT, "ann", "changed my mind");
        // such a rollback never ends by itself (H7): people are called, and one of them closes it
        Awaitility.await("people called").atMost(LIMIT).until(() -> !world.calls.isEmpty());
        assertThat(runner.ended()).isNotDone();
        runner.operate(OperatorCommand.CLOSE, "ann", "seen by hand", null);
        assertThat(runner.ended().get(3, TimeUnit.MINUTES).confirmed()).isFalse();
        assertThat(JournalReader.read(dir.resolve("journal.jsonl")).events())
                .extracting(Stamped::event)
                .filteredOn(event -> event instanceof Event.RouterRead read && Double.isNaN(read.weight()))
                .isNotEmpty()
                .allSatisfy(
                        read -> assertThat(((Event.RouterRead) read).error()).isEqualTo("the router answered nothing"));
    }

    @Test
    void fullDiskUnderTheJournalRollsBackAndTheEventsFollowOnceThereIsRoom() throws Exception {
        FullDisk disk = new FullDisk(journal());
        Runner runner = runner(disk);
        runner.startCanary();
        world.await(50);
        disk.full = true;
        world.awaitZero();
        disk.full = false;
        Event.Ended ended = runner.ended().get(3, TimeUnit.MINUTES);
        assertThat(ended.verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(ended.confirmed()).isTrue();
        List<Event> events = JournalReader.read(dir.resolve("journal.jsonl")).events().stream()
                .map(Stamped::event)
                .toList();
        assertThat(events).anyMatch(Event.Gap.class::isInstance);
        assertThat(events).anyMatch(e -> e instanceof Event.Breached b && b.cause() == BreachCause.JOURNAL);
        assertThat(events.get(events.size() - 1)).isInstanceOf(Event.Ended.class);
    }

    /** H9: such a release could not be aborted and never ended; its service and environment stayed taken. */
    @Test
    void aReleaseWhoseRecordCannotBeWrittenBeforeAnythingMovedEnds() throws Exception {
        FullDisk disk = new FullDisk(journal());
        disk.full = true;
        Runner runner = runner(disk);
        runner.record(new Event.Noted(NoteKind.ISSUE, "anything"));
        Event.Ended ended = runner.ended().get(3, TimeUnit.MINUTES);
        assertThat(ended.verdict()).isEqualTo(ReleaseOutcome.HALTED);
        assertThat(ended.reason()).contains("No space left on device");
    }

    /** C4: actions that wait took the threads of moving traffic back: a fifth release went back after 26 s. */
    @Test
    void proceduresThatWaitDoNotDelayAnothersWayBack() throws Exception {
        List<Runner> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            World busy = new World();
            busy.actionsWait = true;
            busyWorlds.add(busy);
            Runner runner = new Runner(
                    RunnerWorld.plan(RunnerWorld.CONTRACT
                            .replace("[{traffic: 0}]", "[{traffic: 0}, {notify: oncall}]")
                            .replace("objective: 5s", "objective: 60s")),
                    JournalFile.open(dir.resolve("busy-" + i + ".jsonl")),
                    List.of(),
                    busy,
                    ReleaseClock.WALL,
                    threads);
            runner.startCanary();
            busy.await(50);
            runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
            waiting.add(runner);
        }
        await("actions that wait")
                .atMost(LIMIT)
                .until(() -> busyWorlds.stream().filter(busy -> busy.acting > 0).count() >= 2);
        Runner runner = runner(journal());
        runner.startCanary();
        world.await(50);
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        assertThat(runner.ended().get(3, TimeUnit.MINUTES).confirmed()).isTrue();
        assertThat(waiting).noneMatch(r -> r.ended().isDone());
    }

    @Test
    void hangingSourcesDoNotDelayTheWayBack() throws Exception {
        Runner runner = runner(journal());
        runner.startCanary();
        world.await(50);
        world.sourceHangs = true;
        await("a read that hangs").atMost(LIMIT).until(() -> world.hanging > 0);
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        Event.Ended ended = runner.ended().get(3, TimeUnit.MINUTES);
        assertThat(ended.confirmed()).isTrue();
        // the way back began before the look that hung was given up
        assertThat(JournalReader.read(dir.resolve("journal.jsonl")).events())
                .extracting(Stamped::event)
                .filteredOn(event -> event instanceof Event.Looked looked && looked.error() != null
                        || event instanceof Event.Intended intended
                                && intended.key().startsWith("back-"))
                .first()
                .isInstanceOf(Event.Intended.class);
    }

    @Test
    void detachedReleaseGoesOnWithAnotherRunner() throws Exception {
        Runner first = runner(journal());
        first.startCanary();
        world.await(50);
        first.detach();
        AtomicLong size = new AtomicLong(-1);
        await("a journal that nobody writes to")
                .atMost(LIMIT)
                .during(Duration.ofMillis(500))
                .until(() -> {
                    long now = Files.size(dir.resolve("journal.jsonl"));
                    return size.getAndSet(now) == now;
                });
        world.weight = 0;
        List<Stamped> past = JournalReader.read(dir.resolve("journal.jsonl")).events();
        Runner second =
                new Runner(RunnerWorld.plan(RunnerWorld.CONTRACT), journal(), past, world, ReleaseClock.WALL, threads);
        second.resume(Duration.ofSeconds(1), "restart");
        assertThat(second.ended().get(3, TimeUnit.MINUTES).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(JournalReader.read(dir.resolve("journal.jsonl")).events())
                .extracting(Stamped::event)
                .filteredOn(Event.PhaseEnded.class::isInstance)
                .hasSize(3);
    }

    private Runner runner(JournalWriter journal) throws Exception {
        return new Runner(
                RunnerWorld.plan(RunnerWorld.CONTRACT), journal, List.of(), world, ReleaseClock.WALL, threads);
    }

    private JournalWriter journal() throws IOException {
        return JournalFile.open(dir.resolve("journal.jsonl"));
    }

    private static final class FullDisk implements JournalWriter {
        private final JournalWriter disk;
        private volatile boolean full;

        FullDisk(JournalWriter disk) {
            this.disk = disk;
        }

        @Override
        public Stamped append(Instant at, Instant wall, Event event) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            return disk.append(at, wall, event);
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }

    private static final class World extends TrafficPorts implements MetricSource, TrafficRouter {
        private volatile double weight;
        private volatile boolean sourceHangs;
        private volatile boolean answersNothing;
        private volatile boolean actionsWait;
        private volatile int acting;
        private volatile int hanging;
        private volatile int readsSinceShift;
        private volatile double errorRate = 0.001;
        private final CountDownLatch hang = new CountDownLatch(1);
        private final List<String> calls = new CopyOnWriteArrayList<>();

        /** Until the traffic is so and the runner has seen it. */
        void await(double wanted) {
            Awaitility.await("a weight of " + wanted + " that was read back")
                    .atMost(LIMIT)
                    .until(() -> weight == wanted && readsSinceShift > 0);
        }

        void awaitZero() {
            Awaitility.await("no traffic on the canary").atMost(LIMIT).until(() -> weight == 0);
        }

        @Override
        public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
                throws SourceException, InterruptedException {
            if (sourceHangs) {
                hanging++;
                hang.await();
            }
            double canary = 1000 * weight / 100;
            double baseline = 1000 - canary;
            return List.of(new Event.Sample(
                    "MON-001", canary * errorRate, canary, baseline * 0.001, baseline, null, null, null, null, null));
        }

        @Override
        public void shift(double wanted) {
            weight = wanted;
            readsSinceShift = 0;
        }

        @Override
        public RouterReading read() {
            readsSinceShift++;
            return answersNothing ? null : new RouterReading(weight, 7, 7, 0, true);
        }

        @Override
        public MetricSource source() {
            return this;
        }

        @Override
        public TrafficRouter router() {
            return this;
        }

        @Override
        public void act(String key, String entry, ActionSpec action) throws InterruptedException {
            if (!actionsWait) {
                throw new AssertionError("the procedure only moves traffic");
            }
            acting++;
            hang.await();
        }

        @Override
        public void call(String key, String text) {
            calls.add(text);
        }
    }
}
