// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rollback;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.EventText;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.rollout.runner.RunnerThreads;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The way back of one record, by the plugin's own runner; every step of it is journalled as if Jenkins had done it. */
final class WayBack {
    /** What became of it. */
    enum Outcome {
        DONE(0),
        BY_HAND(10),
        UNCONFIRMED(11);

        private final int status;

        Outcome(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static final Duration FOREVER = Duration.ofDays(365);
    /** Bodies that were asked for in vain, here where there are none, until the procedure has been begun without them. */
    private static final int MOST_BODIES = 3;

    /** For a disk that hangs. */
    private static final Duration WRITTEN = Duration.ofSeconds(2);

    private static final Executor QUIET = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

    private final OpenRecord record;
    private final ByHand hand;
    private final Supplier<HandJournal> journals;
    private final PrintWriter out;
    private final Plan plan;
    private final Instant begin = Instant.now();

    /** Where it stands, as its events tell. */
    private final Set<String> underWay = new HashSet<>();

    private final TreeMap<String, String> undone = new TreeMap<>();
    private volatile boolean confirmed;
    private int steps;
    private int bodies;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** @param journals asked once, when there is something to write */
    WayBack(OpenRecord record, ByHand hand, Supplier<HandJournal> journals, PrintWriter out) {
        this.record = record;
        this.hand = hand;
        this.journals = journals;
        this.out = out;
        this.plan = record.plan();
    }

    /**
     * @param limit after which it is given up for now; null for never
     * @throws IOException nothing was done: the journal can't be read, or the router is not known
     */
    Outcome go(String by, String reason, Duration limit) throws IOException, InterruptedException {
        List<Stamped> past = record.events();
        if (!past.isEmpty() && past.get(past.size() - 1).event() instanceof Event.Ended ended) {
            line("This release has ended already: " + ended.reason());
            return ended.confirmed() ? Outcome.DONE : Outcome.UNCONFIRMED;
        }
        if (!record.mayHaveMoved()) {
            line("Nothing has moved yet: there is no way to go back. Jenkins ends the release when it is back.");
            return Outcome.DONE;
        }
        requireRouter();
        past.forEach(stamped -> fold(stamped.event()));
        HandJournal journal = journals.get();
        if (journal.isUnwritten()) {
            line("NOTHING IS WRITTEN to the record (" + journal.failure() + "); the traffic goes back all the same.");
        }
        boolean written;
        try (RunnerThreads threads = new RunnerThreads()) {
            Runner runner = new Runner(
                    plan, journal, past, new OnCallPorts(record, hand, this::happened), ReleaseClock.WALL, threads);
            Thread interrupted = new Thread(() -> interrupted(runner));
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                // the order first: nothing may go forward in between
                runner.rollBack(BreachCause.OPERATOR, by, reason);
                Instant last =
                        past.isEmpty() ? begin : past.get(past.size() - 1).wall();
                Duration down = Duration.between(last, begin);
                runner.resume(down.isNegative() ? Duration.ZERO : down, "taken up by hand, without Jenkins");
                await(runner, limit == null ? FOREVER : limit);
            } finally {
                remove(interrupted);
                written = letGo(runner);
            }
        }
        if (journal.failure() != null || !written) {
            line("NOT ALL OF THIS IS IN THE RECORD ("
                    + (journal.failure() == null ? "the disk does not answer" : journal.failure())
                    + "): tell whoever starts Jenkins again, which takes the release up where the record ends.");
        }
        return told();
    }

    /** Before anything is ordered that could never be done from here. */
    private void requireRouter() throws IOException {
        if (plan.routed()) {
            try {
                hand.router(record.contract().rollout().router());
            } catch (EffectException e) {
                throw new IOException(
                        e.getMessage() + ", or call this again with --haproxy ADDRESS --backend NAME --canary SERVER",
                        e);
            }
        }
    }

