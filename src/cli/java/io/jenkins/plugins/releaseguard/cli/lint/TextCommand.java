// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.lint;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.ContractReader;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.contract.write.ContractText;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code release-guard text FILE}: exit 0 with the text, 1 where the contract can't be read, 2 for wrong usage. */
@Command(
        name = "text",
        mixinStandardHelpOptions = true,
        description = "Writes a contract as plain-text entries, which read as the same contract.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "1:the contract can't be read", "2:wrong usage"})
public final class TextCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1",
            paramLabel = "FILE",
            description = "A contract: YAML, or plain-text entries in .md or .txt.")
    private Path file;

    @Option(names = "-D", paramLabel = "NAME=VALUE", description = "Fills $${NAME}; each one needs its value.")
    private Map<String, String> values = Map.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            ContractReader reader = Catalog.installed().reader();
            out.print(Shown.lines(new ContractText(reader).of(reader.read(file, Variables.of(values)))));
            return 0;
        } catch (ContractException e) {
            e.problems().forEach(problem -> err.println(Shown.line(problem.toString())));
            return 1;
        } finally {
            out.flush();
            err.flush();
        }
    }
}
