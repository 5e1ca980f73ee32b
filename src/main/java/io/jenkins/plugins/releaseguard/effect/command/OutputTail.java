// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Drains a process's output so that it never blocks, and keeps the end of it. */
final class OutputTail {
    private static final long DRAIN_MILLIS = 1000;

    private final InputStream in;
    private final Mask mask;
    private final int keep;
    private final byte[] ring;
    private final CountDownLatch drained = new CountDownLatch(1);
    private long total;

    OutputTail(InputStream in, int keep, Mask mask) {
        this.in = in;
        this.mask = mask;
        this.keep = keep;
        // room for a secret that begins before what is kept: it is masked whole, then cut
        this.ring = new byte[keep + 4 * mask.longest()];
        Thread pump = new Thread(this::drain, "release-guard command output");
        pump.setDaemon(true);
        pump.start();
    }

    private void drain() {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            // the pipe is closed when the process is killed: what came until then is the output
        } finally {
            drained.countDown();
        }
    }

    private synchronized void keep(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            ring[(int) (total++ % ring.length)] = bytes[i];
        }
    }

    /** The end of the output, masked; waits a moment for what is still in the pipe. */
    String text() throws InterruptedException {
        if (!drained.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            close();
        }
        return mask.apply(unrolled()).tail(keep, overflowed());
    }

    private void close() {
        try {
            in.close();
        } catch (IOException e) {
            // nothing is lost: the text so far is the answer
        }
    }

    /** Whether there was more than is kept. */
    synchronized boolean wasCut() {
        return total > keep;
    }

    private synchronized boolean overflowed() {
        return total > ring.length;
    }

    private synchronized String unrolled() {
        int length = (int) Math.min(total, ring.length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ring[(int) ((total - length + i) % ring.length)];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
