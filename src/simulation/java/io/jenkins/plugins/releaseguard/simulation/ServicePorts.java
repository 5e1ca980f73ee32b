// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Ports;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Manner;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Port;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** How one life of a controller reaches one release's world, which refuses, hangs and lies as the faults want it to. */
final class ServicePorts implements Ports {
    private static final String HUGE = "\1".repeat(3 << 19);
    private static final String LARGE = "x".repeat(5000);
    private static final int ASKED_OFTEN = 300;
    private static final int ASKED_SELDOM = 20;
    private static final int MANY_VALUES = 100_000;
    private static final int SOME_VALUES = 1000;

    private final Universe universe;
    private final Release release;
    private final Calls calls;

    /** Actions that this life of the controller has heard the end of. */
    private final Set<String> acted = new HashSet<>();

    ServicePorts(Universe universe, Controller controller, Release release) {
        this.universe = universe;
        this.release = release;
        this.calls = new Calls(universe, controller, release);
    }

    private void setUp() {
        if (release.manners.of(Port.SET_UP) != null) {
            if (universe.random.nextBoolean()) {
                throw new NoClassDefFoundError("for a simulation");
            }
            throw new IllegalStateException("no such set-up");
        }
    }

    /** Now and then larger than any event may be; to write those takes its time. */
    private String hugeText(int seldom) {
        return universe.random.nextInt(seldom) == 0 ? HUGE : LARGE;
    }

    // --- what a release calls ---

