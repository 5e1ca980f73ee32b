// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.trigger.Probe;
import io.jenkins.plugins.releaseguard.rollout.trigger.TriggerState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** The journal folded into the state: pure, and the only way a state comes about. */
public final class Fold {
    private Fold() {}

    public static State all(Plan plan, Iterable<Stamped> events) {
        State state = State.NEW;
        for (Stamped event : events) {
            state = apply(plan, state, event);
        }
        return state;
    }

    public static State apply(Plan plan, State state, Stamped stamped) {
        return fold(plan, state, stamped).at(stamped.at());
    }

    private static State fold(Plan plan, State s, Stamped stamped) {
        Event event = stamped.event();
        Instant at = stamped.at();
        if (event instanceof Event.Armed armed) {
            Observation known = s.watching().withCapture(armed);
            // what was captured later only adds to what is known
            return s.life() == Lifecycle.OPEN ? s.with(Lifecycle.ARMED).with(known.since(at)) : s.with(known);
        } else if (event instanceof Event.PhaseStarted started) {
            return s.with(Lifecycle.SHIFTING)
                    .with(PhaseState.begin(started.phase(), at))
                    .with(s.watching().unwatched());
        } else if (event instanceof Event.Intended intended) {
            return s.with(s.effects().intend(EffectKey.parse(intended.key())));
        } else if (event instanceof Event.Done done) {
            return done(s, done, stamped);
        } else if (event instanceof Event.RouterRead read) {
            return read(plan, s, read, stamped);
        } else if (event instanceof Event.BakeStarted started) {
            return s.with(Lifecycle.BAKING)
                    .with(s.phase().withBake(at, Decisions.duration(started.warmup())))
                    .with(s.watching().from(at));
        } else if (event instanceof Event.Looked looked) {
            return looked(plan, s, looked, stamped);
        } else if (event instanceof Event.LookLate late) {
            return s.with(s.watching().late(Duration.ofNanos((long) (late.seconds() * 1e9)), at));
        } else if (event instanceof Event.Judged judged) {
            return s.with(s.watching().withTold(judged.action()));
        } else if (event instanceof Event.PhaseEnded ended) {
            return ended.verdict() == PhaseVerdict.PASS ? s : s.withUnproven(ended.phase());
        } else if (event instanceof Event.Held held) {
            return hold(s, held.cause(), held.reason());
        } else if (event instanceof Event.Released released) {
            return release(s, released.cause());
        } else if (event instanceof Event.Operated operated) {
            return operated(s, operated);
        } else if (event instanceof Event.BodyEnded body) {
            return body(plan, s, body, stamped);
        } else if (event instanceof Event.CanaryEnded) {
            State watching =
                    s.with(Lifecycle.WATCHING).with(s.watching().unwatched().from(at));
            return plan.enclosed() && !s.body().ended() ? watching : watching.withWatchFrom(at);
        } else if (event instanceof Event.Breached breached) {
            return breached(plan, s, breached, stamped);
        } else if (event instanceof Event.RollbackStarted started) {
            return started.observed()
                    ? s
                    : rollback(
                            s,
                            Lifecycle.ROLLING_BACK,
                            r -> s.life() == Lifecycle.RECOVERING
                                    ? r.withAgain(stamped.wall())
                                    : r.withStarted(stamped.wall()));
        } else if (event instanceof Event.RollbackActed) {
            return rollback(s, s.life(), r -> r.withActed(stamped.wall()));
        } else if (event instanceof Event.RollbackConfirmed) {
            State next = rollback(s, Lifecycle.RECOVERING, r -> r.withConfirmed(stamped));
            return next == s
                    ? s
                    : next.with(s.watching().afterGap(at)).with(s.calls().over(Occasion.ROLLBACK));
        } else if (event instanceof Event.RollbackUnconfirmed unconfirmed) {
            State next = rollback(s, s.life(), RollbackState::withUnconfirmed);
            return next == s ? s : next.withCall(Occasion.ROLLBACK, unconfirmed.reason());
        } else if (event instanceof Event.Validated validated) {
            return validated(plan, s, validated, at);
        } else if (event instanceof Event.Resumed) {
            return resumed(s, stamped);
        } else if (event instanceof Event.Ended ended) {
            return s.withEnded(ended);
        }
        return s;
    }

    /** A journal that speaks of a rollback without its breach changes nothing: there is no way back to know of. */
    private static State rollback(State s, Lifecycle life, UnaryOperator<RollbackState> change) {
        return s.rollback() == null ? s : s.with(life).with(change.apply(s.rollback()));
    }

