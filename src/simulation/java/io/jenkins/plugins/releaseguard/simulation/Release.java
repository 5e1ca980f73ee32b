// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.SimulatedDisk;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Past;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Manner;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A release through all lives of its controller, and what was seen of it from outside. */
final class Release {
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(5);

    private static final long USUAL = 100_000_000_000L;

    final int index;
    final Contracts contract;
    final Plan plan;
    final Service service;
    final SimulatedDisk disk;
    final Path journal;
    private final Universe universe;
    private final Map<Port, List<Manner>> manners = new EnumMap<>(Port.class);
    private final Set<String> bodies = new HashSet<>();
    private final List<Runnable> bodiesWaiting = new ArrayList<>();
    private Controller controller;
    private Runner runner;
    private State state = State.NEW;
    private boolean flap;
    private boolean leaving;
    private boolean gone;
    /** Whether the controller has read its record. */
    private boolean known;

    private int active;

    /** When nothing was wrong with it any more, in the universe's time; {@link Long#MAX_VALUE} while something is. */
    long calmSince;

    /** What its way back needs, and what its looks need. */
    final Calm wayBack = new Calm();

    final Calm looks = new Calm();
    /** Whether it asks where the traffic is, before it goes on. */
    private boolean asking;

    long asked = -1;
    long tried = -1;
    long rollingSince = -1;
    long endedAt = -1;
    /** Since when it stands where it stands. */
    long standsSince;

    int callsTaken;
    int triesBack;
    /** Users may have met the canary. */
    boolean moved;

    boolean faultless = true;
    /** Something happened to it, or kept it from going on. */
    boolean delayed;

    /** Its router said what was not so. */
    boolean lied;

    /** How the world was when it ended. */
    double weightAtEnd;

    long weightAtEndSince;
    boolean pressed;
    boolean closed;
    /** Its threads were kept from it. */
    boolean starved;

    private boolean spoiled;
    private boolean sleepy;
    private boolean stopped;

    final List<Violation> violations = new ArrayList<>();

    Release(int index, Contracts contract, Universe universe, Path folder) {
        this.index = index;
        this.contract = contract;
        this.plan = contract.plan;
        this.universe = universe;
        this.service = new Service(universe);
        this.disk = new SimulatedDisk("disk " + index, universe.random, Release::waitForDisk);
        this.journal = folder.resolve("release-" + index + ".jsonl");
    }

