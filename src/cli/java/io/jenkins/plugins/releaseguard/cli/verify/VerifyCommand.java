// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.verify;

import io.jenkins.plugins.releaseguard.report.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Exit status: 0 intact, 1 altered, 2 nothing to check. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks the chain and the seal of a release's folder.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:intact",
            "1:altered; the file and the line are named",
            "2:usage, or no journal or report there"
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final int INTACT = 0;
    private static final int ALTERED = 1;
    private static final int NOTHING = 2;

    @Parameters(paramLabel = "DIR", description = "The folder that holds journal.jsonl and report.json.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (!Files.isDirectory(folder)) {
            err.println(folder + " is no folder. Name the folder that holds journal.jsonl and report.json.");
            return NOTHING;
        }
        try {
            Verification verification = Verification.verify(folder);
            PrintWriter out = spec.commandLine().getOut();
            out.println((verification.intact() ? "intact: " : "altered: ") + verification.message());
            out.flush();
            return verification.intact() ? INTACT : ALTERED;
        } catch (NoSuchFileException e) {
            err.println(e.getMessage() + " is missing: nothing to check.");
        } catch (IOException e) {
            err.println("cannot be read: " + e.getMessage());
        }
        err.flush();
        return NOTHING;
    }
}
