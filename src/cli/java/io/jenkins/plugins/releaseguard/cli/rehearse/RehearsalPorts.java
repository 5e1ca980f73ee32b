// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Ports;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.util.function.Consumer;

/** The runner's ports in a rehearsal: the production source and router on the embedded endpoints, people played by the terminal. */
final class RehearsalPorts implements Ports {
    private final MetricSource source;
    private final TrafficRouter router;
    private final RehearsalChecks checks;
    private final Progress progress;
    private final Consumer<Event> attendant;

    /** @param attendant answers what would wait for a person; called with every event */
    RehearsalPorts(
            MetricSource source,
            TrafficRouter router,
            RehearsalChecks checks,
            Progress progress,
            Consumer<Event> attendant) {
        this.source = source;
        this.router = router;
        this.checks = checks;
        this.progress = progress;
        this.attendant = attendant;
    }

    @Override
    public MetricSource source() {
        return source;
    }

    @Override
    public TrafficRouter router() {
        return router;
    }

    @Override
    public void runBody(Runner runner, Effect.RunBody body) throws EffectException {
        throw new EffectException("a rehearsal has no Pipeline body");
    }

    /** Jobs, commands and messages of a procedure concern the world outside: a rehearsal says what it would have done. */
    @Override
    public void act(String key, String entry, ActionSpec action) {
        progress.say("procedure" + (entry == null ? "" : " of " + entry) + ": " + action.kind() + " "
                + action.settings().text("value") + " (said only, this is a rehearsal)");
    }

    @Override
    public Event.Validated validate(ValidationEntry entry) throws InterruptedException {
        return checks.validate(entry);
    }

    @Override
    public void call(String key, String text) {
        progress.say("CALLED: people would be called now: " + text);
    }

    @Override
    public void happened(Stamped event, State state) {
        progress.happened(event, state.verdict());
        attendant.accept(event.event());
    }
}
