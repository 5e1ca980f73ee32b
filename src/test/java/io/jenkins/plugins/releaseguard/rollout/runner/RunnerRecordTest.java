// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.testing.TrafficPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The runner and its record: disks that fail, fill up or hang, and events that no record can hold. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class RunnerRecordTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path dir;

    private final RunnerThreads threads = new RunnerThreads();
    private final World world = new World();

    @AfterEach
    void end() {
        threads.close();
    }

    /** H10: the end was dropped with what else was kept in memory, and the record rose again at the next start. */
    @Test
    void theEndIsWrittenAsSoonAsThereIsRoom() throws Exception {
        FailingDisk disk = new FailingDisk(journal());
        disk.failures = Integer.MAX_VALUE;
        Runner runner = runner(disk);
        runner.record(new Event.Noted(NoteKind.ISSUE, "anything"));
        Event.Ended ended = runner.ended().get(3, TimeUnit.MINUTES);
        assertThat(ended.verdict()).isEqualTo(ReleaseOutcome.HALTED);
        assertThat(runner.written()).isNotDone();
        disk.failures = 0;
        runner.written().get(3, TimeUnit.MINUTES);
        assertThat(events()).last().isEqualTo(ended);
    }

    /** M11: one failed append rolled back every release on that disk at once. */
    @Test
    void aDiskThatFailsOnceOnlyPausesTheRelease() throws Exception {
        FailingDisk disk = new FailingDisk(journal());
        Runner runner = runner(disk);
        runner.startCanary();
        world.await(50);
        disk.failures = 1;
        runner.record(new Event.Noted(NoteKind.NOTE, "cannot be written at its time"));
        assertThat(runner.ended().get(3, TimeUnit.MINUTES).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(disk.failures).isZero();
        assertThat(events()).anyMatch(Event.Gap.class::isInstance);
        assertThat(events()).noneMatch(Event.Breached.class::isInstance);
    }

    /** C3: with three journals on a hung disk a fourth release stood at 50 % ten seconds after "roll back". */
    @Test
    void hungDisksKeepNobodyFromGoingBack() throws Exception {
        List<HungDisk> disks = new ArrayList<>();
        List<Runner> runners = new ArrayList<>();
        List<World> others = new ArrayList<>();
        // none must be promoted while the others are brought as far
        Plan halfway = RunnerWorld.plan(RunnerWorld.CONTRACT
                .replace("[internal, 50, 100]", "[50, 100]")
                .replace("maxBake: 30s", "maxBake: 20m")
                .replace("bake: 1s", "bake: 10m"));
        for (int i = 0; i < 3; i++) {
            World busy = new World();
            others.add(busy);
            disks.add(new HungDisk(JournalFile.openUnforced(dir.resolve("hung-" + i + ".jsonl"))));
            runners.add(new Runner(halfway, disks.get(i), List.of(), busy, ReleaseClock.WALL, threads));
            runners.get(i).startCanary();
            busy.await(50);
        }
        Runner runner = new Runner(halfway, journal(), List.of(), world, ReleaseClock.WALL, threads);
        runner.startCanary();
        world.await(50);
        try {
            disks.forEach(disk -> disk.hangs = true);
            runners.forEach(r -> r.record(new Event.Noted(NoteKind.NOTE, "hangs")));
            await("disks that hang")
                    .atMost(LIMIT)
                    .until(() -> disks.stream().filter(disk -> disk.hanging).count() >= 2);
            runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
            world.awaitZero();
            // and they themselves
            runners.forEach(r -> r.rollBack(BreachCause.OPERATOR, "ann", "looks bad"));
            others.forEach(World::awaitZero);
            for (Runner r : runners) {
                assertThat(r.ended().get(3, TimeUnit.MINUTES).confirmed()).isTrue();
                assertThat(r.written()).isNotDone();
            }
        } finally {
            disks.forEach(HungDisk::heal);
        }
        for (Runner r : runners) {
            r.written().get(3, TimeUnit.MINUTES);
        }
        assertThat(runner.ended().get(3, TimeUnit.MINUTES).confirmed()).isTrue();
    }

    /** C3: two hung disks held all threads that write, and a release on a third went neither forward nor to its end. */
    @Test
    void hungDisksKeepNobodyElseFromWriting() throws Exception {
        List<HungDisk> disks = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                HungDisk disk = new HungDisk(JournalFile.openUnforced(dir.resolve("hung-" + i + ".jsonl")));
                disks.add(disk);
                disk.hangs = true;
                new Runner(
                                RunnerWorld.plan(RunnerWorld.CONTRACT),
                                disk,
                                List.of(),
                                new World(),
                                ReleaseClock.WALL,
                                threads)
                        .record(new Event.Noted(NoteKind.NOTE, "hangs"));
            }
            await("disks that hang").atMost(LIMIT).until(() -> disks.stream().allMatch(disk -> disk.hanging));
            Runner healthy = runner(journal());
            healthy.startCanary();
            assertThat(healthy.ended().get(3, TimeUnit.MINUTES).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
            assertThat(healthy.written().get(3, TimeUnit.MINUTES)).isNull();
        } finally {
            disks.forEach(HungDisk::heal);
        }
    }

    /** C3: what goes forward waits for the disk. */
    @Test
    void nothingGoesForwardBeforeItsIntentIsOnTheDisk() throws Exception {
        HungDisk disk = new HungDisk(journal());
        Runner runner = runner(disk);
        runner.arm().get(3, TimeUnit.MINUTES);
        disk.hangs = true;
        try {
            runner.startCanary();
            await("a disk that hangs").atMost(LIMIT).until(() -> disk.hanging);
            await("a release that waits")
                    .during(Duration.ofMillis(700))
                    .atMost(LIMIT)
                    .until(() -> world.shifts == 0);
        } finally {
            disk.heal();
        }
        assertThat(runner.ended().get(3, TimeUnit.MINUTES).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** M8: such an event was journalled before it was folded, and the record was damaged for good. */
    @Test
    void anEventThatCannotBeFoldedIsLeftOutAndTheReleaseGoesOn() throws Exception {
        Runner runner = runner(journal());
        runner.startCanary();
        world.await(50);
        runner.record(new Event.Looked(1, null, null, null, null));
        runner.record(new Event.Held(null, "no cause"));
        assertThat(runner.ended().get(3, TimeUnit.MINUTES).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        List<Stamped> written = JournalReader.read(dir.resolve("journal.jsonl")).events();
        assertThat(Fold.all(RunnerWorld.plan(RunnerWorld.CONTRACT), written)
                        .outcome()
                        .verdict())
                .isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(events())
                .anyMatch(event -> event instanceof Event.Noted noted
                        && noted.kind() == NoteKind.ISSUE
                        && noted.text().startsWith("an event 'Looked' was left out"));
    }

    /** H10: an event over the size limit kept all after it from the disk for good. */
    @Test
    void anEventThatIsTooLargeIsCutAndSaysSo() throws Exception {
        Runner runner = runner(journal());
        runner.startCanary();
        runner.record(new Event.Noted(NoteKind.NOTE, "x".repeat(9 << 20)));
        assertThat(runner.ended().get(3, TimeUnit.MINUTES).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(events()).last().isInstanceOf(Event.Ended.class);
        assertThat(events()).noneMatch(Event.Gap.class::isInstance);
        assertThat(events())
                .anyMatch(event ->
                        event instanceof Event.Noted noted && noted.text().endsWith("x… (cut, of 9437184 characters)"))
                .contains(new Event.Noted(
                        NoteKind.ISSUE, "an event 'Noted' was larger than the record takes, and was cut"));
    }

    private List<Event> events() throws IOException {
        return JournalReader.read(dir.resolve("journal.jsonl")).events().stream()
                .map(Stamped::event)
                .toList();
    }

    private Runner runner(JournalWriter journal) throws Exception {
        return new Runner(
                RunnerWorld.plan(RunnerWorld.CONTRACT), journal, List.of(), world, ReleaseClock.WALL, threads);
    }

    private JournalWriter journal() throws IOException {
        return JournalFile.openUnforced(dir.resolve("journal.jsonl"));
    }

    private static final class FailingDisk implements JournalWriter {
        private final JournalWriter disk;
        private volatile int failures;

        FailingDisk(JournalWriter disk) {
            this.disk = disk;
        }

        @Override
        public Stamped append(Instant at, Instant wall, Event event) throws IOException {
            if (failures > 0) {
                failures--;
                throw new IOException("Input/output error");
            }
            return disk.append(at, wall, event);
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }

    /** C3: a disk that neither answers nor fails. */
    private static final class HungDisk implements JournalWriter {
        private final JournalWriter disk;
        private final CountDownLatch healed = new CountDownLatch(1);
        private volatile boolean hangs;
        private volatile boolean hanging;

        HungDisk(JournalWriter disk) {
            this.disk = disk;
        }

        void heal() {
            hangs = false;
            healed.countDown();
        }

        @Override
        public Stamped append(Instant at, Instant wall, Event event) throws IOException {
            return disk.append(at, wall, event);
        }

        @Override
        public void force() throws IOException {
            if (hangs) {
                hanging = true;
                try {
                    healed.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            disk.force();
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }

    private static final class World extends TrafficPorts implements MetricSource, TrafficRouter {
        private volatile double weight;
        private volatile int readsSinceShift;
        private volatile int shifts;

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
        public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to) {
            double canary = 1000 * weight / 100;
            double baseline = 1000 - canary;
            return List.of(Event.Sample.rate("MON-001", canary * 0.001, canary, baseline * 0.001, baseline));
        }

        @Override
        public void shift(double wanted) {
            shifts++;
            weight = wanted;
            readsSinceShift = 0;
        }

        @Override
        public RouterReading read() {
            readsSinceShift++;
            return new RouterReading(weight, 7, 7, 0, true);
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
        public void call(String key, String text) {}
    }
}
