// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One thread drives it, in a time of its own, with a disk that fails when told to. */
class JournalLaneTest {
    private static final Event LOOK = new Event.Looked(0, JournalFixture.START, JournalFixture.START, List.of(), null);

    @TempDir
    Path dir;

    private final Queue<Runnable> disk = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparing(Alarm::at));
    private Instant now = JournalFixture.START;
    private int changes;
    private FailingDisk journal;
    private JournalLane lane;

    private record Alarm(Instant at, Runnable what) {}

    @BeforeEach
    void open() throws IOException {
        journal = new FailingDisk(JournalFile.open(file(), false, JournalFixture.CLOCK));
        ReleaseClock clock = new ReleaseClock() {
            @Override
            public Instant now() {
                return now;
            }

            @Override
            public Instant wall() {
                return now;
            }
        };
        lane = new JournalLane(
                journal, clock, disk::add, (in, what) -> alarms.add(new Alarm(now.plus(in), what)), () -> changes++);
    }

    /** M2: before, an event was forced by itself. */
    @Test
    void whatWaitsIsForcedTogether() throws IOException {
        for (int i = 0; i < 5; i++) {
            add(note("event " + i));
        }
        assertThat(lane.whole()).isFalse();
        work();
        assertThat(journal.forces).isEqualTo(1);
        assertThat(lane.whole()).isTrue();
        assertThat(changes).isEqualTo(1);
        assertThat(notes()).containsExactly("event 0", "event 1", "event 2", "event 3", "event 4");
    }

    /** M2: before, a look and the router's reading beside it cost a force each. */
    @Test
    void looksAreForcedLateAndTogetherAndNobodyWaitsForThem() {
        for (int i = 0; i < 3; i++) {
            add(LOOK);
            work();
            advance(Duration.ofSeconds(3));
        }
        assertThat(journal.forces).isZero();
        assertThat(lane.whole()).isTrue();
        advance(JournalLane.LAZY);
        assertThat(journal.forces).isEqualTo(1);
        add(LOOK);
        add(note("counts"));
        work();
        assertThat(journal.forces).isEqualTo(2);
        advance(JournalLane.LAZY.multipliedBy(2));
        assertThat(journal.forces).isEqualTo(2);
    }

    /** M11: before, one failed append rolled back every release on that disk. */
    @Test
    void oneFailedTryIsNoFailureAndWhatWasMissedFollowsWithItsGap() throws IOException {
        journal.broken = true;
        add(note("first"));
        work();
        assertThat(lane.failure()).isNull();
        assertThat(lane.whole()).isFalse();
        journal.broken = false;
        add(note("second"));
        advance(JournalLane.RETRY);
        assertThat(lane.whole()).isTrue();
        assertThat(lane.failure()).isNull();
        assertThat(events()).element(0).isEqualTo(new Event.Gap(2, "Input/output error"));
        assertThat(notes()).containsExactly("first", "second");
    }

    @Test
    void aSecondFailedTryIsOneAndIsTriedOn() throws IOException {
        journal.broken = true;
        add(note("first"));
        work();
        advance(JournalLane.RETRY);
        assertThat(lane.failure()).isEqualTo("Input/output error");
        assertThat(changes).isEqualTo(1);
        advance(Duration.ofHours(1));
        assertThat(changes).isEqualTo(1);
        journal.broken = false;
        advance(Duration.ofSeconds(30));
        assertThat(lane.failure()).isNull();
        assertThat(notes()).containsExactly("first");
    }

    @Test
    void whatCouldNotBeForcedIsWrittenAgainAndOnce() throws IOException {
        journal.unforced = true;
        add(note("first"));
        add(LOOK);
        add(note("second"));
        work();
        assertThat(lane.whole()).isFalse();
        journal.unforced = false;
        advance(JournalLane.RETRY);
        assertThat(notes()).containsExactly("first", "second");
        assertThat(events()).hasSize(4).first().isInstanceOf(Event.Gap.class);
        assertThat(JournalReader.read(file()).readings().damage()).isNull();
    }

    /** H10: before, what was kept in memory was dropped at the end. */
    @Test
    void theEndIsTriedUntilItIsWritten() throws IOException {
        journal.broken = true;
        add(note("last"));
        lane.finish();
        work();
        advance(Duration.ofHours(3));
        assertThat(lane.written()).isNotDone();
        journal.broken = false;
        advance(Duration.ofSeconds(30));
        assertThat(lane.written()).isDone();
        assertThat(journal.closed).isTrue();
        assertThat(notes()).containsExactly("last");
    }

    @Test
    void whoLeavesWritesWhatIsThereAndDoesNotTryOn() throws IOException {
        add(note("there"));
        add(LOOK);
        lane.leave();
        work();
        assertThat(journal.closed).isTrue();
        assertThat(events()).hasSize(2);
    }

    @Test
    void whoLeavesADeadDiskLeavesIt() {
        journal.broken = true;
        add(note("there"));
        lane.leave();
        work();
        assertThat(journal.closed).isTrue();
        assertThat(alarms).isEmpty();
        assertThat(lane.written()).isNotDone();
    }

    /** H10: before, it was tried for ever, and all after it stayed in memory. */
    @Test
    void anEventThatTheJournalNeverTakesIsToldAndDoesNotBlockThoseAfterIt() throws IOException {
        add(note("x".repeat(9 << 20)));
        add(note("after it"));
        work();
        assertThat(lane.whole()).isTrue();
        assertThat(notes()).hasSize(2).last().isEqualTo("after it");
        assertThat(notes().get(0)).startsWith("left out: an event of ");
    }

    @Test
    void aDeadDiskDoesNotFillTheMemoryWithLooks() throws IOException {
        journal.broken = true;
        for (int i = 0; i < 20_100; i++) {
            add(LOOK);
        }
        add(note("counts"));
        work();
        journal.broken = false;
        advance(JournalLane.RETRY);
        assertThat(events()).element(0).isEqualTo(new Event.Gap(20_101, "Input/output error"));
        assertThat(events()).hasSize(20_002);
        assertThat(notes()).containsExactly("counts");
    }

    /** H10: what was left out while the disk only hung was told nowhere. */
    @Test
    void whatADiskThatHangsHadNoRoomForIsTold() throws IOException {
        for (int i = 0; i < 20_100; i++) {
            add(LOOK);
        }
        add(note("counts"));
        work();
        assertThat(events()).element(0).isEqualTo(new Event.Gap(20_101, "the disk did not answer"));
        assertThat(notes()).containsExactly("counts");
    }

    /** C8: who waits for the record was woken only for what had been there when the writing began. */
    @Test
    void whatComesWhileItIsWrittenIsTold() {
        journal.meanwhile = () -> add(note("counts"));
        add(LOOK);
        work();
        assertThat(lane.whole()).isTrue();
        assertThat(changes).isEqualTo(1);
    }

    /** H8: an end that met a want of memory was never written, and the service stayed taken. */
    @Test
    void aWantOfMemoryIsAFailedTry() throws IOException {
        journal.memory = new OutOfMemoryError("for a test");
        add(note("last"));
        lane.finish();
        try {
            work();
        } catch (OutOfMemoryError e) {
            assertThat(e).isSameAs(journal.memory);
        }
        journal.memory = null;
        advance(Duration.ofSeconds(30));
        assertThat(lane.written()).isDone();
        assertThat(notes()).containsExactly("last");
    }

    private void add(Event event) {
        lane.add(new Stamped(-1, now, now, event));
    }

    private void work() {
        int runs = 0;
        for (Runnable next = disk.poll(); next != null; next = disk.poll()) {
            assertThat(++runs).as("writings without a pause").isLessThan(100);
            next.run();
        }
    }

    private void advance(Duration by) {
        Instant until = now.plus(by);
        work();
        while (!alarms.isEmpty() && !alarms.peek().at().isAfter(until)) {
            Alarm alarm = alarms.remove();
            now = alarm.at();
            alarm.what().run();
            work();
        }
        now = until;
    }

    private Path file() {
        return dir.resolve("journal.jsonl");
    }

    private List<Event> events() throws IOException {
        return JournalReader.read(file()).events().stream().map(Stamped::event).toList();
    }

    private List<String> notes() throws IOException {
        List<String> notes = new ArrayList<>();
        for (Event event : events()) {
            if (event instanceof Event.Noted noted) {
                notes.add(noted.text());
            }
        }
        return notes;
    }

    private static Event note(String text) {
        return new Event.Noted(NoteKind.NOTE, text);
    }

    private static final class FailingDisk implements JournalWriter {
        private final JournalFile file;
        private boolean broken;
        private Runnable meanwhile;
        private OutOfMemoryError memory;
        private boolean unforced;
        private boolean closed;
        private int forces;

        FailingDisk(JournalFile file) {
            this.file = file;
        }

        @Override
        public Stamped append(Instant at, Instant wall, Event event) throws IOException {
            if (broken) {
                throw new IOException("Input/output error");
            }
            if (memory != null) {
                throw memory;
            }
            if (meanwhile != null) {
                Runnable one = meanwhile;
                meanwhile = null;
                one.run();
            }
            return file.append(at, wall, event);
        }

        @Override
        public void force() throws IOException {
            forces++;
            if (unforced) {
                file.takeBack();
                throw new IOException("Input/output error");
            }
            file.force();
        }

        @Override
        public void close() throws IOException {
            closed = true;
            file.close();
        }
    }
}
