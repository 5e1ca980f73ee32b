// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.Reaction;
import io.jenkins.plugins.releaseguard.rollout.Rollout;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One release in motion: takes what happens, one thing at a time, journals and folds it, asks {@link Rollout} what follows and has
 * it done. All methods return at once and may be called from any thread.
 */
public final class Runner {
    private static final Logger LOGGER = Logger.getLogger(Runner.class.getName());

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** So long the end waits for its record; then it is told all the same, and the record follows. */
    private static final Duration RECORD_AT_THE_END = Duration.ofSeconds(10);

    private final Plan plan;
    private final Ports ports;
    private final ReleaseClock clock;
    private final RunnerThreads threads;
    private final JournalLane journal;
    private final Recorder recorder;
    private final Performer performer;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final SerialTask drain;
    private final AtomicBoolean arming = new AtomicBoolean();
    private final CompletableFuture<Void> armed = new CompletableFuture<>();
    private final CompletableFuture<Event.Ended> ended = new CompletableFuture<>();
    private boolean settled;
    private volatile State state;
    private volatile Future<?> wake;
    private volatile boolean stopped;
    private volatile boolean hesitating;

    /** @param past the journal so far, empty for a new release; {@code journal} continues it */
    public Runner(
            Plan plan,
            JournalWriter journal,
            List<Stamped> past,
            Ports ports,
            ReleaseClock clock,
            RunnerThreads threads) {
        this(plan, journal, Fold.all(plan, past), ports, clock, threads);
    }

    /** @param past what the journal so far has led to; {@code journal} continues it */
    public Runner(
            Plan plan, JournalWriter journal, State past, Ports ports, ReleaseClock clock, RunnerThreads threads) {
        this.plan = plan;
        this.ports = ports;
        this.clock = clock;
        this.threads = threads;
        this.drain = new SerialTask(threads.deciding(), this::drain);
        this.journal = new JournalLane(journal, clock, threads.journal(), this::later, this::drainSoon);
        this.performer = new Performer(this, plan, ports, threads, this::record);
        this.state = past;
        this.recorder = new Recorder(plan, state, this.journal, clock, this::happened);
        settle();
    }

    public State state() {
        return state;
    }

    public Plan plan() {
        return plan;
    }

    /** Completed when the release has ended and its record is written, or can't be for a while: see {@link #written}. */
    public CompletableFuture<Event.Ended> ended() {
        return ended;
    }

    /** Completed when the release has ended and all of its record is on the disk; it is tried until then. */
    public CompletableFuture<Void> written() {
        return journal.written();
    }

    /** Completed when the triggers are watched. */
    public CompletableFuture<Void> armed() {
        return armed;
    }

    /** Notes an event; the gate's and others that the rollout itself doesn't decide on go the same way. */
    public void record(Event event) {
        submit(() -> accept(event));
    }

    /** Captures the baseline's levels and watches the triggers from then on. Later calls do nothing. */
    public CompletableFuture<Void> arm() {
        if (state.life() == Lifecycle.OPEN && arming.compareAndSet(false, true)) {
            Rollout.warnings(plan).forEach(this::record);
            new BaselineCapture(plan, ports, clock, threads).run(this::record);
        }
        return armed;
    }

    /** Starts the phases, once armed. Later calls do nothing. */
    public void startCanary() {
        arm().thenRun(() -> submit(() -> {
            if (state.life() == Lifecycle.ARMED && state.phaseIndex() < 0 && !state.isRollingBack()) {
                accept(new Event.CanaryStarted(
                        plan.phases().stream().map(p -> p.weight()).toList()));
                accept(Rollout.firstPhase(plan));
            }
        }));
    }

    /** The body under {@code key} has ended, well ({@code error} null) or not. */
    public void bodyEnded(Effect.RunBody body, String error) {
        record(
                body.phase() < 0
                        ? new Event.Done(body.key().toString(), error, 0)
                        : new Event.BodyEnded(body.phase(), body.attempt(), error));
    }

    /** The enclosing body has ended; a failure brings the last good version back. */
    public void enclosingBodyEnded(String error) {
        record(new Event.BodyEnded(-1, 0, error));
    }

    /**
     * A person's command that the rollout folds: pause, resume, promote, approve; take, which ends the calling for people; close,
     * which ends what doesn't end by itself, and needs a reason. Permission is the caller's business.
     *
     * @param phase the index of the phase that is meant, null for whichever is under way; in another, nothing is done but noted
     */
    public void operate(OperatorCommand command, String by, String reason, Integer phase) {
        submit(() -> {
            Event.Operated operated = new Event.Operated(command, by, reason, phase);
            boolean meant = state.isMeantBy(operated);
            accept(operated);
            if (!meant) {
                accept(new Event.Noted(
                        NoteKind.ISSUE,
                        "'" + command + "' by " + by + " was meant for phase " + (phase + 1)
                                + ", which is not under way: nothing was done about it."));
            }
        });
    }

