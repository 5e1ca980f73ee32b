// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.FaultKind.Port;
import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Ports;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** How one life of a runner reaches its world, with what is wrong between them. */
public final class ChaosPorts implements Ports {
    private final Ports real;
    private final Chaos chaos;
    private final Supplier<State> state;
    private final MetricSource source;
    private final TrafficRouter router;
    private volatile boolean dead;

    /** @param state where the release stands; what a fault waits for may be true before anybody is told */
    public ChaosPorts(Ports real, Chaos chaos, Supplier<State> state) {
        this.real = real;
        this.chaos = chaos;
        this.state = state;
        this.source = new ChaoticSource(real.source(), chaos, this::setUp);
        this.router = new ChaoticRouter(real.router(), chaos, this::setUp);
    }

    /** Its runner was killed: nothing that it still says is heard. */
    public void die() {
        dead = true;
    }

    private void observe() {
        State now = state.get();
        if (now != null && !dead) {
            chaos.observe(now);
        }
    }

    private void setUp() {
        observe();
        if (chaos.manner(Port.SET_UP) != null) {
            if (chaos.random(2) == 0) {
                throw new NoClassDefFoundError("in a rehearsal with chaos");
            }
            throw new IllegalStateException("no such set-up, in a rehearsal with chaos");
        }
    }

    private Interference at(Port port) {
        observe();
        return new Interference(chaos, port, EffectException::new);
    }

    @Override
    public MetricSource source() {
        observe();
        return source;
    }

    @Override
    public TrafficRouter router() {
        observe();
        return router;
    }

    @Override
    public void runBody(Runner runner, Effect.RunBody body) throws EffectException {
        real.runBody(runner, body);
    }

    @Override
    public void act(String key, String entry, ActionSpec action) throws EffectException, InterruptedException {
        real.act(key, entry, action);
    }

    @Override
    public CompletableFuture<Void> actAsync(String key, String entry, ActionSpec action, Executor blocking) {
        Interference at = at(Port.ACTION);
        return at.call(blocking, threads -> real.actAsync(key, entry, action, threads), manner -> at.refusedAtLength());
    }

    @Override
    public Event.Validated validate(ValidationEntry entry) throws InterruptedException {
        return real.validate(entry);
    }

    @Override
    public CompletableFuture<Event.Validated> validateAsync(ValidationEntry entry, Executor blocking) {
        Interference at = at(Port.CHECK);
        return at.call(
                blocking,
                threads -> real.validateAsync(entry, threads),
                manner -> CompletableFuture.completedFuture(new Event.Validated(
                        entry.id(), entry.title(), EvidenceStatus.UNKNOWN, at.text(), null, at.text())));
    }

    @Override
    public void call(String key, String text) throws EffectException, InterruptedException {
        real.call(key, text);
    }

    @Override
    public CompletableFuture<Void> callAsync(String key, String text, Executor blocking) {
        Interference at = at(Port.PEOPLE);
        return at.call(blocking, threads -> real.callAsync(key, text, threads), manner -> at.refusedAtLength());
    }

    @Override
    public void happened(Stamped event, State now) {
        if (dead) {
            return;
        }
        real.happened(event, now);
        chaos.observe(now);
        if (chaos.manner(Port.LISTENER) != null) {
            throw new IllegalStateException("in a rehearsal with chaos");
        }
    }
}
