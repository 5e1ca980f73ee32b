// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

/** The calls of a lane that are under way, and whether one more may join them. Not safe for several threads. */
final class UnderWay {
    /** A call that takes more than this part of its time is slow: whatever hangs now hung a moment ago. */
    private static final int SLOW = 5;

    private final LaneLimits limits;
    private final Workers.Share threads;
    private final Tally destinations = new Tally();
    private final Tally releases = new Tally();
    private final Tally overdueOfDestinations = new Tally();
    private final Tally overdueOfReleases = new Tally();

    /** Whose last call was slow. */
    private final RecentNames slow = new RecentNames();

    /** Whose last call had parts that had to wait. */
    private final RecentNames blocking = new RecentNames();

    private int running;
    private int overdue;
    private int threadsOfSlow;

    UnderWay(LaneLimits limits, Workers.Share threads) {
        this.limits = limits;
        this.threads = threads;
    }

    int running() {
        return running;
    }

    int overdue() {
        return overdue;
    }

    /** Whether calls that are overdue have all of its share: nothing begins there before one of them has ended. */
    boolean isStuck(LaneCall<?> call) {
        return isAll(overdueOfDestinations, call.place.destination(), limits.perDestination())
                || isAll(overdueOfReleases, call.place.release(), limits.perRelease());
    }

    private boolean isAll(Tally tally, String name, int most) {
        return tally.calls(name) >= most || tally.threads(name) >= threads.part();
    }

    /** Whether it may begin now; takes the thread that it begins on. */
    boolean admits(LaneCall<?> call) {
        String to = call.place.destination();
        String of = call.place.release();
        int part = threads.part();
        boolean may = running < limits.atOnce()
                && destinations.calls(to) < limits.perDestination()
                && releases.calls(of) < limits.perRelease()
                && destinations.threads(to) < part
                && releases.threads(of) < part
                && (threadsOfSlow < part || !slow.has(to));
        if (!may) {
            return false;
        }
        call.keepsThread = call.work.isBlocking() || call.wantsThread || blocking.has(to);
        call.hold = call.keepsThread ? threads.take() : threads.takeBriefly();
        return call.hold != null;
    }

    void add(LaneCall<?> call) {
        call.onThread = true;
        call.slow = slow.has(call.place.destination());
        count(call, 1, 1);
    }

    /** It is past its deadline and has not ended. */
    void outlivesItsTime(LaneCall<?> call) {
        call.overdue = true;
        countOverdue(call, 1, call.onThread ? 1 : 0);
    }

    /** It goes on without a thread. */
    void leaveThread(LaneCall<?> call) {
        count(call, 0, -1);
        call.onThread = false;
    }

    void remove(LaneCall<?> call) {
        count(call, -1, call.onThread ? -1 : 0);
    }

    private void count(LaneCall<?> call, int calls, int held) {
        running += calls;
        threadsOfSlow += call.slow ? held : 0;
        destinations.change(call.place.destination(), calls, held);
        releases.change(call.place.release(), calls, held);
        if (call.overdue) {
            countOverdue(call, calls, held);
        }
    }

    private void countOverdue(LaneCall<?> call, int calls, int held) {
        overdue += calls;
        overdueOfDestinations.change(call.place.destination(), calls, held);
        overdueOfReleases.change(call.place.release(), calls, held);
    }

    /** How long the destination let one wait. */
    void took(LaneCall<?> call, long nanos) {
        slow.note(call.place.destination(), nanos > call.limit.dividedBy(SLOW).toNanos());
    }

    /** Whether the call had parts that had to wait. */
    void blocked(LaneCall<?> call, boolean so) {
        blocking.note(call.place.destination(), so);
    }
}
