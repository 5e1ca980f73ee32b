// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.SimulatedDisk;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Manner;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A release with its service, disk and record, and what was seen of it from outside. Times are the universe's, in nanoseconds. */
final class Release {
    private static final long USUAL = 100_000_000_000L;

    final int index;
    final Contracts contract;
    final Plan plan;
    final Service service;
    final SimulatedDisk disk;
    final Path journal;
    final Manners manners = new Manners();
    final Pipeline pipeline;
    final Lives lives;
    private final Universe universe;

    private int active;

    /** When nothing was wrong with it any more; {@link Long#MAX_VALUE} while something is. */
    long calmSince;

    /** What its way back needs, what its looks need, and what these need to see what is so. */
    final Calm wayBack = new Calm();

    final Calm looks = new Calm();
    private final Calm sight = new Calm();

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
    long harmAtEnd;
    boolean pressed;
    boolean closed;
    /** Its threads were kept from it. */
    boolean starved;

    private long takenUpAt;
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
        this.lives = new Lives(this, universe);
        this.pipeline = new Pipeline(plan, service, lives, universe);
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

    /** An end that was not on the disk has not been. */
    void takenUp() {
        endedAt = -1;
    }

    /** The controller is gone, and so is what it had not forced. */
    void die() throws IOException {
        lives.die();
        disk.crash();
    }

    Runner runner() {
        return lives.runner();
    }

    State state() {
        return lives.state();
    }

    /** Whether it waits for the router's word after a restart. */
    boolean isAsking() {
        return lives.isAsking();
    }

    Moment moment() {
        return Moment.of(state());
    }

    boolean isEnded() {
        return state().life() == Lifecycle.ENDED;
    }

    // --- what was seen of it ---

    /** Its way back has no router, has failed, and people have been called. */
    boolean isTheirs() {
        return !plan.routed() && spoiled && moment() == Moment.UNCONFIRMED && callsTaken > 0;
    }

    /** Takes notice of where it stands; true if that has changed. */
    boolean observe() {
        if (lives.now() == state()) {
            return false;
        }
        Moment before = moment();
        lives.observe();
        pipeline.observe(state());
        if (state().isRollingBack() && rollingSince < 0) {
            rollingSince = universe.nanos();
        }
        if (isEnded() && endedAt < 0) {
            endedAt = universe.nanos();
            weightAtEnd = service.weight();
            weightAtEndSince = service.weightSince();
            harmAtEnd = harmed(universe.nanos());
        }
        if (before == moment()) {
            return false;
        }
        standsSince = universe.nanos();
        return true;
    }

    /** For how long users have met a bad canary, and nothing kept a look from seeing it. */
    long harmed(long now) {
        long since = Math.max(Math.max(service.harmSince(), sight.since()), takenUpAt);
        return since == Long.MAX_VALUE || isAsking() ? 0 : now - since;
    }

    /** Of those that nothing happened to some are enough, unless there is something to explain. */
    boolean isWorthReading() {
        boolean asItShould = isEnded() && state().outcome().verdict() == ReleaseOutcome.PROMOTED && endedAt < USUAL;
        return delayed || pressed || !asItShould || universe.random.nextInt(8) == 0;
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

    // --- what is wrong with it ---

    void trouble(Port port, Manner manner) {
        lied |= port == Port.ROUTER && manner == Manner.WRONG;
        manners.begin(port, manner);
    }

    void well(Port port, Manner manner) {
        manners.end(port, manner);
        if (port == Port.BODY) {
            pipeline.goOn();
        }
    }

    /** A fault begins that meets it. */
    void disturbed(FaultKind kind) {
        // others keep the lanes busy: whoever is well itself waits, and is not hurt
        faultless &= kind == FaultKind.CROWDED && contract != Contracts.CHECKED;
        delayed = true;
        active++;
        calmSince = Long.MAX_VALUE;
        calms(kind).forEach(Calm::disturbed);
        spoiled |= kind.spoilsProcedure();
        sleepy |= kind == FaultKind.SLEEPY_THREADS;
        stopped |= kind.stopsTime();
        // each alone is no excuse
        starved |= kind == FaultKind.NO_THREADS || kind == FaultKind.SLOW_THREADS || sleepy && stopped;
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
        if (kind.hindersSight()) {
            calms.add(sight);
        }
        return calms;
    }

    // --- what it does ---

    void asked() {
        asked = universe.nanos();
    }

    /** The router has said where the traffic is: it is watched again. */
    void goesOn() {
        takenUpAt = universe.nanos();
        asked();
    }

    /** @param weight NaN for a reading */
    void tried(double weight) {
        tried = universe.nanos();
        if (Double.isNaN(weight)) {
            return;
        }
        State now = lives.now();
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
        if (weight > 0 && isAsking()) {
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

    void called() {
        callsTaken++;
    }

    /** A Pipeline body is asked for. */
    void runBody(Effect.RunBody body, Manner manner) {
        if (!pipeline.run(body, manner)) {
            return;
        }
        if (body.phase() < 0) {
            triesBack++;
        } else if (isAsking()) {
            broken("nobody goes on before the router was asked", "a body of phase " + body.phase());
        }
        moved |= body.weight() > 0;
    }

    /** An action of the procedure that needs no body. */
    void act(ActionSpec action) {
        if (action.mayMoveUsers()) {
            triesBack++;
            service.shift(0);
        }
    }

    void clean() throws IOException {
        disk.crash();
        SimulatedDisk.delete(journal);
    }
}
