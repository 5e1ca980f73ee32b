// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.async.Bulkheads;
import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.LaneLimits;
import io.jenkins.plugins.releaseguard.lane.LaneLoad;
import io.jenkins.plugins.releaseguard.lane.Pace;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.lane.Workers;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All that runners share of one process: who decides, what time it is, and a lane for each sort of call, so that no sort waits for
 * another. Runners know no thread: {@link RunnerThreads} has the real ones, a simulation may have one for everything.
 */
public final class Lanes {
    /** Threads that the lanes share while calls hang. */
    private static final int WORKERS = 18;

    /** Of those at once while no call holds one for long. */
    private static final int USUAL = 6;

    /** Journals written at once to disks that don't hang. */
    private static final int JOURNALS = 2;

    /** What hangs keeps its thread. */
    private static final int JOURNAL_THREADS = 6;

    private static final Duration DISK_HANGS = Duration.ofSeconds(2);

    private final Executor deciding;
    private final Bulkheads journals;
    private final Timer timer;
    private final Workers threads;
    private final List<Lane> all = new CopyOnWriteArrayList<>();
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
        threads = new Workers(WORKERS, USUAL, workers, timer);
        // as many questions as a host is asked at once: what waits here is late, what waits for a host's turn seems
        // unanswered; and of a release as many as a look has sources
        looks = add("looks", new LaneLimits(64, 3, 8), 2, 3);
        forward = add("forward", new LaneLimits(64, 8, 3), 1, 3);
        back = add(Pace.URGENT, "back", new LaneLimits(256, 32, 4), 4, 6);
        actions = add("actions", new LaneLimits(128, 128, 4), 1, 3);
        checks = add(Pace.PATIENT, "checks", new LaneLimits(32, 32, 2), 1, 3);
        people = add("people", new LaneLimits(32, 32, 1), 2, 3);
        telling = add("telling", new LaneLimits(32, 32, 1), 1, 3);
        setUps = add("set-ups", new LaneLimits(32, 32, 1), 1, 2);
        watchdog = new Watchdog(timer);
    }

    private Lane add(String name, LaneLimits limits, int kept, int most) {
        return add(Pace.USUAL, name, limits, kept, most);
    }

    private Lane add(Pace pace, String name, LaneLimits limits, int kept, int most) {
        return add(name, limits, threads.share(pace, kept, most));
    }

    private Lane add(String name, LaneLimits limits, Workers.Share share) {
        Lane lane = new Lane(name, limits, share, timer);
        all.add(lane);
        return lane;
    }

    /**
     * One more lane, for what whoever runs the runners does beside them: it works on the threads that there are, of which an urgent one
     * brings one, and what of it hangs takes none from other lanes.
     *
     * @param most threads that it may hold, at least one
     */
    public Lane beside(String name, LaneLimits limits, Pace pace, int most) {
        return add(name, limits, threads.further(pace, most));
    }

    /** How many threads hang now in calls and in writing journals. */
    public int hanging() {
        return threads.late() + journals.overdue();
    }

    /** How many can at most. */
    public int mayHang() {
        return threads.mayBeLate() + JOURNAL_THREADS - JOURNALS;
    }

    /** How many threads there have been at most for what held one for long, beyond those that there usually are. */
    public int mostBeyondUsual() {
        return threads.mostLate() + journals.mostOverdue();
    }

    /** How many threads journals may need now. */
    int journalThreads() {
        return journals.needed();
    }

    /** How many threads the lanes' calls may need now. */
    int workerThreads() {
        return threads.needed();
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

    public Timer timer() {
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
        return all.stream().map(Lane::load).toList();
    }
}
