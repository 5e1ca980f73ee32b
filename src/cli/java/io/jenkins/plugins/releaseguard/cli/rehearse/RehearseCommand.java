// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.cli.rehearse.promql.ExportedNames;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code release-guard rehearse}. */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        sortOptions = false,
        description = {
            "Runs a contract from gate to verdict against two embedded versions of a service, with the production"
                    + " metric source, router and judge over sockets.",
            "The release's time runs faster than the clock on the wall; the rollback's stopwatch is the wall's."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:promoted",
            " 1:the rehearsal itself could not go on",
            " 2:wrong usage, or a contract that can't be read",
            "10:no-go: no traffic moved",
            "11:rolled back, and confirmed",
            "12:rolled back, but not confirmed",
            "13:halted: ended by hand or left undecided before any traffic moved"
        })
public final class RehearseCommand implements Callable<Integer> {
    /** Stands for a seed that is drawn. */
    private static final String ANY_SEED = "any";

    /** Seeds that are drawn are short enough to be read out. */
    private static final int DRAWN = 1_000_000;

    @Option(
            names = "--contract",
            paramLabel = "FILE",
            description = "The release contract. Without it, the example that comes with this project.")
    private Path contract;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            converter = ScenarioConverter.class,
            completionCandidates = ScenarioNames.class,
            description = "What goes wrong: ${COMPLETION-CANDIDATES}. Only the embedded services know.")
    private Scenario scenario;

    @Option(
            names = "--chaos",
            paramLabel = "SEED",
            arity = "0..1",
            fallbackValue = ANY_SEED,
            description =
                    "What else goes wrong: a few faults drawn from a whole number, 0 or more, the same for the same"
                            + " number and contract. Without a number one is drawn, and told. The scenario is healthy"
                            + " then, unless one is named.")
    private String chaos;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where journal.jsonl, report.json, report.md and report.html go.")
    private Path out;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description =
                    "How many times faster than the wall the release's time runs, at least 1. Without it, as fast as"
                            + " makes the plan take about 40 s. Looks then come at most ten times a second.")
    private Double speed;

    @Option(
            names = "--exports",
            paramLabel = "FILE",
            description =
                    "What your service's /metrics says: the embedded services export these names and no others, so that one"
                            + " which the contract has wrong is found. Without it, they export whatever it asks for.")
    private Path exports;

    @Option(names = "--resume", description = "Go on with the interrupted rehearsal in DIR.")
    private boolean resume;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The environment the release goes to. Without it, the protected or last one of the contract.")
    private String environment;

    @Option(
            names = {"-D", "--set"},
            paramLabel = "NAME=VALUE",
            description =
                    "What $${NAME} stands for in the contract. VERSION, GIT_COMMIT and ARTIFACT_SHA256 have values.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--no-approve",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Leave sign-offs open. Without it, the rehearsal's own person signs whatever the contract asks.")
    private boolean approve;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Site site = new Site(out.toAbsolutePath().normalize());
        Terminal terminal = Terminal.ofProcess();
        try {
            return perform(site, terminal).status();
        } catch (UsageException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (ContractException e) {
            spec.commandLine().getErr().println(Shown.lines(e.getMessage()));
            return 2;
        } catch (IOException e) {
            spec.commandLine().getErr().println(Shown.line("The rehearsal can't go on: " + EndReasons.of(e)));
            return 1;
        }
    }

    private Outcome perform(Site site, Terminal terminal)
            throws IOException, ContractException, UsageException, InterruptedException {
        if (resume) {
            if (contract != null
                    || scenario != null
                    || speed != null
                    || chaos != null
                    || exports != null
                    || !variables.isEmpty()
                    || !environment.isEmpty()) {
                throw new UsageException("--resume goes on as the rehearsal began: give it --out alone");
            }
            return Performance.resume(Options.read(site.folder()), site, terminal);
        }
        Long seed = seed();
        if (scenario == null && seed != null) {
            scenario = Scenario.HEALTHY;
        }
        if (scenario == null) {
            throw new UsageException("Missing required option: '--scenario=NAME'");
        }
        if (speed != null && !(speed >= 1 && speed <= 100_000)) {
            throw new UsageException("--speed is a number from 1 to 100000, not " + speed);
        }
        Path file = contract == null ? sample() : contract;
        Options options = new Options(
                file.toAbsolutePath().normalize().toString(),
                scenario.id(),
                speed == null ? 0 : speed,
                environment,
                approve,
                variables,
                seed,
                exports == null ? null : exported());
        site.begin();
        return Performance.begin(options, site, terminal);
    }

    private List<String> exported() throws UsageException {
        try {
            return ExportedNames.of(exports);
        } catch (NoSuchFileException e) {
            throw new UsageException("--exports: there is no file " + exports);
        } catch (IOException e) {
            throw new UsageException("--exports: " + EndReasons.of(e));
        }
    }

    /** Null for no chaos. */
    private Long seed() throws UsageException {
        if (chaos == null) {
            return null;
        }
        if (chaos.equals(ANY_SEED)) {
            return (long) ThreadLocalRandom.current().nextInt(DRAWN);
        }
        try {
            long seed = Long.parseLong(chaos);
            if (seed >= 0) {
                return seed;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException("--chaos takes a whole number from 0 to " + Long.MAX_VALUE
                + ", or none for one that is drawn, not '" + chaos + "'");
    }

    /** The example contract: in the project's folder, which the start script names, or here. */
    private static Path sample() throws UsageException {
        Path sample = Path.of(System.getProperty("release-guard.home", ""), "release.yaml");
        if (!Files.exists(sample)) {
            throw new UsageException("the example contract is not at " + sample + ": name one with --contract");
        }
        return sample;
    }

    /** By their names, as users write them. */
    static final class ScenarioConverter implements ITypeConverter<Scenario> {
        @Override
        public Scenario convert(String value) {
            return Scenario.of(value)
                    .orElseThrow(() -> new TypeConversionException(
                            "there is no scenario '" + value + "': take one of " + Arrays.toString(Scenario.values())));
        }
    }

    /** For help and completion. */
    static final class ScenarioNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Scenario.values()).map(Scenario::id).iterator();
        }
    }
}
