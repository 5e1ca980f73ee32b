// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.command.CommandCall;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Runs a command in the workspace of the node that encloses the build's step. */
final class CommandAction implements ProcedureAction {
    private static final SpecKind KIND = SpecKind.action(
                    "command", "Runs a command in the workspace; values arrive as environment variables.")
            .main(text("run", "the command line").must())
            .fields(
                    text("directory", "where it runs, relative to the workspace"),
                    Field.of("env", FieldType.MAP, "further environment variables"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public void perform(ActionCall call) throws EffectException, InterruptedException {
        String line = call.settings().text("run");
        Commands commands = commands(call.context(), line);
        // the runner interrupts at the deadline; this is for whoever asked for no less
        Duration limit = call.limit(call.context().contract().release().objective());
        try {
            CommandResult result =
                    commands.run(CommandCall.shell(line, call.settings().text("directory"), variables(call), limit));
            if (!result.succeeded()) {
                throw new EffectException("the command '" + line + "' "
                        + (result.timedOut()
                                ? "did not end within " + limit.toSeconds() + " s"
                                : "ended with " + result.exit())
                        + said(result) + ": do by hand now what it should have done");
            }
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new EffectException(
                    "the command '" + line + "' could not be run: " + why + ": run it by hand now", e);
        }
    }

    private static Commands commands(ActionContext context, String line) throws EffectException, InterruptedException {
        try {
            return context.commands();
        } catch (EffectException e) {
            throw new EffectException(
                    "the command '" + line + "' needs an agent, and " + e.getMessage()
                            + ": run it by hand now; put autoRollback inside node { }, or make it an action 'job'",
                    e);
        }
    }

    private static Map<String, String> variables(ActionCall call) {
        Settings settings = call.settings();
        Map<String, String> variables = settings.map("env");
        Release facts = call.context().contract().release();
        variables.put("RELEASE_SERVICE", facts.service());
        variables.put("RELEASE_VERSION", facts.version());
        variables.put("RELEASE_COMMIT", facts.commit());
        variables.put("RELEASE_ENVIRONMENT", call.context().environment());
        // the same when it is run again after a restart
        variables.put("RELEASE_ACTION", call.idempotencyKey());
        variables.values().removeIf(Objects::isNull);
        return variables;
    }

    private static String said(CommandResult result) {
        String tail = result.tail().strip();
        String last = tail.substring(tail.lastIndexOf('\n') + 1).strip();
        return last.isEmpty() ? "" : " (" + last + ")";
    }
}
