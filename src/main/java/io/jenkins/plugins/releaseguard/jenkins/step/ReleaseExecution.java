// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.model.Run;
import io.jenkins.plugins.releaseguard.jenkins.evidence.NamedSetups;
import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import io.jenkins.plugins.releaseguard.jenkins.service.ArmingRule;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseWatcher;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A step that follows a release: opens it or finds it, attaches, and ends when the release has. Between its calls it is data;
 * no thread and no executor waits.
 */
abstract class ReleaseExecution extends StepExecution implements ReleaseWatcher {
    private static final long serialVersionUID = 1L;
    private static final String BEFORE = "stopped before it began";

    /** Null as soon as the release is open: the contract's text would otherwise be written with each step of the build. */
    private ReleaseStep step;

    /** The release's id; null until it is open. */
    private String release;

    /** What stopped this step; null for nothing. */
    private FlowInterruptedException stopped;

    /** Whether a restart has come before the first lines of its log; what has been said may be said again. */
    private transient volatile boolean again;

    private transient volatile boolean done;
    private transient volatile State seen;

    /** Null until it has waited. */
    private transient volatile WaitForRelease waiting;

    ReleaseExecution(StepContext context, ReleaseStep step) {
        super(context);
        this.step = step;
    }

    // --- what the steps do differently ---

    /** The release is open; what is set here is kept with the program before anything happens. */
    void entered() {}

    /** The release is open. Called in a thread of the service. */
    abstract void begin(OpenRelease opened) throws IOException, InterruptedException;

    /** Something happened, or this step attached anew; only while the release is open. */
    abstract void follow(OpenRelease opened, State state);

    /** Whether a body runs that must end before this step may. */
    boolean isBusy() {
        return false;
    }

    /** The release has ended, the report is there. */
    abstract void conclude(Report report);

    /** Whether this step decides if others may go on. */
    boolean isGate() {
        return false;
    }

    /** The release's id; null until it is open. */
    String opened() {
        return release;
    }

    // --- starting ---

    @Override
    public boolean start() {
        ReleaseGuardService.get().submit(StepWords.build(getContext()), this::enter);
        return false;
    }

    private void enter() {
        if (stopped != null) {
            // stopped while it waited: nothing is begun any more
            fail(stopped);
        }
        if (done) {
            return;
        }
        try {
            ReleaseLookup lookup = new ReleaseLookup(getContext(), step, isGate());
            Optional<OpenRelease> known = lookup.known();
            if (known.isPresent()) {
                boolean first = again;
                again = false;
                join(lookup, known.get(), first);
                return;
            }
            OpenRelease opened = waiting().open(lookup, step.getEnvironment());
            if (opened != null) {
                waiting().own().open(opened, () -> join(lookup, opened, true));
                if (stopped != null) {
                    waiting().own().abandon(BEFORE);
                }
            }
        } catch (IOException | InterruptedException | RuntimeException | LinkageError e) {
            failUnlessGoingDown(e);
        }
    }

    /** @param first whether its log begins with this step */
    private void join(ReleaseLookup lookup, OpenRelease found, boolean first) {
        if (ReleaseGuardService.get().isGoingDown()) {
            // it comes here again after the restart
            return;
        }
        try {
            if (first && !done) {
                OwnRelease.firstLines(found, this::say);
            }
            if (stopped == null && !isGate() && found.runner() == null) {
                NamedSetups.require(found);
                ArmingRule.require(found);
                if (waiting().forRouter(lookup, found)) {
                    return;
                }
                NamedSetups.silentChannels(found).forEach(this::say);
            }
            if (follows(found)) {
                pause(false);
                getContext().saveState();
                found.followers().attach(this);
                begin(found);
            } else {
                waiting().own().abandon(BEFORE);
            }
        } catch (IOException | InterruptedException | RuntimeException | LinkageError e) {
            if (!ReleaseGuardService.get().isGoingDown()) {
                waiting().own().abandon(Failures.text(e));
            }
            failUnlessGoingDown(e);
        }
    }

    /** Whether the step goes on with it: it may have been stopped meanwhile. */
    private synchronized boolean follows(OpenRelease found) {
        if (done || stopped != null) {
            return false;
        }
        release = found.id();
        step = null;
        waiting().own().followed();
        entered();
        return true;
    }

    private WaitForRelease waiting() {
        waiting = waiting == null ? new WaitForRelease(this, this::enter) : waiting;
        return waiting;
    }

    // --- following ---

