// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.lane.Answer;
import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks the sources, and tells apart how late they were asked: time that a look spends in our own queue is nobody's silence. A late
 * look is the longer for it, and leaves no gap.
 */
final class Looking {
    /** Up to this part of the interval a look is put off. */
    private static final double SPREAD = 0.1;

    private final Plan plan;
    private final Lane lane;
    private final Destinations destinations;
    private final InFlight inFlight;
    private final SteadyClock clock;
    private final Timer timer;
    private final Runnable wake;
    private final Consumer<Event> answers;

    /** From when the look that is wanted or under way is, and when it may be asked. */
    private volatile Turn turn = new Turn(null, Instant.MIN);

    /** What a look under way is fenced by: what was asked before a gap in our own time isn't heard after it. */
    private volatile Object watch = new Object();

    /** Of the look under way, as far as it has been told. */
    private volatile Duration toldWait = Duration.ZERO;

    Looking(
            Plan plan,
            Lane lane,
            Destinations destinations,
            InFlight inFlight,
            SteadyClock clock,
            Timer timer,
            Runnable wake,
            Consumer<Event> answers) {
        this.plan = plan;
        this.lane = lane;
        this.destinations = destinations;
        this.inFlight = inFlight;
        this.clock = clock;
        this.timer = timer;
        this.wake = wake;
        this.answers = answers;
    }

    private record Turn(Instant from, Instant may) {}

    /**
     * How much longer than the interval a look is made: up to a tenth, by the release's name and the look's beginning. Releases that a
     * restart takes up together, or that a suspended machine goes on with, drift apart. Never shorter: how long a threshold must be
     * broken is often a number of intervals. None in a rehearsal, whose interval may be too short for it.
     */
    static Duration spread(Plan plan, Instant from) {
        if (plan.speed() != 1) {
            return Duration.ZERO;
        }
        long seed = Objects.hash(plan.service(), plan.environment(), plan.version(), from);
        return Duration.ofNanos((long) (plan.interval().toNanos() * SPREAD * new SplittableRandom(seed).nextDouble()));
    }

    void look(Effect.Look look) {
        if (!look.from().equals(turn.from)) {
            Duration more = spread(plan, look.from());
            turn = new Turn(look.from(), clock.now().plus(more));
            timer.schedule(more, wake);
        }
        if (isEarly()) {
            return;
        }
        Object mine = watch;
        Instant[] to = {look.to()};
        ask(
                look.key(),
                () -> {
                    // up to when it is really asked
                    to[0] = later(clock.now(), look.to());
                    return new LookingSources.Interval(look.from(), to[0]);
                },
                (samples, error, times) -> {
                    if (mine != watch) {
                        return;
                    }
                    Event.LookLate late = late(times.queued());
                    toldWait = Duration.ZERO;
                    if (late != null) {
                        answers.accept(late);
                    }
                    answers.accept(new Event.Looked(
                            look.phase(),
                            look.from(),
                            to[0],
                            samples == null ? List.of() : samples,
                            samples == null ? Performer.text(error) : null));
                });
    }

    private void ask(EffectKey key, Supplier<LookingSources.Interval> interval, Answer<List<Event.Sample>> answer) {
        inFlight.start(
                key,
                lane,
                heard -> LookingSources.ask(lane, plan.metrics(), destinations.sources(), clock, interval, heard),
                answer);
    }

    private boolean isEarly() {
        return clock.now().isBefore(turn.may);
    }

    /** Once more, where the baseline is not known yet; what says nothing is not told. */
    void capture(Effect.Capture capture) {
        if (isEarly()) {
            return;
        }
        ask(capture.key(), () -> BaselineCapture.interval(plan, capture.to()), (samples, error, times) -> {
            Event.Armed armed = samples == null ? null : BaselineCapture.armed(plan, samples);
            if (armed != null && !armed.baseline().isEmpty()) {
                answers.accept(armed);
            }
        });
    }

    /** How long the look under way has waited for its turn since this was last asked, if that is worth telling; else null. */
    Event.LookLate late() {
        return late(waited());
    }

    /** How long the look under way has waited for its turn; zero for none. */
    Duration waited() {
        return inFlight.waited(EffectKey.LOOK);
    }

    private synchronized Event.LookLate late(Duration waited) {
        double seconds = waited.minus(toldWait).toNanos() / 1e9 * plan.speed();
        if (seconds < plan.interval().toNanos() / 1e9) {
            return null;
        }
        toldWait = waited;
        return new Event.LookLate(seconds);
    }

    /** Time without us lies behind: what was asked before it says nothing of the time after. */
    void beginAnew() {
        watch = new Object();
        toldWait = Duration.ZERO;
        inFlight.drop((key, lane) -> key.equals(EffectKey.LOOK));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
