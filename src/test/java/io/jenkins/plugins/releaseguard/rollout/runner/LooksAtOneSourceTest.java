// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many releases that look at one source, whose host answers so many questions at once. */
class LooksAtOneSourceTest {
    /** What a host is asked at once over HTTP. */
    private static final int TURNS = 20;

    /** Of a look at three metrics of both versions. */
    private static final int QUESTIONS = 8;

    private static final int LOOKS = 20;
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final VirtualTimer timer = new VirtualTimer();
    private final Lanes lanes = new Lanes(timer, timer, timer, timer);
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int asked;

    /** C1: a look that waited behind other looks for its questions' turn was told as a source's silence. */
    @Test
    void whoWaitsForATurnIsLateAndNotUnanswered() {
        List<Exception> errors = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            lanes.looks()
                    .ask(
                            new Place("release " + i, "source"),
                            LIMIT,
                            Work.asynchronous(blocking -> look()),
                            (value, error, times) -> errors.add(error));
        }
        timer.pass(SLOW.multipliedBy(LOOKS));
        assertThat(errors).hasSize(LOOKS).containsOnlyNulls();
    }

    private CompletableFuture<Void> look() {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            waiting.add(answer);
        }
        turns();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    private void turns() {
        while (asked < TURNS && !waiting.isEmpty()) {
            asked++;
            CompletableFuture<Void> answer = waiting.remove();
            timer.schedule(SLOW, () -> {
                asked--;
                answer.complete(null);
                turns();
            });
        }
    }
}
