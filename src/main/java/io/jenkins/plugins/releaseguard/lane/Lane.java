// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Calls to the world of one sort, each in its turn. Releases take turns, and a call whose destination or release has its share
 * under way already is in nobody's way. A deadline begins when its call does; a call that outlives it is cancelled and answered for,
 * and counts until it has really ended; where such calls have all of a share, what waits for it is answered for at its own time's end: that
 * silence isn't our lateness. A thread that can't be had is nobody's answer: the call stays where it is and is tried again.
 * Holds no thread itself; all methods return at once and may be called from any thread.
 */
public final class Lane {
    private static final Logger LOGGER = Logger.getLogger(Lane.class.getName());
    private static final Duration BEFORE_RETRY = Duration.ofMillis(250);
    private static final double MOSTLY = 0.99;

    /** A call that was asked for. */
    public interface Pending {
        /** Nobody wants it any more: it is cancelled and not answered for. */
        void drop();

        /** How long it has waited, or waited, for its turn: our own lateness, without what calls that never end let it wait. */
        Duration waited();
    }

    private final String name;
    private final Workers.Share threads;
    private final Timer timer;
    private final FairQueue<LaneCall<?>> queue = new FairQueue<>();
    private final UnderWay underWay;
    private final QueueWaits waits = new QueueWaits();
    private final Cancelling cancelling;
    private final CallDeadlines deadlines;
    private boolean withoutThreads;

    /** @param threads whose executor must not run work before it returns */
    public Lane(String name, LaneLimits limits, Workers.Share threads, Timer timer) {
        this.name = name;
        this.threads = threads;
        this.timer = timer;
        this.underWay = new UnderWay(limits, threads);
        this.cancelling = threads.cancelling();
        this.deadlines = new CallDeadlines(this, queue, underWay, cancelling, timer);
        threads.whenFree(this::pump);
    }

    /**
     * Asks for a call.
     *
     * @param limit from when it begins, above zero
     */
    public <T> Pending ask(Place place, Duration limit, Work<T> work, Answer<T> answer) {
        LaneCall<T> call = new LaneCall<>(place, limit, work, answer, timer.nanos());
        synchronized (this) {
            queue.add(place.release(), call);
            deadlines.waits(call);
        }
        pump();
        return new Pending() {
            @Override
            public void drop() {
                Lane.this.drop(call);
            }

            @Override
            public Duration waited() {
                return Lane.this.waited(call);
            }
        };
    }

    public synchronized LaneLoad load() {
        long now = timer.nanos();
        long oldest = 0;
        for (Deque<LaneCall<?>> release : queue.releases()) {
            oldest = Math.max(oldest, now - release.peekFirst().asked);
        }
        long[] recent = waits.recent(now);
        return new LaneLoad(
                name,
                underWay.running(),
                underWay.overdue(),
                queue.size(),
                Duration.ofNanos(oldest),
                QueueWaits.quantile(recent, MOSTLY),
                QueueWaits.quantile(recent, 1));
    }

    private synchronized Duration waited(LaneCall<?> call) {
        return Duration.ofNanos(call.waited(timer.nanos()));
    }

    // --- whose turn it is ---

    private void pump() {
        LaneCall<?> next;
        while ((next = take()) != null) {
            hand(next);
        }
    }

    private synchronized LaneCall<?> take() {
        if (withoutThreads) {
            return null;
        }
        LaneCall<?> next = queue.take(underWay::admits);
        if (next != null) {
            next.stage = LaneCall.Stage.UNDER_WAY;
            underWay.add(next);
        }
        return next;
    }

