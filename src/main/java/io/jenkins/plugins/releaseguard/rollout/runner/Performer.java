// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.effect.router.RouterGround;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.lane.Answer;
import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Carries effects out and says what came of them, each in its lane and within its deadline. */
final class Performer {
    private static final Logger LOGGER = Logger.getLogger(Performer.class.getName());
    private static final Duration ROUTER = Duration.ofSeconds(8);
    private static final Duration VALIDATION = Duration.ofSeconds(60);
    private static final Duration CALL = Duration.ofSeconds(60);

    private final Runner runner;
    private final Drive drive;
    private final SteadyClock clock;
    private final Plan plan;
    private final Ports ports;
    private final Lanes lanes;
    private final Destinations destinations;
    private final InFlight inFlight;
    private final Looking looking;
    private final Consumer<Event> answers;

    Performer(Runner runner, Plan plan, Ports ports, Lanes lanes, String name, SteadyClock clock, Drive drive) {
        this.inFlight = new InFlight(drive::wake, drive::isOvertaken);
        this.runner = runner;
        this.plan = plan;
        this.ports = ports;
        this.lanes = lanes;
        this.destinations = new Destinations(name, ports, plan, lanes.setUps(), lanes.timer());
        this.looking = new Looking(
                plan, lanes.looks(), destinations, inFlight, clock, lanes.timer(), drive::wake, drive::record);
        this.answers = drive::record;
        this.drive = drive;
        this.clock = clock;
    }

    /** False where it could not be begun, which keeps nothing else from it. */
    boolean perform(Effect effect, boolean rollingBack) {
        try {
            begin(effect, rollingBack);
            return true;
        } catch (RuntimeException | Error e) {
            LOGGER.log(
                    Level.SEVERE,
                    "Not begun, and tried again: a " + effect.getClass().getSimpleName(),
                    e);
            return false;
        }
    }

    private void begin(Effect effect, boolean rollingBack) {
        if (rollingBack) {
            // a shift to the canary still under way must not land after the one to 0, nor a reading hold up the next
            inFlight.drop((key, lane) -> lane == lanes.forward()
                    && (key.kind() == EffectKey.Kind.SHIFT || key.kind() == EffectKey.Kind.READ));
        } else if (!destinations.known()
                && !(effect instanceof Effect.Act
                        || effect instanceof Effect.Call
                        || effect instanceof Effect.Validate)) {
            // wanted again as soon as they are; the way back doesn't wait for that
            destinations.learn(drive::wake);
            return;
        }
        Lane traffic = rollingBack ? lanes.back() : lanes.forward();
        if (effect instanceof Effect.Look look) {
            // never in the lane kept for the way back
            looking.look(look);
        } else if (effect instanceof Effect.Capture capture) {
            looking.capture(capture);
        } else if (effect instanceof Effect.Shift shift) {
            shift(shift, traffic);
        } else if (effect instanceof Effect.ReadRouter read) {
            read(read, traffic);
        } else if (effect instanceof Effect.RunBody body) {
            body(body, traffic);
        } else if (effect instanceof Effect.Act act) {
            act(act);
        } else if (effect instanceof Effect.Call call) {
            call(call);
        } else if (effect instanceof Effect.Validate validate) {
            validate(validate);
        }
    }

    private void read(Effect.ReadRouter read, Lane lane) {
        AtomicReference<Instant> asked = new AtomicReference<>();
        inFlight.start(
                read.key(),
                lane,
                destinations.router(),
                ROUTER,
                Work.asynchronous(blocking -> {
                    asked.set(clock.now());
                    return ports.router().readAsync(blocking);
                }),
                (reading, error, times) -> {
                    learnAnewAfter(error);
                    answers.accept(routerRead(read.key(), reading, error, asked.get()));
                });
    }

    private void shift(Effect.Shift shift, Lane lane) {
        inFlight.start(
                shift.key(),
                lane,
                destinations.router(),
                ROUTER,
                Work.asynchronous(blocking -> ports.router().shiftAsync(shift.weight(), blocking)),
                (nothing, error, times) -> {
                    learnAnewAfter(error);
                    answers.accept(new Event.Done(shift.key().toString(), text(error), seconds(times)));
                });
    }

    /** A router that was set up again in the middle of a breach waits for nothing but itself. */
    private void learnAnewAfter(Exception error) {
        if (error != null) {
            destinations.learn(() -> {});
        }
    }

    private void body(Effect.RunBody body, Lane lane) {
        inFlight.start(
                body.key(),
                lane,
                destinations.body(),
                ROUTER,
                Work.blocking(() -> {
                    ports.runBody(runner, body);
                    return null;
                }),
                (nothing, error, times) -> {
                    if (error != null) {
                        runner.bodyEnded(body, text(error));
                    }
                });
    }

    private void act(Effect.Act act) {
        inFlight.start(
                act.key(),
                lanes.actions(),
                destinations.own(act.key().toString()),
                limit(act),
                Work.asynchronous(
                        blocking -> ports.actAsync(act.key().toString(), act.entry(), act.action(), blocking)),
                (nothing, error, times) -> answers.accept(new Event.Done(
                        act.key().toString(),
                        error == null ? null : "the action '" + act.action().kind() + "': " + text(error),
                        seconds(times))));
    }

    /** The action's own part of the objective; all of it where it names none. */
    private Duration limit(Effect.Act act) {
        return act.action()
                .settings()
                .duration("deadline")
                .filter(d -> !d.isZero() && !d.isNegative() && d.compareTo(plan.objective()) < 0)
                .orElse(plan.objective());
    }

    /** Waits for nothing else that the release does, listeners included. */
    private void call(Effect.Call call) {
        inFlight.start(
                call.key(),
                lanes.people(),
                destinations.people(),
                CALL,
                Work.asynchronous(blocking -> ports.callAsync(call.key().toString(), call.text(), blocking)),
                (nothing, error, times) ->
                        answers.accept(new Event.Done(call.key().toString(), text(error), seconds(times))));
    }

    private void validate(Effect.Validate validate) {
        inFlight.start(
                validate.key(),
                lanes.checks(),
                destinations.own(validate.entry().id()),
                // its checks take turns on one thread, and each has its time
                VALIDATION.multipliedBy(Math.max(1, validate.entry().verify().size())),
                Work.asynchronous(blocking -> ports.validateAsync(validate.entry(), blocking)),
                (said, error, times) -> {
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

    private static Event.RouterRead routerRead(EffectKey key, RouterReading reading, Exception error, Instant asked) {
        if (reading == null) {
            return new Event.RouterRead(
                    key.toString(),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    null,
                    error == null ? "the router answered nothing" : text(error),
                    asked);
        }
        return new Event.RouterRead(
                key.toString(),
                reading.weight(),
                reading.canaryRequests(),
                reading.baselineRequests(),
                reading.canarySessions(),
                reading.baselineServing(),
                null,
                asked,
                behind(reading.ground()));
    }

    private static Event.Behind behind(RouterGround ground) {
        return ground.equals(RouterGround.NONE)
                ? null
                : new Event.Behind(ground.set(), ground.idle(), ground.unfit(), ground.process(), ground.elsewhere());
    }

    private static double seconds(Answer.Times times) {
        return times.took().toNanos() / 1e9;
    }

    static String text(Exception error) {
        if (error == null) {
            return null;
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    Looking looking() {
        return looking;
    }

    Destinations destinations() {
        return destinations;
    }

    void stop() {
        inFlight.drop((key, lane) -> true);
    }
}
