// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.lane.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A busy machine rehearses for longer, and the same release. */
class PatientTimerTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Machine machine = new Machine();
    private final PatientTimer timer = new PatientTimer(machine);
    private final long start = timer.nanos();
    private long served;

    /** Its time passes when it is told to. */
    private static final class Machine implements Timer {
        private record Due(long at, Runnable work) {}

        private final List<Due> dues = new ArrayList<>();
        private long nanos = 7;

        void pass(long millis) {
            for (int i = 0; i < millis; i++) {
                nanos += MILLI;
                for (Due due : List.copyOf(dues)) {
                    if (due.at <= nanos && dues.remove(due)) {
                        due.work.run();
                    }
                }
            }
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Scheduled schedule(Duration after, Runnable work) {
            Due due = new Due(nanos + after.toNanos(), work);
            dues.add(due);
            return () -> dues.remove(due);
        }
    }

    private long millis() {
        return (timer.nanos() - start) / MILLI;
    }

    @Test
    void goesAsTheMachinesWhileThatKeepsUp() {
        timer.waitForUsers(() -> served, 1000);
        for (int i = 0; i < 10; i++) {
            machine.pass(100);
            served += 100;
            timer.waitFor(CompletableFuture.completedFuture("an answer"));
        }
        assertThat(millis()).isEqualTo(1000);
        assertThat(timer.share()).isEqualTo(1);
    }

    @Test
    void waitsForAnAnswer() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        timer.waitFor(answer);
        machine.pass(100);
        assertThat(millis()).isEqualTo(100);
        machine.pass(2000);
        // as much as lets hang what hangs come to its deadline
        assertThat(millis()).isEqualTo(100 + 2000 / 20);
        assertThat(timer.share()).isLessThan(0.1);

        answer.complete("late");
        machine.pass(50);
        assertThat(millis()).isEqualTo(250);
    }

    @Test
    void waitsForWorkThatHasBegun() {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            ExecutorService kept = timer.waitFor(thread);
            CompletableFuture<Void> end = new CompletableFuture<>();
            CompletableFuture<Void> done = CompletableFuture.runAsync(end::join, kept);
            machine.pass(10_500);
            assertThat(millis()).isEqualTo(525);
            end.complete(null);
            done.join();
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void waitsForUsersWhoAreNotServed() {
        timer.waitForUsers(() -> served, 1000);
        machine.pass(1000);
        // what was saved, and the least
        assertThat(millis()).isBetween(250L, 300L);
        long before = millis();
        served += 60;
        machine.pass(100);
        assertThat(millis()).isBetween(before + 99, before + 100);
    }

    @Test
    void whatIsDueWaitsToo() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        timer.waitFor(answer);
        List<String> fired = new ArrayList<>();
        timer.schedule(Duration.ofMillis(150), () -> fired.add("due"));
        timer.schedule(Duration.ofMillis(150), () -> fired.add("taken back")).cancel();
        machine.pass(900);
        assertThat(fired).isEmpty();
        answer.complete("late");
        machine.pass(20);
        assertThat(fired).containsExactly("due");
    }
}
