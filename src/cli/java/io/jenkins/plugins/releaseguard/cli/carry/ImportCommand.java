// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.carry;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.carry.Carry;
import io.jenkins.plugins.releaseguard.contract.carry.Remark;
import io.jenkins.plugins.releaseguard.contract.carry.UnreadableException;
import io.jenkins.plugins.releaseguard.contract.lint.LintResult;
import io.jenkins.plugins.releaseguard.contract.lint.TextOutput;
import io.jenkins.plugins.releaseguard.contract.read.Includes;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.secret.SecretDetector;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code release-guard import FILE…}: the contract on standard output, what was left of the files and what lint still asks for on standard
 * error.
 */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Makes a contract of other tools' files, and says what could not be carried over.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is carried over as it stands, and lint has no errors",
            "1:nothing could be carried over",
            "2:wrong usage",
            "3:something was left or changed, or lint still asks for something"
        })
public final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "YAML or JSON of other tools, told by content; what belongs together goes together.")
    private List<Path> files;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The service; else as the files call it.")
    private String service;

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Who answers for the release and its triggers.")
    private String owner;

    @Option(
            names = "--source",
            paramLabel = "ID",
            defaultValue = "prometheus",
            description = "The metric source set up in Jenkins: $${DEFAULT-VALUE}.")
    private String source;

    @Option(names = "--router", paramLabel = "ID", defaultValue = "", description = "The router set up in Jenkins.")
    private String router;

    @Option(
            names = "--label",
            paramLabel = "NAME",
            defaultValue = "track",
            description = "The series' label that tells the versions apart: $${DEFAULT-VALUE}.")
    private String label;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the contract there, where nothing stands yet.")
    private Path out;

    @Override
    public Integer call() {
        if (!label.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new ParameterException(spec.commandLine(), "--label is a label's name: letters, digits and _");
        }
        Carry.Outcome outcome;
        try {
            outcome = Carry.over(texts(), new Carry.Settings(service, owner, source, router, label));
        } catch (UnreadableException e) {
            error(e.getMessage() + "\n    " + e.fix());
            return 1;
        }
        PrintWriter err = spec.commandLine().getErr();
        outcome.remarks().forEach(r -> err.print(line(r)));
        if (outcome.metrics() + outcome.triggers() + outcome.phases() == 0) {
            error("nothing of it can stand in a contract: "
                    + files.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + (outcome.remarks().isEmpty() ? " holds no value" : "")
                    + "\n    import takes Keptn's slo.yaml, Argo's AnalysisTemplate and Rollout, Flagger's Canary, OpenSLO, Sloth, Pyrra and"
                    + " Kayenta's canary configuration");
            return 1;
        }
        String name = out == null ? "release.yaml" : out.toString();
        LintResult lint = LintResult.of(
                outcome.text(),
                name,
                Variables.unresolved(Map.of()),
                Catalog.installed().reader());
        err.print(owed(lint));
        err.println(String.format(
                Locale.ROOT,
                "carried over from %s: %d metrics, %d triggers, %d phases; %d left, %d changed",
                String.join(", ", outcome.formats()),
                outcome.metrics(),
                outcome.triggers(),
                outcome.phases(),
                outcome.count(Remark.Kind.LEFT),
                outcome.count(Remark.Kind.CHANGED)));
        err.flush();
        write(outcome.text());
        return outcome.remarks().isEmpty() && !lint.hasErrors() ? 0 : 3;
    }

    /** What only a person knows comes first, then what lint advises. */
    private static String owed(LintResult lint) {
        Map<Boolean, List<Problem>> errors =
                lint.problems().stream().collect(Collectors.partitioningBy(p -> p.severity() == Severity.ERROR));
        StringBuilder owed = new StringBuilder();
        if (!errors.get(true).isEmpty()) {
            owed.append("what a person must fill in:\n")
                    .append(TextOutput.write(List.of(new LintResult(lint.file(), errors.get(true)))));
        }
        if (!errors.get(false).isEmpty()) {
            owed.append("what lint advises besides:\n")
                    .append(TextOutput.write(List.of(new LintResult(lint.file(), errors.get(false)))));
        }
        return owed.toString();
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                texts.put(file.toString(), Includes.read(in));
            } catch (NoSuchFileException e) {
                throw new ParameterException(spec.commandLine(), "there is no file " + file, e);
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), file + " can't be read: " + e.getMessage(), e);
            }
        }
        return texts;
    }

    private void write(String text) {
        if (out == null) {
            spec.commandLine().getOut().print(Shown.lines(text));
            spec.commandLine().getOut().flush();
            return;
        }
        try {
            Files.writeString(out, text, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), out + " can't be written, or is there already: " + e.getMessage(), e);
        }
    }

    private static String line(Remark remark) {
        // what looks like a secret is not shown again
        String words = SecretDetector.find(remark.words()).isEmpty() ? remark.words() : "(what looks like a secret)";
        return Shown.line(remark.file() + ":" + remark.line() + ": "
                        + remark.kind().name().toLowerCase(Locale.ROOT) + ": " + words)
                + "\n    " + Shown.line(remark.why()) + "\n";
    }

    private void error(String text) {
        spec.commandLine().getErr().println(Shown.lines(text));
        spec.commandLine().getErr().flush();
    }
}
