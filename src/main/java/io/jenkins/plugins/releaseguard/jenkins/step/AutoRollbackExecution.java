// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Arms, runs the body once, then follows the last bake. */
final class AutoRollbackExecution extends ReleaseExecution {
    private static final long serialVersionUID = 1L;

    private final boolean observe;
    private BodyExecution body;
    private boolean bodyEnded;

    /** Why the body failed, for as long as this controller remembers; the journal keeps the words. */
    private transient Throwable failure;

    private transient boolean cancelled;

    AutoRollbackExecution(StepContext context, AutoRollbackStep step) {
        super(context, step);
        this.observe = step.isObserve();
    }

    @Override
    void begin(OpenRelease opened) throws IOException {
        opened.arm(true, observe);
    }

    @Override
    void follow(OpenRelease opened, State state) {
        if (body == null && state.life() == Lifecycle.ARMED && stopped() == null) {
            body = getContext()
                    .newBodyInvoker()
                    .withContext(new ReleaseRef(opened.id()))
                    .withCallback(new Callback(this))
                    .start();
        } else if (isBusy() && state.isRollingBack() && !opened.followers().haveBodies()) {
            // a canary inside ends by itself, after its body has moved the traffic where that is its part
            stopBody("the release is being rolled back");
        }
    }

    @Override
    boolean isBusy() {
        return body != null && !bodyEnded;
    }

    @Override
    void stopBody(String why) {
        if (!cancelled) {
            cancelled = true;
            body.cancel(new ReleaseOver(why));
        }
    }

    @Override
    void conclude(Report report) {
        if (report.outcome() == ReleaseOutcome.PROMOTED) {
            succeed(ReleaseResult.of(opened(), report.verdict(), report));
        } else if (failure != null && stopped() == null && !ReleaseOver.is(failure)) {
            say(StepWords.sentence(report));
            fail(failure);
        } else {
            failWith(report);
        }
    }

    private void bodyEnded(Throwable error) {
        bodyEnded = true;
        failure = error;
        Optional<OpenRelease> found = ReleaseGuardService.get().find(opened());
        if (found.isEmpty() || found.get().report() != null) {
            onResume();
            return;
        }
        OpenRelease release = found.get();
        if (error != null && Failures.isAbort(error)) {
            ReleaseGuardService.get().promptly(release.id(), () -> abort(release, error));
        } else if (error != null && observe) {
            release.end(new Event.Ended(ReleaseOutcome.HALTED, true, "the build failed: " + Failures.text(error)));
        } else {
            release.enclosingBodyEnded(error);
        }
        release.followers().tell(this);
    }

    private static final class Callback extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final AutoRollbackExecution execution;

        Callback(AutoRollbackExecution execution) {
            this.execution = execution;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.bodyEnded(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            execution.bodyEnded(t);
        }
    }
}
