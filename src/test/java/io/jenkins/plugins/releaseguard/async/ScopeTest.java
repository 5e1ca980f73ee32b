// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private final Scope scope = new Scope();

    @Test
    void anAnswerThatIsGivenUpGivesUpItsCalls() {
        CompletableFuture<String> first = scope.add(new CompletableFuture<>());
        CompletableFuture<String> second = scope.add(new CompletableFuture<>());
        CompletableFuture<String> answer = scope.answer(first.thenCombine(second, String::concat));
        answer.cancel(true);

        assertThat(first).isCancelled();
        assertThat(second).isCancelled();
        assertThat(scope.isOver()).isTrue();
        assertThat(scope.add(new CompletableFuture<>())).isCancelled();
        assertThat(scope.start(() -> {
                    throw new AssertionError("begun although nobody waits");
                }))
                .isCompletedExceptionally();
    }

    @Test
    void aFailureIsTheAnswersOwn() {
        IOException broken = new IOException("broken");
        CompletableFuture<String> call = scope.add(new CompletableFuture<>());
        CompletableFuture<Object> answer = scope.answer(call.thenApply(Scope.checked(said -> {
            throw broken;
        })));
        call.complete("said");

        assertThatThrownBy(() -> Scope.await(answer))
                .isInstanceOf(ExecutionException.class)
                .hasCause(broken);
        assertThat(Scope.cause(new CompletionException(new ExecutionException(broken))))
                .isSameAs(broken);
    }

    @Test
    void whatCannotBeginIsAFailure() {
        RejectedExecutionException full = new RejectedExecutionException("full");
        assertThatThrownBy(() -> Scope.await(scope.start(() -> {
                    throw full;
                })))
                .hasCause(full);
    }

    @Test
    void whoeverIsInterruptedGivesUp() {
        CompletableFuture<String> call = new CompletableFuture<>();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Scope.await(call)).isInstanceOf(InterruptedException.class);
        assertThat(call).isCancelled();
    }
}
