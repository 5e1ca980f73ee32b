// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.plan;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.lint.LintResult;
import io.jenkins.plugins.releaseguard.contract.lint.TextOutput;
import io.jenkins.plugins.releaseguard.contract.read.Includes;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.forecast.Advice;
import io.jenkins.plugins.releaseguard.forecast.Advisor;
import io.jenkins.plugins.releaseguard.forecast.GivenHabits;
import io.jenkins.plugins.releaseguard.forecast.HabitReader;
import io.jenkins.plugins.releaseguard.forecast.Habits;
import io.jenkins.plugins.releaseguard.forecast.UnifiedDiff;
import io.jenkins.plugins.releaseguard.forecast.past.JournalPast;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code release-guard plan FILE}: before the release, what it will likely take, and a contract that fits the service better. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tells before a release how long its phases will likely take, whether they would be held, and how soon harm"
                    + " would be seen; and what the contract should say for a service with these habits, as a diff.",
            "A forecast: releases are simulated with the judge itself, on traffic fitted to what the service did."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the contract fits",
            "1:it would better be changed: the diff says how",
            "2:wrong usage, or a contract or a past that can't be read",
            "3:nothing to change by what is known, but something that is judged is unknown, or innocent releases stay held and"
                    + " only people can answer for what lets them go"
        })
public final class PlanCommand implements Callable<Integer> {
    private static final int FITS = 0;
    private static final int CHANGE = 1;
    private static final int UNREADABLE = 2;
    private static final int UNKNOWN = 3;

    /** How it is written. */
    enum Format {
        text,
        json
    }

    @Parameters(paramLabel = "FILE", description = "The contract.")
    private Path file;

    @ArgGroup(multiplicity = "1")
    private Past past;

    /** Where the service's habits are from. */
    private static final class Past {
        @Option(
                names = "--prometheus",
                paramLabel = "URL",
                description = "Ask this Prometheus the contract's own queries, of the baseline.")
        private URI prometheus;

        @Option(
                names = "--ledger",
                paramLabel = "DIR",
                description = "Read the journals (journal.jsonl) of the service's releases below this folder, as"
                        + " JENKINS_HOME/jobs.")
        private Path ledger;

        @ArgGroup(exclusive = false)
        private Numbers numbers;
    }

    /** What a person knows. */
    private static final class Numbers {
        @Option(names = "--rps", paramLabel = "N", required = true, description = "Requests a second of the service.")
        private double requests;

        @Option(
                names = "--errors",
                paramLabel = "P",
                required = true,
                description = "Usual share of them that fails: 0.5%% or 0.005.")
        private String errors;

        @Option(names = "--p50", paramLabel = "MS", description = "Median of their durations, in ms.")
        private Double median;

        @Option(names = "--p99", paramLabel = "MS", description = "99 %% are faster than this, in ms.")
        private Double p99;
    }

    @Option(
            names = "--baseline",
            paramLabel = "LABEL",
            defaultValue = "baseline",
            description = "What $$track stands for in Prometheus on the side that serves every day (default"
                    + " $${DEFAULT-VALUE}).")
    private String track;

    @Option(names = "--days", paramLabel = "N", description = "Days of Prometheus to look at (default 21).")
    private int days = 21;

    @Option(names = "-D", paramLabel = "NAME=VALUE", description = "Fills $${NAME}; what isn't given stays open.")
    private Map<String, String> values = Map.of();

