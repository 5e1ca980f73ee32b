// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** H8: a release that nobody drives any more is found and goes on. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class WatchdogTest {
    @TempDir
    Path dir;

    private final RunnerWorld world = new RunnerWorld("alive");
    private final AtomicBoolean swallow = new AtomicBoolean();
    private final AtomicBoolean hang = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);
    private final RunnerThreads threads = new RunnerThreads(Swallowing::new);

    @AfterEach
    void end() {
        end.countDown();
        world.close();
        threads.close();
    }

    /** An executor that can lose what it was given, once. */
    private final class Swallowing extends AbstractExecutorService {
        private final ExecutorService pool;

        Swallowing(ExecutorService pool) {
            this.pool = pool;
        }

        @Override
        public void execute(Runnable work) {
            boolean decides = StackWalker.getInstance()
                    .walk(frames -> frames.anyMatch(f -> f.getClassName().endsWith(".SerialTask")));
            if (!decides || !swallow.compareAndSet(true, false)) {
                pool.execute(work);
            }
        }

        @Override
        public void shutdown() {
            pool.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return pool.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return pool.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return pool.isTerminated();
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
            return pool.awaitTermination(time, unit);
        }
    }

    /** A clock that can hang whoever decides, once. */
    private final ReleaseClock clock = new ReleaseClock() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public Instant wall() {
            if (Thread.currentThread().getName().contains("decide") && hang.compareAndSet(true, false)) {
                boolean over = false;
                while (!over) {
                    try {
                        end.await();
                        over = true;
                    } catch (InterruptedException e) {
                        // it hears none
                    }
                }
            }
            return Instant.now();
        }
    };

    private void goesBackAndSaysSo(Runner runner) throws Exception {
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        assertThat(runner.ended().get(3, TimeUnit.MINUTES).confirmed()).isTrue();
        assertThat(world.weight).isZero();
        assertThat(world.events)
                .anyMatch(e -> e instanceof Event.Noted noted
                        && noted.kind() == NoteKind.ISSUE
                        && noted.text().contains("was revived"));
    }

    /** H8: "Roll back now" did nothing. */
    @Test
    void aLostWakeIsFound() throws Exception {
        Runner runner = world.started(dir, clock, threads);
        swallow.set(true);
        await("a wake that is lost").atMost(2, TimeUnit.MINUTES).until(() -> !swallow.get());
        goesBackAndSaysSo(runner);
    }

    /** H8's kind: whoever decides hangs in something that is called. */
    @Test
    void aReleaseWhoseThreadHangsIsTakenOver() throws Exception {
        Runner runner = world.started(dir, clock, threads);
        hang.set(true);
        await("a thread that hangs").atMost(2, TimeUnit.MINUTES).until(() -> !hang.get());
        goesBackAndSaysSo(runner);
        State after = new State(runner);
        end.countDown();
        // whoever hung finds that it has lost its turn
        await("nothing that changes any more")
                .during(1, TimeUnit.SECONDS)
                .atMost(2, TimeUnit.MINUTES)
                .until(() -> new State(runner).equals(after));
    }

    private record State(io.jenkins.plugins.releaseguard.rollout.State state) {
        State(Runner runner) {
            this(runner.state());
        }
    }
}
