// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A connection on which something is said, and answered until the other side closes it. Cancelling the answer closes it too. */
final class Exchange {
    private static final Logger LOGGER = Logger.getLogger(Exchange.class.getName());
    private static final int BUFFER = 16 * 1024;

    private final SocketAddress target;
    private final int most;
    private final RuntimeApi.Deadline deadline;
    private final ByteBuffer out;
    private final ByteArrayOutputStream in = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    private volatile SocketChannel channel;
    private SelectionKey key;

    /** @param most bytes of an answer */
    Exchange(SocketAddress target, byte[] said, int most, RuntimeApi.Deadline deadline) {
        this.target = target;
        this.most = most;
        this.deadline = deadline;
        this.out = ByteBuffer.wrap(said);
    }

    /** The answer is longer than it may be. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * Has it made.
     *
     * @return fails with an {@link IOException}, a {@link TimeoutException} that says for what was waited, or {@link TooLong}
     */
    CompletableFuture<byte[]> on(SocketLoop loop) {
        answer.whenComplete((bytes, error) -> {
            close();
            loop.wake();
        });
        try {
            loop.begin(this);
        } catch (IOException | OutOfMemoryError e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    long leftMillis() {
        return deadline.leftMillis();
    }

    /** Null for none. */
    void fail(Throwable why) {
        answer.completeExceptionally(
                why instanceof IOException || why instanceof OutOfMemoryError
                        ? why
                        : new IOException("the connection was given up", why));
    }

    // --- on the loop's thread ---

    void begin(Selector selector) {
        if (answer.isDone()) {
            return;
        }
        try {
            channel = target instanceof UnixDomainSocketAddress
                    ? SocketChannel.open(StandardProtocolFamily.UNIX)
                    : SocketChannel.open();
            if (answer.isDone()) {
                // given up in this instant, and closed nothing
                close();
                return;
            }
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_CONNECT, this);
            if (channel.connect(target)) {
                write();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    void advance() {
        try {
            if (!key.isValid()) {
                return;
            }
            if (key.isConnectable()) {
                channel.finishConnect();
                write();
            } else if (key.isWritable()) {
                write();
            } else if (key.isReadable()) {
                read();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void write() throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void read() throws IOException {
        ByteBuffer some = ByteBuffer.allocate(BUFFER);
        int count = channel.read(some);
        if (count < 0) {
            answer.complete(in.toByteArray());
            return;
        }
        in.write(some.array(), 0, count);
        if (in.size() > most) {
            answer.completeExceptionally(new TooLong());
        }
    }

    void expireIfDue() {
        if (!answer.isDone() && deadline.leftMillis() <= 0) {
            answer.completeExceptionally(new TimeoutException(waitingFor()));
        }
    }

    private String waitingFor() {
        if (!channel.isConnected()) {
            return "it did not accept the connection";
        }
        return out.hasRemaining() ? "it did not take the command" : "it took the command and did not answer to its end";
    }

    private void close() {
        SocketChannel open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "Not closed", e);
            }
        }
    }
}
