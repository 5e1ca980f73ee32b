// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.async.Blocking;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Manner;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Port;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Calls from one life of a controller into the world, and their answers' way back, as the faults want it to be. */
final class Calls {
    private final Universe universe;
    private final Controller controller;
    private final Release release;

    Calls(Universe universe, Controller controller, Release release) {
        this.universe = universe;
        this.controller = controller;
        this.release = release;
    }

    /**
     * @param answer what is done where the call arrives, and what comes of it
     * @param odd what comes of it where the answer is wrong, half or huge
     */
    <T> CompletableFuture<T> call(Port port, Supplier<T> answer, Supplier<T> odd) {
        Manner manner = release.manners.ofCall(port);
        CompletableFuture<T> future = new CompletableFuture<>();
        if (manner == null) {
            arrive(future, universe.between(1, 60), answer);
            return future;
        }
        switch (manner) {
            case REFUSED -> fail(future, new EffectException("connection refused"));
            case SLOW -> arrive(future, universe.between(300, 12_000), answer);
            case HANGING -> {
                if (universe.random.nextInt(3) == 0) {
                    // it is done after all, when nobody waits for it any more
                    universe.after(universe.between(4_000, 25_000), answer::get);
                }
            }
            case GONE -> {
                return gone(future);
            }
            default -> arrive(future, universe.between(1, 60), odd);
        }
        return future;
    }

    private <T> CompletableFuture<T> gone(CompletableFuture<T> future) {
        switch (universe.random.nextInt(4)) {
            case 0 -> throw new NoClassDefFoundError("for a simulation");
            case 1 -> throw new IllegalStateException("for a simulation");
            case 2 -> {
                return null;
            }
            default -> fail(future, new StackOverflowError());
        }
        return future;
    }

    private <T> void arrive(CompletableFuture<T> future, Duration in, Supplier<T> answer) {
        Duration way = Duration.ofNanos(in.toNanos() / 2);
        universe.after(way, () -> {
            if (future.isCancelled() && universe.random.nextBoolean()) {
                return;
            }
            T value;
            try {
                value = answer.get();
            } catch (Refusal e) {
                fail(future, new EffectException(e.getMessage()));
                return;
            }
            universe.after(way, () -> hear(() -> future.complete(value)));
        });
    }

    private <T> void fail(CompletableFuture<T> future, Throwable error) {
        universe.after(universe.between(1, 5), () -> hear(() -> future.completeExceptionally(error)));
    }

    private void hear(Runnable answer) {
        controller.hear(() -> {
            answer.run();
            controller.look();
        });
    }

    /** Some of what is called has no other way than to keep a thread. */
    <T> CompletableFuture<T> waited(CompletableFuture<T> answer, Executor blocking) {
        if (answer == null || !controller.hasThreads() || release.index % 2 == 1) {
            return answer;
        }
        return Blocking.call(
                () -> {
                    Strands.await(answer::isDone, true);
                    try {
                        return answer.join();
                    } catch (CompletionException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                },
                blocking);
    }

    /** What is called answers, and refuses. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message, null, false, false);
        }
    }
}
