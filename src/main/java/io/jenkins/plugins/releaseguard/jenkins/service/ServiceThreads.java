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
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.ContextResettingExecutorService;

/** The service's own few threads, all of them gone when nothing is to be done. */
final class ServiceThreads implements AutoCloseable {
    private final ThreadPoolExecutor tellingPool = pool(2, "telling");
    private final ThreadPoolExecutor promptPool = pool(2, "prompt");
    private final ThreadPoolExecutor workingPool = pool(4, "working");
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

    /** For what must not wait behind anybody's evidence: stopping, calling people, ending. */
    ExecutorService prompt() {
        return asSystem(promptPool);
    }

    /** For what may take a while: reading contracts, gathering. */
    ExecutorService working() {
        return asSystem(workingPool);
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
        checkThreads.close();
    }
}
