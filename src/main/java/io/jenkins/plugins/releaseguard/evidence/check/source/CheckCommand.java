// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.effect.command.CommandCall;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Runs the command of a check. */
public final class CheckCommand {
    private static final Duration USUAL = Duration.ofSeconds(60);

    private CheckCommand() {}

    /** The check's {@code run} with the release's variables. */
    public static CommandResult run(Settings settings, CheckContext context, Map<String, String> more)
            throws IOException, InterruptedException {
        Map<String, String> variables = CheckVariables.of(settings, context);
        variables.putAll(more);
        return context.commands()
                .run(CommandCall.shell(
                        settings.text("run"), Fetched.given(settings, "directory"), variables, limit(settings)));
    }

    /** How long a call of the check may take. */
    public static Duration limit(Settings settings) {
        return settings.duration("timeout")
                .filter(d -> !d.isZero() && !d.isNegative())
                .orElse(USUAL);
    }

    /** What the command printed, where it succeeded. */
    public static String printed(Settings settings, CheckContext context, Map<String, String> more)
            throws IOException, InterruptedException {
        CommandResult result = run(settings, context, more);
        if (!result.succeeded()) {
            throw new UnavailableException(
                    "the command " + ended(result), "make the command succeed and print its answer");
        }
        return result.tail().strip();
    }

    /** {@code ended with 3: last line}. */
    public static String ended(CommandResult result) {
        String last = result.tail().strip();
        last = last.substring(last.lastIndexOf('\n') + 1).strip();
        String how = result.timedOut() ? "did not end in time" : "ended with " + result.exit();
        return how + (last.isEmpty() ? "" : ": " + last);
    }
}
