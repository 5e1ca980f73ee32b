// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** After the last phase: the new version has all traffic, is validated, and rollback stays armed for a while. */
final class LastBakeRules {
    private static final Duration BETWEEN_VALIDATIONS = Duration.ofSeconds(30);

    private LastBakeRules() {}

    /** Whether time counts: the last bake runs, and with the weight that it is about. */
    static boolean counts(Plan plan, State s) {
        return s.life() == Lifecycle.WATCHING
                && s.watchFrom() != null
                && (!placed(plan, s) || s.phase().shift().confirmed());
    }

    static List<Event> events(Plan plan, State s, Instant now) {
        List<Event> weight = placed(plan, s) ? weight(plan, s) : List.of();
        if (!weight.isEmpty() || s.watchFrom() == null) {
            return weight;
        }
        List<Event> intents = new ArrayList<>();
        for (ValidationEntry entry : open(plan, s)) {
            intents.addAll(Decisions.intend(s, key(s, entry, now), "validate", entry.title()));
        }
        if (!intents.isEmpty()) {
            return intents;
        }
        if (!watched(plan, s)
                || s.isHeld()
                || s.watching().looks().doubt() != null
                || placed(plan, s) && !routerSaysSoAtTheEnd(plan, s)) {
            return List.of();
        }
        List<ValidationEntry> open =
                open(plan, s).stream().filter(ValidationEntry::blocker).toList();
        if (open.isEmpty()) {
            return List.of(promoted(plan, s));
        }
        // each is answered for when its own time is up; one that isn't waits in our own queue, and has not failed
        return open.stream()
                .filter(entry -> s.said(entry.id()) != null)
                .findFirst()
                .map(entry -> Decisions.breach(plan, notPassed(entry, s.said(entry.id())), promoted(plan, s)))
                .orElse(List.of());
    }

    private static Event.Breached notPassed(ValidationEntry entry, Event.Validated said) {
        return new Event.Breached(
                BreachCause.VALIDATION,
                entry.id(),
                null,
                said.value(),
                said.limit(),
                entry.title() + " did not pass: " + said.reason(),
                null);
    }

    /** Whether a router was brought to the last phase's weight, so that it can be asked. */
    private static boolean placed(Plan plan, State s) {
        return plan.routed() && s.phaseIndex() >= 0;
    }

    /** The weight is kept as in the phases: others' changes are undone, and a router that can't be asked is waited for. */
    private static List<Event> weight(Plan plan, State s) {
        if (!s.phase().shift().confirmed()) {
            return ShiftRules.events(plan, s);
        }
        boolean silent = s.router().error() != null;
        if (s.isHeldFor(HoldCause.ROUTER)) {
            return silent || !routerSaysSo(plan, s) ? List.of() : List.of(new Event.Released(HoldCause.ROUTER));
        }
        return silent && s.watchFrom() != null && watched(plan, s)
                ? Decisions.hold(
                        s,
                        HoldCause.ROUTER,
                        "the router can't be asked whether it still says "
                                + Weights.text(Weights.of(plan, s.phase())) + ": "
                                + s.router().error() + "; nothing is promoted before it does")
                : List.of();
    }

    private static boolean watched(Plan plan, State s) {
        Observation.Looks looks = s.watching().looks();
        return looks.watched().compareTo(plan.after()) >= 0 && looks.count() > 0;
    }

    /** Read back after the last look: what it said before doesn't say what users meet now. */
    private static boolean routerSaysSo(Plan plan, State s) {
        return s.router().confirms(Weights.of(plan, s.phase()))
                && s.router().isNewerThan(s.watching().looks().tiled());
    }

    /**
     * The same, asked for when the bake was over. Not: after the last look, since a router that takes longer than the time between
     * two of them never could be.
     */
    private static boolean routerSaysSoAtTheEnd(Plan plan, State s) {
        Observation.Looks looks = s.watching().looks();
        Instant over = looks.tiled().minus(looks.watched().minus(plan.after()));
        return routerSaysSo(plan, s) && s.router().isAskedSince(over);
    }

    private static Event.Ended promoted(Plan plan, State s) {
        String unread = placed(plan, s)
                ? ""
                : "; no router confirmed it, since "
                        + (plan.routed() ? "no phase moved the traffic" : "the Pipeline's body moves the traffic");
        String unproven = s.unproven().stream()
                .sorted()
                .map(index -> plan.phases().get(index))
                .filter(phase -> phase.weight() > 0)
                .map(Phase::name)
                .collect(Collectors.joining(", "));
        String phases = unproven.isEmpty() ? "all phases passed" : "all phases ended, unproven: " + unproven;
        return new Event.Ended(ReleaseOutcome.PROMOTED, true, phases + unread);
    }

    static List<Effect> effects(Plan plan, State s, Instant now, Instant wall) {
        List<Effect> effects = new ArrayList<>();
        if (placed(plan, s)) {
            boolean waitedFor = s.router().error() == null && s.watchFrom() != null && watched(plan, s);
            effects.addAll(ShiftRules.effects(
                    plan, s, wall, waitedFor || !s.phase().shift().confirmed()));
        }
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
                    Event.Validated said = s.said(v.id());
                    return said == null || !said.status().green();
                })
                .toList();
    }

    /**
     * The try under way, or else one in each half minute; a clock that was set back to before the first is still in it. One that waits
     * in our own queue isn't joined there by others.
     */
    private static EffectKey key(State s, ValidationEntry entry, Instant now) {
        return s.effects().intended().stream()
                .filter(key ->
                        key.kind() == EffectKey.Kind.VALIDATE && key.name().equals(entry.id()))
                .filter(s.effects()::isUnderWay)
                .min(Comparator.comparing(EffectKey::index))
                .orElseGet(() -> fresh(s, entry, now));
    }

    private static EffectKey fresh(State s, ValidationEntry entry, Instant now) {
        long slot = Duration.between(s.watchFrom(), now).toMillis() / BETWEEN_VALIDATIONS.toMillis();
        return EffectKey.validate(entry.id(), Math.toIntExact(Math.max(0, slot)));
    }
}
