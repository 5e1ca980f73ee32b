// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.runner.Ports;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;

/** What a release of a test needs whose source and router are all it has: whatever else it asks for fails. */
public abstract class TrafficPorts implements Ports {
    @Override
    public void runBody(Runner runner, Effect.RunBody body) {
        throw new AssertionError("the router moves the traffic");
    }

    @Override
    public void act(String key, String entry, ActionSpec action) throws EffectException, InterruptedException {
        throw new AssertionError("the procedure only moves traffic");
    }

    @Override
    public Event.Validated validate(ValidationEntry entry) {
        throw new AssertionError("nothing is validated");
    }

    @Override
    public void call(String key, String text) {
        throw new AssertionError("nobody need be called: " + text);
    }
}
