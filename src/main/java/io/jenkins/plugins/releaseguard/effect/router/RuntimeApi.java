// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.http.Names;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HAProxy's runtime API (Management Guide, section 9.3): a line of commands, their answers, the connection's end.
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

    /**
     * The answer to one line of commands, as it came. No thread waits for it.
     *
     * @return fails with an {@link EffectException}; cancelled, the connection is closed
     */
    CompletableFuture<String> ask(String line, Deadline deadline) {
        byte[] said = (line + '\n').getBytes(StandardCharsets.UTF_8);
        Scope scope = new Scope();
        return scope.answer(target(scope, deadline)
                .thenCompose(target ->
                        scope.start(() -> new Exchange(target, said, ANSWER_LIMIT, deadline).on(SocketLoop.SHARED)))
                .thenApply(Scope.checked(this::text))
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(said(Scope.cause(error), deadline))));
    }

    private String text(byte[] answer) throws EffectException {
        if (answer.length == 0) {
            throw new EffectException(
                    who() + " closed the connection without an answer: is this the runtime API ('stats socket'),"
                            + " and are fewer than its maxconn connected?");
        }
        return new String(answer, StandardCharsets.UTF_8);
    }

    private Throwable said(Throwable error, Deadline deadline) {
        if (error instanceof TimeoutException) {
            return new EffectException(who() + " did not answer within " + deadline + " (" + error.getMessage()
                    + "): is the process alive and the address right?");
        }
        if (error instanceof Exchange.TooLong) {
            return new EffectException(who() + " sent more than " + ANSWER_LIMIT / 1024 / 1024
                    + " MiB: is this the runtime API ('stats socket')?");
        }
        return error instanceof IOException e ? new EffectException(refused(e), e) : error;
    }

    private CompletableFuture<SocketAddress> target(Scope scope, Deadline deadline) {
        if (!(parse(address) instanceof InetSocketAddress inet)) {
            return CompletableFuture.completedFuture(parse(address));
        }
        return scope.start(() -> Names.SHARED.find(inet.getHostString()).copy())
                .orTimeout(Math.max(1, deadline.leftMillis()), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(
                        Scope.cause(error) instanceof TimeoutException
                                ? new TimeoutException("its name was not found")
                                : Scope.cause(error)))
                .thenApply(found -> new InetSocketAddress(found.get(0), inet.getPort()));
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
