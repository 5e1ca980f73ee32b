// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What went wrong on the way, and what is left to do: as people and the runner noted it, and as it follows from the rest. */
final class IssueSection {
    private IssueSection() {}

    /** Of one failure that is met again and again so many are told, and then how many there were. */
    private static final int ALIKE_TOLD = 10;

    static List<Report.Issue> issues(JournalFacts facts) {
        return endless(singly(facts));
    }

    private static List<Report.Issue> endless(List<Report.Issue> issues) {
        Map<String, Integer> seen = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        List<Report.Issue> told = new ArrayList<>();
        for (Report.Issue issue : issues) {
            String like = issue.kind() + issue.text().replaceFirst("\\((back|call-[a-z-]+)-[0-9]+\\)", "($1)");
            boolean repeats = issue.kind().equals("router") || issue.kind().equals("action");
            if (!repeats || seen.merge(like, 1, Integer::sum) <= ALIKE_TOLD) {
                last.put(like, told.size());
                told.add(issue);
            }
        }
        seen.forEach((like, times) -> {
            if (times > ALIKE_TOLD) {
                Report.Issue issue = told.get(last.get(like));
                String text = issue.text() + " (and " + (times - ALIKE_TOLD) + " times more)";
                told.set(last.get(like), new Report.Issue(issue.kind(), text, issue.at()));
            }
        });
        return List.copyOf(told);
    }

    private static List<Report.Issue> singly(JournalFacts facts) {
        List<Report.Issue> issues = new ArrayList<>();
        Map<String, Integer> silent = new LinkedHashMap<>();
        for (Stamped stamped : facts.events()) {
            String kind = kind(stamped.event());
            if (kind == null) {
                continue;
            }
            String text = text(stamped.event());
            // a source that is away says the same at every look: once with a count is enough
            Integer index = kind.equals("metrics") ? silent.putIfAbsent(text, issues.size()) : null;
            if (index == null) {
                issues.add(new Report.Issue(kind, text, stamped.at()));
            }
        }
        return silent.isEmpty() ? List.copyOf(issues) : counted(facts, issues);
    }

    private static List<Report.Issue> counted(JournalFacts facts, List<Report.Issue> issues) {
        return issues.stream()
                .map(issue -> {
                    long times = facts.all(Event.Looked.class).stream()
                            .filter(look -> issue.kind().equals("metrics")
                                    && issue.text().equals(text(look.event())))
                            .count();
                    return times < 2
                            ? issue
                            : new Report.Issue(issue.kind(), issue.text() + " (" + times + " looks)", issue.at());
                })
                .toList();
    }

    /** Null for what is no issue. */
    private static String kind(Event event) {
        if (event instanceof Event.Noted noted) {
            return noted.kind() == NoteKind.ISSUE ? "issue" : null;
        }
        if (event instanceof Event.Looked looked) {
            return looked.error() == null ? null : "metrics";
        }
        if (event instanceof Event.Done done) {
            return done.error() == null ? null : "action";
        }
        if (event instanceof Event.Held held) {
            return held.cause() == HoldCause.APPROVAL ? null : "hold";
        }
        if (event instanceof Event.BodyEnded ended) {
            return ended.error() == null ? null : "body";
        }
        if (event instanceof Event.RouterRead read) {
            return read.error() == null ? null : "router";
        }
        if (event instanceof Event.Breached breached) {
            return breached.cause() == null || breached.cause().isFailure() ? "breach" : null;
        }
        return event instanceof Event.Gap
                ? "journal"
                : event instanceof Event.Resumed
                        ? "controller"
                        : event instanceof Event.RollbackUnconfirmed ? "rollback" : null;
    }

    private static String text(Event event) {
        if (event instanceof Event.Noted noted) {
            return Words.text(noted.text());
        }
        return event instanceof Event.Looked looked ? "Metrics: " + looked.error() : EventText.of(event, Map.of());
    }

    static List<String> followUps(
            JournalFacts facts, Report.Rollback rollback, List<Report.EntryResult> entries, List<Report.Phase> phases) {
        Set<String> todo = new LinkedHashSet<>();
        facts.all(Event.Noted.class).stream()
                .filter(fact -> fact.event().kind() == NoteKind.FOLLOW_UP)
                .forEach(fact -> todo.add(Words.text(fact.event().text())));
        if (rollback != null && !rollback.observed()) {
            if (!rollback.confirmed() && rollback.unconfirmedReason() != null) {
                todo.add("See by hand that the stable version serves all traffic: the rollback is not confirmed ("
                        + rollback.unconfirmedReason() + ").");
            }
            todo.add(Causes.advice(rollback.cause()));
        }
        for (Report.EntryResult entry : entries) {
            switch (entry.status()) {
                case WAIVED ->
                    todo.add("Settle " + entry.id() + ", which went through on a waiver"
                            + (Words.text(entry.reason()).isEmpty() ? "." : ": " + entry.reason()));
                case FAIL, UNKNOWN -> {
                    if (!Words.text(entry.fix()).isEmpty() && !"Rollback".equals(entry.type())) {
                        todo.add(entry.id() + ": " + entry.fix());
                    }
                }
                case PASS -> {
                    // nothing to do
                }
            }
        }
        phases.stream()
                // without traffic there is nothing that longer watching could prove
                .filter(phase -> phase.verdict() == PhaseStatus.UNPROVEN && phase.weight() > 0)
                .forEach(phase -> todo.add("Phase " + phase.name() + " went on unproven: watch the version longer."));
        return List.copyOf(todo);
    }
}
