// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.SimulatedDisk.Trouble;
import io.jenkins.plugins.releaseguard.rollout.runner.Crowd;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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

    private final Schedule schedule;
    private final Universe universe;
    private final List<Release> releases = new ArrayList<>();
    private final List<Fault> waiting = new ArrayList<>();
    private final Coverage coverage;
    private final Rules rules = new Rules();
    private Controller controller;
    private int active;
    private long quietSince;
    private Duration clockOff = Duration.ZERO;
    private boolean down;
    private boolean peopleCame;

    private Simulation(Schedule schedule, Path folder, Coverage coverage) {
        this.schedule = schedule;
        this.coverage = coverage;
        this.universe = new Universe(schedule.seed());
        for (int i = 0; i < schedule.releases().size(); i++) {
            releases.add(new Release(i, schedule.releases().get(i), universe, folder));
        }
        waiting.addAll(schedule.faults());
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
        controller = new Controller(universe, schedule.threads(), clockOff);
        universe.runs(controller);
        for (Release release : releases) {
            universe.after(universe.between(0, 3000), () -> {
                if (!down && release.runner() == null) {
                    release.live(controller, Duration.ZERO);
                }
                arm(release);
            });
        }
        everySecond();
    }

    private void live() throws IOException {
        while (!isOver() && universe.step(LIMIT.toNanos())) {
            for (Release release : releases) {
                if (release.observe()) {
                    arm(release);
                }
            }
        }
    }

    private boolean isOver() {
        return active == 0
                && !down
                && (releases.stream().allMatch(Release::isWritten)
                        || universe.nanos() - quietSince > ALL_IS_OVER.toNanos());
    }

    private void everySecond() {
        universe.after(Duration.ofSeconds(1), () -> {
            if (!down) {
                controller.look();
                releases.forEach(release -> rules.watch(release, universe.nanos()));
            }
            if (!down) {
                releases.stream().filter(this::isAnswered).forEach(this::peopleCome);
            }
            if (active == 0 && !down && universe.nanos() - quietSince > PEOPLE_COME.toNanos() && !peopleCame) {
                peopleCame = true;
                releases.forEach(this::peopleCome);
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
        if (down && fault.kind().everybody) {
            over();
            return;
        }
        if (fault.kind().isPerson()) {
            press(fault.kind(), release);
            over();
            return;
        }
        met.forEach(one -> one.disturbed(fault.kind()));
        met.forEach(one -> one.meets(fault.kind()));
        Duration lasts = fault.lasts();
        Runnable end = begin(fault, release);
        universe.after(lasts, () -> {
            end.run();
            met.forEach(one -> one.undisturbed(fault.kind()));
            over();
        });
    }

    /** @return what ends it */
    private Runnable begin(Fault fault, Release release) {
        FaultKind kind = fault.kind();
        if (kind.port != null) {
            release.trouble(kind.port, kind.manner);
            return () -> release.well(kind.port, kind.manner);
        }
        Controller mine = controller;
        Service service = release.service;
        switch (kind) {
            case DISK_FULL -> release.disk.trouble(Trouble.FULL);
            case DISK_FAILING -> release.disk.trouble(Trouble.FAILING);
            case DISK_GONE -> release.disk.trouble(Trouble.GONE);
            case DISK_HANGING -> release.disk.trouble(Trouble.HANGING);
            case CANARY_BAD -> service.canary(Service.BAD);
            case CANARY_SILENT -> service.silent(true);
            case BASELINE_DOWN -> service.baselineDown(true);
            case ROUTER_RELOADED -> service.shift(0);
            case ROUTER_CHANGED -> service.shift(universe.random.nextInt(101));
            case RIVAL -> rival(release, universe.nanos() + fault.lasts().toNanos());
            case KILL -> kill(fault.lasts());
            case SUSPEND -> controller.suspend(fault.lasts());
            case STALL -> controller.stall(fault.lasts());
            case CLOCK_BACK -> {
                Duration by = universe.between(2, 4000).multipliedBy(-1000);
                setClock(by);
                return () -> setClock(by.negated());
            }
            case CLOCK_FORWARD -> {
                Duration by = universe.between(2, 4000).multipliedBy(1000);
                setClock(by);
                return () -> setClock(by.negated());
            }
            case NO_THREADS -> mine.noThreads = true;
            case SLEEPY_THREADS -> mine.threadsSleep = true;
            case SLOW_THREADS -> mine.threadsTake = universe.between(100, 4000);
            case CROWDED -> crowd(mine, fault.lasts());
            default -> throw new IllegalStateException(kind.toString());
        }
        return switch (kind) {
            case DISK_FULL, DISK_FAILING, DISK_GONE, DISK_HANGING -> () -> release.disk.trouble(Trouble.NONE);
            case CANARY_BAD -> () -> service.canary(Service.WELL);
            case CANARY_SILENT -> () -> service.silent(false);
            case BASELINE_DOWN -> () -> service.baselineDown(false);
            case NO_THREADS -> () -> mine.noThreads = false;
            case SLEEPY_THREADS -> () -> mine.threadsSleep = false;
            case SLOW_THREADS -> () -> mine.threadsTake = Duration.ZERO;
            default -> () -> {};
        };
    }

    private void crowd(Controller mine, Duration lasts) {
        CompletableFuture<Void> end = Crowd.fill(mine.lanes, lasts.plusSeconds(1));
        universe.after(lasts, () -> mine.hear(() -> end.complete(null)));
    }

    private void setClock(Duration by) {
        clockOff = clockOff.plus(by);
        controller.setClock(by);
    }

    private void rival(Release release, long until) {
        release.service.shift(universe.random.nextInt(101));
        if (universe.nanos() < until) {
            universe.after(universe.between(200, 8000), () -> rival(release, until));
        }
    }

    private void kill(Duration lasts) {
        down = true;
        controller.die();
        try {
            for (Release release : releases) {
                release.die();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        universe.after(lasts, () -> {
            down = false;
            controller = new Controller(universe, schedule.threads(), clockOff);
            universe.runs(controller);
            releases.forEach(release -> release.live(controller, lasts));
        });
    }

    // --- people ---

    private void press(FaultKind kind, Release release) {
        Runner runner = release.runner();
        if (runner == null) {
            return;
        }
        release.pressed = true;
        int phase = runner.state().phaseIndex();
        controller.hear(() -> {
            switch (kind) {
                case PAUSE -> runner.operate(OperatorCommand.PAUSE, "ann", null, null);
                case RESUME -> runner.operate(OperatorCommand.RESUME, "ann", null, null);
                case PROMOTE -> runner.operate(OperatorCommand.PROMOTE, "ann", "looks good", phase < 0 ? null : phase);
                case PROMOTE_LATE -> runner.operate(OperatorCommand.PROMOTE, "ann", null, phase > 0 ? phase - 1 : 1);
                case APPROVE -> runner.operate(OperatorCommand.APPROVE, "ann", null, null);
                case TAKE -> runner.operate(OperatorCommand.TAKE, "ann", null, null);
                case CLOSE -> {
                    release.closed = true;
                    runner.operate(OperatorCommand.CLOSE, "ann", "for a simulation", null);
                }
                case ROLL_BACK -> runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
                case ABORT -> runner.rollBack(BreachCause.ABORT, "ann", "stopped");
                case BUILD_KILLED -> runner.rollBack(BreachCause.KILLED, "system", "the build is gone");
                default -> throw new IllegalStateException(kind.toString());
            }
        });
    }

    /** What a careful person does who was called, or who finds it still there. */
    private void peopleCome(Release release) {
        if (release.isEnded()) {
            return;
        }
        rules.beforePeopleCome(release);
        Runner runner = release.runner();
        if (runner == null) {
            return;
        }
        release.pressed = true;
        controller.hear(() -> {
            if (release.moment() == Moment.FROZEN || release.isTheirs()) {
                release.closed = true;
                runner.operate(OperatorCommand.CLOSE, "bob", "fixed forward", null);
            } else {
                runner.rollBack(BreachCause.OPERATOR, "bob", "nobody decides");
            }
        });
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
        if (controller != null) {
            controller.die();
        }
        for (Release release : releases) {
            try {
                release.clean();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
