// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Starts the rollout's phases and runs the body once in each, one at a time. */
final class CanaryPromoteExecution extends ReleaseExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(CanaryPromoteExecution.class.getName());

    private final boolean observe;

    /** The body under way or the last one; null before the first. */
    private BodyExecution body;

    /** What it runs for; null while none does. */
    private PhaseBody running;

    private transient boolean cancelled;

    CanaryPromoteExecution(StepContext context, CanaryPromoteStep step) {
        super(context, step);
        this.observe = step.isObserve();
    }

    @Override
    void begin(OpenRelease opened) throws IOException {
        // the reader refuses it; a release that was opened by an earlier version may have it
        Optional<String> refused = opened.contract().rollout().notInPhases();
        if (refused.isPresent()) {
            throw new IOException(refused.get());
        }
        // inside autoRollback it is armed already
        opened.arm(false, observe).startCanary();
    }

    @Override
    public boolean runsBodies() {
        return true;
    }

    @Override
    synchronized void follow(OpenRelease opened, State state) {
        if (state.isRollingBack() && isBusy() && !running.isWayBack()) {
            stopBody("the release is being rolled back");
        }
        boolean through = state.life() == Lifecycle.WATCHING && !state.isRollingBack();
        if (through && opened.info().isEnclosed() && !isBusy()) {
            succeed(ReleaseResult.of(opened(), "running", opened.preview()));
        }
    }

    @Override
    public synchronized void runBody(OpenRelease opened, Effect.RunBody wanted) {
        if (isDone() || isBusy()) {
            return;
        }
        cancelled = false;
        body = null;
        running = new PhaseBody(this, wanted);
        try {
            body = getContext()
                    .newBodyInvoker()
                    .withContexts(
                            EnvironmentExpander.merge(
                                    getContext().get(EnvironmentExpander.class),
                                    EnvironmentExpander.constant(
                                            environment(opened.runner().plan(), wanted))),
                            new ReleaseRef(opened.id()))
                    .withDisplayName(label(opened.runner().plan(), wanted))
                    .withCallback(running)
                    .start();
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not start a body of " + opened.id());
            running = null;
            opened.bodyEnded(wanted, e);
        }
    }

    private static Map<String, String> environment(Plan plan, Effect.RunBody body) {
        return Map.of(
                "CANARY_WEIGHT",
                number(body.weight()),
                "CANARY_PHASE",
                body.phase() < 0 ? "rollback" : plan.phases().get(body.phase()).name(),
                "CANARY_AUDIENCE",
                body.audience() == null || body.audience().isBlank() ? "public" : body.audience(),
                "CANARY_ATTEMPT",
                String.valueOf(body.attempt() + 1));
    }

    private static String label(Plan plan, Effect.RunBody body) {
        return body.phase() < 0
                ? "back to 0 %"
                : plan.phases().get(body.phase()).name() + ", " + number(body.weight()) + " %";
    }

    private static String number(double weight) {
        return BigDecimal.valueOf(weight).stripTrailingZeros().toPlainString();
    }

    @Override
    synchronized boolean isBusy() {
        return running != null && (body == null || !body.isDone());
    }

    @Override
    synchronized void stopBody(String why) {
        if (!cancelled && body != null && !running.isWayBack()) {
            cancelled = true;
            body.cancel(new ReleaseOver(why));
        }
    }

    /** A body's end; on the program's thread. */
    void bodyEnded(Effect.RunBody ran, Throwable error) {
        synchronized (this) {
            running = null;
        }
        Optional<OpenRelease> found = ReleaseGuardService.get().find(opened());
        if (found.isEmpty() || found.get().report() != null) {
            onResume();
            return;
        }
        OpenRelease release = found.get();
        if (error != null && Failures.isAbort(error) && !ReleaseOver.is(error) && ran.phase() >= 0) {
            ReleaseGuardService.get().promptly(release.id(), () -> {
                abort(release, error);
                release.bodyEnded(ran, error);
            });
        } else {
            release.bodyEnded(ran, error);
        }
    }

    @Override
    void conclude(Report report) {
        if (report.outcome() == ReleaseOutcome.PROMOTED) {
            succeed(ReleaseResult.of(opened(), report.verdict(), report));
        } else {
            failWith(report);
        }
    }
}
