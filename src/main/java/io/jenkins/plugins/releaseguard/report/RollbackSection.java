// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Word;
import io.jenkins.plugins.releaseguard.report.JournalFacts.Fact;
import java.util.Optional;

/** The first breach that led to a rollback, and how it went. */
final class RollbackSection {
    private RollbackSection() {}

    /** Null where nothing went back. */
    static Report.Rollback of(JournalFacts facts, double objectiveSeconds) {
        Optional<Fact<Event.RollbackStarted>> begun = facts.first(Event.RollbackStarted.class);
        if (begun.isEmpty()) {
            return null;
        }
        Event.RollbackStarted started = begun.get().event();
        Optional<Fact<Event.Breached>> breach = facts.all(Event.Breached.class).stream()
                .filter(fact -> fact.seq() < begun.get().seq())
                .reduce((a, b) -> b);
        Event.Breached breached = breach.map(Fact::event).orElse(null);
        Event.RollbackConfirmed confirmed =
                facts.last(Event.RollbackConfirmed.class).map(Fact::event).orElse(null);
        Event.RollbackUnconfirmed unconfirmed =
                facts.last(Event.RollbackUnconfirmed.class).map(Fact::event).orElse(null);
        String entry = breached == null ? "" : Words.text(breached.entry());
        return new Report.Rollback(
                !entry.isEmpty() ? entry : breached != null ? Word.text(breached.cause()) : started.trigger(),
                breached == null ? null : Word.text(breached.cause()),
                breached == null ? null : breached.metric(),
                breached == null ? null : breached.value(),
                breached == null ? null : breached.limit(),
                breached == null ? null : breached.reason(),
                confirmed != null,
                started.observed(),
                JournalFacts.knownMillis(started.detectSeconds()),
                JournalFacts.knownMillis(started.decideSeconds()),
                facts.last(Event.RollbackActed.class)
                        .map(fact -> JournalFacts.knownMillis(fact.event().actSeconds()))
                        .orElse(null),
                confirmed == null ? null : JournalFacts.knownMillis(confirmed.confirmSeconds()),
                confirmed != null
                        ? JournalFacts.knownMillis(confirmed.totalSeconds())
                        : unconfirmed == null ? null : JournalFacts.knownMillis(unconfirmed.totalSeconds()),
                facts.last(Event.Recovered.class)
                        .map(fact -> JournalFacts.knownMillis(fact.event().seconds()))
                        .orElse(null),
                objectiveSeconds,
                confirmed != null && confirmed.withinObjective(),
                downSince(facts, breach.map(Fact::seq).orElse(begun.get().seq())),
                confirmed == null && unconfirmed != null ? unconfirmed.reason() : null,
                breach.map(fact -> fact.event().sampleAt() == null
                                ? fact.at()
                                : fact.event().sampleAt())
                        .orElse(null),
                ActionSection.rollback(facts));
    }

    /** Time without a controller between the breach and its confirmation. */
    private static double downSince(JournalFacts facts, long seq) {
        long until = facts.last(Event.RollbackConfirmed.class).map(Fact::seq).orElse(Long.MAX_VALUE);
        return JournalFacts.millis(facts.all(Event.Resumed.class).stream()
                .filter(fact -> fact.seq() > seq && fact.seq() < until)
                .mapToDouble(fact -> fact.event().downSeconds())
                .filter(Double::isFinite)
                .sum());
    }
}
