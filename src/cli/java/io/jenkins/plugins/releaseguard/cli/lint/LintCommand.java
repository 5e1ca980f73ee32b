// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.lint;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.lint.JsonOutput;
import io.jenkins.plugins.releaseguard.contract.lint.LintResult;
import io.jenkins.plugins.releaseguard.contract.lint.SarifOutput;
import io.jenkins.plugins.releaseguard.contract.lint.TextOutput;
import io.jenkins.plugins.releaseguard.contract.promql.QueryExplanation;
import io.jenkins.plugins.releaseguard.contract.read.ContractReader;
import io.jenkins.plugins.releaseguard.contract.read.Includes;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code release-guard lint [FILE…]}: exit 0 without errors, 1 with, 2 for wrong usage. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Checks release contracts against the rules in docs/rules.md.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no errors", "1:errors", "2:wrong usage"})
public final class LintCommand implements Callable<Integer> {
    /** How findings are written. */
    enum Format {
        text,
        json,
        sarif
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            defaultValue = "release.yaml",
            description = "Contracts: YAML, or plain-text entries in .md or .txt; - for YAML from standard input. "
                    + "Without any: release.yaml.")
    private List<String> files;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text, json or sarif.")
    private Format format;

    @Option(names = "-D", paramLabel = "NAME=VALUE", description = "Fills $${NAME}; what isn't given stays open.")
    private Map<String, String> values = Map.of();

    @Option(names = "--strict", description = "A $${NAME} that isn't given is an error, as it is in a build.")
    private boolean strict;

    @Option(
            names = "--explain",
            description =
                    "Below the findings, of each metric's queries: what they are of, in which unit, and what is asked of the "
                            + "source.")
    private boolean explain;

    @Override
    public Integer call() {
        Variables variables = strict ? Variables.of(values) : Variables.unresolved(values);
        if (files.contains("")) {
            throw new ParameterException(spec.commandLine(), "FILE is empty: is a variable of the shell not set?");
        }
        if (explain && format == Format.sarif) {
            throw new ParameterException(spec.commandLine(), "--explain goes with --format text or json");
        }
        ContractReader reader = Catalog.installed().reader();
        List<LintResult> results = files.stream()
                .distinct()
                .map(file -> lint(file, variables, reader))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case text -> TextOutput.write(results);
                    case json -> Shown.json(JsonOutput.write(results, explained(variables, reader)));
                    case sarif -> Shown.json(SarifOutput.write(results));
                });
        if (explain && format == Format.text) {
            files.stream()
                    .distinct()
                    .filter(file -> !file.equals("-"))
                    .forEach(file -> explain(file, variables, reader, out));
        }
        out.flush();
        return results.stream().anyMatch(LintResult::hasErrors) ? 1 : 0;
    }

    /** Of each file that can be read; what can't has its findings. */
    private Map<String, List<Metric>> explained(Variables variables, ContractReader reader) {
        Map<String, List<Metric>> metrics = new LinkedHashMap<>();
        for (String file : explain ? files : List.<String>of()) {
            if (!file.equals("-")) {
                try {
                    metrics.put(file, reader.read(Path.of(file), variables).metrics());
                } catch (ContractException | InvalidPathException e) {
                    // said by lint
                }
            }
        }
        return metrics;
    }

    /** What can't be read has its findings above. */
    private static void explain(String file, Variables variables, ContractReader reader, PrintWriter out) {
        try {
            for (Metric metric : reader.read(Path.of(file), variables).metrics()) {
                out.print(Shown.line(QueryExplanation.head(metric)) + '\n');
                QueryExplanation.of(metric).forEach(line -> out.print("    " + Shown.line(line) + '\n'));
            }
        } catch (ContractException | InvalidPathException e) {
            out.print(Shown.line(file) + ": not read, so nothing is explained\n");
        }
    }

    private LintResult lint(String file, Variables variables, ContractReader reader) {
        if (!file.equals("-")) {
            return LintResult.of(Path.of(file), variables, reader);
        }
        try {
            return LintResult.of(Includes.read(System.in), "standard input", variables, reader);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "standard input can't be read: " + e.getMessage(), e);
        }
    }
}
