// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** The calls that one answer is made of. Where the answer is given up, or one call's failure is the answer, so are the others. */
public final class Scope {
    private final Set<CompletableFuture<?>> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /** Counts a call in. It is given up at once where the answer has been already. */
    public <T> CompletableFuture<T> add(CompletableFuture<T> call) {
        calls.add(call);
        call.whenComplete((result, error) -> calls.remove(call));
        if (over) {
            call.cancel(true);
        }
        return call;
    }

    /** Starts a call and counts it in; where it can't begin, that is its failure. Nothing begins once the answer has been given up. */
    public <T> CompletableFuture<T> start(Callable<CompletableFuture<T>> call) {
        if (over) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        try {
            return add(call.call());
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A step between two calls that may fail. */
    public interface Step<A, B> {
        B apply(A result) throws Exception;
    }

    /** The step for {@code thenApply} and the like: it fails with what it throws. */
    public static <A, B> Function<A, B> checked(Step<A, B> step) {
        return result -> {
            try {
                return step.apply(result);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        };
    }

    /** The answer; its end, however it comes about, ends what is still under way. It fails with the failure itself, never wrapped. */
    public <T> CompletableFuture<T> answer(CompletableFuture<T> last) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        last.whenComplete((result, error) -> {
            if (error == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(cause(error));
            }
        });
        answer.whenComplete((result, error) -> end());
        return answer;
    }

    /** Whether nobody waits for the answer any more. */
    public boolean isOver() {
        return over;
    }

    private void end() {
        over = true;
        calls.forEach(call -> call.cancel(true));
    }

    /** Waits for an answer; an interruption gives the call up. */
    public static <T> T await(CompletableFuture<T> call) throws ExecutionException, InterruptedException {
        try {
            return call.get();
        } catch (CancellationException e) {
            throw new ExecutionException(e);
        } catch (ExecutionException e) {
            throw new ExecutionException(cause(e));
        } finally {
            // nothing where it has ended
            call.cancel(true);
        }
    }

    /** What went wrong, without what futures wrap around it. */
    public static Throwable cause(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
