// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Word;
import io.jenkins.plugins.releaseguard.report.JournalFacts.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the report together from its sections. */
final class Projection {
    private final JournalFacts facts;

    private Projection(JournalFacts facts) {
        this.facts = facts;
    }

    static Report of(JournalFacts facts) {
        return new Projection(facts).report();
    }

    private Report report() {
        Optional<Fact<Event.Ended>> ended = facts.last(Event.Ended.class);
        Report.Release release = release();
        Report.Rollback rollback = RollbackSection.of(facts, release.objectiveSeconds());
        List<Report.Phase> phases = PhaseSection.of(facts);
        List<Report.Health> health = HealthSection.of(facts);
        List<Report.EntryResult> entries = EntrySection.of(facts);
        Report.Gate gate = gate();
        ReleaseOutcome outcome = ended.map(
                        fact -> Optional.ofNullable(fact.event().verdict()).orElse(ReleaseOutcome.UNKNOWN))
                .orElse(null);
        String verdict = outcome == null ? "running" : outcome.text();
        boolean confirmed = ended.map(fact -> fact.event().confirmed()).orElse(false);
        Report.WhyNotGreen why = Reasons.whyNotGreen(outcome, rollback, gate, entries, health, endReason(ended));
        Instant start = facts.start().orElse(null);
        Instant end = facts.end().orElse(null);
        Instant endedAt = ended.map(Fact::at).orElse(null);
        return new Report(
                Report.FORMAT,
                release,
                verdict,
                confirmed,
                new Reasons(phases, health, planned().size()).sentence(facts, outcome, rollback, why, endReason(ended)),
                why,
                start,
                endedAt,
                end,
                start == null ? 0 : JournalFacts.seconds(start, endedAt == null ? end : endedAt),
                downSeconds(),
                gate,
                planned(),
                phases,
                health,
                RequestSection.of(facts),
                rollback,
                entries,
                approvals(),
                ActionSection.before(facts),
                operations(),
                IssueSection.issues(facts),
                IssueSection.followUps(facts, rollback, entries, phases),
                Timeline.of(facts));
    }

    private static List<Report.WrittenLine> written(Event.Opened opened) {
        return opened.written() == null
                ? null
                : opened.written().stream()
                        .map(line -> new Report.WrittenLine(
                                Words.text(line.about()), Words.text(line.what()), Words.text(line.text())))
                        .toList();
    }

    private static String endReason(Optional<Fact<Event.Ended>> ended) {
        return ended.map(fact -> Words.text(fact.event().reason())).orElse("");
    }

    private Report.Release release() {
        Event.Opened opened = facts.first(Event.Opened.class).map(Fact::event).orElse(null);
        if (opened == null) {
            return new Report.Release(
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    Map.of(),
                    Map.of(),
                    false,
                    60,
                    "none stated",
                    List.of(),
                    null,
                    null);
        }
        List<Report.RiskLine> risks = RiskLevel.lines(opened.risks());
        return new Report.Release(
                Words.text(opened.service()),
                Words.text(opened.version()),
                Words.text(opened.commit()),
                Words.text(opened.environment()),
                Words.text(opened.scope()),
                Words.text(opened.owner()),
                Words.text(opened.by()),
                Words.text(opened.build()),
                Words.text(opened.contractFile()),
                Words.text(opened.contract()),
                opened.artifacts() == null ? Map.of() : new TreeMap<>(opened.artifacts()),
                opened.links() == null ? Map.of() : new TreeMap<>(opened.links()),
                opened.observe()
                        || facts.all(Event.Armed.class).stream()
                                .anyMatch(fact -> fact.event().observe()),
                Double.isFinite(opened.objectiveSeconds()) ? opened.objectiveSeconds() : 60,
                RiskLevel.overall(risks),
                risks,
                written(opened),
                opened.contractOrigin());
    }

    private Report.Gate gate() {
        return facts.last(Event.GateDecided.class)
                .map(fact -> new Report.Gate(
                        Word.text(fact.event().decision()),
                        fact.event().reasons() == null
                                ? List.of()
                                : fact.event().reasons(),
                        fact.event().override(),
                        fact.event().overrideReason(),
                        fact.at()))
                .orElse(null);
    }

    private List<Double> planned() {
        return facts.last(Event.CanaryStarted.class)
                .map(fact -> fact.event().weights())
                .orElse(List.of());
    }

    private double downSeconds() {
        return JournalFacts.millis(facts.all(Event.Resumed.class).stream()
                .mapToDouble(fact -> fact.event().downSeconds())
                .filter(Double::isFinite)
                .sum());
    }

    private List<Report.Approval> approvals() {
        return facts.all(Event.SignedOff.class).stream()
                .map(fact -> new Report.Approval(
                        fact.event().entry(),
                        fact.event().by(),
                        fact.event().approved(),
                        fact.event().comment(),
                        fact.event().artifact(),
                        fact.at()))
                .toList();
    }

    private List<Report.Operation> operations() {
        return facts.all(Event.Operated.class).stream()
                .map(fact -> new Report.Operation(
                        Word.text(fact.event().command()),
                        fact.event().by(),
                        fact.event().reason(),
                        fact.at()))
                .toList();
    }
}
