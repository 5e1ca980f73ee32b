// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rollback;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.action.Actions;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Ports;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.util.function.Consumer;

/** The runner's world from the shell of whoever is on call: the router, and what of the procedure can be done from there. */
final class OnCallPorts implements Ports {
    private final OpenRecord record;
    private final ByHand hand;
    private final Consumer<Stamped> told;
    private final Actions actions = Catalog.installed().actions();

    OnCallPorts(OpenRecord record, ByHand hand, Consumer<Stamped> told) {
        this.record = record;
        this.hand = hand;
        this.told = told;
    }

    /** Nobody judges here: a way back that was ordered needs no reason more. */
    @Override
    public MetricSource source() {
        return (metrics, from, to) -> {
            throw new SourceException("metrics are not read from here");
        };
    }

    @Override
    public TrafficRouter router() {
        return new TrafficRouter() {
            @Override
            public void shift(double weight) throws EffectException, InterruptedException {
                if (weight != 0) {
                    throw new EffectException("from here traffic only goes back");
                }
                connect().shift(weight);
            }

            @Override
            public RouterReading read() throws EffectException, InterruptedException {
                return connect().read();
            }

            private TrafficRouter connect() throws EffectException {
                return hand.router(record.contract().rollout().router());
            }
        };
    }

    @Override
    public void runBody(Runner runner, Effect.RunBody body) throws EffectException {
        throw new EffectException(
                "only the Pipeline's body moves this traffic: move it by hand now, and name a router in the contract");
    }

    @Override
    public void act(String key, String entry, ActionSpec action) throws EffectException, InterruptedException {
        actions.perform(key, entry, action, hand);
    }

    @Override
    public Event.Validated validate(ValidationEntry entry) {
        return new Event.Validated(
                entry.id(), entry.title(), EvidenceStatus.UNKNOWN, null, null, "not asked on the way back by hand");
    }

    @Override
    public void call(String key, String text) {
        // whoever would be called sits here, and reads it in the event's line
    }

    @Override
    public void happened(Stamped event, State state) {
        told.accept(event);
    }
}
