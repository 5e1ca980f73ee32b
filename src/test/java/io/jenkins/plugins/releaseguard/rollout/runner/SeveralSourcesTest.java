// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.lane.Answer;
import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.LaneLimits;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.lane.Workers;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** C1's kind: looks over several sources, of which one hangs or fails. */
class SeveralSourcesTest {
    private static final String SECOND =
            "  - {id: MON-002, name: refusals, kind: rate, source: q, errors: \"e\", total: \"t\", worse: higher}\n";
    private static final String CONTRACT = RunnerWorld.CONTRACT
            .replace("noData: 8s", "noData: 1m")
            .replace("maxBake: 30s", "maxBake: 5m")
            .replace("rollout:", SECOND + "rollout:");
    private static final String MUTED = CONTRACT.replace(SECOND, SECOND.replace("}", ", muted: true}"));

    private final VirtualTimer timer = new VirtualTimer();
    private final Lanes lanes = new Lanes(timer, timer, timer, timer);
    private final ReleaseClock clock = new TimerClock(timer);

    private static final class Written implements JournalWriter {
        private final List<Event> events = new ArrayList<>();

        @Override
        public Stamped append(Instant at, Instant wall, Event event) {
            events.add(event);
            return new Stamped(events.size() - 1L, at, wall, event);
        }

        @Override
        public void close() {}

        private <T> List<T> all(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    private interface Read {
        CompletableFuture<List<Event.Sample>> read(List<Metric> metrics) throws Exception;
    }

    private static MetricSource source(String destination, Read read) {
        return new MetricSource() {
            @Override
            public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to) {
                throw new AssertionError("it is asked without a thread");
            }

            @Override
            public CompletableFuture<List<Event.Sample>> readAsync(
                    List<Metric> metrics, Instant from, Instant to, Executor blocking) {
                return new Scope().start(() -> read.read(metrics));
            }

            @Override
            public String destination() {
                return destination;
            }
        };
    }

    private static MetricSource hanging() {
        return source("dead", metrics -> new CompletableFuture<>());
    }

    /** A service of which one request in a thousand fails, whoever serves it. */
    private static MetricSource well(String destination) {
        return source(
                destination,
                metrics -> CompletableFuture.completedFuture(metrics.stream()
                        .map(metric -> Event.Sample.rate(metric.id(), 0.5, 500.0, 0.5, 500.0))
                        .toList()));
    }

    /** Two sources as one, which also can be asked as one. */
    private static final class Both implements MetricSource {
        private final MetricSource p;
        private final MetricSource q;

        Both(MetricSource p, MetricSource q) {
            this.p = p;
            this.q = q;
        }

        private static List<Metric> of(String source, List<Metric> metrics) {
            return metrics.stream().filter(m -> m.source().equals(source)).toList();
        }

        @Override
        public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to) {
            throw new AssertionError("it is asked without a thread");
        }

        @Override
        public CompletableFuture<List<Event.Sample>> readAsync(
                List<Metric> metrics, Instant from, Instant to, Executor blocking) {
            return p.readAsync(of("p", metrics), from, to, blocking)
                    .thenCombine(
                            q.readAsync(of("q", metrics), from, to, blocking),
                            (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
        }

        @Override
        public String destination() {
            return p.destination() + ' ' + q.destination();
        }

        @Override
        public List<Part> parts(List<Metric> metrics) {
            return List.of(new Part(p, of("p", metrics)), new Part(q, of("q", metrics)));
        }
    }

    private Runner start(String contract, String name, MetricSource source, Written journal) throws Exception {
        RunnerWorld world = new RunnerWorld(name) {
            @Override
            public MetricSource source() {
                return source;
            }
        };
        Runner runner = new Runner(RunnerWorld.plan(contract), journal, State.NEW, world, clock, lanes);
        runner.startCanary();
        return runner;
    }

    @Test
    void theSourceOfAMutedMetricIsNotTheOthersSilence() throws Exception {
        Written journal = new Written();
        Runner runner = start(MUTED, "a", new Both(well("alive"), hanging()), journal);
        timer.pass(Duration.ofMinutes(20));
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(journal.all(Event.Looked.class)).isNotEmpty().allSatisfy(looked -> {
            assertThat(looked.error()).isNull();
            assertThat(looked.samples()).extracting(Event.Sample::metric).containsExactly("MON-001", "MON-002");
            assertThat(looked.samples().get(0).missing()).isNull();
            assertThat(looked.samples().get(1).missing()).contains("no answer within 15");
        });
    }

    /** Half of what is needed is no evidence, and the reason names the metric. */
    @Test
    void aNeededSourceThatHangsIsSilence() throws Exception {
        Written journal = new Written();
        Runner runner = start(CONTRACT, "a", new Both(well("alive"), hanging()), journal);
        timer.pass(Duration.ofMinutes(20));
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(journal.all(Event.Breached.class))
                .singleElement()
                .satisfies(breach -> assertThat(breach.reason()).contains("MON-002: no answer within 15"));
    }

    /** C1's other side: looks behind calls that never ended were told as late for ever, and the source never as silent. */
    @Test
    void aSourceThatHearsNoCancellationIsSilence() throws Exception {
        Written journal = new Written();
        MetricSource stubborn = source("dead", metrics -> new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean interrupt) {
                return false;
            }
        });
        Runner runner = start(CONTRACT.replace("noData: 1m", "noData: 3m"), "a", stubborn, journal);
        timer.pass(Duration.ofMinutes(20));
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(journal.all(Event.Breached.class))
                .singleElement()
                .satisfies(breach -> assertThat(breach.cause()).isEqualTo(BreachCause.NO_DATA));
    }