    /** Whether all is on the disk. */
    private static boolean letGo(Runner runner) {
        runner.detach();
        runner.written()
                .copy()
                .completeOnTimeout(null, WRITTEN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return runner.written().isDone();
    }

    /** The process is about to end: by whom it is told to do so, nobody else says how things are. */
    private void interrupted(Runner runner) {
        letGo(runner);
        line(
                confirmed
                        ? "INTERRUPTED: the last good version has all traffic; call this again for the rest of the"
                                + " procedure."
                        : "INTERRUPTED, NOT CONFIRMED: look at the router yourself now; this can be called again and"
                                + " goes on.");
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is at work already, and says how things are
        }
    }

    private void await(Runner runner, Duration limit) throws InterruptedException {
        overWhenQuiet();
        try {
            CompletableFuture.anyOf(runner.ended(), over).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            line("Given up after " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private synchronized Outcome told() throws InterruptedException {
        String reads = confirmed ? stillMoved() : null;
        if (reads != null) {
            line("The router " + reads);
        }
        if (!confirmed || reads != null) {
            line(
                    plan.routed()
                            ? "NOT CONFIRMED: look at the router yourself now; this can be called again and goes on."
                            : "NOT CONFIRMED: no router is named, so only people can move this traffic. Do it now.");
            byHand();
            return Outcome.UNCONFIRMED;
        }
        if (undone.isEmpty()) {
            line("Done: the last good version has all traffic, and the procedure has been carried out.");
            return Outcome.DONE;
        }
        line("The last good version has all traffic.");
        byHand();
        return Outcome.BY_HAND;
    }

    private void byHand() {
        if (!undone.isEmpty()) {
            line("BY HAND, now:");
            undone.values().forEach(why -> line("  - " + why));
        }
    }

    /** The world's last word: a record may have been confirmed long ago. Null where the router reads 0 %, or there is none. */
    private String stillMoved() throws InterruptedException {
        if (!plan.routed()) {
            return null;
        }
        try {
            double weight =
                    hand.router(record.contract().rollout().router()).read().weight();
            return weight == 0 ? null : "reads " + weight + " % for the new version";
        } catch (EffectException e) {
            return "does not answer: " + e.getMessage();
        }
    }

    private synchronized void happened(Stamped stamped) {
        fold(stamped.event());
        if (!plan.routed() && stamped.event() instanceof Event.Done done && !isAction(done.key())) {
            bodies++;
        }
        EventText.of(stamped.event(), plan.outline(), EventText.Detail.LOG)
                .ifPresent(text -> line(String.format(
                        Locale.ROOT,
                        "%6.1f s  %s",
                        Duration.between(begin, stamped.wall()).toMillis() / 1000.0,
                        text)));
        overWhenQuiet();
    }

    /** What follows a step is intended with it: where nothing is for a moment, nothing more will come. */
    private synchronized void overWhenQuiet() {
        if ((confirmed || bodies >= MOST_BODIES) && underWay.isEmpty()) {
            int seen = steps;
            QUIET.execute(() -> {
                if (isQuietSince(seen)) {
                    over.complete(null);
                }
            });
        }
    }

    private synchronized boolean isQuietSince(int seen) {
        return steps == seen && underWay.isEmpty();
    }

    private synchronized void fold(Event event) {
        if (event instanceof Event.Intended intended && isAction(intended.key())) {
            underWay.add(intended.key());
            steps++;
        } else if (event instanceof Event.Done done && isAction(done.key())) {
            underWay.remove(done.key());
            steps++;
            if (done.error() != null) {
                undone.put(done.key(), done.error());
            }
        } else if (event instanceof Event.RollbackConfirmed) {
            confirmed = true;
        }
    }

    private static boolean isAction(String key) {
        return EffectKey.parse(key).kind() == EffectKey.Kind.ACTION;
    }

    private void line(String text) {
        out.println(Shown.line(text));
        out.flush();
    }
}
