// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.async.Blocking;
import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import io.jenkins.plugins.releaseguard.jenkins.effect.Notifier;
import io.jenkins.plugins.releaseguard.jenkins.effect.ReleaseActionContext;
import io.jenkins.plugins.releaseguard.jenkins.evidence.Admission;
import io.jenkins.plugins.releaseguard.jenkins.evidence.DemandedSetups;
import io.jenkins.plugins.releaseguard.jenkins.evidence.ReleaseCheckContext;
import io.jenkins.plugins.releaseguard.jenkins.evidence.ReleasePolicy;
import io.jenkins.plugins.releaseguard.jenkins.evidence.SourcesById;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Ports;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The runner's world: sources, routers and channels set up in Jenkins, bodies of a Pipeline, other jobs. */
final class JenkinsPorts implements Ports {
    private final OpenRelease release;
    private final ReleaseGuardService service;
    private final SourcesById sources;
    private final Notifier notifier;
    private final ReleaseActionContext actions;

    JenkinsPorts(OpenRelease release, ReleaseGuardService service) {
        this.release = release;
        this.service = service;
        this.sources = new SourcesById(() -> release.user().inMotion());
        this.notifier = new Notifier(release);
        this.actions = new ReleaseActionContext(release, notifier);
    }

    @Override
    public MetricSource source() {
        return sources;
    }

    /** Looked up at each use: a router that is set up again in the middle of a breach must help at once. */
    @Override
    public TrafficRouter router() {
        return new TrafficRouter() {
            @Override
            public void shift(double weight) throws EffectException, InterruptedException {
                connect().shift(weight);
            }

            @Override
            public RouterReading read() throws EffectException, InterruptedException {
                return connect().read();
            }

            @Override
            public CompletableFuture<Void> shiftAsync(double weight, Executor blocking) {
                try {
                    return connect().shiftAsync(weight, blocking);
                } catch (EffectException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }

            @Override
            public CompletableFuture<RouterReading> readAsync(Executor blocking) {
                try {
                    return connect().readAsync(blocking);
                } catch (EffectException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }

            @Override
            public String destination() {
                try {
                    return connect().destination();
                } catch (EffectException e) {
                    // whatever is done with it fails at once
                    return release.contract().rollout().router();
                }
            }

            private TrafficRouter connect() throws EffectException {
                return release.router(release.contract().rollout().router());
            }
        };
    }

    @Override
    public void runBody(Runner runner, Effect.RunBody body) throws EffectException {
        if (release.followers().haveBodies()) {
            release.followers().runBody(body);
        } else if (release.info().orphan() != null) {
            throw new EffectException("the build is gone (" + release.info().orphan()
                    + "), and with it the body that moves the traffic; set up a router");
        } else if (body.weight() == 0 && body.phase() < 0 && release.state().phaseIndex() < 0) {
            // no phase has begun: no body has moved anything
            runner.bodyEnded(body, null);
        }
        // else the controller was restarted and the step is about to attach: this is asked again
    }

    @Override
    public void act(String key, String entry, ActionSpec action) throws EffectException, InterruptedException {
        ReleaseCatalog.get().actions().perform(key, entry, action, actions);
    }

    @Override
    public CompletableFuture<Void> actAsync(String key, String entry, ActionSpec action, Executor blocking) {
        return ReleaseCatalog.get().actions().performAsync(key, entry, action, actions, blocking);
    }

    @Override
    public Event.Validated validate(ValidationEntry entry) {
        return validateAsync(entry, Runnable::run).join();
    }

    /** With the files of the node that a step stands in, and counted as the gate counts. */
    private CompletableFuture<Event.Validated> admission(ValidationEntry entry, Executor blocking) {
        return Blocking.call(
                        () -> new ReleaseCheckContext(
                                release, release.user(), sources, release.node().orElse(null)),
                        blocking)
                .thenCompose(context -> {
                    try {
                        GateOverride override = release.folder().read(GateRecord.SPENT, GateOverride.class);
                        ReleasePolicy policy = ReleasePolicy.of(release);
                        List<DemandedSetups.Below> below = policy.below();
                        LetGo letGo = LetGo.of(release, policy);
                        return service.gather(
                                        Admission.entries(release, ArmingRule.mayStart(release)),
                                        context,
                                        new LooksInTurn(
                                                blocking,
                                                service.threads().lanes().timer()))
                                .thenApply(found -> policy.counted(found, below).stream()
                                        .map(one -> letGo.judged(one, Instant.now()))
                                        .toList())
                                .thenApply(judged -> Admission.said(entry, judged, override));
                    } catch (IOException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                });
    }

    /** From the controller: no step need stand in a node by now. */
    @Override
    public CompletableFuture<Event.Validated> validateAsync(ValidationEntry entry, Executor blocking) {
        if (entry.id().equals(Plans.ADMISSION)) {
            return admission(entry, blocking);
        }
        return service.gather(
                        List.of(entry),
                        new ReleaseCheckContext(release, release.user().inMotion(), sources, null),
                        new LooksInTurn(blocking, service.threads().lanes().timer()))
                .thenApply(found -> Evidence.validated(entry, found));
    }

    @Override
    public void call(String key, String text) throws EffectException, InterruptedException {
        notifier.call(text);
    }

    @Override
    public void happened(Stamped event, State state) {
        release.happened(event, state);
    }
}
