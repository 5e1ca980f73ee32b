// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import java.time.temporal.ChronoUnit;

/**
 * What the ledger proves of the version that a rollback goes back to, before traffic moves. That it still runs is the router's to say, and
 * each rollback asks it; that it can be deployed again nobody here can prove, and the sentence says so.
 *
 * @param entry the last promotion in the environment, proven or not; null where there is none
 * @param proven whether the ledger proves it
 * @param doubted whether something is there that isn't believed
 * @param sentence what is proven and what isn't
 */
public record LastGood(LedgerEntry entry, boolean proven, boolean doubted, String sentence) {
    private static final String INSTEAD = "; a rollback goes back to whatever the stable side serves";

    static LastGood of(Ledger ledger, String environment) {
        Ledger.History history = ledger.history();
        LedgerEntry entry = history.entries().stream()
                .filter(one -> one.promoted() && environment.equals(one.environment()))
                .reduce((a, b) -> b)
                .orElse(null);
        if (entry != null) {
            EntryProof proof = ledger.proof(entry);
            String last = "the last version promoted in " + environment + " is " + entry.version() + " ("
                    + entry.endedAt().truncatedTo(ChronoUnit.SECONDS) + ")";
            if (!proof.holds()) {
                return new LastGood(
                        entry,
                        false,
                        true,
                        last + ", which is not proven: its entry in the ledger " + proof.reason() + INSTEAD);
            }
            if (history.doubtUntil() == null || entry.endedAt().isAfter(history.doubtUntil())) {
                return new LastGood(
                        entry,
                        true,
                        false,
                        last + "; its entry in the ledger " + proof.reason()
                                + ". That it still runs is what the router says of the stable side; that its artifact"
                                + " can be deployed again is for the check lastGood to prove");
            }
        }
        return history.doubtUntil() == null
                ? new LastGood(null, false, false, "the ledger knows no version promoted in " + environment + INSTEAD)
                : new LastGood(
                        entry,
                        false,
                        true,
                        "which version was promoted in " + environment + " last is not proven: "
                                + history.problems().get(0) + INSTEAD);
    }

    /** For the journal: an issue where something is there and isn't believed; a first release is none. */
    public Event.Noted noted() {
        return new Event.Noted(doubted ? NoteKind.ISSUE : NoteKind.NOTE, sentence);
    }
}
