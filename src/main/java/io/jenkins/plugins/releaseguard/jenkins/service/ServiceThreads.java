// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.security.ACL;
import io.jenkins.plugins.releaseguard.evidence.EvidenceGatherer;
import io.jenkins.plugins.releaseguard.lane.Answer;
import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.LaneLimits;
import io.jenkins.plugins.releaseguard.lane.Pace;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.rollout.runner.Lanes;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.ContextResettingExecutorService;

/**
 * What the service does beside its runners, on lanes of its own among theirs: no thread more for that while nothing hangs. What may hang for
 * want of somebody else, a disk, a channel, a user directory, an agent, a check, has a lane each and may then hold threads beyond, up to the
 * lane's own bound: nobody's build can't be stopped because of it, and in each lane no release has all of them.
 */
final class ServiceThreads {
    private static final Logger LOGGER = Logger.getLogger(ServiceThreads.class.getName());

    /** What isn't given up: interrupted, it would be done by half. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private static final Duration ROUTER = Duration.ofSeconds(30);
    private static final int CHECKS_OF_A_RELEASE = 4;

    private final Lane stopping;
    private final Lane steps;
    private final Lane gates;
    private final Lane evidence;
    private final Lane resuming;
    private final Lane filing;
    private final Lane calling;
    private final Lane directory;

    ServiceThreads(Lanes lanes) {
        stopping = lanes.beside("stopping", new LaneLimits(64, 64, 2), Pace.URGENT, 2);
        steps = lanes.beside("steps", new LaneLimits(64, 1, 1), Pace.USUAL, 2);
        gates = lanes.beside("gates", new LaneLimits(64, 64, 2), Pace.USUAL, 4);
        evidence = lanes.beside(
                "evidence", new LaneLimits(64, 64, CHECKS_OF_A_RELEASE), Pace.PATIENT, 3 * CHECKS_OF_A_RELEASE);
        resuming = lanes.beside("resuming", new LaneLimits(64, 8, 1), Pace.USUAL, 4);
        filing = lanes.beside("filing", new LaneLimits(64, 64, 1), Pace.USUAL, 2);
        calling = lanes.beside("calling", new LaneLimits(64, 64, 1), Pace.USUAL, 2);
        directory = lanes.beside("directory", new LaneLimits(64, 64, 1), Pace.USUAL, 1);
    }

    /** Otherwise it were nobody's work, who sees no job and no folder. */
    static ExecutorService asSystem(ExecutorService pool) {
        return new ImpersonatingExecutorService(new ContextResettingExecutorService(pool), ACL.SYSTEM2);
    }

    /** What must wait for nothing and for nobody: stopping, bringing back, taking up again. */
    void prompt(String release, Runnable task) {
        run(stopping, release, task);
    }

    /** For a release's steps and logs, one after the other. */
    Executor steps(String release) {
        return task -> run(steps, release, task);
    }

    /** What may wait for files and agents: reading contracts, deciding gates; checks don't run here. */
    void work(String release, Runnable task) {
        run(gates, release, task);
    }

    /** What an ended or a lost release leaves on a disk, which may hang. */
    void file(String release, Runnable task) {
        run(filing, release, task);
    }

    /** People are called: channels may hang. */
    void call(String release, Runnable task) {
        run(calling, release, task);
    }

    /** A user directory is asked. */
    void askDirectory(Runnable task) {
        run(directory, "user directory", task);
    }

    /** Checks of a release's gate. One that is given up and doesn't hear it keeps its thread. */
    EvidenceGatherer.Looker checks(String release) {
        return (limit, look, heard) -> evidence.ask(
                new Place(release, release),
                limit,
                Work.blocking(look),
                (found, error, times) -> heard.accept(found, error));
    }

    /**
     * A router is asked before a record is taken up again: its canary has traffic, and waits for nobody's gate.
     *
     * @param answer heard on a thread of the service
     */
    <T> void askRouter(String release, String router, Work<T> question, Answer<T> answer) {
        resuming.ask(
                new Place(release, router),
                ROUTER,
                question,
                (value, error, times) -> run(stopping, release, () -> answer.answered(value, error, times)));
    }

    private static void run(Lane lane, String release, Runnable task) {
        Work<Void> work = Work.blocking(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> "Work for release " + release + " failed");
            }
            return null;
        });
        lane.ask(new Place(release, release), FOR_EVER, work, (nothing, error, times) -> {
            if (error != null) {
                LOGGER.log(Level.WARNING, error, () -> "Work for release " + release + " was not done");
            }
        });
    }
}
