// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.async.DaemonThreads;
import io.jenkins.plugins.releaseguard.lane.ThreadTimer;
import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/**
 * The threads of all runners of one process, made as they are needed: one for time, two for deciding, two for journals, and six for what of
 * the lanes' calls has to wait. With two for HTTP's answers, one each for its connections, for names and for HAProxy that is sixteen,
 * however many releases there are, what whoever runs them does beside ({@link Lanes#beside}) included,
 * but for one thread of each urgent lane. What holds a thread for long has another beside it: up to four for journals on disks that hang, fourteen for the
 * lanes' calls and their ends, those of lanes beside, and fifteen for names, each within its lane's share.
 */
public final class RunnerThreads implements AutoCloseable {
    private static final int DECIDING = 2;
    private static final Duration WRITTEN = Duration.ofSeconds(2);

    private final Timer timer;
    private final ExecutorService deciding;
    private final ExecutorService journal;
    private final ExecutorService workers;
    private final Lanes lanes;

    public RunnerThreads() {
        this(UnaryOperator.identity());
    }

    /** @param as what the place needs around work: as whom it is done, for one */
    public RunnerThreads(UnaryOperator<ExecutorService> as) {
        this(as, new ThreadTimer("release-guard-timer-1"));
    }

    /** @param timer closed with these threads */
    public RunnerThreads(UnaryOperator<ExecutorService> as, Timer timer) {
        this.timer = timer;
        deciding = as.apply(DaemonThreads.pool(DECIDING, "decide"));
        journal = DaemonThreads.pool(this::journals, "journal");
        workers = as.apply(DaemonThreads.pool(this::workers, "work"));
        lanes = new Lanes(deciding, journal, workers, timer);
    }

    private int journals() {
        return lanes.journalThreads();
    }

    private int workers() {
        return lanes.workerThreads();
    }

    public Lanes lanes() {
        return lanes;
    }

    @Override
    public void close() {
        timer.close();
        deciding.shutdownNow();
        workers.shutdownNow();
        try {
            // what has happened should be written; a disk that hangs is not waited for
            lanes.awaitJournals(WRITTEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.shutdownNow();
    }
}