    @Override
    public final void sync(OpenRelease opened, State state, String line) {
        if (done) {
            return;
        }
        seen = state;
        if (line != null) {
            say(line);
        }
        Report report = opened.report();
        if (report == null && stopped != null && state.isUnconfirmed() && !isBusy()) {
            // whoever stopped the build is not made to wait for what may take hours
            say("the rollback is not confirmed yet; the build ends here, and the release goes on without it at "
                    + opened.openPage());
            fail(stopped);
        } else if (report == null) {
            follow(opened, state);
        } else if (isBusy()) {
            stopBody(report.reason());
        } else {
            conclude(report);
        }
    }

    @Override
    public final NodeContext node() throws IOException, InterruptedException {
        return NodeContexts.of(getContext());
    }

    /** Stops the body; its end will be told. */
    void stopBody(String why) {}

    @Override
    public void onResume() {
        ReleaseGuardService service = ReleaseGuardService.get();
        if (release == null) {
            again = true;
            service.submit(StepWords.build(getContext()), this::enter);
            return;
        }
        Optional<OpenRelease> opened = service.find(release);
        if (opened.isPresent()) {
            opened.get().followers().attach(this);
            return;
        }
        service.submit(release, () -> {
            try {
                concludeLate(service.archived(getContext().get(Run.class), release));
            } catch (IOException | InterruptedException e) {
                if (isBusy()) {
                    // a step doesn't end while its body runs; the body's end comes here again
                    stopBody(Failures.text(e));
                } else {
                    fail(e);
                }
            }
        });
    }

    /** The release ended while this step was not there to see it. */
    void concludeLate(Report report) {
        if (isBusy()) {
            stopBody(report.reason());
        } else {
            conclude(report);
        }
    }

    // --- stopping ---

    @Override
    public void stop(Throwable cause) {
        FlowInterruptedException interruption = StepWords.interruption(cause);
        boolean first;
        Optional<OpenRelease> opened;
        synchronized (this) {
            first = stopped == null;
            if (first) {
                stopped = interruption;
            }
            opened = ReleaseGuardService.get().find(release);
        }
        if (opened.isEmpty()) {
            if (waiting == null || !waiting.own().stop(BEFORE, () -> fail(interruption))) {
                fail(interruption);
            }
        } else if (first) {
            // never on the program's own thread: somebody wants the build to end, and the traffic goes back first
            ReleaseGuardService.get().promptly(release, () -> {
                abort(opened.get(), stopped);
                opened.get().followers().tell(this);
            });
        } else {
            ReleaseGuardService.get()
                    .promptly(release, () -> say("stopping already; this ends when the traffic is back"));
        }
    }

    /** Brings the last good version back because of an interruption. */
    final void abort(OpenRelease opened, Throwable interruption) {
        if (stopped == null && interruption instanceof FlowInterruptedException known) {
            stopped = known;
        }
        if (!ReleaseOver.is(interruption)) {
            say("stopping: " + Failures.text(interruption)
                    + (opened.runner() == null ? "" : "; bringing the last good version back"));
        }
        opened.rollBack(BreachCause.ABORT, StepWords.who(interruption), Failures.text(interruption));
    }

    final FlowInterruptedException stopped() {
        return stopped;
    }

    // --- ending ---

    final void succeed(ReleaseResult result) {
        if (finish()) {
            getContext().onSuccess(result);
        }
    }

    final void fail(Throwable failure) {
        if (finish()) {
            getContext().onFailure(StepWords.shown(failure));
        }
    }

    /** Ends with an error, but not with one that only a controller going down has brought about. */
    final void failUnlessGoingDown(Throwable e) {
        if (!ReleaseGuardService.get().isGoingDown()) {
            fail(e);
        }
    }

    /** Ends with what the report says, or with what stopped the build. */
    final void failWith(Report report) {
        fail(stopped != null ? stopped : ReleaseFailure.failure(StepWords.sentence(report)));
    }

    private boolean finish() {
        synchronized (this) {
            if (done) {
                return false;
            }
            done = true;
        }
        pause(false);
        if (waiting != null) {
            waiting.over();
        }
        ReleaseGuardService.get().find(release).ifPresent(r -> r.followers().detach(this));
        return true;
    }

    final boolean isDone() {
        return done;
    }

    // --- telling ---

    final void say(String line) {
        StepLog.say(getContext(), line);
    }

    final void pause(boolean begin) {
        StepLog.pause(getContext(), begin);
    }

    @Override
    public String getStatus() {
        if (release == null) {
            String whom = waiting == null ? null : waiting.whom();
            return whom == null ? "reading the contract" : "waiting for " + whom;
        }
        State state = seen;
        return state == null ? "attaching to release " + release : StepWords.status(release, state);
    }
}
