// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.JournalException;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the judge and a contract's triggers over stored samples. */
@Command(
        name = "replay",
        description =
                "Runs the judge, and a contract's triggers, over a journal's or a CSV file's samples with another contract or "
                        + "configuration.",
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
            boolean csv = samples.toString().endsWith(".csv");
            List<Recorded> events = csv
                    ? CsvSamples.read(samples, judge.metrics(), look, configured.weights())
                    : JournalSamples.read(samples, judge.metrics());
            List<Look> looks =
                    events.stream().map(Recorded::look).filter(Objects::nonNull).toList();
            Set<String> recorded = TriggerReplay.recorded(events);
            if (looks.isEmpty() && (configured.plan() == null || recorded.isEmpty())) {
                err.println(Shown.line("replay: " + samples + ": has no samples of these metrics"));
                return 3;
            }
            if (selfTest) {
                return selfTest(out, judge, looks);
            }
            TriggerReplay triggers = configured.plan() == null
                    ? null
                    : new TriggerReplay(
                            configured.plan(),
                            csv
                                    ? Duration.ofMillis(Math.round(look * 1000))
                                    : configured.plan().interval(),
                            !csv,
                            recorded);
            return new Replay(out, judge, configured.warmups(), triggers, format).run(events);
        } catch (NoSuchFileException e) {
            err.println(Shown.line("replay: " + e.getFile() + " does not exist"));
        } catch (CharacterCodingException e) {
            err.println(Shown.line("replay: " + reading + ": it is not UTF-8 text"));
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

    /** @param plan null where a configuration is given, which has no triggers */
    private record Configured(JudgeConfig judge, Warmups warmups, Plan plan) {
        List<Double> weights() {
            return plan == null
                    ? List.of()
                    : plan.phases().stream().map(RolloutSpec.Phase::weight).toList();
        }
    }

    private Configured configured() throws IOException, ContractException {
        if (with.config != null) {
            JudgeInput in = JudgeInput.read(JSON.readTree(Files.readString(with.config)));
            return new Configured(in.stream(), in.rollout().warmups(), null);
        }
        Contract contract = Catalog.installed().reader().read(with.contract, Variables.unresolved(values));
        Plan plan = Plans.of(contract, "", PlanOptions.ALONE);
        return new Configured(
                plan.judge(),
                new Warmups(plan.phases().stream()
                        .map(phase -> phase.warmup().toMillis() / 1000.0)
                        .toList()),
                plan);
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