    private void hand(LaneCall<?> call) {
        // an executor may keep what it refuses: a call that was put back must not come twice
        AtomicBoolean claimed = new AtomicBoolean();
        try {
            threads.executor().execute(() -> {
                if (claimed.compareAndSet(false, true)) {
                    run(call);
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "No thread for " + name, e);
            putBack(call, claimed);
        } catch (OutOfMemoryError e) {
            // also says that no thread could be made
            LOGGER.log(Level.SEVERE, "No thread for " + name + "; it is tried again", e);
            putBack(call, claimed);
        }
    }

    private void putBack(LaneCall<?> call, AtomicBoolean claimed) {
        if (!claimed.compareAndSet(false, true)) {
            return;
        }
        Runnable giveBack;
        synchronized (this) {
            withoutThreads = true;
            giveBack = letGo(call);
            waitAgain(call);
        }
        giveBack.run();
        timer.schedule(BEFORE_RETRY, () -> {
            synchronized (this) {
                withoutThreads = false;
            }
            pump();
        });
    }

    // --- the call itself ---

    private <T> void run(LaneCall<T> call) {
        if (!begin(call)) {
            end(call, null, null);
            return;
        }
        T value = null;
        CompletionStage<T> result = null;
        Throwable error = null;
        try {
            if (call.work.isBlocking()) {
                value = call.work.call();
            } else {
                result = start(call);
            }
        } catch (Exception | Error e) {
            // whatever it is, also of another plugin that isn't whole: nobody should wait for the deadline to hear of
            // it
            error = e;
        }
        synchronized (this) {
            call.leave();
        }
        if (result != null) {
            goOn(call, result);
        } else {
            end(call, value, error);
        }
    }

    /** Begins it; a call that keeps its thread does its parts here. */
    private <T> CompletionStage<T> start(LaneCall<T> call) throws Exception {
        CompletionStage<T> result = call.work.begin(call.parts);
        if (result == null) {
            throw new IllegalStateException("the call gave nothing to wait for");
        }
        boolean cancelled;
        synchronized (this) {
            cancelled = call.began(result);
        }
        if (cancelled) {
            cancelling.cancel(result);
        }
        if (call.keepsThread) {
            try {
                call.parts.work(result);
            } catch (InterruptedException e) {
                LOGGER.log(Level.FINE, "Given up: a call to " + call.place.destination(), e);
            }
        }
        return result;
    }

    /** False for one that was dropped while it was handed over. */
    private synchronized boolean begin(LaneCall<?> call) {
        if (call.isSettled()) {
            return false;
        }
        call.begun = timer.nanos();
        if (!call.everBegun) {
            call.everBegun = true;
            call.firstBegun = call.begun;
            waits.add(call.begun, call.waited(call.begun));
        }
        call.parts = new Parts(call.keepsThread);
        deadlines.begins(call);
        call.enter();
        return true;
    }

    /** The call goes on without a thread, to its end. */
    private <T> void goOn(LaneCall<T> call, CompletionStage<T> result) {
        call.parts.close();
        synchronized (this) {
            underWay.leaveThread(call);
            deadlines.letGo(call);
        }
        call.hold.giveBack();
        result.whenComplete((value, error) -> end(call, value, error));
    }

    /**
     * Whether what found no memory, or no thread to wait on, is begun once more: our own want is not the world's refusal, but it isn't
     * borne for ever.
     */
    private boolean again(LaneCall<?> call, Throwable error) {
        boolean noThread = error != null && !call.keepsThread && call.parts != null && call.parts.wanted();
        boolean noMemory = Failure.cause(error) instanceof OutOfMemoryError;
        Runnable giveBack;
        synchronized (this) {
            boolean late = timer.nanos() - call.firstBegun >= call.limit.toNanos();
            if (call.stage != LaneCall.Stage.UNDER_WAY || call.isSettled() || !noThread && (!noMemory || late)) {
                return false;
            }
            call.deadline.cancel();
            call.wantsThread |= noThread;
            underWay.blocked(call, noThread);
            giveBack = letGo(call);
            if (noThread) {
                call.everBegun = false;
                waitAgain(call);
            }
        }
        giveBack.run();
        if (!noThread) {
            LOGGER.log(Level.SEVERE, "No memory for a call to " + call.place.destination(), error);
            timer.schedule(BEFORE_RETRY, () -> {
                synchronized (this) {
                    waitAgain(call);
                }
                pump();
            });
        }
        return true;
    }

    /** Its turn comes next in its release, unless nobody wants it any more. */
    private void waitAgain(LaneCall<?> call) {
        if (!call.isSettled()) {
            call.stage = LaneCall.Stage.WAITING;
            queue.addFirst(call.place.release(), call);
            deadlines.waits(call);
        }
    }

    /** @return what gives back what it held, outside of the lock */
    private Runnable letGo(LaneCall<?> call) {
        underWay.remove(call);
        call.stage = LaneCall.Stage.ENDED;
        return call.onThread ? call.hold::giveBack : this::pump;
    }

    private <T> void end(LaneCall<T> call, T value, Throwable error) {
        if (again(call, error)) {
            return;
        }
        long now = timer.nanos();
        Runnable giveBack;
        synchronized (this) {
            if (call.stage == LaneCall.Stage.ENDED) {
                return;
            }
            call.deadline.cancel();
            giveBack = letGo(call);
            deadlines.letGo(call);
            if (call.everBegun) {
                underWay.took(call, now - call.begun);
                underWay.blocked(call, call.work.isBlocking() || call.parts.wanted());
            }
        }
        if (call.settle()) {
            call.answer(value, Failure.of(error), now);
        }
        // last: its thread has nothing more to do, and takes what comes next
        giveBack.run();
    }

    private <T> void drop(LaneCall<T> call) {
        CompletionStage<T> result = null;
        synchronized (this) {
            if (!call.settle()) {
                return;
            }
            if (call.stage == LaneCall.Stage.WAITING) {
                queue.remove(call.place.release(), call);
                call.deadline.cancel();
            } else if (call.stage == LaneCall.Stage.UNDER_WAY) {
                // its deadline stays: it may not end
                result = call.cancel();
            }
        }
        cancelling.cancel(result);
    }
}
