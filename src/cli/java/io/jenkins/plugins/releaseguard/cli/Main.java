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
        usageHelpAutoWidth = true,
        subcommands = {
            LintCommand.class,
            TextCommand.class,
            ImportCommand.class,
            JudgeCommand.class,
            ReplayCommand.class,
            RehearseCommand.class,
            VerifyCommand.class,
            PlanCommand.class,
            RollbackCommand.class,
            ServicesCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, for tests too. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
