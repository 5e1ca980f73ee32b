// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.command.CommandCall;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Runs a command of the procedure in the workspace of the node that encloses the build's step. */
final class CommandAction {
    private final ReleaseScope release;

    CommandAction(ReleaseScope release) {
        this.release = release;
    }

    void run(String key, Settings settings) throws EffectException, InterruptedException {
        String line = settings.text("run");
        Optional<NodeContext> node = release.node();
        if (node.isEmpty()) {
            throw new EffectException("the command '" + line + "' needs an agent, and "
                    + (release.orphan() == null
                            ? "no step of this release stands in one"
                            : "the build is gone (" + release.orphan() + ")")
                    + ": run it by hand now; put autoRollback inside node { }, or make it an action 'job'");
        }
        // the runner interrupts at the deadline; this is for whoever asked for no less
        Duration limit = Actions.limit(settings, release.contract().release().objective());
        try {
            CommandResult result = node.get()
                    .commands()
                    .run(CommandCall.shell(line, settings.text("directory"), variables(key, settings), limit));
            if (!result.succeeded()) {
                throw new EffectException("the command '" + line + "' "
                        + (result.timedOut()
                                ? "did not end within " + limit.toSeconds() + " s"
                                : "ended with " + result.exit())
                        + said(result) + ": do by hand now what it should have done");
            }
        } catch (IOException e) {
            throw new EffectException(
                    "the command '" + line + "' could not be run: " + Failures.text(e) + ": run it by hand now", e);
        }
    }

    private Map<String, String> variables(String key, Settings settings) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (settings.values().get("env") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> variables.put(name.toString(), String.valueOf(value)));
        }
        Release facts = release.contract().release();
        variables.put("RELEASE_SERVICE", facts.service());
        variables.put("RELEASE_VERSION", facts.version());
        variables.put("RELEASE_COMMIT", facts.commit());
        variables.put("RELEASE_ENVIRONMENT", release.environment());
        // the same when it is run again after a restart
        variables.put("RELEASE_ACTION", release.id() + "-" + key);
        variables.values().removeIf(java.util.Objects::isNull);
        return variables;
    }

    private static String said(CommandResult result) {
        String tail = result.tail().strip();
        String last = tail.substring(tail.lastIndexOf('\n') + 1).strip();
        return last.isEmpty() ? "" : " (" + last + ")";
    }
}
