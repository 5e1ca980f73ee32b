// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** After the last phase: the new version has all traffic, is validated, and rollback stays armed for a while. */
final class LastBakeRules {
    private static final Duration BETWEEN_VALIDATIONS = Duration.ofSeconds(30);

    private static final Event.Ended PROMOTED = new Event.Ended(ReleaseOutcome.PROMOTED, true, "all phases passed");

    private LastBakeRules() {}

    static List<Event> events(Plan plan, State s, Instant now) {
        if (s.watchFrom() == null) {
            return List.of();
        }
        List<Event> intents = new ArrayList<>();
        for (ValidationEntry entry : open(plan, s)) {
            intents.addAll(Decisions.intend(s, key(s, entry, now), "validate", entry.title()));
        }
        if (!intents.isEmpty()) {
            return intents;
        }
        Duration watched = Duration.between(s.watchFrom(), now);
        if (watched.compareTo(plan.after()) < 0 || s.watching().looks().count() == 0 || s.isHeld()) {
            return List.of();
        }
        List<ValidationEntry> open =
                open(plan, s).stream().filter(ValidationEntry::blocker).toList();
        if (open.isEmpty()) {
            return List.of(PROMOTED);
        }
        ValidationEntry first = open.get(0);
        Event.Validated said = s.validated().get(first.id());
        String why = said == null ? "it never answered" : said.reason();
        Event.Breached breach = new Event.Breached(
                BreachCause.VALIDATION,
                first.id(),
                null,
                said == null ? null : said.value(),
                said == null ? null : said.limit(),
                first.title() + " did not pass: " + why,
                null);
        return Decisions.breach(plan, breach, PROMOTED);
    }

    static List<Effect> effects(Plan plan, State s, Instant now) {
        List<Effect> effects = new ArrayList<>();
        if (s.watchFrom() != null) {
            for (ValidationEntry entry : open(plan, s)) {
                EffectKey key = key(s, entry, now);
                if (!s.effects().done().containsKey(key)) {
                    effects.add(new Effect.Validate(key, entry));
                }
            }
        }
        return effects;
    }

    private static List<ValidationEntry> open(Plan plan, State s) {
        return plan.validations().stream()
                .filter(v -> {
                    Event.Validated said = s.validated().get(v.id());
                    return said == null || !said.status().green();
                })
                .toList();
    }

    /** One try in each half minute; a clock that was set back to before the first is still in it. */
    private static EffectKey key(State s, ValidationEntry entry, Instant now) {
        long slot = Duration.between(s.watchFrom(), now).toMillis() / BETWEEN_VALIDATIONS.toMillis();
        return EffectKey.validate(entry.id(), Math.toIntExact(Math.max(0, slot)));
    }
}
