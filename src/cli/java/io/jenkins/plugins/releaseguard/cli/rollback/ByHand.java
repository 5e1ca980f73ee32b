// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rollback;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.action.ActionContext;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.effect.command.LocalCommands;
import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a procedure's actions may use without Jenkins: routers of the record, endpoints and a folder that were named; what only
 * Jenkins can do ends in a sentence that says what to do by hand.
 *
 * @param workspace where commands run; null for nowhere
 */
record ByHand(OpenRecord record, Map<String, RecordedRouter> routers, HttpCalls http, Path workspace)
        implements ActionContext {
    @Override
    public Contract contract() {
        return record.contract();
    }

    @Override
    public String release() {
        return record.id();
    }

    @Override
    public String environment() {
        return record.environment();
    }

    @Override
    public Commands commands() throws EffectException {
        if (workspace == null) {
            throw new EffectException(
                    "run it by hand now, or call this again with --workspace DIR to have it run there");
        }
        Map<String, String> seen = new HashMap<>(System.getenv());
        seen.putAll(record.variables());
        return new LocalCommands(workspace, seen, Set.of());
    }

    @Override
    public TrafficRouter router(String id) throws EffectException {
        RecordedRouter router = routers.get(id);
        if (router == null) {
            throw new EffectException("the record does not know where the router '" + id
                    + "' is: take the new version off it by hand now");
        }
        try {
            return router.connect();
        } catch (IllegalArgumentException e) {
            throw new EffectException("the router '" + id + "' can't be reached from here: " + e.getMessage());
        }
    }

    @Override
    public void tell(List<String> channels, String message, String entry) throws EffectException {
        throw new EffectException("tell " + String.join(", ", channels) + " by hand now"
                + (message.isBlank() ? "" : ": " + message) + " (channels are set up in Jenkins)");
    }

    @Override
    public void startJob(String key, String name, Map<String, String> parameters, boolean wait) throws EffectException {
        throw new EffectException("start the job '" + name + "' by hand once Jenkins is back"
                + (parameters.isEmpty() ? "" : ", with " + parameters) + ", or do now what it would do");
    }
}
