// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Users: keep-alive clients that together send a steady number of requests a second, and fewer when the service is slower than that. */
final class Load implements Closeable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final byte[] REQUEST =
            "GET /pay HTTP/1.1\r\nHost: checkout\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Between two looks at a time that waits. */
    private static final long AGAIN = 2_000_000;

    private final LongSupplier time;
    private final List<Thread> clients = new ArrayList<>();
    private final LongAdder answered = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private volatile boolean stopped;

    /** @param time in nanoseconds, of which only differences mean something: while it waits, users do */
    Load(int port, int connections, double perSecond, LongSupplier time) {
        this.time = time;
        long gap = (long) (connections * 1e9 / perSecond);
        for (int i = 0; i < connections; i++) {
            long offset = gap * i / connections;
            clients.add(Threads.start("client", () -> run(port, offset, gap)));
        }
    }

    /** Requests that got any answer. */
    long answered() {
        return answered.sum();
    }

    /** Requests whose connection broke before an answer. */
    long lost() {
        return lost.sum();
    }

    private void run(int port, long offset, long gap) {
        long due = time.getAsLong() + offset;
        HttpWire wire = null;
        while (!stopped) {
            await(due);
            try {
                if (wire == null) {
                    wire = HttpWire.connect(port, TIMEOUT_MILLIS);
                }
                wire.write(REQUEST);
                if (!wire.read()) {
                    throw new IOException("closed");
                }
                answered.increment();
            } catch (IOException e) {
                lost.increment();
                if (wire != null) {
                    wire.close();
                    wire = null;
                }
                LockSupport.parkNanos(20_000_000);
            }
            // a slow answer is not made up for: the rate falls instead of bursting afterwards
            due = Math.max(due + gap, time.getAsLong());
        }
        if (wire != null) {
            wire.close();
        }
    }

    private void await(long due) {
        long wait = due - time.getAsLong();
        while (wait > 0 && !stopped) {
            LockSupport.parkNanos(wait);
            wait = due - time.getAsLong();
            if (wait > 0) {
                wait = Math.max(wait, AGAIN);
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        clients.forEach(LockSupport::unpark);
        for (Thread client : clients) {
            try {
                client.join(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