    @Option(names = "--runs", paramLabel = "N", description = "Healthy releases to simulate (default 200).")
    private int runs = 200;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the simulation (default 1).")
    private long seed = 1;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text or json.")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        checkNumbers();
        try {
            Variables variables = Variables.unresolved(values);
            Contract contract = Catalog.installed().reader().read(file, variables);
            String text = Includes.read(file);
            Habits habits = GivenHabits.withUsualLatency(habits(contract, err));
            if (!habits.requests().known()) {
                err.println(Shown.line("plan: how many requests the service gets is unknown: "
                        + habits.requests().from() + "; give --rps and --errors"));
                return UNKNOWN;
            }
            Advice advice = Advisor.of(text, contract, edited -> read(edited, variables), habits, runs, seed);
            Path name = file.isAbsolute() ? file.getFileName() : file;
            String diff = UnifiedDiff.of(name == null ? "contract" : name.toString(), text, advice.text());
            out.print(
                    switch (format) {
                        case text -> PlanText.of(file.toString(), habits, advice, diff);
                        case json -> Shown.json(PlanJson.of(file.toString(), habits, advice, diff, seed));
                    });
            return !advice.changes().isEmpty() || !advice.byHand().isEmpty()
                    ? CHANGE
                    : habits.complete() && !advice.holds() ? FITS : UNKNOWN;
        } catch (ContractException e) {
            err.print(TextOutput.write(List.of(new LintResult(file.toString(), e.problems()))));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            err.println(Shown.line("plan: " + e.getMessage()));
        } finally {
            out.flush();
            err.flush();
        }
        return UNREADABLE;
    }

    /** NaN for what isn't given. */
    private static double seconds(Double milliseconds) {
        return milliseconds == null ? Double.NaN : milliseconds / 1000;
    }

    private void checkNumbers() {
        if (runs < 20 || runs > 10_000) {
            throw usage("--runs must be a number from 20 to 10000");
        }
        if (days < 1 || days > 90) {
            throw usage("--days must be a number from 1 to 90");
        }
        if (past.numbers != null) {
            Numbers n = past.numbers;
            double errors = fraction(n.errors);
            if (!(n.requests > 0) || n.requests > 1e7) {
                throw usage("--rps must be a number above 0");
            }
            if (!(errors >= 0 && errors < 1)) {
                throw usage("--errors must be a share of the requests, as 0.5% or 0.005, but is " + n.errors);
            }
            boolean median = n.median != null;
            if (median != (n.p99 != null)) {
                throw usage("--p50 and --p99 tell a latency together");
            }
            if (median && !(n.median > 0 && n.p99 > n.median)) {
                throw usage("--p50 must be above 0, and --p99 above --p50");
            }
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static double fraction(String text) {
        try {
            return text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1).strip()) / 100
                    : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private Habits habits(Contract contract, PrintWriter err) throws IOException, InterruptedException {
        if (past.prometheus != null) {
            PrometheusSettings checked = PrometheusSettings.of(past.prometheus);
            return new PrometheusPast(new RangeQueries(checked.url().toString()), track, Instant.now())
                    .read(contract.metrics(), days);
        }
        if (past.ledger != null) {
            return ofJournals(contract, err);
        }
        Numbers n = past.numbers;
        return new GivenHabits(n.requests, fraction(n.errors), seconds(n.median), seconds(n.p99))
                .habits(contract.metrics());
    }

    private Habits ofJournals(Contract contract, PrintWriter err) throws IOException {
        if (!Files.isDirectory(past.ledger)) {
            throw new IOException(past.ledger + " is no folder: name the one that the releases' records lie in");
        }
        JournalPast journals = JournalPast.below(
                past.ledger, ReportFiles.JOURNAL, contract.release().service());
        journals.problems().forEach(p -> err.println(Shown.line("plan: " + p)));
        if (journals.looks().isEmpty()) {
            throw new IOException(past.ledger + " has no journal.jsonl with looks of the service "
                    + contract.release().service()
                    + ": a ledger's own entries keep verdicts, the builds' release-guard folders keep looks; or give"
                    + " --prometheus, or --rps and --errors");
        }
        return HabitReader.read(contract.metrics(), journals.looks(), journals.source());
    }

    /** In the file's place; empty where it has errors that the file doesn't have. */
    private Optional<Contract> read(String text, Variables variables) {
        try {
            Contract contract =
                    Catalog.installed().reader().parse(text, file.toString(), variables, Includes.around(file));
            long errors = Catalog.installed().lint(contract).stream()
                    .filter(Problem::isError)
                    .count();
            return errors > allowedErrors(variables) ? Optional.empty() : Optional.of(contract);
        } catch (ContractException e) {
            return Optional.empty();
        }
    }

    private long allowedErrors(Variables variables) {
        return LintResult.of(file, variables, Catalog.installed().reader()).problems().stream()
                .filter(Problem::isError)
                .count();
    }
}
