// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How long rollbacks took, as their journals say: each span without the time in which nobody ran, which is told apart. */
public final class RollbackFigures {
    private final List<Rollback> rollbacks = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    /**
     * One, in seconds.
     *
     * @param detect from the breach's sample until it was known
     * @param decide until the way back was decided
     * @param act until no traffic is sent to the canary
     * @param confirm until that was seen to last
     * @param down of these, without a process
     * @param resumed whether it was taken up again at any time, after a kill or since the machine gave it no time
     */
    public record Rollback(
            double detect, double decide, double act, double confirm, double down, boolean resumed, boolean inTime) {
        double total() {
            return detect + decide + act + confirm;
        }

        double ours() {
            return decide + act;
        }
    }

    private record Span(Instant from, Instant to) {
        static Span after(Instant from, double seconds) {
            return new Span(from, from.plusNanos((long) (seconds * 1e9)));
        }

        double seconds() {
            return Duration.between(from, to).toNanos() / 1e9;
        }

        /** In both. */
        double common(Span other) {
            Instant begin = from.isAfter(other.from) ? from : other.from;
            Instant end = to.isBefore(other.to) ? to : other.to;
            return begin.isBefore(end) ? new Span(begin, end).seconds() : 0;
        }
    }

    /** Reads the journal of a release that should have been rolled back. */
    public void add(Path journal) throws IOException {
        Stamped breach = null;
        Event.RollbackStarted started = null;
        Event.RollbackActed acted = null;
        Event.RollbackConfirmed confirmed = null;
        List<Span> down = new ArrayList<>();
        for (Stamped stamped : JournalReader.read(journal).events()) {
            Event event = stamped.event();
            if (event instanceof Event.Breached && breach == null) {
                breach = stamped;
            } else if (event instanceof Event.RollbackStarted first && started == null) {
                started = first;
            } else if (event instanceof Event.RollbackActed first && acted == null) {
                acted = first;
            } else if (event instanceof Event.RollbackConfirmed first && confirmed == null) {
                confirmed = first;
            } else if (event instanceof Event.Resumed resumed) {
                down.add(Span.after(
                        stamped.wall().minusNanos((long) (resumed.downSeconds() * 1e9)), resumed.downSeconds()));
            }
        }
        if (breach == null || started == null || acted == null || confirmed == null) {
            missing.add(journal + ": breached " + (breach != null) + ", decided " + (started != null) + ", acted "
                    + (acted != null) + ", confirmed " + (confirmed != null));
            return;
        }
        rollbacks.add(rollback(breach.wall(), started, acted, confirmed, down));
    }

    private static Rollback rollback(
            Instant breached,
            Event.RollbackStarted started,
            Event.RollbackActed acted,
            Event.RollbackConfirmed confirmed,
            List<Span> down) {
        Span detect = Span.after(breached.minusNanos((long) (started.detectSeconds() * 1e9)), started.detectSeconds());
        Span decide = Span.after(detect.to(), started.decideSeconds());
        Span act = Span.after(decide.to(), acted.actSeconds());
        Span confirm = Span.after(act.to(), confirmed.confirmSeconds());
        double[] up = new double[4];
        double away = 0;
        List<Span> spans = List.of(detect, decide, act, confirm);
        for (int i = 0; i < up.length; i++) {
            Span span = spans.get(i);
            double lost = down.stream().mapToDouble(span::common).sum();
            up[i] = span.seconds() - lost;
            away += lost;
        }
        return new Rollback(up[0], up[1], up[2], up[3], away, !down.isEmpty(), confirmed.withinObjective());
    }

    private String line(String what, Function<Rollback, Double> seconds) {
        return what + ": " + Quantiles.of(rollbacks.stream().map(seconds).toList());
    }

    /** A line for each figure. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(rollbacks.size() + " rollbacks, "
                + rollbacks.stream().filter(Rollback::resumed).count()
                + " of them taken up again, after a kill or a standstill, "
                + rollbacks.stream().filter(r -> r.down() > 0).count() + " between breach and confirmation; "
                + rollbacks.stream().filter(r -> !r.inTime()).count() + " not within the objective");
        lines.add(line("detect", Rollback::detect));
        lines.add(line("decide", Rollback::decide));
        lines.add(line("act", Rollback::act));
        lines.add(line("confirm", Rollback::confirm));
        lines.add(line("the whole", Rollback::total));
        lines.add(line("ours, decide and act", Rollback::ours));
        lines.add("apart, down: "
                + Quantiles.of(rollbacks.stream()
                        .map(Rollback::down)
                        .filter(down -> down > 0)
                        .toList()));
        missing.forEach(line -> lines.add("MISSING " + line));
        return lines;
    }
}
