// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.report.JournalFacts.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a release that has no phase yet is doing: gathering, waiting for people, not green, or deploying. */
final class GateSentence {
    private GateSentence() {}

    static String of(JournalFacts facts) {
        if (facts.first(Event.Armed.class).isPresent()) {
            return "The deployment runs; rollback is armed.";
        }
        Optional<GateWord> decision =
                facts.last(Event.GateDecided.class).map(fact -> fact.event().decision());
        return decision.map(GateSentence::decided).orElseGet(() -> undecided(facts));
    }

    private static String decided(GateWord decision) {
        return switch (decision) {
            case GO -> "Passed the gate.";
            case CONDITIONAL -> "Passed the gate on conditions.";
            default -> "The gate says " + decision + ".";
        };
    }

    private static String undecided(JournalFacts facts) {
        Map<String, Event.EvidenceGathered> last = new LinkedHashMap<>();
        for (Fact<Event.EvidenceGathered> fact : facts.all(Event.EvidenceGathered.class)) {
            last.put(fact.event().entry() + '/' + fact.event().check(), fact.event());
        }
        List<Event.EvidenceGathered> open =
                last.values().stream().filter(GateSentence::blocks).toList();
        if (open.isEmpty()) {
            return "Gathering evidence.";
        }
        List<Event.EvidenceGathered> others =
                open.stream().filter(e -> !awaited(e)).toList();
        return others.isEmpty()
                ? "Waiting for sign-off on " + names(open) + "."
                : "Not green: " + names(others) + "; held for somebody to fix or override it.";
    }

    private static boolean blocks(Event.EvidenceGathered e) {
        return e.blocker() && (e.status() == EvidenceStatus.FAIL || e.status() == EvidenceStatus.UNKNOWN);
    }

    private static boolean awaited(Event.EvidenceGathered e) {
        return "approval".equals(e.check()) && e.status() == EvidenceStatus.UNKNOWN;
    }

    private static String names(List<Event.EvidenceGathered> evidence) {
        return evidence.stream().map(Event.EvidenceGathered::entry).distinct().collect(Collectors.joining(", "));
    }
}
