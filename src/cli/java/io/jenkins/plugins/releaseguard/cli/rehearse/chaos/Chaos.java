// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.FaultKind.Manner;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.FaultKind.Port;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.VirtualClock;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.World;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What is wrong now. Waits for the moments of a schedule's faults, has them begin and end, and tells of both. */
public final class Chaos implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Chaos.class.getName());

    /** The process that drives the release, as far as it can be killed from inside; called from the chaos' own thread. */
    public interface Controller {
        /** Nothing of it goes on, and what it had not forced to the disk is lost. */
        void kill() throws IOException;

        /** Another goes on from the record. */
        void startAgain() throws IOException;
    }

    /** A fault that has begun; {@code to} is null while it lasts. Times are the wall's. */
    public record Strike(Fault fault, Instant from, Instant to) {}

    private record Active(Fault fault, Instant from, long endNanos) {}

    private final VirtualClock clock;
    private final Timer timer;
    private final Supplier<Instant> wall;
    private final BiConsumer<Instant, String> tell;
    private final ServiceTrouble service;
    private final Controller controller;
    private final Random random;
    private final List<Fault> waiting;
    private final List<Active> active = new ArrayList<>();
    private final List<Strike> strikes = new ArrayList<>();
    private final List<Runnable> parked = new ArrayList<>();
    private final ExecutorService own = Executors.newSingleThreadExecutor(Chaos::thread);
    private final ExecutorService calls = Executors.newCachedThreadPool(Chaos::thread);
    private boolean flap;

    /**
     * @param timer the rehearsal's
     * @param wall what stands for the clock on the wall in it
     * @param tell gets a line when a fault begins, and one when it ends
     */
    public Chaos(
            Schedule schedule,
            World world,
            VirtualClock clock,
            Timer timer,
            Supplier<Instant> wall,
            BiConsumer<Instant, String> tell,
            Controller controller) {
        this.clock = clock;
        this.timer = timer;
        this.wall = wall;
        this.tell = tell;
        this.service = new ServiceTrouble(world);
        this.controller = controller;
        this.random = new Random(schedule.seed());
        this.waiting = new ArrayList<>(schedule.faults());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "rehearsal-chaos");
        thread.setDaemon(true);
        return thread;
    }

    /** For calls that begin late. */
    Executor calls() {
        return calls;
    }

    /** What struck before an interruption doesn't strike again: nobody knows how long it would have lasted. */
    public synchronized void skip(Plan plan, List<Stamped> past) {
        State state = State.NEW;
        for (Stamped stamped : past) {
            state = Fold.apply(plan, state, stamped);
            State passed = state;
            waiting.removeIf(fault -> fault.isMetBy(passed));
        }
    }

    /** Where the release stands now. */
    void observe(State state) {
        List<Fault> met = new ArrayList<>();
        synchronized (this) {
            waiting.removeIf(fault -> fault.isMetBy(state) && met.add(fault));
            for (Fault fault : met) {
                // what is no call's may need what this thread holds
                if (fault.after().isZero() && fault.kind().port != null) {
                    begin(fault);
                } else {
                    later(clock.onTheWall(fault.after()), () -> begin(fault));
                }
            }
        }
    }

    private void begin(Fault fault) {
        Duration lasts = clock.onTheWall(fault.lasts());
        synchronized (this) {
            Active one = new Active(fault, wall.get(), System.nanoTime() + lasts.toNanos());
            if (!fault.lasts().isZero()) {
                active.add(one);
            }
            tell.accept(one.from(), "CHAOS    " + fault.kind() + length(fault, lasts) + " [" + fault.when() + "]");
            if (fault.lasts().isZero()) {
                strikes.add(new Strike(fault, one.from(), one.from()));
            } else if (!fault.lasts().equals(Fault.FOR_GOOD)) {
                later(lasts, () -> end(one));
            }
        }
        if (fault.kind().port == null) {
            strike(fault.kind());
        }
    }

    private String length(Fault fault, Duration lasts) {
        boolean here =
                clock.speed() > 1 && !fault.length().isEmpty() && !fault.lasts().equals(Fault.FOR_GOOD);
        return fault.length() + (here ? " (" + Span.text(lasts) + " here)" : "");
    }

    private void end(Active one) {
        if (one.fault().kind().port == null) {
            relieve(one.fault().kind());
        }
        List<Runnable> waited;
        synchronized (this) {
            active.remove(one);
            Instant now = wall.get();
            strikes.add(new Strike(one.fault(), one.from(), now));
            waited = new ArrayList<>(parked);
            parked.clear();
            tell.accept(now, "CHAOS    over: " + one.fault().kind());
        }
        waited.forEach(Runnable::run);
    }

    private void strike(FaultKind kind) {
        try {
            if (kind == FaultKind.KILL) {
                controller.kill();
            } else {
                service.begins(kind, this);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.SEVERE, "The chaos itself failed to begin", e);
        }
    }

    private void relieve(FaultKind kind) {
        try {
            if (kind == FaultKind.KILL) {
                controller.startAgain();
            } else {
                service.ends(kind);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.SEVERE, "The chaos itself failed to end", e);
        }
    }

    /** How a port behaves: by what struck it last; null where nothing is wrong with it. */
    synchronized Manner manner(Port port) {
        for (int i = active.size() - 1; i >= 0; i--) {
            FaultKind kind = active.get(i).fault().kind();
            if (kind.port == port) {
                if (kind.manner != Manner.FLAPPING) {
                    return kind.manner;
                }
                flap = !flap;
                return flap ? Manner.REFUSED : null;
            }
        }
        return null;
    }

    synchronized boolean is(FaultKind kind) {
        return active.stream().anyMatch(a -> a.fault().kind() == kind);
    }

    /** Has a call that hangs go on when a fault ends. */
    synchronized void park(Runnable call) {
        parked.add(call);
    }

    /** Keeps this thread until a fault is over; returns at once where it is not there. */
    void hang(FaultKind kind) {
        for (long left = left(kind); left > 0 && !Thread.currentThread().isInterrupted(); left = left(kind)) {
            LockSupport.parkNanos(left);
        }
    }

    /** Not by its end, which may be late: who hangs may be who should end it. */
    private synchronized long left(FaultKind kind) {
        return active.stream()
                .filter(a -> a.fault().kind() == kind)
                .mapToLong(a -> a.endNanos() - System.nanoTime())
                .max()
                .orElse(0);
    }

    /** A number below {@code bound}. */
    synchronized int random(int bound) {
        return random.nextInt(bound);
    }

    /** On the chaos' own thread. */
    void later(Duration in, Runnable what) {
        timer.schedule(in, () -> {
            try {
                own.execute(what);
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "The rehearsal is over", e);
            }
        });
    }

    /** What has struck, in the order of its beginning. */
    public synchronized List<Strike> strikes() {
        List<Strike> all = new ArrayList<>(strikes);
        active.forEach(a -> all.add(new Strike(a.fault(), a.from(), null)));
        all.sort((a, b) -> a.from().compareTo(b.from()));
        return List.copyOf(all);
    }

    @Override
    public void close() {
        own.shutdownNow();
        calls.shutdownNow();
    }
}
