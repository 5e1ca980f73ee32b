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
 * Threads that lanes share. Some are kept for each lane, and the rest is whose comes first; but fewer than that are at work while nothing
 * hangs: lanes take turns at those. Whoever holds a thread for a second is late and keeps it, and another has its place; what may take its
 * time, as checks do, is late after ten, and leaves the last place to what is short. So threads beyond the usual ones are for what hangs, and
 * what is kept for the lanes bounds them. One thread is left over for beginning calls that hold none. Safe for several threads.
 */
public final class Workers {
    /** Beside the lanes' own: calls that are given up must be told so whatever hangs. */
    private static final int CANCELLING = 2;

    /** Places of one lane that may take its time. */
    private static final int PATIENT = 2;

    private int threads;
    private int usual;
    private final Executor executor;
    private final Timer timer;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final Cancelling cancelling;

    /** Not late yet; the oldest first. */
    private final Deque<Hold> prompt = new ArrayDeque<>();

    /** The same of what may take its time. */
    private final Deque<Hold> patient = new ArrayDeque<>();

    private int late;
    private int mostLate;
    private int places;
    private int placesTaken;
    private int common;
    private int commonTaken;
    private boolean spareTaken;
    private boolean waking;
    private long wakesAt;

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
        Share cancels = new Share(CANCELLING, CANCELLING, Pace.USUAL);
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
        return share(Pace.USUAL, kept, most);
    }

    /** The same for calls of another sort. */
    public synchronized Share share(Pace pace, int kept, int most) {
        int reserved = pace == Pace.URGENT ? 1 : 0;
        if (kept < 0 || kept > common || most < Math.max(1, kept) || reserved > kept || reserved >= places) {
            throw new IllegalArgumentException(kept + " of " + common + " threads can't be kept, up to " + most);
        }
        common -= kept;
        places -= reserved;
        Share share = new Share(kept, most, pace);
        shares.add(share);
        return share;
    }

    /**
     * The part of a lane that was not foreseen: its threads come to those that there are.
     *
     * @param most that the lane may hold, all of them kept for it; an urgent one brings the one that is always its own, for others there are
     *     no more at work while nothing hangs
     */
    public synchronized Share further(Pace pace, int most) {
        threads += most;
        common += most;
        usual += pace == Pace.URGENT ? 1 : 0;
        places += pace == Pace.URGENT ? 1 : 0;
        return share(pace, most, most);
    }

    /** How many threads beyond the usual ones there may be at most, whatever hangs. */
    public synchronized int mayBeLate() {
        return threads + CANCELLING - usual;
    }

    /** How many are held for long now, each by what hangs. */
    public synchronized int late() {
        return late;
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

    /** Whether those who may take their time leave one to others. */
    private synchronized boolean leavePlace() {
        return patient.size() < Math.max(1, places - 1);
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

    /** Whether somebody of them has become late. */
    private boolean relieve(List<Deque<Hold>> of) {
        boolean any = false;
        for (Deque<Hold> holds : of) {
            while (!holds.isEmpty() && holds.peekFirst().left() <= 0) {
                Hold oldest = holds.removeFirst();
                oldest.leavePlace();
                oldest.isLate = true;
                late++;
                mostLate = Math.max(mostLate, late);
                any = true;
            }
        }
        return any;
    }

    /** Somebody waits for a place of theirs: there will be one when the next hold is late. */
    private void wakeThen(List<Deque<Hold>> of) {
        of.stream()
                .filter(holds -> !holds.isEmpty())
                .map(holds -> Math.max(1, holds.peekFirst().left()))
                .min(Long::compare)
                .ifPresent(this::wakeIn);
    }

    private synchronized void wakeIn(long nanos) {
        long at = timer.nanos() + nanos;
        if (waking && wakesAt - at <= 0) {
            return;
        }
        waking = true;
        wakesAt = at;
        timer.schedule(Duration.ofNanos(nanos), () -> {
            synchronized (this) {
                waking &= wakesAt != at;
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

        /** In nanoseconds, until it is late. */
        private long left() {
            return share.pace.patience() - (timer.nanos() - since);
        }

        private Deque<Hold> others() {
            return share.pace == Pace.PATIENT ? patient : prompt;
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
                others().remove(this);
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
        private final Pace pace;
        private int held;
        private int reservedTaken;
        private int placesTaken;
        private Runnable whenFree = () -> {};

        private Share(int kept, int most, Pace pace) {
            this.kept = kept;
            this.most = most;
            this.pace = pace;
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
                    wakeThen(inTheWay());
                    return null;
                }
                held++;
                commonTaken += own ? 0 : 1;
                Hold hold = new Hold(this, seat);
                hold.others().addLast(hold);
                return hold;
            }
        }

        private Seat seat() {
            if (pace == Pace.URGENT && reservedTaken == 0) {
                reservedTaken++;
                return Seat.RESERVED;
            }
            if (mayTakePlace() && takePlace(placesTaken)) {
                placesTaken++;
                return Seat.PLACE;
            }
            return relieve(inTheWay()) ? seat() : null;
        }

        /** What is short doesn't stand in the way of checks that have all that checks may have, however long it takes. */
        private List<Deque<Hold>> inTheWay() {
            return mayTakePlace() ? List.of(prompt, patient) : List.of(patient);
        }

        private boolean mayTakePlace() {
            return pace != Pace.PATIENT || placesTaken < PATIENT && leavePlace();
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
