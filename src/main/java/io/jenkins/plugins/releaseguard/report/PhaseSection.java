// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Instant;
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
        } else if (event instanceof Event.BakeStarted && current != null && current.bakeAt == null) {
            current.bakeAt = stamped.at();
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

    private static void end(Open open, Instant at, PhaseStatus verdict, String reason) {
        open.endAt = open.endAt == null ? at : open.endAt;
        open.verdict = verdict;
        open.reason = reason == null || reason.isEmpty() ? open.reason : reason;
    }

    private static Report.Phase finished(Open open, Instant end) {
        Instant to = open.endAt == null ? end : open.endAt;
        double seconds = Double.isFinite(open.seconds) ? open.seconds : JournalFacts.seconds(open.at, to);
        return new Report.Phase(
                open.started.phase(),
                open.started.name(),
                open.started.weight(),
                open.started.audience(),
                open.verdict,
                JournalFacts.millis(seconds),
                open.bakeAt == null ? null : (Double) JournalFacts.seconds(open.bakeAt, to),
                open.reason,
                open.looks,
                open.at);
    }
}
