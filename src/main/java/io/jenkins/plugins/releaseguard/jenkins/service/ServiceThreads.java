// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.ContextResettingExecutorService;

/**
 * The service's own few threads, all of them gone when nothing is to be done. What may hang for want of somebody else, a disk, a channel, a user
 * directory, a router, has threads of its own, so that nobody's build can't be stopped because of it.
 */
final class ServiceThreads implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ServiceThreads.class.getName());

    private final ThreadPoolExecutor tellingPool = pool(2, "telling");
    private final ThreadPoolExecutor promptPool = pool(2, "prompt");
    private final ThreadPoolExecutor workingPool = pool(4, "working");
    private final ThreadPoolExecutor filingPool = pool(2, "filing");
    private final ThreadPoolExecutor callingPool = pool(2, "calling");
    private final ThreadPoolExecutor directoryPool = pool(1, "directory");
    private final ThreadPoolExecutor resumingPool = pool(4, "resuming");
    private final CheckThreads checkThreads = new CheckThreads("release-guard-checks");

    private static ThreadPoolExecutor pool(int size, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "release-guard-" + name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Otherwise it were nobody's work, who sees no job and no folder. */
    static ExecutorService asSystem(ExecutorService pool) {
        return new ImpersonatingExecutorService(new ContextResettingExecutorService(pool), ACL.SYSTEM2);
    }

    /** For steps and logs, in order a release. */
    ExecutorService telling() {
        return asSystem(tellingPool);
    }

    /** What must wait for nothing and for nobody: stopping, bringing back. */
    void prompt(Runnable task) {
        run(promptPool, task);
    }

    /** What may take a while: reading contracts, gathering. */
    void work(Runnable task) {
        run(workingPool, task);
    }

    /** What an ended or a lost release leaves on a disk, which may hang. */
    void file(Runnable task) {
        run(filingPool, task);
    }

    /** People are called: channels may hang. */
    void call(Runnable task) {
        run(callingPool, task);
    }

    /** A user directory is asked. */
    void askDirectory(Runnable task) {
        run(directoryPool, task);
    }

    /** A router is asked before a record is taken up again: its canary has traffic, and waits for nobody's gate. */
    void resume(Runnable task) {
        run(resumingPool, task);
    }

    private static void run(ExecutorService pool, Runnable task) {
        try {
            asSystem(pool).execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, "Work for a release failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The service is going down", e);
        }
    }

    /** For checks alone, so that gathering can wait for them. */
    Executor checks() {
        return task -> checkThreads.execute(task instanceof Future<?> given ? given : null, () -> {
            Thread.currentThread().setContextClassLoader(ServiceThreads.class.getClassLoader());
            try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
                task.run();
            }
        });
    }

    /** Comes every half minute: checks that hang must not keep others waiting. */
    void relieve() {
        checkThreads.relieve();
    }

    @Override
    public void close() {
        tellingPool.shutdown();
        promptPool.shutdownNow();
        workingPool.shutdownNow();
        filingPool.shutdownNow();
        callingPool.shutdownNow();
        directoryPool.shutdownNow();
        resumingPool.shutdownNow();
        checkThreads.close();
    }
}
