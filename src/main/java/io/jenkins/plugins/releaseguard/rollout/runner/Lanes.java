// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.async.Bulkheads;
import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.LaneLimits;
import io.jenkins.plugins.releaseguard.lane.LaneLoad;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.lane.Workers;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * All that runners share of one process: who decides, what time it is, and a lane for each sort of call, so that no sort waits for
 * another. Runners know no thread: {@link RunnerThreads} has the real ones, a simulation may have one for everything.
 */
public final class Lanes {
    /** Threads that the lanes share. */
    static final int WORKERS = 16;

    /** Journals written at once to disks that don't hang. */
    private static final int JOURNALS = 2;

    /** What hangs keeps its thread. */
    static final int JOURNAL_THREADS = 6;

    private static final Duration DISK_HANGS = Duration.ofSeconds(2);

    private final Executor deciding;
    private final Bulkheads journals;
    private final Timer timer;
    private final Lane looks;
    private final Lane forward;
    private final Lane back;
    private final Lane actions;
    private final Lane checks;
    private final Lane people;
    private final Lane telling;
    private final Lane setUps;
    private final Watchdog watchdog;
    private final AtomicLong runners = new AtomicLong();

    /**
     * @param deciding for decisions, which are short and wait for nothing
     * @param journal for writing journals, which may hang with their disk
     * @param workers for calls that wait; must not do them before it returns
     */
    public Lanes(Executor deciding, Executor journal, Executor workers, Timer timer) {
        this.deciding = deciding;
        journals = new Bulkheads(
                JOURNALS, JOURNAL_THREADS, DISK_HANGS, journal, (in, what) -> timer.schedule(in, what)::cancel);
        this.timer = timer;
        Workers threads = new Workers(WORKERS, workers);
        // as many questions as a host is asked at once: what waits here is late, what waits for a host's turn seems
        // unanswered; and of a release as many as a look has sources
        looks = new Lane("looks", new LaneLimits(64, 3, 8), threads.share(2, 3), timer);
        forward = new Lane("forward", new LaneLimits(64, 8, 3), threads.share(1, 3), timer);
        back = new Lane("back", new LaneLimits(256, 32, 4), threads.share(4, 6), timer);
        actions = new Lane("actions", new LaneLimits(128, 128, 4), threads.share(1, 3), timer);
        checks = new Lane("checks", new LaneLimits(32, 32, 2), threads.share(1, 3), timer);
        people = new Lane("people", new LaneLimits(32, 32, 1), threads.share(2, 3), timer);
        telling = new Lane("telling", new LaneLimits(32, 32, 1), threads.share(1, 2), timer);
        setUps = new Lane("set-ups", new LaneLimits(32, 32, 1), threads.share(1, 2), timer);
        watchdog = new Watchdog(timer);
    }

    Executor deciding() {
        return deciding;
    }

    /** Writes journals of one disk: others don't wait for it while it hangs. */
    Executor journal(Object disk) {
        return journals.of(disk);
    }

    /** Waits for what is to be written to disks that don't hang. */
    void awaitJournals(Duration limit) throws InterruptedException {
        journals.drain(limit);
    }

    Timer timer() {
        return timer;
    }

    /** Questions to metric sources. */
    Lane looks() {
        return looks;
    }

    /** Moving traffic to the canary, reading that it is, and beginning bodies. */
    Lane forward() {
        return forward;
    }

    /** Moving traffic back and reading that it is, and nothing else. */
    Lane back() {
        return back;
    }

    /** What else a procedure does: jobs that are waited for, messages, commands. */
    Lane actions() {
        return actions;
    }

    /** Validations and probes. */
    Lane checks() {
        return checks;
    }

    /** Calling people, whatever listeners do. */
    Lane people() {
        return people;
    }

    /** Listeners, who hear what happened. */
    Lane telling() {
        return telling;
    }

    /** Asking what a source or a router that is set up calls. */
    Lane setUps() {
        return setUps;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    /** A name for a runner's share of the lanes. */
    String name(Plan plan) {
        return plan.service() + "/" + plan.environment() + "#" + runners.incrementAndGet();
    }

    /** How busy each lane is. */
    public List<LaneLoad> loads() {
        return Stream.of(looks, forward, back, actions, checks, people, telling, setUps)
                .map(Lane::load)
                .toList();
    }
}
