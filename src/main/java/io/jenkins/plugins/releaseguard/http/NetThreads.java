// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The few threads behind all calls of one process, whatever their number: none waits for an answer. */
final class NetThreads {
    /** Takes answers in and hands them on. */
    static final ExecutorService ANSWERS = pool(2, "http");

    private NetThreads() {}

    /** Threads that go when there is nothing to do. */
    static ExecutorService pool(int size, String name) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "release-guard-" + name + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
