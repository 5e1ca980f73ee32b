// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OversizedEventException;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes one release's journal in order, on threads of its own: nobody who adds to it waits for a disk. All that is there to be
 * written is forced together; looks and readings of the router with what comes next, or a little later. What can't be written is
 * tried until it is, and nothing is left out silently. Holds no thread itself; safe for several threads.
 */
final class JournalLane {
    private static final Logger LOGGER = Logger.getLogger(JournalLane.class.getName());

    /** Readings alone are forced so much later at the latest. */
    static final Duration LAZY = Duration.ofSeconds(10);

    static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(30);

    /** One failed try may be a moment's: only the next tells that the journal can't be written. */
    private static final int TRIES = 2;

    /** Of the events that wait; beyond, readings are counted and not kept, so that a dead disk doesn't fill the memory. */
    private static final int MOST_WAITING = 20_000;

    /** Has something run later, on any thread. */
    interface Later {
        void run(Duration in, Runnable what);
    }

    private final JournalWriter journal;
    private final ReleaseClock clock;
    private final Later later;
    private final Runnable changed;
    private final SerialTask writing;
    private final CompletableFuture<Void> written = new CompletableFuture<>();

    private final Deque<Stamped> waiting = new ArrayDeque<>();
    private final Deque<Stamped> loose = new ArrayDeque<>();
    private int counting;
    private int leftOut;
    private int failures;
    private String failure;
    private boolean gapOwed;
    private boolean forceDue;
    private boolean forcePlanned;
    private boolean finishing;
    private boolean leaving;
    private boolean closed;

    /**
     * @param disk where it is written; may hang, and then keeps a thread
     * @param changed told when everything that counts is on the disk, and when the journal is found not to be writable
     */
    JournalLane(JournalWriter journal, ReleaseClock clock, Executor disk, Later later, Runnable changed) {
        this.journal = journal;
        this.clock = clock;
        this.later = later;
        this.changed = changed;
        this.writing = new SerialTask(disk, this::write);
    }

    /** Returns at once. */
    void add(Stamped event) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (!counts(event.event()) && waiting.size() >= MOST_WAITING) {
                leftOut++;
                return;
            }
            waiting.add(event);
            counting += counts(event.event()) ? 1 : 0;
        }
        // after a failure its own retry has the say
        if (!troubled()) {
            writeSoon();
        }
    }

    /** Whether all that counts is on the disk: what comes every interval does not. */
    synchronized boolean whole() {
        return counting == 0;
    }

    /** Why the journal can't be written, found twice in a row; null while it can, or may. */
    synchronized String failure() {
        return failures >= TRIES ? failure : null;
    }

    private synchronized boolean troubled() {
        return failures > 0;
    }

    /** Nothing more comes. The journal is closed when all is written, however long that takes; {@link #written} tells. */
    void finish() {
        synchronized (this) {
            finishing = true;
        }
        writeSoon();
    }

    /** Nothing more comes from here, and somebody else goes on: what can't be written at once is not written. */
    void leave() {
        synchronized (this) {
            finishing = true;
            leaving = true;
        }
        writeSoon();
    }

    /** Completed when the journal is whole on the disk and closed. */
    CompletableFuture<Void> written() {
        return written;
    }

    /** What does not comes every interval: the next one makes it old. */
    static boolean counts(Event event) {
        return !(event instanceof Event.Looked || event instanceof Event.RouterRead);
    }

    // --- on the disk's thread, one at a time ---

    private void write() {
        if (isClosed()) {
            return;
        }
        boolean news;
        try {
            append();
            news = forceIsDue() && force();
            recovered();
        } catch (IOException | RuntimeException | Error e) {
            // whatever it is: what nobody tries again would never be on the disk
            failed(e);
            return;
        }
        if (news) {
            changed.run();
        }
        closeAtTheEnd();
    }

    private void append() throws IOException {
        for (Stamped next = next(); next != null; next = next()) {
            Event.Gap gap = gap();
            if (gap != null) {
                journal.append(clock.now(), clock.wall(), gap);
                told();
            }
            try {
                journal.append(next.at(), next.wall(), next.event());
            } catch (OversizedEventException e) {
                // it would never be taken, and must not keep those after it from the disk
                journal.append(next.at(), next.wall(), new Event.Noted(NoteKind.ISSUE, "left out: " + e.getMessage()));
            }
            appended();
        }
    }

    /** Whether thereby all that counts is on the disk that was not. */
    private boolean force() throws IOException {
        try {
            journal.force();
        } catch (IOException | RuntimeException | Error e) {
            takenBack();
            throw e;
        }
        return forced();
    }

    private void closeAtTheEnd() {
        synchronized (this) {
            if (!finishing || !waiting.isEmpty() || !loose.isEmpty() || closed) {
                return;
            }
            closed = true;
        }
        close();
        written.complete(null);
    }

    private void close() {
        try {
            journal.close();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Could not close the journal", e);
        }
    }

    private void failed(Throwable e) {
        Duration in;
        boolean tell;
        boolean givenUp;
        synchronized (this) {
            failures++;
            failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            gapOwed = true;
            in = RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
            in = in.compareTo(SLOWEST_RETRY) > 0 ? SLOWEST_RETRY : in;
            tell = failures == TRIES;
            givenUp = leaving;
            closed = givenUp;
        }
        LOGGER.log(Level.WARNING, e, () -> "The journal can't be written: " + e.getMessage());
        if (givenUp) {
            close();
            return;
        }
        later.run(in, this::writeSoon);
        if (tell) {
            changed.run();
        }
    }

    private void writeSoon() {
        try {
            writing.call();
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The journal's threads are gone", e);
        } catch (OutOfMemoryError e) {
            // also says that no thread could be made
            LOGGER.log(Level.SEVERE, "No thread for the journal; it is tried again", e);
            later.run(RETRY, this::writeSoon);
        }
    }

    // --- what stands where ---

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized Stamped next() {
        return waiting.peek();
    }

    private synchronized Event.Gap gap() {
        if (!gapOwed && leftOut == 0) {
            return null;
        }
        return new Event.Gap(waiting.size() + leftOut, failure == null ? "the disk did not answer" : failure);
    }

    private synchronized void told() {
        gapOwed = false;
        leftOut = 0;
    }

    private synchronized void appended() {
        loose.add(waiting.remove());
    }

    private synchronized void takenBack() {
        List<Stamped> again = new ArrayList<>(loose);
        loose.clear();
        for (int i = again.size() - 1; i >= 0; i--) {
            waiting.addFirst(again.get(i));
        }
    }

    private synchronized boolean forced() {
        int written = (int) loose.stream().filter(e -> counts(e.event())).count();
        counting -= written;
        loose.clear();
        forceDue = false;
        return written > 0 && counting == 0;
    }

    private synchronized void recovered() {
        if (failures > 0) {
            LOGGER.log(Level.INFO, "The journal can be written again");
        }
        failures = 0;
        failure = null;
    }

    private boolean forceIsDue() {
        synchronized (this) {
            if (loose.isEmpty()) {
                return false;
            }
            if (finishing || forceDue || loose.stream().anyMatch(e -> counts(e.event()))) {
                return true;
            }
            if (forcePlanned) {
                return false;
            }
            forcePlanned = true;
        }
        later.run(LAZY, this::forceSoon);
        return false;
    }

    private void forceSoon() {
        synchronized (this) {
            forcePlanned = false;
            forceDue = true;
        }
        writeSoon();
    }
}
