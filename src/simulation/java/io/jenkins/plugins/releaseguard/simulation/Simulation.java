// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Several releases on the real runner, lanes and journals, in a world that goes wrong as a schedule says. One thread, no time but the
 * universe's: the same schedule goes the same way each time.
 */
final class Simulation {
    private static final long SECOND = 1_000_000_000L;
    /** After the last fault, people act on what they were called for. */
    private static final Duration PEOPLE_COME = Duration.ofMinutes(3);

    private static final Duration ALL_IS_OVER = Duration.ofMinutes(7);
    private static final Duration LIMIT = Duration.ofHours(2);

    private final Universe universe;
    private final List<Release> releases = new ArrayList<>();
    private final List<Fault> waiting = new ArrayList<>();
    private final Coverage coverage;
    private final Rules rules = new Rules();
    private final Machine machine;
    private final Onset onset;
    private int active;
    private long quietSince;
    private boolean peopleCame;

    private Simulation(Schedule schedule, Path folder, Coverage coverage) {
        this.coverage = coverage;
        this.universe = new Universe(schedule.seed());
        for (int i = 0; i < schedule.releases().size(); i++) {
            releases.add(new Release(i, schedule.releases().get(i), universe, folder));
        }
        waiting.addAll(schedule.faults());
        machine = new Machine(universe, schedule.threads(), releases);
        onset = new Onset(universe, machine);
    }

    /** What of the rules was broken, in order; empty for nothing. */
    static List<Violation> run(Schedule schedule, Path folder, Coverage coverage) {
        Simulation simulation = new Simulation(schedule, folder, coverage);
        try {
            simulation.begin();
            simulation.live();
            return simulation.judge();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            simulation.clean();
        }
    }

    /** What stands in the journals at the end, a line an event. */
    static List<String> trace(Schedule schedule, Path folder) {
        Simulation simulation = new Simulation(schedule, folder, new Coverage());
        try {
            simulation.begin();
            simulation.live();
            List<String> all = new ArrayList<>();
            for (Release release : simulation.releases) {
                if (Files.exists(release.journal)) {
                    JournalReader.read(release.journal).events().forEach(event -> all.add(event.toString()));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            simulation.clean();
        }
    }

    private void begin() {
        machine.start();
        universe.observedBy(this::observe);
        for (Release release : releases) {
            universe.after(universe.between(0, 3000), () -> {
                if (!machine.isDown() && release.runner() == null) {
                    release.lives.begin(machine.controller(), Duration.ZERO);
                }
                arm(release);
            });
        }
        everySecond();
    }

    private void live() {
        while (!isOver() && universe.step(LIMIT.toNanos())) {
            // one thing after the other
        }
    }

    private void observe() {
        for (Release release : releases) {
            if (release.observe()) {
                arm(release);
            }
        }
    }

    private boolean isOver() {
        return active == 0
                && !machine.isDown()
                && (releases.stream().allMatch(release -> release.lives.isWritten())
                        || universe.nanos() - quietSince > ALL_IS_OVER.toNanos());
    }

    private void everySecond() {
        universe.after(Duration.ofSeconds(1), () -> {
            if (!machine.isDown()) {
                machine.controller().look();
                releases.forEach(release -> rules.watch(release, universe.nanos()));
                releases.stream().filter(this::isAnswered).forEach(this::peopleCome);
                if (active == 0 && !peopleCame && universe.nanos() - quietSince > PEOPLE_COME.toNanos()) {
                    peopleCame = true;
                    releases.forEach(this::peopleCome);
                }
            }
            everySecond();
        });
    }

    /** People who were called take their time. */
    private boolean isAnswered(Release release) {
        return (release.moment() == Moment.HELD || release.moment() == Moment.FROZEN)
                && release.callsTaken > 0
                && release.calmSince != Long.MAX_VALUE
                && universe.nanos() - Math.max(release.standsSince, release.calmSince) > 30 * SECOND;
    }

    // --- faults ---

    /** Sets off what waits for the release to stand where it stands now. */
    private void arm(Release release) {
        Moment moment = release.moment();
        for (Fault fault : List.copyOf(waiting)) {
            if (fault.release() == release.index && fault.in() == moment) {
                waiting.remove(fault);
                active++;
                universe.after(fault.after(), () -> strike(fault, release));
            }
        }
    }

    private void over() {
        active--;
        quietSince = universe.nanos();
        peopleCame = false;
    }

    private void strike(Fault fault, Release release) {
        List<Release> met = fault.kind().everybody ? releases : List.of(release);
        met.forEach(one -> coverage.count(fault.kind(), one.moment()));
        if (machine.isDown() && fault.kind().everybody) {
            over();
            return;
        }
        if (fault.kind().isPerson()) {
            People.press(fault.kind(), release);
            over();
            return;
        }
        met.forEach(one -> one.disturbed(fault.kind()));
        Duration lasts = fault.lasts();
        Runnable end = onset.begin(fault.kind(), release, lasts);
        universe.after(lasts, () -> {
            end.run();
            met.forEach(one -> one.undisturbed(fault.kind()));
            over();
        });
    }

    private void peopleCome(Release release) {
        if (!release.isEnded()) {
            rules.beforePeopleCome(release);
            People.come(release);
        }
    }

    // --- the end ---

    private List<Violation> judge() throws IOException {
        List<Violation> all = new ArrayList<>();
        for (Release release : releases) {
            rules.atTheEnd(release);
            all.addAll(release.violations);
        }
        return all;
    }

    private void clean() {
        machine.clean();
        for (Release release : releases) {
            try {
                release.clean();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
