// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Past;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Port;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/** A release's runners, one in each life of its controller: each takes the record up where it stands. */
final class Lives {
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(5);
    private static final int MOST_TIMES_ASKED = 10;
    private static final Event GO = new Event.GateDecided(GateWord.GO, List.of(), null, null);

    private final Release release;
    private final Universe universe;
    private Controller controller;
    private Runner runner;
    private State observed = State.NEW;
    /** Whether the controller has read the record. */
    private boolean known;

    private boolean asking;

    Lives(Release release, Universe universe) {
        this.release = release;
        this.universe = universe;
    }

    void begin(Controller by, Duration down) {
        controller = by;
        runner = null;
        boot(down);
    }

    private void boot(Duration down) {
        Controller mine = controller;
        if (mine.isDead()) {
            return;
        }
        try {
            Past past = Past.read(release.plan, release.journal);
            if (past.state().life() == Lifecycle.ENDED) {
                observed = past.state();
                known = true;
                return;
            }
            JournalFile file = release.disk.journal(release.journal, clock(mine));
            // what was cut off is told in it
            past = Past.read(release.plan, release.journal);
            ServicePorts ports = new ServicePorts(universe, mine, release);
            runner = new Runner(release.plan, file, past.state(), ports, mine.clock, mine.lanes);
            observed = runner.state();
            known = true;
            release.takenUp();
            if (observed.life() != Lifecycle.OPEN) {
                runner.hesitate();
                asking = true;
                askRouter(runner, mine, down, 0);
            }
            if (observed.life() == Lifecycle.OPEN || observed.life() == Lifecycle.ARMED && observed.phaseIndex() < 0) {
                start(runner, mine);
            }
        } catch (IOException e) {
            universe.after(BEFORE_RETRY, () -> boot(down.plus(BEFORE_RETRY)));
        }
    }

    /** A gate goes before; some wait there for people, and some are watched for a while before a phase begins. */
    private void start(Runner mine, Controller by) {
        switch (universe.random.nextInt(6)) {
            case 0 -> {
                mine.arm();
                universe.after(universe.between(0, 20_000), () -> by.hear(mine::startCanary));
            }
            case 1 -> {
                mine.record(new Event.SignedOff("QA-001", "ann", true, null, null));
                universe.after(
                        universe.between(0, 20_000),
                        () -> by.hear(() -> {
                            mine.record(GO);
                            mine.startCanary();
                        }));
            }
            default -> {
                mine.record(GO);
                mine.startCanary();
            }
        }
    }

    /** Whoever takes a record up asks first where the traffic is. */
    private void askRouter(Runner mine, Controller by, Duration down, int times) {
        universe.after(
                universe.between(5, 500),
                () -> by.hear(() -> {
                    if (mine != runner) {
                        return;
                    }
                    if (!release.plan.routed() || release.manners.of(Port.ROUTER) == null || times > MOST_TIMES_ASKED) {
                        mine.resume(down, "a restart");
                        asking = false;
                        release.goesOn();
                    } else {
                        universe.after(BEFORE_RETRY, () -> askRouter(mine, by, down.plus(BEFORE_RETRY), times + 1));
                    }
                }));
    }

    private static Clock clock(Controller of) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return of.clock.wall();
            }
        };
    }

    /** The controller is gone. */
    void die() {
        runner = null;
        known = false;
        asking = false;
    }

    /** Null where none drives the release. */
    Runner runner() {
        return runner;
    }

    /** In the process that lives; false where none drives the release. */
    boolean tell(Consumer<Runner> what) {
        Runner now = runner;
        if (now == null) {
            return false;
        }
        controller.hear(() -> what.accept(now));
        return true;
    }

    /** As it was when it was last looked at. */
    State state() {
        return observed;
    }

    /** As it is, while somebody drives it. */
    State now() {
        return runner == null ? observed : runner.state();
    }

    /** Takes notice of where the release stands. */
    void observe() {
        observed = now();
    }

    /** Whether it waits for the router's word after a restart. */
    boolean isAsking() {
        return asking;
    }

    /** Whether the release has ended, and all of its record can be read. */
    boolean isWritten() {
        return observed.life() == Lifecycle.ENDED
                && known
                && (runner == null || runner.written().isDone());
    }
}