    /** The share of what hung was one for each set of sources: a few sets were all of the lane. */
    @Test
    void releasesWithSeveralSourcesOfWhichOneHangsDelayNoOther() throws Exception {
        for (int i = 0; i < 90; i++) {
            start(CONTRACT, "w" + i, new Both(well("alive " + i % 30), hanging()), new Written());
        }
        timer.pass(Duration.ofSeconds(5));
        Written journal = new Written();
        Runner healthy = start(RunnerWorld.CONTRACT, "healthy", well("alive"), journal);
        timer.pass(Duration.ofMinutes(2));
        assertThat(healthy.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(journal.all(Event.LookLate.class)).isEmpty();
    }

    /** One source that failed took the baseline of all. */
    @Test
    void theBaselineIsKnownOfTheSourcesThatAnswer() throws Exception {
        Written journal = new Written();
        MetricSource failing = source("dead", metrics -> {
            throw new SourceException("it is away");
        });
        start(CONTRACT, "a", new Both(well("alive"), failing), journal);
        timer.pass(Duration.ofSeconds(10));
        assertThat(journal.all(Event.Armed.class).get(0).baseline()).containsOnlyKeys("MON-001");
        assertThat(journal.all(Event.Noted.class))
                .anySatisfy(noted -> assertThat(noted.text()).endsWith("is unknown for some metrics: it is away"));
    }

    @Test
    void aSourcesTimeBeginsWithItsOwnCall() throws Exception {
        Lane lane = new Lane("looks", new LaneLimits(8, 1, 4), new Workers(4, timer, timer).share(0, 2), timer);
        lane.ask(
                new Place("other", "busy"),
                Duration.ofSeconds(14),
                Work.asynchronous(blocking -> new CompletableFuture<>()),
                (nothing, error, times) -> {});
        timer.settle();

        List<Metric> metrics = RunnerWorld.plan(CONTRACT).metrics();
        List<Instant> ends = new ArrayList<>();
        MetricSource slow = source("busy", asked -> {
            CompletableFuture<List<Event.Sample>> later = new CompletableFuture<>();
            timer.schedule(
                    Duration.ofSeconds(10),
                    () -> later.complete(List.of(Event.Sample.rate("MON-002", 1, 500, 1, 500))));
            return later;
        });
        List<List<Event.Sample>> heard = new ArrayList<>();
        List<Answer.Times> took = new ArrayList<>();
        Lane.Pending pending = LookingSources.ask(
                lane,
                metrics,
                List.of(
                        new LookingSources.Part(new Place("mine", "alive"), () -> well("alive"), metrics.subList(0, 1)),
                        new LookingSources.Part(new Place("mine", "busy"), () -> slow, metrics.subList(1, 2))),
                new SteadyClock(clock, timer, 1, null),
                () -> {
                    ends.add(clock.now());
                    return new LookingSources.Interval(TimerClock.START.minusSeconds(5), clock.now());
                },
                (samples, error, times) -> {
                    assertThat(error).isNull();
                    heard.add(samples);
                    took.add(times);
                });
        timer.pass(Duration.ofSeconds(13));
        assertThat(pending.waited()).isEqualTo(Duration.ofSeconds(13));
        assertThat(heard).isEmpty();
        timer.pass(Duration.ofSeconds(60));
        assertThat(heard)
                .singleElement()
                .satisfies(samples ->
                        assertThat(samples).extracting(Event.Sample::missing).containsExactly(null, null));
        assertThat(took).containsExactly(new Answer.Times(Duration.ofSeconds(14), Duration.ofSeconds(10)));
        // one interval for all, so that the next look follows it
        assertThat(ends).containsExactly(TimerClock.START);
    }

    /** What another plugin's source says of its parts may be anything. */
    @Test
    void aSourceOfAnotherPluginThatAnswersNonsenseFails() throws Exception {
        List<List<MetricSource.Part>> nonsense = new ArrayList<>();
        nonsense.add(null);
        nonsense.add(List.of());
        List<Metric> metrics = RunnerWorld.plan(RunnerWorld.CONTRACT).metrics();
        nonsense.add(List.of(new MetricSource.Part(well("a"), metrics), new MetricSource.Part(well("b"), metrics)));
        for (List<MetricSource.Part> parts : nonsense) {
            Written journal = new Written();
            MetricSource source = new MetricSource() {
                @Override
                public List<Event.Sample> read(List<Metric> asked, Instant from, Instant to) {
                    return List.of(Event.Sample.rate("MON-001", 1, 500, 1, 500));
                }

                @Override
                public List<Part> parts(List<Metric> asked) {
                    return parts;
                }
            };
            start(RunnerWorld.CONTRACT, "n" + nonsense.indexOf(parts), source, journal);
            timer.pass(Duration.ofSeconds(30));
            assertThat(journal.all(Event.Looked.class))
                    .isNotEmpty()
                    .allSatisfy(looked -> assertThat(looked.error())
                            .isEqualTo(
                                    parts == null || parts.isEmpty() ? null : "the source answered twice for MON-001"));
        }
    }
}
