// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.Reaction;
import io.jenkins.plugins.releaseguard.rollout.Rollout;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What drives a release: an inbox that one thread at a time empties, the record, the state, and the next wake. Knows who decides, what
 * time it is and the lanes, and no thread.
 */
final class Drive {
    private static final Logger LOGGER = Logger.getLogger(Drive.class.getName());

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(1);

    /** So long the end waits for its record and for listeners; then it is told all the same, and the record follows. */
    private static final Duration RECORD_AT_THE_END = Duration.ofSeconds(10);

    private final Plan plan;
    private final Duration gap;
    private final Ports ports;
    private final Lanes lanes;
    private final SteadyClock clock;
    private final JournalLane journal;
    private final Recorder recorder;
    private final Performer performer;
    private final Telling telling;
    private final Pulse pulse;
    private final Rounds rounds = new Rounds();
    private final Inbox<Turn> inbox = new Inbox<>();
    private final CompletableFuture<Void> armed = new CompletableFuture<>();
    private final CompletableFuture<Event.Ended> ended = new CompletableFuture<>();
    private volatile Turn turn;
    private volatile State state;
    private volatile Timer.Scheduled wake = () -> {};
    private volatile boolean stopped;
    private volatile boolean hesitating;

    /** Of the turn: what changes the state holds it. */
    private final ReentrantLock fence = new ReentrantLock();

    private final AtomicBoolean over = new AtomicBoolean();
    private final Watchdog.Watched watched = this::watch;

    Drive(Runner runner, Plan plan, JournalWriter journal, State past, Ports ports, ReleaseClock clock, Lanes lanes) {
        this.plan = plan;
        this.gap = Pulse.gap(plan);
        this.ports = ports;
        this.lanes = lanes;
        this.clock = new SteadyClock(clock, lanes.timer(), plan.speed(), past.lastAt());
        this.journal = new JournalLane(
                journal, this.clock, lanes.journal(journal.disk()), lanes.timer()::schedule, this::wake);
        String name = lanes.name(plan);
        this.performer = new Performer(runner, plan, ports, lanes, name, this.clock, this);
        this.telling = new Telling(lanes.telling(), new Place(name, "listeners of " + name));
        this.pulse = new Pulse(lanes.timer());
        this.turn = new Turn();
        this.state = past;
        this.recorder = new Recorder(plan, state, this.journal, this.clock, this::happened);
        settle();
        if (state.life() == Lifecycle.ENDED) {
            // heard long ago
            ended.complete(state.outcome());
        } else {
            lanes.watchdog().add(watched);
        }
    }

    State state() {
        return state;
    }

    CompletableFuture<Event.Ended> ended() {
        return ended;
    }

    CompletableFuture<Void> written() {
        return journal.written();
    }

    CompletableFuture<Void> armed() {
        return armed;
    }

    void record(Event event) {
        submit(turn -> turn.accept(event));
    }

    Duration lookWaits() {
        return performer.looking().waited();
    }

    void hesitate(boolean so) {
        hesitating = so;
        // whoever waits shows that it lives
        wake();
    }

    void capture() {
        new BaselineCapture(plan, clock, lanes, performer.destinations(), ports).run(this::record);
    }

    void stop() {
        stopped = true;
        lanes.watchdog().remove(watched);
        performer.stop();
        submit(turn -> journal.leave());
    }

    /** Has it done in its turn, and what follows of it. */
    void submit(Consumer<Turn> work) {
        inbox.add(work, lanes.timer().nanos());
        wake();
    }

    /** Whether something has come since the state was looked at last; it is looked at again. */
    boolean isOvertaken() {
        return !inbox.isEmpty();
    }

    /** Has the state looked at, soon. */
    void wake() {
        try {
            turn.task.call();
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The runner's threads are gone", e);
        } catch (OutOfMemoryError e) {
            // also says that no thread could be made
            LOGGER.log(Level.SEVERE, "No thread for the rollout of " + plan.service() + "; it is tried again", e);
            scheduleWake(AFTER_FAILURE);
        }
    }

    private void scheduleWake(Duration in) {
        wake.cancel();
        Duration least = in.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : in;
        pulse.due(least);
        wake = lanes.timer().schedule(least, this::wake);
    }

    private void settle() {
        if (state.life() != Lifecycle.OPEN) {
            armed.complete(null);
        }
        if (state.life() == Lifecycle.ENDED && !over.getAndSet(true)) {
            wake.cancel();
            lanes.watchdog().remove(watched);
            performer.stop();
            Event.Ended outcome = state.outcome();
            CompletableFuture<Void> heard = new CompletableFuture<>();
            telling.tell(() -> heard.complete(null), true);
            CompletableFuture.allOf(journal.written(), heard).thenRun(() -> ended.complete(outcome));
            journal.finish();
            lanes.timer().schedule(RECORD_AT_THE_END, () -> {
                if (ended.complete(outcome)) {
                    LOGGER.log(Level.WARNING, "The end of {0} is not written or heard yet; it goes on", plan.service());
                }
            });
        }
    }

    // --- time that we lost ---

