// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli;

import io.jenkins.plugins.releaseguard.cli.carry.ImportCommand;
import io.jenkins.plugins.releaseguard.cli.judge.JudgeCommand;
import io.jenkins.plugins.releaseguard.cli.judge.ReplayCommand;
import io.jenkins.plugins.releaseguard.cli.lint.LintCommand;
import io.jenkins.plugins.releaseguard.cli.lint.TextCommand;
import io.jenkins.plugins.releaseguard.cli.plan.PlanCommand;
import io.jenkins.plugins.releaseguard.cli.rehearse.RehearseCommand;
import io.jenkins.plugins.releaseguard.cli.rehearse.ServicesCommand;
import io.jenkins.plugins.releaseguard.cli.rollback.RollbackCommand;
import io.jenkins.plugins.releaseguard.cli.verify.VerifyCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Every command documents its exit statuses; 2 is always wrong usage. */
@Command(
        name = "release-guard",
        description = "Holds a release to its contract: checks it, rehearses it, verifies what was recorded.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
public final class Main implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            LintCommand.class,
            TextCommand.class,
            ImportCommand.class,
            JudgeCommand.class,
            ReplayCommand.class,
            RehearseCommand.class,
            VerifyCommand.class,
            PlanCommand.class,
            RollbackCommand.class,
            ServicesCommand.class);

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine(args).execute(args));
    }

    /** For these arguments: only the command that they name is made ready, since all of them take as long as linting does. */
    static CommandLine commandLine(String... args) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> args.length > 0
                        && command.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        CommandLine line = new CommandLine(new Main());
        (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
        return line;
    }

    /** The whole command line, for tests too. */
    public static CommandLine commandLine() {
        return commandLine(new String[0]);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
