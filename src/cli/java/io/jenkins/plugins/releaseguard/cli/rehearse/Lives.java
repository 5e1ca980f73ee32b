// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.Chaos;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.ChaosPorts;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.ChaoticClock;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.ChaoticJournal;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Ports;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.rollout.runner.RunnerThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A release's runners, one after another: with chaos one may be killed without a word, and the next goes on from the record. */
final class Lives implements Chaos.Controller {
    /** How long the end waits for a record on a disk that is in trouble. */
    private static final int RECORD_SECONDS = 120;

    private final Plan plan;
    private final Path record;
    private final Ports world;
    private final ReleaseClock clock;
    private final RunnerThreads threads;
    private final Attendant attendant;
    private final CompletableFuture<Event.Ended> ended = new CompletableFuture<>();
    private Chaos chaos;
    private Runner runner;
    private ChaosPorts ports;
    private ChaoticJournal journal;

    /** @param world what all runners reach, without chaos */
    Lives(Plan plan, Path record, Ports world, ReleaseClock clock, RunnerThreads threads, Attendant attendant) {
        this.plan = plan;
        this.record = record;
        this.world = world;
        this.clock = clock;
        this.threads = threads;
        this.attendant = attendant;
    }

    /** Null for none, which is what there is before. */
    synchronized void with(Chaos next) {
        chaos = next;
    }

    /** The first runner, or the one after an interruption. */
    synchronized Runner live(List<Stamped> past) throws IOException {
        JournalFile file = JournalFile.openUnforced(record);
        if (chaos == null) {
            runner = new Runner(plan, file, past, world, clock, threads);
        } else {
            journal = new ChaoticJournal(file, chaos);
            CompletableFuture<Runner> mine = new CompletableFuture<>();
            ports = new ChaosPorts(world, chaos, () -> stateOf(mine));
            runner = new Runner(plan, journal, past, ports, new ChaoticClock(clock, chaos), threads);
            mine.complete(runner);
        }
        Runner mine = runner;
        mine.ended().thenAccept(event -> end(mine, event));
        attendant.attend(mine);
        return mine;
    }

    private static State stateOf(CompletableFuture<Runner> runner) {
        Runner now = runner.getNow(null);
        return now == null ? null : now.state();
    }

    private synchronized void end(Runner of, Event.Ended event) {
        if (of == runner) {
            ended.complete(event);
        }
    }

    /** Waits for the release's end, whoever brings it about. */
    Event.Ended await() throws InterruptedException {
        try {
            Event.Ended event = ended.get();
            written().get(RECORD_SECONDS, TimeUnit.SECONDS);
            return event;
        } catch (TimeoutException e) {
            throw new IllegalStateException("the release has ended, and its record can't be written", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private synchronized CompletableFuture<Void> written() {
        return runner.written();
    }

    /** Lets go of the record, which may be gone on with. */
    synchronized void detach() {
        if (runner != null) {
            runner.detach();
        }
    }

    @Override
    public void kill() throws IOException {
        Runner killed;
        ChaoticJournal cut;
        synchronized (this) {
            killed = runner;
            cut = journal;
            if (killed == null || ended.isDone()) {
                return;
            }
            runner = null;
            ports.die();
        }
        try {
            cut.cut();
        } finally {
            killed.detach();
        }
    }

    @Override
    public void startAgain() throws IOException {
        synchronized (this) {
            if (runner != null || ended.isDone()) {
                return;
            }
        }
        List<Stamped> past = JournalReader.read(record).events();
        Runner next = live(past);
        Duration down = Duration.between(past.get(past.size() - 1).wall(), clock.wall());
        next.resume(down, "it was killed, and started again");
        next.startCanary();
    }
}
