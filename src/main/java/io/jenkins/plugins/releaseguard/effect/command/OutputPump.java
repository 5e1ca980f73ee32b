// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Drains a process's output so that it never blocks. */
final class OutputPump {
    private static final long DRAIN_MILLIS = 1000;

    private final InputStream in;
    private final OutputTail out;
    private final CountDownLatch drained = new CountDownLatch(1);

    OutputPump(InputStream in, OutputTail out) {
        this.in = in;
        this.out = out;
        Thread pump = new Thread(this::drain, "release-guard command output");
        pump.setDaemon(true);
        pump.start();
    }

    private void drain() {
        try (in) {
            in.transferTo(out);
        } catch (IOException e) {
            // the pipe is closed when the process is killed: what came until then is the output
        } finally {
            drained.countDown();
        }
    }

    /** Waits a moment for what is still in the pipe, and ends the output. */
    void end() throws InterruptedException, IOException {
        if (!drained.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            close();
        }
        out.close();
    }

    private void close() {
        try {
            in.close();
        } catch (IOException e) {
            // nothing is lost: the text so far is the answer
        }
    }
}
