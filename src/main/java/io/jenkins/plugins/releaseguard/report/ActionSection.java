// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Side effects by idempotency key: an intent tried again under its key is one action of several attempts. What is tried on for
 * hours under ever new keys has a row for each of the first tries, and one for the rest.
 */
final class ActionSection {
    private static final int TRIES_TOLD = 10;

    private ActionSection() {}

    /** What was done up to the breach, or at all. */
    static List<Report.Action> before(JournalFacts facts) {
        return actions(facts, 0, rollbackSeq(facts));
    }

    /** What was done from the breach on. */
    static List<Report.Action> rollback(JournalFacts facts) {
        return actions(facts, rollbackSeq(facts), Long.MAX_VALUE);
    }

    private static long rollbackSeq(JournalFacts facts) {
        return facts.first(Event.Breached.class)
                .map(JournalFacts.Fact::seq)
                .or(() -> facts.first(Event.RollbackStarted.class).map(JournalFacts.Fact::seq))
                .orElse(Long.MAX_VALUE);
    }

    private static String row(String key) {
        EffectKey effect = EffectKey.parse(key);
        return effect.isEndless()
                ? effect.at(Math.min(effect.attempt(), TRIES_TOLD - 1)).toString()
                : key;
    }

    private static List<Report.Action> actions(JournalFacts facts, long from, long to) {
        Map<String, Report.Action> actions = new LinkedHashMap<>();
        for (Stamped stamped : facts.events()) {
            Instant at = stamped.at();
            if (stamped.event() instanceof Event.Intended intended && stamped.seq() >= from && stamped.seq() < to) {
                actions.merge(
                        row(intended.key()),
                        new Report.Action(intended.key(), intended.effect(), intended.detail(), null, null, 1, at),
                        (old, now) -> new Report.Action(
                                old.key(), old.effect(), old.detail(), null, null, old.attempts() + 1, old.at()));
            } else if (stamped.event() instanceof Event.Done done) {
                actions.computeIfPresent(
                        row(done.key()),
                        (key, old) -> new Report.Action(
                                old.key(),
                                old.effect(),
                                old.detail(),
                                done.error(),
                                JournalFacts.knownMillis(done.seconds()),
                                old.attempts(),
                                old.at()));
            } else if (stamped.event() instanceof Event.BodyEnded body && body.phase() >= 0) {
                // a phase's body is intended like other effects, but its end has an event of its own
                actions.computeIfPresent(
                        EffectKey.body(body.phase()).toString(),
                        (key, old) -> new Report.Action(
                                key,
                                old.effect(),
                                old.detail(),
                                body.error(),
                                JournalFacts.seconds(old.at(), at),
                                old.attempts(),
                                old.at()));
            }
        }
        return List.copyOf(actions.values());
    }
}
