// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.async.DaemonThreads;
import io.jenkins.plugins.releaseguard.lane.ThreadTimer;
import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/**
 * The threads of all runners of one process, made as they are needed: one for time, two for deciding, two for journals and up to four
 * more while disks hang, and sixteen at most for the lanes' calls that wait.
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
        journal = DaemonThreads.pool(Lanes.JOURNAL_THREADS, "journal");
        workers = as.apply(DaemonThreads.pool(Lanes.WORKERS, "work"));
        lanes = new Lanes(deciding, journal, workers, timer);
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
