// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** Carries effects out and says what came of them, each within its deadline. */
final class Performer {
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration ROUTER = Duration.ofSeconds(8);
    private static final Duration VALIDATION = Duration.ofSeconds(60);
    private static final Duration CALL = Duration.ofSeconds(60);

    private final Runner runner;
    private final Plan plan;
    private final Ports ports;
    private final RunnerThreads threads;
    private final InFlight inFlight;
    private final Consumer<Event> answers;

    Performer(Runner runner, Plan plan, Ports ports, RunnerThreads threads, Consumer<Event> answers) {
        this.runner = runner;
        this.plan = plan;
        this.ports = ports;
        this.threads = threads;
        this.inFlight = new InFlight(threads.timer());
        this.answers = answers;
    }

    void perform(Effect effect, boolean rollingBack) {
        ExecutorService pool = rollingBack ? threads.rollback() : threads.world();
        if (effect instanceof Effect.Look look) {
            // never on the threads kept for the way back
            inFlight.start(
                    look.key(),
                    threads.world(),
                    LOOK,
                    () -> ports.source().read(plan.metrics(), look.from(), look.to()),
                    (samples, error) -> answers.accept(new Event.Looked(
                            look.phase(), look.from(), look.to(), samples == null ? List.of() : samples, text(error))));
        } else if (effect instanceof Effect.Capture capture) {
            inFlight.start(
                    capture.key(),
                    threads.world(),
                    LOOK,
                    () -> BaselineCapture.read(plan, ports, capture.to()),
                    (armed, error) -> {
                        if (armed != null && !armed.baseline().isEmpty()) {
                            answers.accept(armed);
                        }
                    });
        } else if (effect instanceof Effect.Shift shift) {
            shift(shift, pool, rollingBack);
        } else if (effect instanceof Effect.ReadRouter read) {
            inFlight.start(
                    read.key(),
                    pool,
                    ROUTER,
                    () -> ports.router().read(),
                    (reading, error) -> answers.accept(routerRead(read.key(), reading, error)));
        } else if (effect instanceof Effect.RunBody body) {
            inFlight.start(
                    body.key(),
                    pool,
                    ROUTER,
                    () -> {
                        ports.runBody(runner, body);
                        return null;
                    },
                    (nothing, error) -> {
                        if (error != null) {
                            runner.bodyEnded(body, text(error));
                        }
                    });
        } else if (effect instanceof Effect.Act act) {
            act(act);
        } else if (effect instanceof Effect.Call call) {
            timed(
                    call.key(),
                    threads.actions(),
                    CALL,
                    () -> ports.call(call.key().toString(), call.text()));
        } else if (effect instanceof Effect.Validate validate) {
            inFlight.start(
                    validate.key(),
                    threads.world(),
                    VALIDATION,
                    () -> ports.validate(validate.entry()),
                    (said, error) -> {
                        answers.accept(
                                said != null
                                        ? said
                                        : new Event.Validated(
                                                validate.entry().id(),
                                                validate.entry().title(),
                                                EvidenceStatus.UNKNOWN,
                                                null,
                                                null,
                                                text(error)));
                        if (validate.key().kind() != EffectKey.Kind.PROBE) {
                            answers.accept(new Event.Done(validate.key().toString(), null, 0));
                        }
                    });
        }
    }

    private void act(Effect.Act act) {
        long start = System.nanoTime();
        inFlight.start(
                act.key(),
                threads.actions(),
                limit(act),
                () -> {
                    ports.act(act.key().toString(), act.entry(), act.action());
                    return null;
                },
                (nothing, error) -> answers.accept(new Event.Done(
                        act.key().toString(),
                        error == null ? null : "the action '" + act.action().kind() + "': " + text(error),
                        (System.nanoTime() - start) / 1e9)));
    }

    /** The action's own part of the objective; all of it where it names none. */
    private Duration limit(Effect.Act act) {
        return act.action()
                .settings()
                .duration("deadline")
                .filter(d -> !d.isZero() && !d.isNegative() && d.compareTo(plan.objective()) < 0)
                .orElse(plan.objective());
    }

    private void shift(Effect.Shift shift, ExecutorService pool, boolean rollingBack) {
        if (rollingBack) {
            // a shift to the canary still under way must not land after the one to 0
            for (EffectKey key : inFlight.keys()) {
                if (key.kind() == EffectKey.Kind.SHIFT) {
                    inFlight.drop(key);
                }
            }
        }
        timed(shift.key(), pool, ROUTER, () -> ports.router().shift(shift.weight()));
    }

    private interface Work {
        void run() throws EffectException, InterruptedException;
    }

    private void timed(EffectKey key, ExecutorService pool, Duration limit, Work work) {
        long start = System.nanoTime();
        inFlight.start(
                key,
                pool,
                limit,
                () -> {
                    work.run();
                    return null;
                },
                (nothing, error) ->
                        answers.accept(new Event.Done(key.toString(), text(error), (System.nanoTime() - start) / 1e9)));
    }

    private static Event.RouterRead routerRead(EffectKey key, RouterReading reading, Exception error) {
        if (reading == null) {
            return new Event.RouterRead(
                    key.toString(),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    null,
                    error == null ? "the router answered nothing" : text(error));
        }
        return new Event.RouterRead(
                key.toString(),
                reading.weight(),
                reading.canaryRequests(),
                reading.baselineRequests(),
                reading.canarySessions(),
                reading.baselineServing(),
                null);
    }

    private static String text(Exception error) {
        if (error == null) {
            return null;
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    void stop() {
        inFlight.dropAll();
    }
}
