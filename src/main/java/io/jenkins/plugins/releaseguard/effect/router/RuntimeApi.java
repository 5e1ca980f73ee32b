// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.http.Names;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HAProxy's runtime API (Management Guide, section 9.3): a line of commands, their answers, the connection's end. Every wait ends
 * at the deadline or by an interrupt.
 */
final class RuntimeApi {
    private static final int ANSWER_LIMIT = 4 * 1024 * 1024;

    private final String address;

    RuntimeApi(String address) {
        this.address = address;
    }

    /** @throws IllegalArgumentException if it is neither {@code host:port} nor a path */
    static SocketAddress parse(String address) {
        try {
            if (address.startsWith("/")) {
                return UnixDomainSocketAddress.of(address);
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("The runtime API's address is not a path: " + e.getReason(), e);
        }
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        String port = address.substring(colon + 1);
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535 || port.matches("0+")) {
            throw new IllegalArgumentException("'" + Lines.bounded(address, 80)
                    + "' is not the address of a runtime API: write host:port, or the absolute path of the socket");
        }
        return InetSocketAddress.createUnresolved(host, Integer.parseInt(port));
    }

    /** The answer to one line of commands, as it came. */
    String ask(String line, Deadline deadline) throws EffectException, InterruptedException {
        try (Selector selector = Selector.open();
                SocketChannel channel = open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, 0);
            if (!channel.connect(target(deadline))) {
                await(selector, key, SelectionKey.OP_CONNECT, deadline, "it did not accept the connection");
                channel.finishConnect();
            }
            ByteBuffer out = ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.UTF_8));
            while (out.hasRemaining()) {
                if (channel.write(out) == 0) {
                    await(selector, key, SelectionKey.OP_WRITE, deadline, "it did not take the command");
                }
            }
            return new String(read(channel, selector, key, deadline), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EffectException(refused(e), e);
        }
    }

    private byte[] read(SocketChannel channel, Selector selector, SelectionKey key, Deadline deadline)
            throws IOException, EffectException, InterruptedException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.allocate(16 * 1024);
        while (true) {
            int count = channel.read(in);
            if (count < 0) {
                break;
            }
            if (count == 0) {
                await(
                        selector,
                        key,
                        SelectionKey.OP_READ,
                        deadline,
                        "it took the command and did not answer to its end");
                continue;
            }
            answer.write(in.array(), 0, in.position());
            in.clear();
            if (answer.size() > ANSWER_LIMIT) {
                throw new EffectException(who() + " sent more than " + ANSWER_LIMIT / 1024 / 1024
                        + " MiB: is this the runtime API ('stats socket')?");
            }
        }
        if (answer.size() == 0) {
            throw new EffectException(
                    who() + " closed the connection without an answer: is this the runtime API ('stats socket'),"
                            + " and are fewer than its maxconn connected?");
        }
        return answer.toByteArray();
    }

    private void await(Selector selector, SelectionKey key, int operation, Deadline deadline, String what)
            throws IOException, EffectException, InterruptedException {
        key.interestOps(operation);
        do {
            long left = deadline.leftMillis();
            if (left > 0) {
                selector.select(left);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for " + who());
            }
            if (left <= 0) {
                throw late(deadline, what);
            }
        } while (selector.selectedKeys().isEmpty());
        selector.selectedKeys().clear();
    }

    private SocketChannel open() throws IOException {
        return parse(address) instanceof UnixDomainSocketAddress
                ? SocketChannel.open(java.net.StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    /** The look-up itself can't be interrupted, the wait for it can. */
    private SocketAddress target(Deadline deadline) throws IOException, EffectException, InterruptedException {
        SocketAddress parsed = parse(address);
        if (!(parsed instanceof InetSocketAddress inet)) {
            return parsed;
        }
        CompletableFuture<List<InetAddress>> found = Names.SHARED.find(inet.getHostString());
        try {
            return new InetSocketAddress(
                    found.get(deadline.leftMillis(), TimeUnit.MILLISECONDS).get(0), inet.getPort());
        } catch (TimeoutException e) {
            throw late(deadline, "its name was not found");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private EffectException late(Deadline deadline, String what) {
        return new EffectException(who() + " did not answer within " + deadline + " (" + what
                + "): is the process alive and the address right?");
    }

    private String refused(IOException e) {
        String why = e instanceof UnknownHostException ? "the name is unknown" : String.valueOf(e.getMessage());
        return who() + " can't be reached (" + why
                + "): is HAProxy running, does its configuration have 'stats socket', "
                + (address.startsWith("/") ? "and may this user open the socket?" : "and does it listen there?");
    }

    /** Who was asked, for messages. */
    String who() {
        return "HAProxy's runtime API at " + address;
    }

    /** A moment until which everything must have happened. */
    static final class Deadline {
        private final Duration limit;
        private final long end;

        Deadline(Duration limit) {
            this.limit = limit;
            this.end = System.nanoTime() + limit.toNanos();
        }

        long leftMillis() {
            long nanos = end - System.nanoTime();
            return nanos <= 0 ? 0 : Math.max(1, nanos / 1_000_000);
        }

        @Override
        public String toString() {
            return limit.toMillis() / 1000.0 + " s";
        }
    }
}