    private boolean moves() {
        return state.life() != Lifecycle.OPEN && state.life() != Lifecycle.ENDED;
    }

    /** By the watchdog, on the timer's thread. */
    private void watch() {
        Duration bound = state.isRollingBack() ? Pulse.LEAST_GAP : gap;
        boolean late =
                moves() && pulse.silent(bound) || inbox.neglected(lanes.timer().nanos() - bound.toNanos());
        if (late && !stopped) {
            revive(bound);
        }
    }

    /** Whoever had the turn has lost it, wherever it hangs. */
    private void revive(Duration silent) {
        String why = "the rollout had not reacted for " + silent.toSeconds() + " s and was revived";
        LOGGER.log(Level.SEVERE, "Release of {0} to {1}: {2}", new Object[] {plan.service(), plan.environment(), why});
        if (!fence.tryLock()) {
            // it is just about to go on; time must not wait for it
            return;
        }
        try {
            turn.lost = true;
            turn = new Turn();
        } finally {
            fence.unlock();
        }
        pulse.beat();
        inbox.handBack(lanes.timer().nanos());
        record(new Event.Noted(NoteKind.ISSUE, why));
    }

    // --- reacting ---

    /** The right to change the release, one thread's at a time: the watchdog takes it from a thread that hangs. */
    final class Turn {
        private final SerialTask task = new SerialTask(lanes.deciding(), this::drain);
        private volatile boolean lost;

        private void drain() {
            try {
                check();
                notice();
                Consumer<Turn> work;
                while ((work = inbox.take()) != null) {
                    work.accept(this);
                    check();
                    inbox.done(lanes.timer().nanos());
                    pulse.beat();
                }
                if (!stopped) {
                    heedJournal();
                    react();
                }
                pulse.beat();
            } catch (TurnLost e) {
                LOGGER.log(Level.FINE, "Too late", e);
            } catch (RuntimeException | Error e) {
                if (lost) {
                    LOGGER.log(Level.FINE, "Too late", e);
                    return;
                }
                // whatever it is: a release that nobody drives any more is worse
                LOGGER.log(Level.SEVERE, "The rollout of " + plan.service() + " failed for a moment; it goes on", e);
                inbox.done(lanes.timer().nanos());
                scheduleWake(AFTER_FAILURE);
            }
        }

        private void check() {
            if (lost) {
                throw new TurnLost();
            }
        }

        /** Whether time has passed without us, and what of it is our own lateness. */
        private void notice() {
            Duration bound = gap;
            Duration ahead = clock.catchUp(bound);
            Duration late = pulse.late();
            if (!moves() || stopped || hesitating) {
                return;
            }
            if (!ahead.isZero()) {
                resumed(ahead, "the clock went ahead meanwhile: the machine was suspended, or its clock was set");
            } else if (late.compareTo(bound) > 0) {
                resumed(late, "this process did not run, or not fast enough");
            }
            Event.LookLate waiting = performer.looking().late();
            if (waiting != null) {
                accept(waiting);
            }
        }

        private void resumed(Duration down, String why) {
            pulse.excuse();
            performer.looking().beginAnew();
            accept(new Event.Resumed(down.toMillis() / 1000.0, why));
        }

        private void react() {
            if (hesitating && !state.isRollingBack() && state.life() != Lifecycle.ENDED) {
                scheduleWake(AFTER_FAILURE);
                return;
            }
            Reaction reaction =
                    rounds.settle(() -> Rollout.react(plan, state, clock.now(), clock.wall()), this::accept);
            if (reaction == null) {
                scheduleWake(AFTER_FAILURE);
                return;
            }
            if (state.life() == Lifecycle.ENDED) {
                return;
            }
            boolean rollingBack = state.isRollingBack();
            boolean begun = true;
            for (Effect effect : reaction.effects()) {
                // whoever hung must not move traffic behind the back of who has the turn now
                check();
                begun &= !recorder.allows(effect) || performer.perform(effect, rollingBack);
            }
            scheduleWake(begun ? reaction.wake() : AFTER_FAILURE);
        }

        /** A journal that can't be written leads back; one that hangs, or failed once, only keeps the release from going forward. */
        private void heedJournal() {
            String failure = recorder.failure();
            if (failure != null && !state.isRollingBack() && !state.isFrozen() && state.life() != Lifecycle.ENDED) {
                String reason = "the journal can't be written: " + failure;
                // nothing has moved yet that could be brought back, and the next release must not wait for this one
                accept(
                        state.life() == Lifecycle.OPEN
                                ? new Event.Ended(ReleaseOutcome.HALTED, true, reason)
                                : Event.Breached.of(BreachCause.JOURNAL, reason));
            }
        }

        /** Folds an event and has it written; false where it can't be folded. */
        boolean accept(Event event) {
            fence.lock();
            try {
                check();
                return recorder.record(event);
            } finally {
                fence.unlock();
            }
        }
    }

    private void happened(Stamped stamped, State next) {
        state = next;
        telling.tell(() -> ports.happened(stamped, next), JournalLane.counts(stamped.event()));
        settle();
    }
}
