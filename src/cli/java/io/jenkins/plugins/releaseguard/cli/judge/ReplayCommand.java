// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.JournalException;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the judge over stored samples with another configuration. */
@Command(
        name = "replay",
        description = "Runs the judge over a journal's or a CSV file's samples with another contract or configuration.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no stop (self-test: false stops within alpha)",
            "1:stop (self-test: more false stops than alpha)",
            "2:usage or unreadable input",
            "3:held, or no samples"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(
            paramLabel = "SAMPLES",
            description = "A journal, or a file that ends in .csv with the columns "
                    + "time,phase,variant,metric,value,total.")
    private Path samples;

    @ArgGroup(multiplicity = "1")
    private With with;

    private static final class With {
        @Option(
                names = "--config",
                paramLabel = "FILE.json",
                description = "Metrics and phases, as the first line of 'judge --stream'.")
        private Path config;

        @Option(
                names = "--contract",
                paramLabel = "FILE.yaml",
                description = "A release contract: its metrics, margins, triggers, phases and alpha.")
        private Path contract;

        Path file() {
            return config == null ? contract : config;
        }
    }

    @Option(
            names = "-D",
            paramLabel = "NAME=VALUE",
            description = "Fills $${NAME} in the contract; what isn't given stays open.")
    private Map<String, String> values = Map.of();

    @Option(names = "--look", paramLabel = "SECONDS", description = "Length of a look in a CSV file (default 30).")
    private double look = 30;

    @Option(names = "--format", description = "text (default) or json: one verdict a line.")
    private JudgeCommand.Format format = JudgeCommand.Format.text;

    @Option(
            names = "--self-test",
            description = "The samples are of an A/A release: resample them and tell the "
                    + "configuration's false stops and its time to detect a harm.")
    private boolean selfTest;

    @Option(names = "--runs", description = "Resampled releases (default 500).")
    private int runs = 500;

    @Option(names = "--looks-per-phase", description = "Looks in each phase of a resampled release (default 30).")
    private int perPhase = 30;

    @Option(names = "--seed", description = "Seed of the resampling (default 1).")
    private long seed = 1;

    @Option(names = "--harm-errors", description = "Harm to detect: the canary's errors times this (default 2).")
    private double harmErrors = 2;

    @Option(
            names = "--harm-values",
            description = "Harm to detect: its latency and gauge values times this (default 1.2).")
    private double harmValues = 1.2;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path reading = with.file();
        try {
            if (!(look > 0) || runs < 1 || perPhase < 1) {
                throw new IllegalArgumentException("--look, --runs and --looks-per-phase must be positive");
            }
            Configured configured = configured();
            JudgeConfig judge = configured.judge();
            reading = samples;
            List<Look> looks = samples.toString().endsWith(".csv")
                    ? CsvSamples.read(samples, judge.metrics(), look)
                    : JournalSamples.read(samples, judge.metrics());
            if (looks.isEmpty()) {
                err.println(Shown.line("replay: " + samples + ": has no samples of these metrics"));
                return 3;
            }
            return selfTest ? selfTest(out, judge, looks) : replay(out, configured, looks);
        } catch (NoSuchFileException e) {
            err.println(Shown.line("replay: " + e.getFile() + " does not exist"));
        } catch (JsonProcessingException e) {
            err.println(Shown.line("replay: " + reading + JsonPlace.of(e) + ": " + e.getOriginalMessage()));
        } catch (ContractException e) {
            err.println(Shown.line("replay: " + e.getMessage()));
        } catch (IllegalArgumentException | JournalException e) {
            err.println(Shown.line("replay: " + reading + ": " + e.getMessage()));
        } finally {
            out.flush();
            err.flush();
        }
        return 2;
    }

    private record Configured(JudgeConfig judge, Warmups warmups) {}

    private Configured configured() throws IOException, ContractException {
        if (with.config != null) {
            JudgeInput in = JudgeInput.read(JSON.readTree(Files.readString(with.config)));
            return new Configured(in.stream(), in.rollout().warmups());
        }
        Contract contract = Catalog.installed().reader().read(with.contract, Variables.unresolved(values));
        Plan plan = Plans.of(contract, "", PlanOptions.ALONE);
        return new Configured(
                plan.judge(),
                new Warmups(plan.phases().stream()
                        .map(phase -> phase.warmup().toMillis() / 1000.0)
                        .toList()));
    }

    private int replay(PrintWriter out, Configured configured, List<Look> looks) throws IOException {
        JudgeConfig judge = configured.judge();
        WatchState state = Watch.start(judge);
        double seconds = 0;
        Action last = Action.CONTINUE;
        for (Look l : looks) {
            WatchStep step = Watch.look(judge, state, configured.warmups().marked(l, state));
            state = step.state();
            seconds += l.seconds();
            LookVerdict v = step.verdict();
            if (format == JudgeCommand.Format.json) {
                Map<String, Object> line = Verdicts.json(v, judge.promotion());
                line.put("phase", l.phase());
                line.put("seconds", seconds);
                out.println(Shown.json(JSON.writeValueAsString(line)));
            } else if (v.action() != last || v.action() == Action.STOP) {
                out.printf(
                        Locale.ROOT,
                        "%6.0f s  phase %d  %-8s  %s%n",
                        seconds,
                        l.phase(),
                        v.action().word(),
                        Shown.line(v.reason()));
            }
            last = v.action();
            if (last == Action.STOP) {
                return 1;
            }
        }
        if (format == JudgeCommand.Format.text) {
            out.printf(Locale.ROOT, "%d looks, last word: %s%n", looks.size(), last.word());
        }
        return last == Action.HOLD ? 3 : 0;
    }

    private int selfTest(PrintWriter out, JudgeConfig judge, List<Look> looks) {
        AaSimulation test = new AaSimulation(judge, looks, perPhase);
        AaSimulation.Result none = test.run(runs, seed, AaSimulation.Harm.NONE);
        out.printf(
                Locale.ROOT,
                "A/A: %d of %d resampled releases stopped, %.1f %% (alpha %.1f %%)%n",
                none.stopped(),
                none.runs(),
                100 * none.rate(),
                100 * judge.alpha());
        detect(out, test, "errors times " + harmErrors, new AaSimulation.Harm(harmErrors, 1));
        detect(out, test, "values times " + harmValues, new AaSimulation.Harm(1, harmValues));
        double error = Math.sqrt(judge.alpha() * (1 - judge.alpha()) / runs);
        return none.rate() <= judge.alpha() + 2 * error ? 0 : 1;
    }

    private void detect(PrintWriter out, AaSimulation test, String name, AaSimulation.Harm harm) {
        AaSimulation.Result r = test.run(runs, seed, harm);
        out.printf(Locale.ROOT, "%s: %.1f %% stopped", name, 100 * r.rate());
        if (r.stopped() > 0) {
            out.printf(
                    Locale.ROOT,
                    ", median after %.1f min and %.0f canary requests",
                    r.medianSeconds() / 60,
                    r.medianCanaryRequests());
        }
        out.println();
    }
}
