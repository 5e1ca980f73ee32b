// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.FaultKind.Manner;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.FaultKind.Port;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a fault makes of one call. No call that is slow or hangs holds a thread. */
final class Interference {
    /** More than an event may have, and less. */
    private static final String LONG = "x".repeat(5000);

    private static final String TOO_LONG = "x".repeat(1 << 20);

    private static final int LEAST_LATE_MILLIS = 300;
    private static final int MOST_LATE_MILLIS = 9_000;

    private final Chaos chaos;
    private final Port port;
    private final Function<String, Exception> refusal;

    /** @param refusal how what is called says no */
    Interference(Chaos chaos, Port port, Function<String, Exception> refusal) {
        this.chaos = chaos;
        this.port = port;
        this.refusal = refusal;
    }

    /** A call as it should be. */
    @FunctionalInterface
    interface Call<T> {
        /** @param blocking for parts that have to wait */
        CompletableFuture<T> begin(Executor blocking);
    }

    /** What comes of it instead where the answer is wrong, half or huge. */
    @FunctionalInterface
    interface Odd<T> {
        CompletableFuture<T> begin(Manner manner);
    }

    /** @param blocking the caller's threads: what begins later has others, as the caller's may be somebody else's then */
    <T> CompletableFuture<T> call(Executor blocking, Call<T> call, Odd<T> odd) {
        Manner manner = chaos.manner(port);
        if (manner == null) {
            return call.begin(blocking);
        }
        return switch (manner) {
            case REFUSED, FLAPPING -> refused("connection refused");
            case SLOW -> {
                Deferred<T> late = new Deferred<>(() -> call.begin(chaos.calls()));
                int millis = LEAST_LATE_MILLIS + chaos.random(MOST_LATE_MILLIS - LEAST_LATE_MILLIS);
                chaos.later(Duration.ofMillis(millis), late::begin);
                yield late;
            }
            case HANGING -> {
                Deferred<T> hanging = new Deferred<>(() -> call.begin(chaos.calls()));
                chaos.park(hanging::begin);
                yield hanging;
            }
            case GONE -> gone();
            default -> odd.begin(manner);
        };
    }

    <T> CompletableFuture<T> refused(String message) {
        return CompletableFuture.failedFuture(refusal.apply(message));
    }

    /** Says no at great length, now and then longer than any event may be. */
    <T> CompletableFuture<T> refusedAtLength() {
        return refused(text());
    }

    String text() {
        return chaos.random(10) == 0 ? TOO_LONG : LONG;
    }

    private <T> CompletableFuture<T> gone() {
        return switch (chaos.random(4)) {
            case 0 -> throw new NoClassDefFoundError("in a rehearsal with chaos");
            case 1 -> throw new IllegalStateException("in a rehearsal with chaos");
            case 2 -> null;
            default -> CompletableFuture.failedFuture(new StackOverflowError());
        };
    }

    /** Arrives later, unless nobody waits for it any more. */
    private static final class Deferred<T> extends CompletableFuture<T> {
        private final Supplier<CompletableFuture<T>> call;
        private CompletableFuture<T> real;

        Deferred(Supplier<CompletableFuture<T>> call) {
            this.call = call;
        }

        private void begin() {
            try {
                CompletableFuture<T> begun = started();
                if (begun != null) {
                    begun.whenComplete(this::pass);
                }
            } catch (RuntimeException e) {
                completeExceptionally(e);
            }
        }

        private synchronized CompletableFuture<T> started() {
            real = isDone() ? null : call.get();
            return real;
        }

        private void pass(T value, Throwable error) {
            if (error == null) {
                complete(value);
            } else {
                completeExceptionally(
                        error instanceof CompletionException e && e.getCause() != null ? e.getCause() : error);
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            CompletableFuture<T> begun = begun();
            if (begun != null) {
                begun.cancel(mayInterruptIfRunning);
            }
            return cancelled;
        }

        private synchronized CompletableFuture<T> begun() {
            return real;
        }
    }
}
