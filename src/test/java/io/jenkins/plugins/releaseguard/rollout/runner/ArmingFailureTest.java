// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceExamination;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** F1: wherever the arming itself fails, the release ends with that said, or goes on with it; it never waits to be found. */
class ArmingFailureTest {
    private static final Duration ARMING = Duration.ofSeconds(20);

    /** More would mean that it asks for ever. */
    private static final int MOST = 200;

    private final VirtualTimer timer = new VirtualTimer();
    private final List<Event> journal = new ArrayList<>();
    private final World world = new World();

    /** How often the arming has used its timer, and when that fails. */
    private int uses;

    private int failsAt;

    /** Fails wherever the arming asks for time, though not where whoever hears of it does. */
    private final class Failing implements Timer {
        private void use() {
            List<String> classes = StackWalker.getInstance()
                    .walk(frames -> frames.map(f -> f.getClassName()).toList());
            boolean arming = classes.stream().anyMatch(name -> name.endsWith(".SourceArming"))
                    && classes.stream().noneMatch(name -> name.endsWith(".Inbox") || name.endsWith(".Drive"));
            if (arming && ++uses == failsAt) {
                throw new NoClassDefFoundError("of another plugin");
            }
        }

        @Override
        public long nanos() {
            use();
            return timer.nanos();
        }

        @Override
        public Scheduled schedule(Duration after, Runnable work) {
            use();
            return timer.schedule(after, work);
        }
    }

    /** A source that can be asked for its series, and half of whose requests the router has sent. */
    private static final class World extends RunnerWorld {
        private double sent;

        World() {
            super("arming");
        }

        @Override
        public MetricSource source() {
            MetricSource source = super.source();
            return new MetricSource() {
                @Override
                public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
                        throws SourceException, InterruptedException {
                    return source.read(metrics, from, to);
                }

                @Override
                public CompletableFuture<SourceExamination> examineAsync(
                        List<Metric> metrics, Instant since, Instant at, Executor blocking) {
                    return CompletableFuture.completedFuture(SourceExamination.of(List.of()));
                }
            };
        }

        @Override
        public TrafficRouter router() {
            TrafficRouter router = super.router();
            return new TrafficRouter() {
                @Override
                public void shift(double wanted) throws EffectException, InterruptedException {
                    router.shift(wanted);
                }

                @Override
                public RouterReading read() {
                    sent += 500;
                    return new RouterReading(weight, 7, sent, 0, true);
                }
            };
        }
    }

    private boolean armedOrEnded() {
        return journal.stream().anyMatch(e -> e instanceof Event.Armed || e instanceof Event.Ended);
    }

    private void arm() throws Exception {
        Timer failing = new Failing();
        Runner runner = new Runner(
                RunnerWorld.plan(RunnerWorld.CONTRACT),
                new JournalWriter() {
                    @Override
                    public Stamped append(Instant at, Instant wall, Event event) {
                        journal.add(event);
                        return new Stamped(journal.size(), at, wall, event);
                    }

                    @Override
                    public void close() {}
                },
                State.NEW,
                world,
                new TimerClock(timer),
                new Lanes(timer, timer, timer, failing));
        runner.arm();
        timer.pass(ARMING);
    }

    @Test
    void aFaultInTheArmingIsSaidAtOnce() throws Exception {
        arm();
        assertThat(journal).as("without a fault").anyMatch(Event.Armed.class::isInstance);
        int all = uses;
        assertThat(all).as("the arming asks for time").isBetween(5, MOST);

        for (int at = 1; at <= all; at++) {
            ArmingFailureTest one = new ArmingFailureTest();
            one.failsAt = at;
            one.arm();
            assertThat(one.armedOrEnded())
                    .as("use %d of %d: %s", at, all, one.journal)
                    .isTrue();
            assertThat(one.world.weight).isZero();
        }
    }

    /** The comparison with the router, between its two readings. */
    @Test
    void aComparisonThatFailsEndsTheReleaseBeforeAnybodyIsMoved() throws Exception {
        arm();
        int all = uses;
        List<Event.Ended> ended = new ArrayList<>();
        for (int at = 1; at <= all; at++) {
            ArmingFailureTest one = new ArmingFailureTest();
            one.failsAt = at;
            one.arm();
            one.journal.stream()
                    .filter(Event.Ended.class::isInstance)
                    .map(Event.Ended.class::cast)
                    .forEach(ended::add);
        }
        assertThat(ended).isNotEmpty().allSatisfy(end -> {
            assertThat(end.verdict()).isEqualTo(ReleaseOutcome.HALTED);
            assertThat(end.reason())
                    .isEqualTo(
                            "the release was not begun, since its metrics can't be believed: MON-001, whether the metrics"
                                    + " count what the router counts is unknown, since asking failed here:"
                                    + " java.lang.NoClassDefFoundError: of another plugin; begin the release again; if it fails so again,"
                                    + " the log of this service has the whole of it");
        });
    }
}
