// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.util.List;
import java.util.stream.Collectors;

/** The verdict's one sentence, with the number that decided it. */
final class Reasons {
    private final List<Report.Phase> phases;
    private final List<Report.Health> health;
    private final int planned;

    Reasons(List<Report.Phase> phases, List<Report.Health> health, int planned) {
        this.phases = phases;
        this.health = health;
        this.planned = planned;
    }

    /** @param outcome null while the release runs */
    String sentence(
            JournalFacts facts,
            ReleaseOutcome outcome,
            Report.Rollback rollback,
            Report.WhyNotGreen why,
            String endReason) {
        if (outcome == null) {
            return running(facts);
        }
        return switch (outcome) {
            case PROMOTED -> promoted();
            case ROLLED_BACK -> Words.stopped(Words.capital(failure(why))) + " " + wayBack(rollback);
            case NO_GO -> Words.stopped(Words.capital(failure(why))) + " No traffic was moved.";
            case HALTED, UNKNOWN ->
                Words.stopped(Words.capital(endReason.isEmpty() && why != null ? failure(why) : endReason));
        };
    }

    private String promoted() {
        String numbers = health.stream()
                .filter(metric -> metric.canary() != null)
                .limit(3)
                .map(MetricText::numbers)
                .collect(Collectors.joining(", "));
        long passed = phases.stream()
                .filter(phase -> phase.verdict() == PhaseStatus.PASS)
                .count();
        String head = passed == phases.size()
                ? "All " + Words.count(passed, "phase") + " passed"
                : passed + " of " + Words.count(phases.size(), "phase") + " passed, the rest went on unproven";
        return phases.isEmpty() ? "Promoted." : numbers.isEmpty() ? head + "." : head + ": " + numbers + ".";
    }

    private static String failure(Report.WhyNotGreen why) {
        if (why == null) {
            return "the reason was not recorded";
        }
        String reason = Words.bare(why.reason());
        String value = Words.text(why.value());
        if (reason.isEmpty()) {
            return why.what() + Words.measured(why.value(), why.limit());
        }
        // a number must stand in the sentence, and once
        return value.isEmpty() || reason.chars().anyMatch(Character::isDigit)
                ? reason
                : reason + Words.measured(value, why.limit());
    }

    private static String wayBack(Report.Rollback rollback) {
        if (rollback == null) {
            return "Traffic went back to the stable version.";
        }
        if (rollback.observed()) {
            return "Observed only: nothing was rolled back.";
        }
        return rollback.confirmed()
                ? "All traffic was back on the stable version, confirmed, " + Words.seconds(rollback.totalSeconds())
                        + " after the breach."
                : "The rollback is NOT confirmed"
                        + (rollback.unconfirmedReason() == null
                                ? "."
                                : ": " + Words.bare(rollback.unconfirmedReason()) + ".");
    }

    private String running(JournalFacts facts) {
        if (facts.events().isEmpty()) {
            return "Nothing has been recorded yet.";
        }
        String held = "";
        for (Stamped stamped : facts.events()) {
            if (stamped.event() instanceof Event.Held e) {
                held = " Holding: " + Words.bare(e.reason()) + ".";
            } else if (stamped.event() instanceof Event.Released || stamped.event() instanceof Event.PhaseStarted) {
                held = "";
            }
        }
        String back = onTheWayBack(facts);
        if (back != null) {
            // why it had waited before concerns nobody any more
            return back;
        }
        if (phases.isEmpty()) {
            return GateSentence.of(facts) + held;
        }
        Report.Phase phase = phases.get(phases.size() - 1);
        String place = "phase " + phases.size() + (planned == 0 ? "" : " of " + Math.max(planned, phases.size()));
        return facts.first(Event.CanaryEnded.class).isPresent()
                ? "The new version has all traffic; watching, rollback armed." + held
                : Words.capital(place) + ", " + Words.percent(phase.weight())
                        + " of the traffic on the new version, for " + Words.seconds(phase.seconds()) + " now." + held;
    }

    /** Null where nothing leads back. */
    private static String onTheWayBack(JournalFacts facts) {
        String back = null;
        for (Stamped stamped : facts.events()) {
            if (stamped.event() instanceof Event.RollbackStarted) {
                back = "Rolling back.";
            } else if (stamped.event() instanceof Event.RollbackUnconfirmed e) {
                back = "Rolling back, NOT CONFIRMED: " + Words.bare(e.reason())
                        + ". See where the traffic is, now; it is tried on.";
            } else if (stamped.event() instanceof Event.RollbackConfirmed) {
                back = "All traffic is back on the stable version; waiting for the triggers to be quiet.";
            }
        }
        return back;
    }

    /** Null where there is nothing to explain. */
    static Report.WhyNotGreen whyNotGreen(
            ReleaseOutcome outcome,
            Report.Rollback rollback,
            Report.Gate gate,
            List<Report.EntryResult> entries,
            List<Report.Health> health,
            String endReason) {
        if (outcome == ReleaseOutcome.PROMOTED || outcome == null && rollback == null) {
            return null;
        }
        if (rollback != null) {
            boolean watched = !Words.text(rollback.trigger()).isEmpty()
                    && !rollback.trigger().equals(rollback.cause());
            Report.Health worst = Words.text(rollback.value()).isEmpty()
                            && BreachCause.JUDGE.text().equals(rollback.cause())
                    ? health.stream()
                            .filter(metric -> metric.verdict() == MetricVerdict.FAIL)
                            .findFirst()
                            .orElse(null)
                    : null;
            return new Report.WhyNotGreen(
                    (watched ? rollback.trigger() + ": " : "") + Causes.title(rollback.cause()),
                    worst == null ? rollback.value() : MetricText.numbers(worst),
                    worst == null || worst.limit() == null
                            ? rollback.limit()
                            : Words.change(worst.limit()) + " against the baseline",
                    rollback.reason(),
                    Causes.advice(rollback.cause()));
        }
        return entries.stream()
                .filter(entry -> entry.blocker() && !entry.status().green())
                .findFirst()
                .map(entry -> new Report.WhyNotGreen(
                        entry.id() + (Words.text(entry.title()).isEmpty() ? "" : " " + entry.title()),
                        entry.value(),
                        entry.limit(),
                        entry.reason(),
                        entry.fix()))
                .orElseGet(() -> new Report.WhyNotGreen(
                        outcome == ReleaseOutcome.NO_GO ? "The gate said no" : "The release was halted",
                        null,
                        null,
                        gate != null && !gate.reasons().isEmpty() && outcome == ReleaseOutcome.NO_GO
                                ? String.join("; ", gate.reasons())
                                : endReason,
                        null));
    }
}
