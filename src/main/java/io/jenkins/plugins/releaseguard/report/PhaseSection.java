// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The phases that began, in order; one that a rollback or the end cut short says so. */
final class PhaseSection {
    private final Map<Integer, Open> phases = new LinkedHashMap<>();
    private Open current;

    private static final class Open {
        final Event.PhaseStarted started;
        final Instant at;
        Instant bakeAt;
        Instant endAt;
        PhaseStatus verdict = PhaseStatus.RUNNING;
        String reason;
        double seconds = Double.NaN;
        int looks;
        final List<Report.Warmup> warmups = new ArrayList<>();

        Open(Event.PhaseStarted started, Instant at) {
            this.started = started;
            this.at = at;
        }
    }

    private PhaseSection() {}

    static List<Report.Phase> of(JournalFacts facts) {
        PhaseSection section = new PhaseSection();
        facts.events().forEach(section::see);
        Instant end = facts.end().orElse(null);
        return section.phases.values().stream().map(open -> finished(open, end)).toList();
    }

    private void see(Stamped stamped) {
        Event event = stamped.event();
        if (event instanceof Event.PhaseStarted started) {
            current = phases.computeIfAbsent(started.phase(), key -> new Open(started, stamped.at()));
        } else if (event instanceof Event.BakeStarted started && current != null) {
            current.bakeAt = current.bakeAt == null ? stamped.at() : current.bakeAt;
            interrupted(current, stamped.at());
            if (started.warmup() != null && Double.isFinite(started.warmup())) {
                Instant warm = stamped.at().plusMillis(Math.round(1000 * started.warmup()));
                current.warmups.add(new Report.Warmup(stamped.at(), warm));
            }
        } else if (event instanceof Event.Looked looked && current != null && looked.error() == null) {
            current.looks++;
        } else if (event instanceof Event.PhaseEnded ended && phases.containsKey(ended.phase())) {
            Open open = phases.get(ended.phase());
            open.seconds = ended.seconds();
            open.endAt = null;
            open.reason = null;
            end(open, stamped.at(), PhaseStatus.of(ended.verdict()), ended.reason());
            current = null;
        } else if (event instanceof Event.Breached breached && current != null) {
            boolean failed = breached.cause() == null || breached.cause().isFailure();
            end(current, stamped.at(), failed ? PhaseStatus.FAIL : PhaseStatus.STOPPED, breached.reason());
        } else if (event instanceof Event.Ended ended && current != null && current.endAt == null) {
            end(current, stamped.at(), PhaseStatus.STOPPED, ended.reason());
        }
    }

    /** A warm-up that lasted no longer than until then. */
    private static void interrupted(Open open, Instant at) {
        open.warmups.replaceAll(warm -> warm.to().isAfter(at) ? new Report.Warmup(earlier(warm.from(), at), at) : warm);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static void end(Open open, Instant at, PhaseStatus verdict, String reason) {
        open.endAt = open.endAt == null ? at : open.endAt;
        open.verdict = verdict;
        open.reason = reason == null || reason.isEmpty() ? open.reason : reason;
    }

    private static Report.Phase finished(Open open, Instant end) {
        Instant to = open.endAt == null ? end : open.endAt;
        double seconds = Double.isFinite(open.seconds) ? open.seconds : JournalFacts.seconds(open.at, to);
        interrupted(open, to);
        double warm = open.warmups.stream()
                .mapToDouble(w -> JournalFacts.seconds(w.from(), w.to()))
                .sum();
        return new Report.Phase(
                open.started.phase(),
                open.started.name(),
                open.started.weight(),
                open.started.audience(),
                open.verdict,
                JournalFacts.millis(seconds),
                open.bakeAt == null ? null : (Double) Math.max(0, JournalFacts.seconds(open.bakeAt, to) - warm),
                open.reason,
                open.looks,
                open.at,
                open.warmups.isEmpty() ? null : List.copyOf(open.warmups));
    }
}
