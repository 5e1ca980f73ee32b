// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class LooksInTurnTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final VirtualTimer timer = new VirtualTimer();
    private final Queue<Runnable> parts = new ArrayDeque<>();
    private final LooksInTurn looks = new LooksInTurn(parts::add, timer);
    private final List<Exception> errors = new ArrayList<>();

    private void look(Runnable what) {
        looks.look(
                LIMIT,
                () -> {
                    what.run();
                    return null;
                },
                (evidence, error) -> errors.add(error));
    }

    /** C1: a look's time begins when it does, whatever went before it on the same thread. */
    @Test
    void eachLookHasItsTime() {
        look(() -> timer.pass(LIMIT.minusMillis(1)));
        look(() -> timer.pass(LIMIT.minusMillis(1)));
        parts.remove().run();
        parts.remove().run();
        assertThat(errors).containsExactly(null, null);

        look(() -> timer.pass(LIMIT.plusMillis(1)));
        parts.remove().run();
        assertThat(Thread.interrupted()).as("it was meant for the look").isFalse();
        assertThat(errors).hasSize(3).last().isInstanceOf(TimeoutException.class);
    }

    @Test
    void whatFailsSaysWhy() {
        look(() -> {
            throw new IllegalStateException("broken");
        });
        look(() -> {
            throw new StackOverflowError();
        });
        parts.forEach(Runnable::run);
        assertThat(errors.get(0)).isInstanceOf(IllegalStateException.class).hasMessage("broken");
        assertThat(errors.get(1)).hasCauseInstanceOf(StackOverflowError.class);
    }

    /** The lane begins the call again when it has a thread. */
    @Test
    void withoutAThreadNothingBegins() {
        LooksInTurn none = new LooksInTurn(
                part -> {
                    throw new RejectedExecutionException("no thread");
                },
                timer);
        assertThatThrownBy(() -> none.look(LIMIT, () -> null, (evidence, error) -> errors.add(error)))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