    private static State hold(State s, HoldCause cause, String reason) {
        State held = s.withHold(cause, reason);
        return Occasion.of(cause)
                .filter(occasion -> occasion != Occasion.ORPHAN)
                .map(occasion -> held.withCall(occasion, reason))
                .orElse(held);
    }

    private static State release(State s, HoldCause cause) {
        State released = s.withoutHold(cause);
        return Occasion.of(cause)
                .map(occasion -> released.with(s.calls().over(occasion)))
                .orElse(released);
    }

    private static State looked(Plan plan, State s, Event.Looked looked, Stamped stamped) {
        State next = LookFold.apply(plan, s, looked, stamped.at());
        boolean said = next.watching().looks().count() > s.watching().looks().count();
        return said && s.rollback() != null && !plan.routed()
                ? RollbackFold.looked(next, looked, stamped.wall())
                : next;
    }

    private static State done(State s, Event.Done done, Stamped stamped) {
        Instant wall = stamped.wall();
        EffectKey key = EffectKey.parse(done.key());
        if (key.kind() == EffectKey.Kind.CALL) {
            return s.with(s.effects().end(key, done.error())).with(s.calls().answered(key, done.error(), wall));
        }
        State next = s.with(s.effects().end(key, done.error())).with(s.router().outdated(stamped.at()));
        if (s.rollback() != null) {
            if (key.equals(s.rollback().shiftKey())) {
                return next.with(s.rollback().withShift(wall, done.error()));
            }
            if (key.kind() == EffectKey.Kind.ACTION && done.error() != null) {
                next = next.withCall(Occasion.PROCEDURE, done.error());
            }
            return key.equals(s.rollback().actionKey()) ? next.with(s.rollback().withNextAction()) : next;
        }
        return key.equals(s.phase().shiftKey()) ? next.with(s.phase().withShifted(done.error())) : next;
    }

    private static State read(Plan plan, State s, Event.RouterRead read, Stamped stamped) {
        RouterReading reading = RouterView.reading(read);
        State next = s.with(s.router().read(reading, read.error(), read.asked(), stamped));
        if (reading != null && s.router().reading() != null && s.life() == Lifecycle.BAKING) {
            double before = s.router().reading().canaryRequests();
            Seen seen = s.watching().looks().seen().withReadings(before, reading.canaryRequests());
            next = next.with(s.watching().withSeen(seen));
        }
        if (s.rollback() != null) {
            return RollbackFold.read(plan, next, s.router(), reading, stamped.wall());
        }
        if (s.isFrozen()) {
            return next;
        }
        return s.phase().index() < 0 ? next : held(plan, next, s.router(), read.error(), stamped.at());
    }

    /**
     * What a reading says about the phase's weight; the last one's is held until the release ends.
     *
     * @param s with the reading
     * @param before what the router had said until then
     */
    private static State held(Plan plan, State s, RouterView before, String error, Instant at) {
        RouterReading reading = error == null ? s.router().reading() : null;
        PhaseState.Shift shift = s.phase().shift();
        boolean settled = s.life() == Lifecycle.BAKING || s.life() == Lifecycle.WATCHING && shift.confirmed();
        boolean settling = s.life() == Lifecycle.SHIFTING || s.life() == Lifecycle.WATCHING && !shift.confirmed();
        double wanted = Weights.of(plan, s.phase());
        if (reading != null && !s.router().afterShift()) {
            // it was asked before the weight was set: no word about it
            return s;
        }
        if (reading != null && Weights.same(reading.weight(), wanted)) {
            if (!settling || !shift.accepted()) {
                return s;
            }
            // a phase says with an event that its bake begins; the last bake goes on from here
            return s.life() == Lifecycle.WATCHING
                    ? s.with(s.phase().withConfirmed()).with(s.watching().from(at))
                    : s.with(s.phase().withHit());
        }
        if (reading != null
                && (settled || settling && shift.accepted())
                && s.router().movedByServers(before)) {
            State replanned = s.with(s.phase().withReplan(at));
            return s.life() == Lifecycle.BAKING ? replanned.with(Lifecycle.SHIFTING) : replanned;
        }
        if (settling && shift.accepted()) {
            String why = reading == null
                    ? error
                    : "the router reads " + Weights.text(reading.weight()) + " instead of " + Weights.text(wanted)
                            + s.router().idle(" (takes less than was set: ", ")");
            return s.with(s.phase().withMiss(why, ShiftRules.MISSES_BEFORE_RETRY));
        }
        if (settled && reading != null) {
            State drifted = s.with(s.phase().withDrift(at));
            return s.life() == Lifecycle.BAKING ? drifted.with(Lifecycle.SHIFTING) : drifted;
        }
        return s;
    }

