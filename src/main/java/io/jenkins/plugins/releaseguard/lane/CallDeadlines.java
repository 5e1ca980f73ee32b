// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.util.concurrent.CompletionStage;

/**
 * When calls are answered for that nothing came of: at their deadline, and behind calls that don't end at theirs and have all of a
 * share, when as much time has passed again. What isn't said otherwise is called with the lane's lock.
 */
final class CallDeadlines {
    private final Object lock;
    private final FairQueue<LaneCall<?>> queue;
    private final UnderWay underWay;
    private final Cancelling cancelling;
    private final Timer timer;

    /** @param lock the lane's */
    CallDeadlines(Object lock, FairQueue<LaneCall<?>> queue, UnderWay underWay, Cancelling cancelling, Timer timer) {
        this.lock = lock;
        this.queue = queue;
        this.underWay = underWay;
        this.cancelling = cancelling;
        this.timer = timer;
    }

    void begins(LaneCall<?> call) {
        call.deadline = timer.schedule(call.limit, () -> expire(call));
    }

    /** It is in the queue; or there is news for it there. */
    void waits(LaneCall<?> call) {
        boolean stuck = underWay.isStuck(call);
        if (stuck != call.stuck) {
            call.stuck(stuck, timer.nanos());
            call.deadline.cancel();
            call.deadline = stuck ? timer.schedule(call.limit, () -> giveUp(call)) : () -> {};
        }
    }

    /** It takes less of its share now, or nothing. */
    void letGo(LaneCall<?> call) {
        if (call.overdue) {
            lookWhoIsStuck();
        }
    }

    private void lookWhoIsStuck() {
        queue.releases().forEach(calls -> calls.forEach(this::waits));
    }

    // --- without the lock ---

    private <T> void expire(LaneCall<T> call) {
        CompletionStage<T> result;
        synchronized (lock) {
            if (call.stage != LaneCall.Stage.UNDER_WAY || call.overdue) {
                return;
            }
            underWay.outlivesItsTime(call);
            underWay.took(call, timer.nanos() - call.begun);
            lookWhoIsStuck();
            if (!call.settle()) {
                // dropped, and cancelled then
                return;
            }
            result = call.cancel();
        }
        call.answerNothing("", timer.nanos());
        cancelling.cancel(result);
    }

    private void giveUp(LaneCall<?> call) {
        synchronized (lock) {
            if (!call.stuck || call.stage != LaneCall.Stage.WAITING || !call.settle()) {
                return;
            }
            queue.remove(call.place.release(), call);
            call.stage = LaneCall.Stage.ENDED;
        }
        call.answerNothing("; what was asked before has not ended", timer.nanos());
    }
}
