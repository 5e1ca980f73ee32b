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
import io.jenkins.plugins.releaseguard.rollout.Rollout;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One release in motion: takes what happens, one thing at a time, journals and folds it, asks {@link Rollout} what follows and has
 * it done. All methods return at once and may be called from any thread.
 */
public final class Runner {
    private final Plan plan;
    private final Drive drive;
    private final AtomicBoolean arming = new AtomicBoolean();

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
        this(plan, journal, past, ports, clock, threads.lanes());
    }

    /** @param clock the world's time, which may be set: the release's own goes on steadily */
    public Runner(Plan plan, JournalWriter journal, State past, Ports ports, ReleaseClock clock, Lanes lanes) {
        this.plan = plan;
        this.drive = new Drive(this, plan, journal, past, ports, clock, lanes);
    }

    public State state() {
        return drive.state();
    }

    public Plan plan() {
        return plan;
    }

    /** Completed when the release has ended and its record is written, or can't be for a while: see {@link #written}. */
    public CompletableFuture<Event.Ended> ended() {
        return drive.ended();
    }

    /** Completed when the release has ended and all of its record is on the disk; it is tried until then. */
    public CompletableFuture<Void> written() {
        return drive.written();
    }

    /** Completed when the triggers are watched. */
    public CompletableFuture<Void> armed() {
        return drive.armed();
    }

    /** Notes an event; the gate's and others that the rollout itself doesn't decide on go the same way. */
    public void record(Event event) {
        drive.submit(turn -> turn.accept(event));
    }

    /** Captures the baseline's levels and watches the triggers from then on. Later calls do nothing. */
    public CompletableFuture<Void> arm() {
        if (state().life() == Lifecycle.OPEN && arming.compareAndSet(false, true)) {
            Rollout.warnings(plan).forEach(this::record);
            drive.capture();
        }
        return drive.armed();
    }

    /** Starts the phases, once armed. Later calls do nothing. */
    public void startCanary() {
        arm().thenRun(() -> drive.submit(turn -> {
            if (state().life() == Lifecycle.ARMED && state().phaseIndex() < 0 && !state().isRollingBack()) {
                turn.accept(new Event.CanaryStarted(
                        plan.phases().stream().map(p -> p.weight()).toList()));
                turn.accept(Rollout.firstPhase(plan));
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
        drive.submit(turn -> {
            Event.Operated operated = new Event.Operated(command, by, reason, phase);
            boolean meant = state().isMeantBy(operated);
            turn.accept(operated);
            if (!meant) {
                turn.accept(new Event.Noted(
                        NoteKind.ISSUE,
                        "'" + command + "' by " + by + " was meant for phase " + (phase + 1)
                                + ", which is not under way: nothing was done about it."));
            }
        });
    }

    /** Brings the last good version back: on an abort, for a build that was killed, or since the operator asks for it. */
    public void rollBack(BreachCause cause, String by, String reason) {
        drive.submit(turn -> {
            if (state().life() == Lifecycle.ENDED || state().isRollingBack()) {
                return;
            }
            turn.accept(new Event.Operated(OperatorCommand.of(cause), by, reason));
            // who only observes has moved nothing that could be brought back
            turn.accept(
                    state().life() == Lifecycle.OPEN || plan.observe()
                            ? new Event.Ended(ReleaseOutcome.HALTED, true, reason)
                            : Event.Breached.of(cause, reason));
        });
    }

    /** Moves and asks nothing until {@link #resume}, unless it is to be brought back: first somebody asks where the traffic is. */
    public void hesitate() {
        drive.hesitate(true);
    }

    /** Goes on after time without a runner. */
    public void resume(Duration down, String why) {
        drive.submit(turn -> {
            drive.hesitate(false);
            if (state().life() != Lifecycle.ENDED) {
                turn.accept(new Event.Resumed(down.toMillis() / 1000.0, why));
            }
        });
    }

    /** How long its look at the sources waits for a thread of our own; zero where none does. */
    public Duration lookWaits() {
        return drive.lookWaits();
    }

    /** Lets go without ending the release: the journal stays as it is, another runner may go on. */
    public void detach() {
        drive.stop();
    }
}
