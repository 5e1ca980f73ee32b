// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One call on its way through a lane. What isn't final belongs to the lane's lock. */
final class LaneCall<T> {
    private static final Logger LOGGER = Logger.getLogger(LaneCall.class.getName());

    /** What a lane knows of a call. */
    enum Stage {
        WAITING,
        UNDER_WAY,
        ENDED
    }

    final Place place;
    final Duration limit;
    final Work<T> work;
    final long asked;
    private final Answer<T> answer;

    /** Answered for or dropped: nobody listens any more. */
    private final AtomicBoolean settled = new AtomicBoolean();

    Stage stage = Stage.WAITING;

    /** Whether its thread is its own to its end, or only until it has begun. */
    boolean keepsThread;

    /** Whether it is on its thread now. */
    boolean onThread;

    /** The thread that it is on, or was last. */
    Workers.Hold hold;

    /** It had to wait and had no thread for that. */
    boolean wantsThread;

    Parts parts;

    /** Counted among those that go to slow destinations. */
    boolean slow;

    boolean overdue;
    boolean everBegun;
    long firstBegun;
    long begun;
    Timer.Scheduled deadline = () -> {};

    /** Waits behind calls that are overdue and have all of its share: that is their silence, and not our lateness. */
    boolean stuck;

    private long stuckSince;
    private long stuckBefore;
    private Thread thread;
    private boolean interrupted;
    private boolean cancelled;
    private CompletionStage<T> result;

    LaneCall(Place place, Duration limit, Work<T> work, Answer<T> answer, long asked) {
        this.place = place;
        this.limit = limit;
        this.work = work;
        this.answer = answer;
        this.asked = asked;
    }

    boolean settle() {
        return settled.compareAndSet(false, true);
    }

    boolean isSettled() {
        return settled.get();
    }

    /** Only by whoever settled it. */
    void answer(T value, Exception error, long now) {
        try {
            answer.answered(
                    value,
                    error,
                    new Answer.Times(
                            Duration.ofNanos(waited(now)), Duration.ofNanos(now - (stuck ? stuckSince : begun))));
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "What came of a call to " + place.destination() + " was not taken", e);
        }
    }

    /** The same, at the end of its time. */
    void answerNothing(String why, long now) {
        answer(null, new TimeoutException("no answer within " + limit.toMillis() / 1000.0 + " s" + why), now);
    }

    void stuck(boolean so, long now) {
        if (so) {
            stuckSince = now;
        } else {
            stuckBefore += everBegun ? 0 : now - stuckSince;
        }
        stuck = so;
    }

    /** In nanoseconds, how long its turn was, or is, late by us. */
    long waited(long now) {
        return everBegun ? firstBegun - asked - stuckBefore : (stuck ? stuckSince : now) - asked - stuckBefore;
    }

    /** The thread that works on it; interrupted if the call was cancelled in between. */
    void enter() {
        thread = Thread.currentThread();
        if (cancelled) {
            interrupt();
        }
    }

    /** No interrupt of ours reaches the thread any more, nor stays behind on it. */
    void leave() {
        thread = null;
        if (interrupted) {
            Thread.interrupted();
            interrupted = false;
        }
    }

    /** @return what is to be cancelled as well; null for nothing */
    CompletionStage<T> cancel() {
        cancelled = true;
        if (parts != null) {
            parts.giveUp();
        }
        if (thread != null) {
            interrupt();
        }
        return result;
    }

    /** @return whether it was cancelled before there was anything to cancel */
    boolean began(CompletionStage<T> stage) {
        result = stage;
        return cancelled;
    }

    private void interrupt() {
        interrupted = true;
        thread.interrupt();
    }
}
