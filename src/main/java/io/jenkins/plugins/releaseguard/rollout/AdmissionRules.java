// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the gate saw hours ago may have changed since: the artifact and the freeze windows are looked at again just before the first
 * users. What does not hold then, or can't be seen for as long as a source may be silent, turns the release back.
 */
final class AdmissionRules {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    /** What was seen longer ago, since something else kept the traffic waiting, is seen again: as often as the gate may look. */
    static final Duration FRESH = Duration.ofMinutes(1);

    /** A look that took longer has slept with its machine: what it saw first was long ago. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private AdmissionRules() {}

    /** Whether the first users wait for the look; one that only observes moves nobody. */
    static boolean waits(Plan plan, State s, Instant now) {
        return plan.admission() != null
                && !plan.observe()
                && s.life() == Lifecycle.SHIFTING
                && Weights.of(plan, s.phase()) > 0
                && BaselineRules.isStillBefore(plan, s)
                && !isWithUsers(s)
                && !admitted(plan, s, now);
    }

    /** After a restart or a pause the phase is shifted anew, with the users that it has. */
    private static boolean isWithUsers(State s) {
        return s.effects().done().entrySet().stream()
                .anyMatch(done -> done.getKey().kind() == EffectKey.Kind.SHIFT
                        && done.getKey().index() == s.phase().index()
                        && done.getValue().isEmpty());
    }

    /** Whether what was just answered was looked at too long ago. */
    static boolean isOverslept(Plan plan, State s, String entry, Instant answered) {
        return plan.admission() != null
                && plan.admission().id().equals(entry)
                && underWay(entry, s)
                        .filter(key -> s.phase()
                                .started()
                                .plus(BETWEEN_LOOKS.multipliedBy(key.index()))
                                .plus(LONGEST)
                                .isBefore(answered))
                        .isPresent();
    }

    private static boolean isFresh(State.Answer answer, Instant now) {
        return Duration.between(answer.at(), now).compareTo(FRESH) <= 0;
    }

    private static boolean admitted(Plan plan, State s, Instant now) {
        State.Answer answer = s.answers().get(plan.admission().id());
        return answer != null && answer.open() == null && isFresh(answer, now);
    }

    static List<Event> events(Plan plan, State s, Instant now) {
        State.Answer answer = s.answers().get(plan.admission().id());
        if (answer != null && answer.open() != null && isOver(plan, answer, now)) {
            Event.Validated said = answer.said();
            return Decisions.breach(
                    plan,
                    new Event.Breached(
                            BreachCause.ADMISSION,
                            plan.admission().id(),
                            null,
                            said.value(),
                            said.limit(),
                            "no users get the new version: " + said.reason(),
                            null));
        }
        return Decisions.intend(
                s, key(plan, s, now), "validate", plan.admission().title());
    }

    private static boolean isOver(Plan plan, State.Answer answer, Instant now) {
        // what could not be seen a while ago is looked at once more: the controller may have been away
        return answer.said().status() == EvidenceStatus.FAIL
                || isFresh(answer, now) && Decisions.passed(answer.open(), now, plan.noData());
    }

    static List<Effect> effects(Plan plan, State s, Instant now) {
        EffectKey key = key(plan, s, now);
        return s.effects().isUnderWay(key) ? List.of(new Effect.Validate(key, plan.admission())) : List.of();
    }

    private static Optional<EffectKey> underWay(String id, State s) {
        return s.effects().intended().stream()
                .filter(key ->
                        key.kind() == EffectKey.Kind.VALIDATE && key.name().equals(id))
                .filter(s.effects()::isUnderWay)
                .findFirst();
    }

    /** The look under way, or else one in each ten seconds of the phase. */
    private static EffectKey key(Plan plan, State s, Instant now) {
        String id = plan.admission().id();
        return underWay(id, s)
                .orElseGet(() -> EffectKey.validate(
                        id,
                        Math.toIntExact(Math.max(
                                0, Duration.between(s.phase().started(), now).toMillis() / BETWEEN_LOOKS.toMillis()))));
    }
}
