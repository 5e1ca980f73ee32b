// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** C1: no host's calls take what another's need, and what waits in our own queue has not begun. */
class TurnsTest {
    private final List<String> begun = new ArrayList<>();
    private final List<CompletableFuture<String>> made = new ArrayList<>();
    private final Turns turns = new Turns(3, 2, Runnable::run);

    private CompletableFuture<String> call(String host, String name) {
        return turns.call(host, () -> {
            begun.add(name);
            CompletableFuture<String> call = new CompletableFuture<>();
            made.add(call);
            return call;
        });
    }

    @Test
    void aHostHasItsShareAndNoMore() {
        call("a", "a1");
        call("a", "a2");
        CompletableFuture<String> third = call("a", "a3");
        call("b", "b1");
        assertThat(begun).containsExactly("a1", "a2", "b1");

        made.get(0).complete("said");
        assertThat(begun).containsExactly("a1", "a2", "b1", "a3");
        made.get(3).complete("last");
        assertThat(third).isCompletedWithValue("last");
    }

    @Test
    void whoeverHasHadNoTurnComesFirst() {
        call("a", "a1");
        call("a", "a2");
        call("c", "c1");
        call("a", "a3");
        call("b", "b1");
        made.get(0).complete("said");

        assertThat(begun).containsExactly("a1", "a2", "c1", "b1");
    }

    @Test
    void whatIsGivenUpWaitingIsNeverMade() {
        call("a", "a1");
        call("a", "a2");
        CompletableFuture<String> waiting = call("a", "a3");
        waiting.cancel(true);
        made.get(0).complete("said");

        assertThat(begun).containsExactly("a1", "a2");
        call("a", "a4");
        assertThat(begun).containsExactly("a1", "a2", "a4");
    }

    @Test
    void whatIsGivenUpUnderWayFreesItsTurn() {
        CompletableFuture<String> first = call("a", "a1");
        call("a", "a2");
        call("a", "a3");
        first.cancel(true);

        assertThat(made.get(0)).isCancelled();
        assertThat(begun).containsExactly("a1", "a2", "a3");
    }

    @Test
    void aCallThatCannotBeginFreesItsTurn() {
        for (int i = 0; i < 5; i++) {
            assertThat(turns.call("a", () -> {
                        throw new IllegalStateException("no");
                    }))
                    .isCompletedExceptionally();
        }
        call("a", "a1");
        assertThat(begun).containsExactly("a1");
    }
}