    private static State operated(State s, Event.Operated operated) {
        if (!s.isMeantBy(operated)) {
            return s;
        }
        return switch (operated.command()) {
            case PAUSE -> paused(s, operated);
            case RESUME -> release(s, HoldCause.PAUSED);
            case APPROVE -> s.with(s.phase().withApproval());
            case PROMOTE -> s.with(s.phase().withSkip(operated.by()));
            case TAKE -> s.with(s.calls().takenBy(operated.by()));
            case CLOSE -> closes(s, operated) ? s.withClosed(operated) : s;
            default -> s;
        };
    }

    private static State paused(State s, Event.Operated operated) {
        State held = s.withHold(HoldCause.PAUSED, "paused by " + operated.by());
        boolean unmanned = Event.Operated.MACHINE.equals(operated.by()) && s.rollback() == null;
        return unmanned ? held.withCall(Occasion.ORPHAN, operated.reason()) : held;
    }

    /** Only what doesn't end by itself is closed, and never without a reason. */
    private static boolean closes(State s, Event.Operated operated) {
        boolean explained = operated.reason() != null && !operated.reason().isBlank();
        return explained && (s.rollback() != null || s.isFrozen());
    }

    private static State body(Plan plan, State s, Event.BodyEnded body, Stamped stamped) {
        Instant at = stamped.at();
        if (body.phase() >= 0) {
            State next = body.phase() == s.phase().index() ? s.with(s.phase().withBody(body.error())) : s;
            return s.rollback() == null ? next : RollbackFold.overtaken(next, stamped.wall());
        }
        State next = s.with(BodyState.ended(body.error()));
        if (body.error() == null && (s.life() == Lifecycle.WATCHING || s.life() == Lifecycle.ARMED)) {
            return next.with(Lifecycle.WATCHING)
                    .with(s.watching().unwatched().from(at))
                    .withWatchFrom(at);
        }
        return next;
    }

    private static State breached(Plan plan, State s, Event.Breached breached, Stamped stamped) {
        if (plan.observe()) {
            return s.with(s.watching().withNoted(breached));
        }
        if (FreezeRules.freezes(plan, breached)) {
            return frozen(s, breached);
        }
        Instant sampleAt = breached.sampleAt() == null ? stamped.at() : breached.sampleAt();
        double late = Duration.between(sampleAt, stamped.at()).toNanos() / plan.speed();
        Duration lateness = Duration.ofNanos(Math.max(0, (long) late));
        State next = quieted(s.withoutHold(HoldCause.FROZEN));
        if (breached.cause() == BreachCause.JOURNAL) {
            next = next.withCall(Occasion.JOURNAL, breached.reason());
        }
        return next.with(RollbackState.of(RollbackState.Breach.of(
                breached, stamped.wall(), lateness, plan.procedure(breached), Way.of(plan, s))));
    }

    /** What people were called for is over: the release goes back. */
    private static State quieted(State s) {
        Calls calls = s.calls();
        for (Occasion occasion : calls.all().keySet()) {
            calls = calls.over(occasion);
        }
        return s.with(calls);
    }

    private static State frozen(State s, Event.Breached breached) {
        return s.isFrozen() ? s : s.withFrozen(breached);
    }

    private static State validated(Plan plan, State s, Event.Validated validated, Instant at) {
        for (Probe probe : plan.probes()) {
            if (probe.entry().equals(validated.entry())) {
                TriggerState before = s.watching().triggers().getOrDefault(probe.entry(), TriggerState.QUIET);
                return s.with(s.watching().withTrigger(probe.entry(), probe.next(before, validated, at)))
                        .withAnswer(validated, at, false);
            }
        }
        return s.withAnswer(validated, at, AdmissionRules.isOverslept(plan, s, validated.entry(), at));
    }

    private static State resumed(State s, Stamped stamped) {
        if (s.rollback() != null
                && s.rollback().progress().decided() != null
                && s.rollback().confirmation().at() == null) {
            return s.with(s.rollback().withResumed(stamped.wall()));
        }
        // nobody knows what others did to the router meanwhile
        State next = s.with(s.watching().afterGap(stamped.at())).with(s.router().outdated(stamped.at()));
        return s.life().isCanary()
                ? next.with(Lifecycle.SHIFTING).with(s.phase().withInterruption(s.lastAt()))
                : next;
    }
}
