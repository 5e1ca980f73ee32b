// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command: the program with its arguments, or one line for {@code sh -c} ({@link #shell}). Values reach a line only as
 * {@code environment} variables, never spliced into it. {@code directory} is relative to the workspace, empty for the
 * workspace itself. {@code secrets} are the values that must not appear in the output, of which the last {@code keep}
 * characters are kept.
 */
@Beta
public record CommandCall(
        List<String> arguments,
        String directory,
        Map<String, String> environment,
        Duration limit,
        Set<String> secrets,
        int keep) {
    /** Characters of output that are usually kept. */
    public static final int USUAL = 8192;

    public CommandCall {
        if (arguments.isEmpty() || arguments.get(0).isBlank()) {
            throw new IllegalArgumentException("a command names a program");
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a command needs a time limit above zero");
        }
        arguments = List.copyOf(arguments);
        directory = directory == null ? "" : directory;
        environment = Map.copyOf(environment);
        secrets = Set.copyOf(secrets);
    }

    /** One line for the shell, with its values beside it. */
    public static CommandCall shell(String line, String directory, Map<String, String> environment, Duration limit) {
        if (line.isBlank()) {
            throw new IllegalArgumentException("a command names a program");
        }
        return new CommandCall(List.of("sh", "-c", line), directory, environment, limit, Set.of(), USUAL);
    }

    /** Program and number of arguments only: arguments may carry what isn't for every reader. */
    @Override
    public String toString() {
        return "CommandCall[" + arguments.get(0) + " +" + (arguments.size() - 1) + ", limit " + limit + "]";
    }
}
