// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Threads that really wait, and of which one at a time runs: whoever waits gives the turn back. So what blocks can be simulated, in
 * the same order each time.
 */
final class Strands {
    private static final ThreadLocal<Strand> CURRENT = new ThreadLocal<>();

    private final Deque<Strand> idle = new ArrayDeque<>();
    private final List<Strand> waiting = new ArrayList<>();
    private final Semaphore back = new Semaphore(0);
    private boolean dead;

    /** The process ended while this waited. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("the process was killed", null, false, false);
        }
    }

    private final class Strand extends Thread {
        private final Semaphore turn = new Semaphore(0);
        private Runnable task;

        Strand() {
            super("strand");
            setDaemon(true);
        }

        @Override
        public void run() {
            CURRENT.set(this);
            turn.acquireUninterruptibly();
            while (task != null) {
                try {
                    task.run();
                } catch (Killed e) {
                    // nobody is left to hear of it
                } finally {
                    task = null;
                    Thread.interrupted();
                    idle.add(this);
                    back.release();
                }
                turn.acquireUninterruptibly();
            }
        }

        private Strands owner() {
            return Strands.this;
        }
    }

    /** Has it done on a thread of its own; returns when it has ended, or waits. */
    void run(Runnable task) {
        Strand strand = idle.poll();
        if (strand == null) {
            strand = new Strand();
            strand.start();
        }
        strand.task = task;
        give(strand);
    }

    private void give(Strand strand) {
        strand.turn.release();
        back.acquireUninterruptibly();
    }

    /** Whether the caller is on one of these threads, and may wait. */
    static boolean mayWait() {
        return CURRENT.get() != null;
    }

    /** Keeps the thread until that is so; heeds interrupts where {@code interruptible}. */
    static void await(BooleanSupplier over, boolean interruptible) throws InterruptedException {
        Strand strand = CURRENT.get();
        Strands all = strand.owner();
        while (!over.getAsBoolean()) {
            if (interruptible && Thread.interrupted()) {
                throw new InterruptedException("for a simulation");
            }
            if (all.dead) {
                throw new Killed();
            }
            all.waiting.add(strand);
            all.back.release();
            strand.turn.acquireUninterruptibly();
        }
        if (all.dead) {
            throw new Killed();
        }
    }

    /** Lets all that wait see whether they still have to. */
    void look() {
        for (Strand strand : List.copyOf(waiting)) {
            if (waiting.remove(strand)) {
                give(strand);
            }
        }
    }

    /** Nothing of it is done any more. */
    void die() {
        dead = true;
        look();
    }

    /** Ends the threads. */
    void close() {
        die();
        for (Strand strand = idle.poll(); strand != null; strand = idle.poll()) {
            strand.turn.release();
        }
    }
}
