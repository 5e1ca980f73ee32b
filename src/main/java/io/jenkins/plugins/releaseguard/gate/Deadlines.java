// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the deadline on evidence that only waits for people: the time left before it, the contract's stated outcome after it.
 * Going on without a signature never makes it green: it is a should-have that is missing from then on.
 */
final class Deadlines {
    private final Optional<SignOffWait> patience;
    private final Instant now;
    private final Map<String, Instant> running = new HashMap<>();

    /** @param patience empty where nobody waits */
    Deadlines(Optional<SignOffWait> patience, Instant now) {
        this.patience = patience;
        this.now = now;
    }

    /** When the wait for an entry's signatures ends; null where it isn't waited for. */
    Instant of(String entry) {
        return running.get(entry);
    }

    Evidence apply(Evidence evidence, CheckSpec spec) {
        if (patience.isEmpty() || !evidence.blocker() || evidence.awaits().isBlank()) {
            return evidence;
        }
        Settings settings = spec.settings();
        Duration given = (settings.declares("deadline") ? settings.duration("deadline") : Optional.<Duration>empty())
                .orElse(patience.get().usual());
        Instant end = patience.get().since().plus(given);
        Instant shownEnd = end.truncatedTo(ChronoUnit.SECONDS);
        boolean goesOn = stated(settings).equals(GateWord.CONDITIONAL.text());
        GateWord outcome = goesOn ? GateWord.CONDITIONAL : GateWord.NO_GO;
        Evidence shown = evidence.showing(
                evidence.value() + (now.isBefore(end) ? ", " + Span.text(Duration.between(now, end)) + " left" : ""),
                evidence.limit() + " by " + shownEnd + ", then " + outcome);
        if (now.isBefore(end)) {
            running.put(evidence.entry(), end);
            return shown;
        }
        String reason = "the deadline of " + Span.written(given) + " passed at " + shownEnd + ", " + evidence.reason()
                + "; the outcome that the contract states for it: " + outcome;
        return shown.settled(
                goesOn ? Status.UNKNOWN : Status.FAIL,
                !goesOn,
                reason,
                goesOn
                        ? "have it signed after the fact, or set otherwise: no-go"
                        : "run the gate again, and " + evidence.fix() + " in time");
    }

    /** The outcome that the contract states for missing signatures; empty for kinds that have no word for it. */
    private static String stated(Settings settings) {
        return settings.declares("otherwise") ? settings.text("otherwise") : "";
    }
}