    /** No interrupt ends it. */
    private static void waitForDisk(BooleanSupplier over) throws IOException {
        if (!Strands.mayWait()) {
            throw new IOException("Input/output error");
        }
        try {
            Strands.await(over, false);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // --- its lives ---

    /** Begins, or is taken up again where its record stands. */
    void live(Controller by, Duration down) {
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
            Past past = Past.read(plan, journal);
            if (past.state().life() == Lifecycle.ENDED) {
                state = past.state();
                known = true;
                return;
            }
            JournalFile file = disk.journal(journal, clock(mine));
            // what was cut off is told in it
            past = Past.read(plan, journal);
            runner = new Runner(
                    plan, file, past.state(), new ServicePorts(universe, mine, this), mine.clock, mine.lanes);
            state = runner.state();
            known = true;
            // an end that was not on the disk has not been
            endedAt = -1;
            if (state.life() != Lifecycle.OPEN) {
                runner.hesitate();
                asking = true;
                askRouter(runner, mine, down, 0);
            }
            if (state.life() == Lifecycle.OPEN || state.life() == Lifecycle.ARMED && state.phaseIndex() < 0) {
                begin(runner, mine);
            }
        } catch (IOException e) {
            universe.after(BEFORE_RETRY, () -> boot(down.plus(BEFORE_RETRY)));
        }
    }

    /** Some are watched for a while before a phase begins. */
    private void begin(Runner mine, Controller by) {
        if (universe.random.nextInt(3) > 0) {
            mine.startCanary();
            return;
        }
        mine.arm();
        universe.after(universe.between(0, 20_000), () -> by.hear(mine::startCanary));
    }

    /** Whoever takes a record up asks first where the traffic is. */
    private void askRouter(Runner mine, Controller by, Duration down, int times) {
        universe.after(
                universe.between(5, 500),
                () -> by.hear(() -> {
                    if (mine != runner) {
                        return;
                    }
                    if (!plan.routed() || manner(Port.ROUTER) == null || times > 10) {
                        mine.resume(down, "a restart");
                        asking = false;
                        asked = universe.nanos();
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

    /** The controller is gone, and so is what it had not forced. */
    void die() throws IOException {
        runner = null;
        known = false;
        asking = false;
        disk.crash();
    }

    Runner runner() {
        return runner;
    }

    State state() {
        return state;
    }

    /** Whether it waits for the router's word after a restart. */
    boolean isAsking() {
        return asking;
    }

    Moment moment() {
        return Moment.of(state);
    }

    boolean isEnded() {
        return state.life() == Lifecycle.ENDED;
    }

    /** Whether it has ended, and all of its record can be read. */
    boolean isWritten() {
        return isEnded() && known && (runner == null || runner.written().isDone());
    }

    /** What meets it, for later. */
    void meets(FaultKind kind) {
        spoiled |= kind.spoilsProcedure();
        sleepy |= kind == FaultKind.SLEEPY_THREADS;
        stopped |= kind.stopsTime();
        // each alone is no excuse
        starved |= kind == FaultKind.NO_THREADS || kind == FaultKind.SLOW_THREADS || sleepy && stopped;
    }

    /** Its way back has no router, has failed, and people have been called. */
    boolean isTheirs() {
        return !plan.routed() && spoiled && moment() == Moment.UNCONFIRMED && callsTaken > 0;
    }

    /** Takes notice of where it stands; true if that has changed. */
    boolean observe() {
        State now = runner == null ? state : runner.state();
        if (now == state) {
            return false;
        }
        Moment before = moment();
        state = now;
        if (plan.enclosed() && state.life() == Lifecycle.WATCHING && state.watchFrom() == null && !leaving) {
            leaving = true;
            universe.after(universe.between(500, 20_000), this::leave);
        }
        if (state.isRollingBack() && rollingSince < 0) {
            rollingSince = universe.nanos();
        }
        if (isEnded() && endedAt < 0) {
            endedAt = universe.nanos();
            weightAtEnd = service.weight();
            weightAtEndSince = service.weightSince();
        }
        if (before == moment()) {
            return false;
        }
        standsSince = universe.nanos();
        return true;
    }

    // --- what is wrong with it ---

    void trouble(Port port, Manner manner) {
        lied |= port == Port.ROUTER && manner == Manner.WRONG;
        manners.computeIfAbsent(port, p -> new ArrayList<>()).add(manner);
    }

    void well(Port port, Manner manner) {
        manners.get(port).remove(manner);
        if (port == Port.BODY) {
            List<Runnable> all = new ArrayList<>(bodiesWaiting);
            bodiesWaiting.clear();
            all.forEach(Runnable::run);
        }
    }

    Manner manner(Port port) {
        List<Manner> all = manners.get(port);
        return all == null || all.isEmpty() ? null : all.get(all.size() - 1);
    }

    boolean flap() {
        flap = !flap;
        return flap;
    }

    /** Of those that nothing happened to some are enough, unless there is something to explain. */
    boolean isWorthReading() {
        boolean asItShould = isEnded() && state.outcome().verdict() == ReleaseOutcome.PROMOTED && endedAt < USUAL;
        return delayed || pressed || !asItShould || universe.random.nextInt(8) == 0;
    }

    /** A fault begins that meets it. */
    void disturbed(FaultKind kind) {
        // others keep the lanes busy: whoever is well itself waits, and is not hurt
        faultless &= kind == FaultKind.CROWDED && contract != Contracts.CHECKED;
        delayed = true;
        active++;
        calmSince = Long.MAX_VALUE;
        calms(kind).forEach(Calm::disturbed);
    }

    void undisturbed(FaultKind kind) {
        active--;
        if (active == 0) {
            calmSince = universe.nanos();
        }
        calms(kind).forEach(calm -> calm.undisturbed(universe.nanos()));
    }

    private List<Calm> calms(FaultKind kind) {
        List<Calm> calms = new ArrayList<>();
        if (kind.hindersWayBack(contract == Contracts.ENCLOSED)) {
            calms.add(wayBack);
        }
        if (kind.hindersLooks()) {
            calms.add(looks);
        }
        return calms;
    }

    // --- what it does ---

    void asked() {
        asked = universe.nanos();
    }

    /** @param weight NaN for a reading */
    void tried(double weight) {
        tried = universe.nanos();
        if (Double.isNaN(weight)) {
            return;
        }
        State now = runner == null ? state : runner.state();
        if (weight == 0 && now.isRollingBack()) {
            triesBack++;
        }
        moved |= weight > 0;
        if (plan.phases().stream().noneMatch(p -> p.weight() == weight) && weight != 0) {
            broken("weights only as planned", "a shift to " + weight);
        }
        if (weight > 0 && now.isRollingBack()) {
            broken("who goes back does not go forward", "a shift to " + weight);
        }
        if (weight > 0 && asking) {
            broken("nobody goes on before the router was asked", "a shift to " + weight);
        }
        if (weight > 0 && !isIntended(weight)) {
            broken("intent before effect", "a shift to " + weight + " whose intent is not on the disk");
        }
    }

    private boolean isIntended(double weight) {
        try {
            String text = weight == Math.rint(weight) ? (long) weight + " %" : weight + " %";
            return disk.durable(journal).lines().anyMatch(l -> l.contains("\"intended\"") && l.contains(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void called(String text) {
        callsTaken++;
    }

    /** A Pipeline body, which outlives the controller's process. */
    void runBody(Effect.RunBody body, Manner manner) {
        String key = body.key().toString() + "/" + body.attempt();
        if (!bodies.add(key)) {
            return;
        }
        if (body.phase() < 0) {
            triesBack++;
        } else if (asking) {
            broken("nobody goes on before the router was asked", "a body of phase " + body.phase());
        }
        moved |= body.weight() > 0;
        Runnable end = () -> {
            String error = manner == Manner.REFUSED ? "script returned exit code 1" : null;
            if (error == null && !plan.routed()) {
                service.shift(body.weight());
            }
            tellEnd(body, key, error);
        };
        if (manner == Manner.HANGING) {
            bodiesWaiting.add(end);
        } else {
            universe.after(universe.between(50, 3000), end);
        }
    }

    /** What is around the canary ends, and with it whatever could move traffic. */
    private void leave() {
        leaving = false;
        Runner now = runner;
        if (now != null) {
            gone = true;
            controller.hear(() -> now.enclosingBodyEnded(null));
        }
    }

    /** An action of the procedure that needs no body. */
    void act(ActionSpec action) {
        if (action.mayMoveUsers()) {
            triesBack++;
            service.shift(0);
        }
    }

    /** An enclosing body ends with its last phase, for good. */
    boolean isBodyGone() {
        return plan.enclosed() && (gone || state.life() == Lifecycle.WATCHING);
    }

    private void tellEnd(Effect.RunBody body, String key, String error) {
        Runner now = runner;
        if (now == null) {
            universe.after(BEFORE_RETRY, () -> tellEnd(body, key, error));
            return;
        }
        controller.hear(() -> {
            bodies.remove(key);
            now.bodyEnded(body, error);
        });
    }

    /** Told once a rule. */
    void broken(String rule, String what) {
        if (violations.stream().noneMatch(v -> v.rule().equals(rule))) {
            violations.add(new Violation(
                    rule,
                    what,
                    "release " + index + " (" + contract + ") at "
                            + universe.since().toMillis() / 1000.0 + " s, " + moment()));
        }
    }

    void clean() throws IOException {
        disk.crash();
        SimulatedDisk.delete(journal);
    }
}
