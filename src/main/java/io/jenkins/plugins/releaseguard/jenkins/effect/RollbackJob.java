// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.jenkins.scope.ProcedureJob;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.util.Timer;

/** Starts another job as part of a rollback, as whoever the release's own job runs as, and once only. */
final class RollbackJob {
    /** Builds of the job that may have come in between. */
    private static final int LOOK_BACK = 50;

    private static final long BETWEEN_LOOKS_MILLIS = 500;

    private final ReleaseScope release;

    RollbackJob(ReleaseScope release) {
        this.release = release;
    }

    void run(String key, String name, Map<String, String> parameters, boolean wait)
            throws EffectException, InterruptedException {
        try {
            Scope.await(runAsync(key, name, parameters, wait));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EffectException said) {
                throw said;
            }
            throw new EffectException("the job '" + name + "' can't be followed: " + e.getCause(), e.getCause());
        }
    }

    /** Starts it at once; its end is looked for from time to time, and nobody waits for it. */
    CompletableFuture<Void> runAsync(String key, String name, Map<String, String> parameters, boolean wait) {
        Job<?, ?> job;
        try {
            job = begin(key, name, parameters);
        } catch (EffectException e) {
            return CompletableFuture.failedFuture(e);
        }
        return wait ? end(job, key) : CompletableFuture.completedFuture(null);
    }

    private Job<?, ?> begin(String key, String name, Map<String, String> parameters) throws EffectException {
        ProcedureJob found = ProcedureJob.find(release.job(), name);
        try (ACLContext ignored = ACL.as2(found.as())) {
            if (!started(found.job(), key)) {
                start(found.task(), key, name, parameters);
            }
            return found.job();
        }
    }

    /** Also a job that was started before a restart of the controller counts. */
    private boolean started(Job<?, ?> job, String key) {
        boolean queued = List.of(Queue.getInstance().getItems()).stream()
                .anyMatch(item -> item.task == job && item.getCauses().stream().anyMatch(c -> is(c, key)));
        return queued || build(job, key) != null;
    }

    private boolean is(hudson.model.Cause cause, String key) {
        return cause instanceof RollbackCause rollback && rollback.is(release.id(), key);
    }

    private Run<?, ?> build(Job<?, ?> job, String key) {
        Run<?, ?> run = job.getLastBuild();
        for (int i = 0; run != null && i < LOOK_BACK; i++, run = run.getPreviousBuild()) {
            if (run.getCauses().stream().anyMatch(c -> is(c, key))) {
                return run;
            }
        }
        return null;
    }

    private void start(
            ParameterizedJobMixIn.ParameterizedJob<?, ?> target,
            String key,
            String name,
            Map<String, String> parameters)
            throws EffectException {
        List<Action> actions = new ArrayList<>();
        actions.add(new CauseAction(new RollbackCause(release.id(), key)));
        if (!parameters.isEmpty()) {
            List<ParameterValue> values = new ArrayList<>();
            parameters.forEach((parameter, value) -> values.add(new StringParameterValue(parameter, value)));
            actions.add(new ParametersAction(values));
        }
        QueueTaskFuture<?> future = target.scheduleBuild2(0, actions.toArray(Action[]::new));
        if (future == null) {
            throw new EffectException("the job '" + name + "' can't be started: is it disabled?");
        }
    }

    private CompletableFuture<Void> end(Job<?, ?> job, String key) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Future<?> looks = Timer.get()
                .scheduleWithFixedDelay(() -> look(job, key, end), 0, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        end.whenComplete((nothing, error) -> looks.cancel(false));
        return end;
    }

    private void look(Job<?, ?> job, String key, CompletableFuture<Void> end) {
        try {
            Run<?, ?> run = build(job, key);
            if (run == null || run.isBuilding()) {
                return;
            }
            if (run.getResult() == Result.SUCCESS) {
                end.complete(null);
            } else {
                end.completeExceptionally(
                        new EffectException(run.getFullDisplayName() + " ended as " + run.getResult()));
            }
        } catch (RuntimeException e) {
            // thrown, it would end the looks and be nobody's answer
            end.completeExceptionally(e);
        }
    }
}