    @Override
    public MetricSource source() {
        return new MetricSource() {
            @Override
            public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to) {
                throw new AssertionError("only asked without a thread");
            }

            @Override
            public CompletableFuture<List<Event.Sample>> readAsync(
                    List<Metric> metrics, Instant from, Instant to, Executor blocking) {
                release.asked();
                return calls.call(
                        Port.SOURCE, () -> List.of(release.service.sample(from, to)), () -> oddSamples(from, to));
            }

            @Override
            public String destination() {
                setUp();
                return "source " + release.index;
            }
        };
    }

    private List<Event.Sample> oddSamples(Instant from, Instant to) {
        return switch (release.manners.of(Port.SOURCE) == null ? Manner.HALF : release.manners.of(Port.SOURCE)) {
            case WRONG -> wrongSamples(release.service.sample(from, to));
            case HUGE -> {
                Double[] values = new Double[universe.random.nextInt(ASKED_OFTEN) == 0 ? MANY_VALUES : SOME_VALUES];
                Arrays.fill(values, 1.0);
                yield List.of(new Event.Sample(
                        "MON-001", 0.0, 1.0, 0.0, 1.0, List.of(values), List.of(values), null, null, null));
            }
            default -> List.of();
        };
    }

    private List<Event.Sample> wrongSamples(Event.Sample truth) {
        return switch (universe.random.nextInt(6)) {
            case 0 -> List.of(Event.Sample.rate("MON-001", Double.NaN, Double.NaN, Double.NaN, Double.NaN));
            case 1 -> List.of(Event.Sample.rate("MON-001", 50, 10, -3, -1));
            case 2 -> List.of(Event.Sample.rate("MON-999", 0, 100, 0, 100));
            case 3 -> List.of(truth, truth);
            case 4 -> List.of(brokenHistogram(truth));
            default -> List.of(Event.Sample.rate("MON-001", 0, Double.POSITIVE_INFINITY, 0, 1e300));
        };
    }

    /** Each number can be, and no histogram has so many bounds for so many buckets. */
    private static Event.Sample brokenHistogram(Event.Sample truth) {
        return new Event.Sample(
                "MON-001",
                truth.canaryErrors(),
                truth.canaryTotal(),
                truth.baselineErrors(),
                truth.baselineTotal(),
                null,
                null,
                null,
                null,
                List.of(0.1, 0.5, 1.0),
                List.of(4.0, 2.0),
                List.of(4.0, 2.0),
                null);
    }

    @Override
    public TrafficRouter router() {
        return new TrafficRouter() {
            @Override
            public void shift(double weight) {
                throw new AssertionError("only asked without a thread");
            }

            @Override
            public RouterReading read() {
                throw new AssertionError("only asked without a thread");
            }

            @Override
            public CompletableFuture<Void> shiftAsync(double weight, Executor blocking) {
                release.tried(weight);
                return calls.waited(
                        calls.call(
                                Port.ROUTER,
                                () -> {
                                    release.service.shift(weight);
                                    return null;
                                },
                                () -> oddShift(weight)),
                        blocking);
            }

            @Override
            public CompletableFuture<RouterReading> readAsync(Executor blocking) {
                release.tried(Double.NaN);
                return calls.waited(
                        calls.call(Port.ROUTER, () -> reading(release.service.weight()), () -> oddReading()), blocking);
            }

            @Override
            public String destination() {
                setUp();
                return "router " + release.index;
            }
        };
    }

    private Void oddShift(double weight) {
        Manner manner = release.manners.of(Port.ROUTER);
        if (manner == Manner.HALF) {
            release.service.shift((release.service.weight() + weight) / 2);
        } else if (manner == Manner.HUGE) {
            throw new Calls.Refusal(hugeText(ASKED_OFTEN));
        }
        // wrong: it says that it has, and has not
        return null;
    }

    private RouterReading reading(double weight) {
        return new RouterReading(
                weight,
                release.service.canaryRequests(),
                release.service.baselineRequests(),
                0,
                !release.service.isBaselineDown());
    }

    private RouterReading oddReading() {
        Manner manner = release.manners.of(Port.ROUTER);
        if (manner == Manner.HUGE) {
            throw new Calls.Refusal(hugeText(ASKED_OFTEN));
        }
        if (manner == Manner.HALF) {
            return new RouterReading(release.service.weight(), Double.NaN, Double.NaN, Double.NaN, null);
        }
        return universe.random.nextBoolean() ? reading(Double.NaN) : reading(universe.random.nextInt(101));
    }

    @Override
    public void runBody(Runner runner, Effect.RunBody body) throws EffectException {
        Manner manner = release.manners.of(Port.BODY);
        if (manner == Manner.GONE || body.phase() < 0 && release.pipeline.isGone()) {
            throw new EffectException("the Pipeline is gone");
        }
        release.runBody(body, manner);
    }

    @Override
    public void act(String key, String entry, ActionSpec action) {
        throw new AssertionError("only asked without a thread");
    }

    @Override
    public CompletableFuture<Void> actAsync(String key, String entry, ActionSpec action, Executor blocking) {
        if (acted.contains(key)) {
            release.broken("what has been done is not done again", action.kind() + " as " + key);
        }
        CompletableFuture<Void> answer = calls.waited(
                calls.call(
                        Port.ACTION,
                        () -> {
                            release.act(action);
                            return null;
                        },
                        () -> {
                            throw new Calls.Refusal(hugeText(ASKED_SELDOM));
                        }),
                blocking);
        if (answer != null) {
            answer.thenRun(() -> acted.add(key));
        }
        return answer;
    }

    @Override
    public Event.Validated validate(ValidationEntry entry) {
        throw new AssertionError("only asked without a thread");
    }

    @Override
    public CompletableFuture<Event.Validated> validateAsync(ValidationEntry entry, Executor blocking) {
        return calls.waited(
                calls.call(
                        Port.CHECK,
                        () -> new Event.Validated(entry.id(), entry.title(), EvidenceStatus.PASS, null, null, "well"),
                        () -> new Event.Validated(
                                entry.id(),
                                hugeText(ASKED_SELDOM),
                                EvidenceStatus.PASS,
                                hugeText(ASKED_SELDOM),
                                LARGE,
                                LARGE)),
                blocking);
    }

    @Override
    public void call(String key, String text) {
        throw new AssertionError("only asked without a thread");
    }

    @Override
    public CompletableFuture<Void> callAsync(String key, String text, Executor blocking) {
        return calls.call(
                Port.PEOPLE,
                () -> {
                    release.called();
                    return null;
                },
                () -> null);
    }

    @Override
    public void happened(Stamped event, State state) {
        if (release.manners.of(Port.LISTENER) != null) {
            throw new IllegalStateException("for a simulation");
        }
    }
}
