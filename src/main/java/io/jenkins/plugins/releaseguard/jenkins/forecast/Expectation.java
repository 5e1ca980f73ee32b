// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.forecast.Forecast;
import io.jenkins.plugins.releaseguard.forecast.ForecastSentence;
import io.jenkins.plugins.releaseguard.forecast.Forecaster;
import io.jenkins.plugins.releaseguard.forecast.HabitReader;
import io.jenkins.plugins.releaseguard.forecast.Habits;
import io.jenkins.plugins.releaseguard.forecast.past.JournalPast;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How long a release will likely take, as its job's last builds let expect: told when it begins, in its log and its record. Nothing is
 * told where they tell nothing.
 */
@Restricted(NoExternalUse.class)
public final class Expectation {
    private static final int BUILDS = 5;
    private static final int FEWEST_LOOKS = 20;
    private static final int RUNS = 40;
    private static final long SEED = 1;

    /** Of metrics: some seconds of a thread. */
    private static final long MOST_LOOKS = 60_000;

    private Expectation() {}

    /**
     * Empty where nothing can be said. Reads files and computes for seconds: for a thread that may.
     *
     * @param run the release's build, null where it is gone
     * @param wanted asked again and again: false gives it up
     * @throws IOException the builds' folders can't be listed
     */
    public static Optional<Expected> of(Run<?, ?> run, Contract contract, String environment, BooleanSupplier wanted)
            throws IOException {
        return of(journals(run, wanted), contract, environment, wanted);
    }

    static Optional<Expected> of(List<Path> journals, Contract contract, String environment, BooleanSupplier wanted) {
        if (contract.rollout().notInPhases().isPresent()) {
            // it goes out all at once, by a body that nobody can simulate
            return Optional.empty();
        }
        JournalPast past = JournalPast.of(journals, contract.release().service(), wanted);
        int looks = past.looks().stream().mapToInt(p -> p.looks().size()).sum();
        if (looks < FEWEST_LOOKS || contract.metrics().isEmpty()) {
            return Optional.empty();
        }
        Habits habits = HabitReader.read(contract.metrics(), past.looks(), past.source());
        boolean judged = habits.metrics().stream()
                .anyMatch(m -> m.simulated() && !m.metric().muted());
        if (!(habits.requests().value() > 0) || !judged) {
            return Optional.empty();
        }
        Plan plan = Plans.of(contract, environment, PlanOptions.ALONE);
        return new Forecaster(plan, habits, SEED)
                .within(RUNS, MOST_LOOKS, wanted)
                .map(forecast ->
                        new Expected(sentence(forecast, habits.requests().value(), past.source()), forecast, plan));
    }

    private static String sentence(Forecast forecast, double requests, String source) {
        String unknown = forecast.leftOut().isEmpty()
                ? ""
                : ", without what " + String.join(", ", forecast.leftOut()) + " may take";
        return ForecastSentence.of(forecast, requests) + unknown + " (a forecast of " + forecast.runs()
                + " simulated releases from " + source + ")";
    }

    /** Those that lie with the last builds of the job, which whoever sees this one may see. */
    private static List<Path> journals(Run<?, ?> run, BooleanSupplier wanted) throws IOException {
        List<Path> files = new ArrayList<>();
        if (run == null) {
            return files;
        }
        Job<?, ?> job = run.getParent();
        Run<?, ?> before = run.getPreviousBuild();
        for (int i = 0; i < BUILDS && before != null && before.getParent() == job && wanted.getAsBoolean(); i++) {
            Path folder = before.getRootDir().toPath().resolve(ServiceLedgers.FOLDER);
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> records = Files.newDirectoryStream(folder, Files::isDirectory)) {
                    records.forEach(record -> files.add(record.resolve(ReportFiles.JOURNAL)));
                }
            }
            before = before.getPreviousBuild();
        }
        return files.stream().filter(Files::isRegularFile).toList();
    }
}
