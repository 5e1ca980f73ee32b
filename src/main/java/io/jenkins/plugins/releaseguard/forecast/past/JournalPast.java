// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast.past;

import io.jenkins.plugins.releaseguard.forecast.BaselineAlone;
import io.jenkins.plugins.releaseguard.forecast.PastLooks;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What the journals of a service's releases saw: both sides of those that were promoted, the baseline's alone of all others, since their
 * canary may have been at fault.
 */
public final class JournalPast {
    private static final int DEEPEST = 12;
    private static final int MOST_FILES = 5000;
    private static final int MOST_RELEASES = 30;

    private final List<PastLooks> looks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int releases;
    private Instant first;

    private JournalPast() {}

    /** A release that has been read. */
    private record Release(Instant at, boolean promoted, List<PastLooks> looks) {}

    /**
     * Reads all journals of a service below a folder, the newest releases of them.
     *
     * @param name of a journal's file
     * @throws IOException the folder can't be listed
     */
    public static JournalPast below(Path folder, String name, String service) throws IOException {
        try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
            return of(
                    all.filter(f -> f.endsWith(name)).limit(MOST_FILES).sorted().toList(), service, () -> true);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Reads those of these journals that are a service's.
     *
     * @param wanted asked before each: false leaves the rest out
     */
    public static JournalPast of(List<Path> files, String service, BooleanSupplier wanted) {
        JournalPast past = new JournalPast();
        List<Release> releases = new ArrayList<>();
        for (Path file : files) {
            if (!wanted.getAsBoolean()) {
                break;
            }
            try {
                Release release = release(file, service);
                if (release != null && !release.looks().isEmpty()) {
                    releases.add(release);
                }
            } catch (IOException e) {
                past.problems.add(file + " is left out: " + e.getMessage());
            }
        }
        releases.stream()
                .sorted(Comparator.comparing(Release::at).reversed())
                .limit(MOST_RELEASES)
                .forEach(past::add);
        return past;
    }

    private void add(Release release) {
        releases++;
        first = first == null || release.at().isBefore(first) ? release.at() : first;
        looks.addAll(release.looks());
    }

    /** Empty where no journal of the service has a look. */
    public List<PastLooks> looks() {
        return looks;
    }

    /** A sentence for each journal that could not be read. */
    public List<String> problems() {
        return problems;
    }

    /** Where the looks are from, for people. */
    public String source() {
        return "journals of " + (releases == 1 ? "1 release" : releases + " releases") + " since "
                + LocalDate.ofInstant(first, ZoneOffset.UTC);
    }

    private static Release release(Path file, String service) throws IOException {
        List<PastLooks> phases = new ArrayList<>();
        List<Event.Looked> run = new ArrayList<>();
        Baking baking = new Baking();
        Instant at = null;
        boolean promoted = false;
        try (JournalReader reader = JournalReader.open(file)) {
            for (Stamped stamped = reader.next(); stamped != null; stamped = reader.next()) {
                if (stamped.event() instanceof Event.Opened opened) {
                    if (!service.equals(opened.service())) {
                        return null;
                    }
                    at = stamped.at();
                } else if (stamped.event() instanceof Event.Ended ended) {
                    promoted = ended.verdict() == ReleaseOutcome.PROMOTED;
                } else if (stamped.event() instanceof Event.PhaseStarted) {
                    end(run, phases);
                }
                baking.see(stamped);
                if (stamped.event() instanceof Event.Looked looked) {
                    if (!run.isEmpty() && !run.get(run.size() - 1).to().equals(looked.from())) {
                        end(run, phases);
                    }
                    if (looked.error() == null && baking.now()) {
                        run.add(looked);
                    }
                }
            }
        }
        end(run, phases);
        if (at == null) {
            return null;
        }
        return new Release(
                at,
                promoted,
                promoted ? phases : phases.stream().map(JournalPast::alone).toList());
    }

    private static void end(List<Event.Looked> run, List<PastLooks> phases) {
        if (!run.isEmpty()) {
            phases.add(new PastLooks(run));
            run.clear();
        }
    }

    /** Without what the canary did; how many requests it had stays known. */
    private static PastLooks alone(PastLooks both) {
        return new PastLooks(both.looks().stream()
                .map(look -> new Event.Looked(
                        look.phase(),
                        look.from(),
                        look.to(),
                        look.samples().stream()
                                .map(s -> BaselineAlone.of(s, s.canaryTotal()))
                                .toList(),
                        null))
                .toList());
    }
}
