// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * Threads that lanes share: some are kept for each lane, the rest is whose comes first, and one is left over for beginning calls that
 * hold no thread. Safe for several threads.
 */
public final class Workers {
    private final Executor executor;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private int common;
    private int commonTaken;
    private boolean spareTaken;

    /**
     * @param threads how many the executor has, at least two
     * @param executor which may refuse at any time: what it refuses is tried again
     */
    public Workers(int threads, Executor executor) {
        if (threads < 2) {
            throw new IllegalArgumentException("two threads at least, not " + threads);
        }
        this.executor = executor;
        this.common = threads - 1;
    }

    /**
     * A lane's part.
     *
     * @param kept threads that no other lane gets
     * @param most threads that the lane may hold where others leave them free, at least one
     * @throws IllegalArgumentException more would be kept than there are
     */
    public synchronized Share share(int kept, int most) {
        if (kept < 0 || kept > common || most < Math.max(1, kept)) {
            throw new IllegalArgumentException(kept + " of " + common + " threads can't be kept, up to " + most);
        }
        common -= kept;
        Share share = new Share(kept, most);
        shares.add(share);
        return share;
    }

    /** One lane's part of the threads. */
    public final class Share {
        private final int kept;
        private final int most;
        private int held;
        private boolean spare;
        private Runnable whenFree = () -> {};

        private Share(int kept, int most) {
            this.kept = kept;
            this.most = most;
        }

        /** What one destination, one release, or all that were slow of late may hold at once of it. */
        int part() {
            return Math.max(1, most / 2);
        }

        Executor executor() {
            return executor;
        }

        void whenFree(Runnable then) {
            whenFree = then;
        }

        /** Takes a thread for a call that holds it to its end. */
        boolean take() {
            synchronized (Workers.this) {
                if (held < kept) {
                    held++;
                    return true;
                }
                if (held >= most || commonTaken >= common) {
                    return false;
                }
                held++;
                commonTaken++;
                return true;
            }
        }

        void giveBack() {
            synchronized (Workers.this) {
                giveBackHeld();
            }
            shares.forEach(share -> share.whenFree.run());
        }

        private void giveBackHeld() {
            if (held > kept) {
                commonTaken--;
            }
            held--;
        }

        /** Takes a thread for the moment in which a call begins that holds none: one of the lane's own, or the one left over. */
        boolean takeBriefly() {
            synchronized (Workers.this) {
                if (take()) {
                    return true;
                }
                if (spareTaken) {
                    return false;
                }
                spareTaken = true;
                spare = true;
                return true;
            }
        }

        void giveBackBrief() {
            synchronized (Workers.this) {
                if (spare) {
                    spare = false;
                    spareTaken = false;
                } else {
                    giveBackHeld();
                }
            }
            shares.forEach(share -> share.whenFree.run());
        }
    }
}
