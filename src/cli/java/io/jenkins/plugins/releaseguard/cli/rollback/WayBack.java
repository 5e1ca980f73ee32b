// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rollback;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.EventText;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.rollout.runner.RunnerThreads;
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
    private static final Executor QUIET = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

    private final OpenRecord record;
    private final ByHand hand;
    private final PrintWriter out;
    private final Plan plan;
    private final Instant begin = Instant.now();

    /** Where it stands, as its events tell. */
    private final Set<String> underWay = new HashSet<>();

    private final TreeMap<String, String> undone = new TreeMap<>();
    private boolean confirmed;
    private int steps;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    WayBack(OpenRecord record, ByHand hand, PrintWriter out) {
        this.record = record;
        this.hand = hand;
        this.out = out;
        this.plan = record.plan();
    }

    /** @param limit after which it is given up for now; null for never */
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
        past.forEach(stamped -> fold(stamped.event()));
        try (RunnerThreads threads = new RunnerThreads()) {
            Runner runner = new Runner(
                    plan,
                    JournalFile.openUnforced(record.journal()),
                    past,
                    new OnCallPorts(record, hand, this::happened),
                    ReleaseClock.WALL,
                    threads);
            Thread interrupted = new Thread(runner::detach);
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
                runner.detach();
                Runtime.getRuntime().removeShutdownHook(interrupted);
            }
        }
        return told();
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
            line("NOT CONFIRMED: look at the router yourself now; this can be called again and goes on.");
            return Outcome.UNCONFIRMED;
        }
        if (undone.isEmpty()) {
            line("Done: the last good version has all traffic, and the procedure has been carried out.");
            return Outcome.DONE;
        }
        line("The last good version has all traffic. BY HAND, now:");
        undone.values().forEach(why -> line("  - " + why));
        return Outcome.BY_HAND;
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
        if (confirmed && underWay.isEmpty()) {
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
        out.println(text);
        out.flush();
    }
}
