// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;

/** One release on one thread and with virtual time; its disk, its clock and whoever decides can fail when told to. */
final class VirtualRelease implements JournalWriter {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final VirtualTimer timer = new VirtualTimer();
    final RunnerWorld world;
    final Plan plan;

    /** What is on the disk. */
    final List<Event> record = new ArrayList<>();

    /** Added to what the wall's clock says. */
    Duration ahead = Duration.ZERO;

    boolean diskFails;
    boolean diskHangs;
    boolean closed;

    /** What whoever decides is given is lost, or meets this. */
    boolean decidesNothing;

    Error cannotDecide;
    RuntimeException clockFails;

    private final Queue<Runnable> hung = new ArrayDeque<>();
    private final List<Event> loose = new ArrayList<>();
    private final long origin = timer.nanos();
    final Lanes lanes = new Lanes(this::decide, this::write, timer, timer);

    final ReleaseClock clock = new ReleaseClock() {
        @Override
        public Instant now() {
            return wall();
        }

        @Override
        public Instant wall() {
            RuntimeException failure = clockFails;
            clockFails = null;
            if (failure != null) {
                throw failure;
            }
            return START.plusNanos(timer.nanos() - origin).plus(ahead);
        }
    };

    private VirtualRelease(RunnerWorld world, Plan plan) {
        this.world = world;
        this.plan = plan;
    }

    static VirtualRelease of(String contract) throws Exception {
        return new VirtualRelease(new RunnerWorld("a"), RunnerWorld.plan(contract));
    }

    static VirtualRelease withBodies(String contract) throws Exception {
        return new VirtualRelease(new RunnerWorld("a"), RunnerWorld.planWithBodies(contract));
    }

    static VirtualRelease of(RunnerWorld world, Plan plan) {
        return new VirtualRelease(world, plan);
    }

    Runner runner() {
        return runner(State.NEW);
    }

    Runner runner(State past) {
        return new Runner(plan, this, past, world, clock, lanes);
    }

    Runner started() {
        Runner runner = runner();
        runner.startCanary();
        return runner;
    }

    private void decide(Runnable work) {
        Error failure = cannotDecide;
        cannotDecide = null;
        if (failure != null) {
            throw failure;
        }
        if (!decidesNothing) {
            timer.execute(work);
        }
    }

    private void write(Runnable work) {
        if (diskHangs) {
            hung.add(work);
        } else {
            timer.execute(work);
        }
    }

    void diskAnswers() {
        diskHangs = false;
        hung.forEach(timer::execute);
        hung.clear();
    }

    void pass(int seconds) {
        timer.pass(Duration.ofSeconds(seconds));
    }

    /** In steps of a tenth of a second, for a few minutes at most. */
    void passUntil(Predicate<RunnerWorld> there) {
        for (int i = 0; i < 3000 && !there.test(world); i++) {
            timer.pass(Duration.ofMillis(100));
        }
        assertThat(there.test(world)).isTrue();
    }

    <E extends Event> List<E> recorded(Class<E> type) {
        return record.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> notes() {
        return recorded(Event.Noted.class).stream().map(Event.Noted::text).toList();
    }

    @Override
    public Stamped append(Instant at, Instant wall, Event event) throws IOException {
        if (diskFails) {
            throw new IOException("Input/output error");
        }
        loose.add(event);
        return new Stamped(record.size() + loose.size(), at, wall, event);
    }

    @Override
    public void force() throws IOException {
        record.addAll(loose);
        loose.clear();
    }

    @Override
    public void close() {
        closed = true;
    }
}
