// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that lanes share. Some are kept for each lane, and the rest is whose comes first; but fewer than that are at work while none is
 * held for long: lanes take turns at those. Whoever holds a thread for a second is late and keeps it, and another has its place. One thread
 * is left over for beginning calls that hold none. Safe for several threads.
 */
public final class Workers {
    private static final Duration LATE = Duration.ofSeconds(1);

    /** Beside the lanes' own: calls that are given up must be told so whatever hangs. */
    private static final int CANCELLING = 2;

    private final int threads;
    private final int usual;
    private final Executor executor;
    private final Timer timer;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final Cancelling cancelling;

    /** Held for less than a second; the oldest first. */
    private final Deque<Hold> prompt = new ArrayDeque<>();

    private int late;
    private int mostLate;
    private int places;
    private int placesTaken;
    private int common;
    private int commonTaken;
    private boolean spareTaken;
    private boolean waking;

    /** All threads are at work where they are needed. */
    public Workers(int threads, Executor executor, Timer timer) {
        this(threads, threads, executor, timer);
    }

    /**
     * @param threads how many lanes hold at most, at least two
     * @param usual how many of those at once while none is held for long, at least two
     * @param executor which may refuse at any time: what it refuses is tried again
     */
    public Workers(int threads, int usual, Executor executor, Timer timer) {
        if (usual < 2 || threads < usual) {
            throw new IllegalArgumentException("two threads at least, not " + usual + " of " + threads);
        }
        this.threads = threads;
        this.usual = usual;
        this.executor = executor;
        this.timer = timer;
        this.common = threads - 1;
        this.places = usual - 1;
        Share cancels = new Share(CANCELLING, CANCELLING, 0);
        cancelling = new Cancelling(cancels, timer);
        shares.add(cancels);
    }

    /**
     * A lane's part.
     *
     * @param kept threads that no other lane gets
     * @param most threads that the lane may hold where others leave them free, at least one
     * @throws IllegalArgumentException more would be kept than there are
     */
    public Share share(int kept, int most) {
        return share(kept, most, 0);
    }

    /** The part of a lane that waits for no other: one of the usual threads is its own. */
    public Share urgentShare(int kept, int most) {
        return share(kept, most, 1);
    }

    private synchronized Share share(int kept, int most, int reserved) {
        if (kept < 0 || kept > common || most < Math.max(1, kept) || reserved > kept || reserved >= places) {
            throw new IllegalArgumentException(kept + " of " + common + " threads can't be kept, up to " + most);
        }
        common -= kept;
        places -= reserved;
        Share share = new Share(kept, most, reserved);
        shares.add(share);
        return share;
    }

    /** How many threads may be needed now: the usual ones, and those that are held for long. */
    public synchronized int needed() {
        return Math.min(threads + CANCELLING, usual + late);
    }

    /** How many were held for long at once, at most: so many threads there have been beyond the usual ones. */
    public synchronized int mostLate() {
        return mostLate;
    }

    /** Takes one of the places, if there is one for a lane that has so many already: no lane has all of them. */
    private synchronized boolean takePlace(int already) {
        if (placesTaken >= places || already >= Math.max(1, places - 1)) {
            return false;
        }
        placesTaken++;
        return true;
    }

    private synchronized void givePlaceBack() {
        placesTaken--;
    }

    private void freed() {
        int first = Math.floorMod(turns.getAndIncrement(), shares.size());
        for (int i = 0; i < shares.size(); i++) {
            shares.get((first + i) % shares.size()).whenFree.run();
        }
    }

    // --- with the lock ---

    /** Whether somebody has become late. */
    private boolean relieve() {
        boolean any = false;
        long now = timer.nanos();
        while (!prompt.isEmpty() && now - prompt.peekFirst().since >= LATE.toNanos()) {
            Hold oldest = prompt.removeFirst();
            oldest.leavePlace();
            oldest.isLate = true;
            late++;
            mostLate = Math.max(mostLate, late);
            any = true;
        }
        return any;
    }

    /** Somebody waits for a place: there will be one when the oldest hold is late. */
    private void wakeThen() {
        if (waking || prompt.isEmpty()) {
            return;
        }
        waking = true;
        long in = LATE.toNanos() - (timer.nanos() - prompt.peekFirst().since);
        timer.schedule(Duration.ofNanos(Math.max(1, in)), () -> {
            synchronized (this) {
                waking = false;
            }
            freed();
        });
    }

    private enum Seat {
        PLACE,
        RESERVED,
        SPARE
    }

    /** A thread that is held. */
    final class Hold {
        private final Share share;
        private final Seat seat;
        private final long since = timer.nanos();
        private boolean isLate;

        private Hold(Share share, Seat seat) {
            this.share = share;
            this.seat = seat;
        }

        void giveBack() {
            synchronized (Workers.this) {
                if (seat == Seat.SPARE) {
                    spareTaken = false;
                } else {
                    leave();
                }
            }
            freed();
        }

        private void leave() {
            commonTaken -= share.held > share.kept ? 1 : 0;
            share.held--;
            if (isLate) {
                late--;
            } else {
                prompt.remove(this);
                leavePlace();
            }
        }

        private void leavePlace() {
            if (seat == Seat.RESERVED) {
                share.reservedTaken--;
            } else {
                share.placesTaken--;
                givePlaceBack();
            }
        }
    }

    /** One lane's part of the threads. */
    public final class Share {
        private final int kept;
        private final int most;
        private final int reserved;
        private int held;
        private int reservedTaken;
        private int placesTaken;
        private Runnable whenFree = () -> {};

        private Share(int kept, int most, int reserved) {
            this.kept = kept;
            this.most = most;
            this.reserved = reserved;
        }

        /** What one destination, one release, or all that were slow of late may hold at once of it. */
        int part() {
            return Math.max(1, most / 2);
        }

        Executor executor() {
            return executor;
        }

        Cancelling cancelling() {
            return cancelling;
        }

        void whenFree(Runnable then) {
            whenFree = then;
        }

        /** Takes a thread for a call that holds it to its end; null where there is none for it now. */
        Hold take() {
            synchronized (Workers.this) {
                boolean own = held < kept;
                if (!own && (held >= most || commonTaken >= common)) {
                    return null;
                }
                Seat seat = seat();
                if (seat == null) {
                    wakeThen();
                    return null;
                }
                held++;
                commonTaken += own ? 0 : 1;
                Hold hold = new Hold(this, seat);
                prompt.addLast(hold);
                return hold;
            }
        }

        private Seat seat() {
            if (reservedTaken < reserved) {
                reservedTaken++;
                return Seat.RESERVED;
            }
            if (takePlace(placesTaken)) {
                placesTaken++;
                return Seat.PLACE;
            }
            return relieve() ? seat() : null;
        }

        /** Takes a thread for the moment in which a call begins that holds none: one of the lane's own, or the one left over. */
        Hold takeBriefly() {
            synchronized (Workers.this) {
                Hold own = take();
                if (own != null || spareTaken) {
                    return own;
                }
                spareTaken = true;
                return new Hold(this, Seat.SPARE);
            }
        }
    }
}
