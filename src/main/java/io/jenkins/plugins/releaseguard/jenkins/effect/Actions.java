// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.time.Duration;

/** What a rollback procedure does beside bringing back the rollout's own traffic. Each kind is done, or says why not. */
public final class Actions {
    private final Notifier telling;
    private final RollbackJob jobs;
    private final HttpActions http;
    private final CommandAction commands;
    private final TrafficAction traffic;

    public Actions(ReleaseScope release, Notifier telling) {
        this.telling = telling;
        this.jobs = new RollbackJob(release);
        this.http = new HttpActions(release);
        this.commands = new CommandAction(release);
        this.traffic = new TrafficAction(release);
    }

    public void act(String key, String entry, ActionSpec action) throws EffectException, InterruptedException {
        Settings settings = action.settings();
        switch (action.kind()) {
            case "job" -> jobs.run(key, settings);
            case "notify" -> telling.tell(settings.texts("to"), telling.about(settings.text("message"), entry));
            case "http" -> http.call(key, settings);
            case "flag" -> http.turn(key, settings);
            case "command" -> commands.run(key, settings);
            case "traffic" -> traffic.shift(settings);
            default ->
                throw new EffectException("nothing here can do '" + action.kind()
                        + "': do it by hand now, and name a job or a call in the contract");
        }
    }

    /** What the action may take by itself; the runner ends it at its deadline or at the objective in any case. */
    static Duration limit(Settings settings, Duration usual) {
        return settings.duration("deadline")
                .filter(d -> !d.isZero() && !d.isNegative())
                .orElse(usual);
    }
}
