// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.rollout.runner.Lanes;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * One life of a controller's process: its time, its threads and the lanes on them. Dies between any two steps, and nothing of it is
 * done any more.
 */
final class Controller implements Timer {
    private static final long ORIGIN = 1_000_000_000_000L;

    /** No deadline of a call, which is set where others wait. */
    private static final Duration ALARM = Duration.ofSeconds(1);

    private static final int SELDOM = 5;

    private final Universe universe;
    private final PriorityQueue<Universe.Due> due = new PriorityQueue<>(Universe.Due.ORDER);
    private long asleep;
    private long frozenUntil = Long.MIN_VALUE;
    private Duration clockOff;
    private boolean dead;
    /** No thread can be made. */
    boolean noThreads;
    /** Whether threads sleep where they have just set an alarm. */
    boolean threadsSleep;
    /** How long a thread may take until it runs. */
    Duration threadsTake = Duration.ZERO;

    final Lanes lanes;
    final ReleaseClock clock = new ReleaseClock() {
        @Override
        public Instant now() {
            return wall();
        }

        @Override
        public Instant wall() {
            return universe.now().plus(clockOff);
        }
    };

    /** Null where nothing waits on its thread. */
    private final Strands strands;

    /**
     * @param threads whether what waits keeps a thread
     * @param clockOff how far the machine's clock is ahead of the true time
     */
    Controller(Universe universe, boolean threads, Duration clockOff) {
        this.universe = universe;
        this.strands = threads ? new Strands() : null;
        this.clockOff = clockOff;
        lanes = new Lanes(this::execute, this::executeWaiting, this::executeWaiting, this);
    }

    private void execute(Runnable work) {
        if (noThreads) {
            throw new OutOfMemoryError("unable to create native thread, for a simulation");
        }
        due(threadsTake.isZero() ? Duration.ZERO : universe.between(0, threadsTake.toMillis()), work);
    }

    private void executeWaiting(Runnable work) {
        execute(strands == null ? work : () -> strands.run(work));
    }

    boolean hasThreads() {
        return strands != null;
    }

    /** Lets threads that wait see whether they still have to. */
    void look() {
        if (strands != null && !dead && universe.nanos() >= frozenUntil) {
            strands.look();
        }
    }

    // --- its time ---

    @Override
    public long nanos() {
        return ORIGIN + universe.nanos() - asleep;
    }

    @Override
    public Scheduled schedule(Duration after, Runnable work) {
        Scheduled alarm = due(after, work);
        if (threadsSleep
                && !dead
                && !universe.isPassing()
                && !after.isZero()
                && after.compareTo(ALARM) <= 0
                && universe.random.nextInt(SELDOM) == 0
                && !isLocked()) {
            universe.pass(after.plus(universe.between(0, 2000)));
        }
        return alarm;
    }

    /** Lanes set alarms while they hold what the alarm needs: it would have to wait. So does who has the turn of those that wait. */
    private static boolean isLocked() {
        return Strands.mayWait()
                || StackWalker.getInstance()
                        .walk(frames ->
                                frames.anyMatch(f -> f.getClassName().startsWith(Timer.class.getPackageName())));
    }

    private Scheduled due(Duration after, Runnable work) {
        Universe.Due one = new Universe.Due(nanos() + Math.max(0, after.toNanos()), universe.order(), work);
        due.add(one);
        return () -> due.remove(one);
    }

    /** When it next does something, in the universe's time. */
    long next() {
        if (dead || due.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return Math.max(due.peek().at() - ORIGIN + asleep, frozenUntil);
    }

    void doNext() {
        due.remove().work().run();
    }

    /** An answer of the world, which it hears as soon as it runs. */
    void hear(Runnable answer) {
        if (!dead) {
            schedule(Duration.ZERO, answer);
        }
    }

    // --- what happens to it ---

    /** The machine is suspended: no time passes for the process, but on the wall. */
    void suspend(Duration time) {
        long from = Math.max(frozenUntil, universe.nanos());
        stall(time);
        // what was due then is due as much later
        asleep += Math.max(0, frozenUntil - from);
    }

    /** Nothing of it runs for a time. */
    void stall(Duration time) {
        frozenUntil = Math.max(frozenUntil, universe.nanos() + time.toNanos());
    }

    void setClock(Duration by) {
        clockOff = clockOff.plus(by);
    }

    Duration clockOff() {
        return clockOff;
    }

    void die() {
        dead = true;
        due.clear();
        if (strands != null) {
            strands.close();
        }
    }

    boolean isDead() {
        return dead;
    }
}