    /** Brings the last good version back: on an abort, for a build that was killed, or since the operator asks for it. */
    public void rollBack(BreachCause cause, String by, String reason) {
        submit(() -> {
            if (state.life() == Lifecycle.ENDED || state.isRollingBack()) {
                return;
            }
            accept(new Event.Operated(OperatorCommand.of(cause), by, reason));
            // who only observes has moved nothing that could be brought back
            accept(
                    state.life() == Lifecycle.OPEN || plan.observe()
                            ? new Event.Ended(ReleaseOutcome.HALTED, true, reason)
                            : Event.Breached.of(cause, reason));
        });
    }

    /** Moves and asks nothing until {@link #resume}, unless it is to be brought back: first somebody asks where the traffic is. */
    public void hesitate() {
        hesitating = true;
    }

    /** Goes on after time without a runner. */
    public void resume(Duration down, String why) {
        submit(() -> {
            hesitating = false;
            if (state.life() != Lifecycle.ENDED) {
                accept(new Event.Resumed(down.toMillis() / 1000.0, why));
            }
        });
    }

    /** Lets go without ending the release: the journal stays as it is, another runner may go on. */
    public void detach() {
        stopped = true;
        performer.stop();
        submit(journal::leave);
    }

    private void submit(Runnable work) {
        inbox.add(work);
        drainSoon();
    }

    private void drainSoon() {
        try {
            drain.call();
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The runner's threads are gone", e);
        } catch (OutOfMemoryError e) {
            // also says that no thread could be made
            LOGGER.log(Level.SEVERE, "No thread for the rollout of " + plan.service() + "; it is tried again", e);
            scheduleWake(AFTER_FAILURE);
        }
    }

    private void drain() {
        try {
            Runnable work;
            while ((work = inbox.poll()) != null) {
                work.run();
            }
            if (!stopped) {
                heedJournal();
                react();
            }
        } catch (RuntimeException | Error e) {
            // whatever it is: a release that nobody drives any more is worse
            LOGGER.log(Level.SEVERE, "The rollout of " + plan.service() + " failed for a moment; it goes on", e);
            scheduleWake(AFTER_FAILURE);
        }
    }

    private void react() {
        if (hesitating && !state.isRollingBack() && state.life() != Lifecycle.ENDED) {
            scheduleWake(AFTER_FAILURE);
            return;
        }
        Reaction reaction = Rollout.react(plan, state, clock.now(), clock.wall());
        while (!reaction.events().isEmpty()) {
            boolean folded = true;
            for (Event event : reaction.events()) {
                folded &= accept(event);
            }
            if (!folded) {
                // it would be decided again at once, and for ever
                scheduleWake(AFTER_FAILURE);
                return;
            }
            reaction = Rollout.react(plan, state, clock.now(), clock.wall());
        }
        if (state.life() == Lifecycle.ENDED) {
            return;
        }
        boolean rollingBack = state.isRollingBack();
        for (Effect effect : reaction.effects()) {
            if (recorder.allows(effect)) {
                performer.perform(effect, rollingBack);
            }
        }
        scheduleWake(reaction.wake());
    }

    private boolean accept(Event event) {
        return recorder.record(event);
    }

    private void happened(Stamped stamped, State next) {
        state = next;
        ports.happened(stamped, next);
        settle();
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

    private void settle() {
        if (state.life() != Lifecycle.OPEN) {
            armed.complete(null);
        }
        if (state.life() == Lifecycle.ENDED && !settled) {
            settled = true;
            Future<?> timer = wake;
            if (timer != null) {
                timer.cancel(false);
            }
            performer.stop();
            Event.Ended outcome = state.outcome();
            journal.written().thenRun(() -> ended.complete(outcome));
            journal.finish();
            later(RECORD_AT_THE_END, () -> {
                if (ended.complete(outcome)) {
                    LOGGER.log(Level.WARNING, "The record of {0} is not written yet; it is tried on", plan.service());
                }
            });
        }
    }

    private void later(Duration in, Runnable what) {
        try {
            threads.timer().schedule(what, in.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The runner's threads are gone", e);
        }
    }

    private void scheduleWake(Duration in) {
        Future<?> before = wake;
        if (before != null) {
            before.cancel(false);
        }
        try {
            wake = threads.timer().schedule(this::drainSoon, Math.max(1, in.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The runner's threads are gone", e);
        }
    }
}
