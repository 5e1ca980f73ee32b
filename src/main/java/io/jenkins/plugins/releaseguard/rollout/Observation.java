// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known from looking.
 *
 * @param tiled end of the last interval that a look covered: the next begins here
 * @param asked when the sources were last asked
 * @param lastData when the sources last said something; null before the first
 * @param looks looks with data since the phase's bake began
 * @param captured the baseline's levels before the deployment, by metric
 * @param triggers by entry id
 * @param judge the judge's own state, null without concurrent variants so far
 * @param verdict the judge's last word, null before it
 * @param told the action of the last {@code Judged} event
 * @param samples the last look's
 */
record Observation(
        Instant tiled,
        Instant asked,
        Instant lastData,
        String lastError,
        int looks,
        Map<String, Double> captured,
        Map<String, TriggerState> triggers,
        WatchState judge,
        LookVerdict verdict,
        LookAction told,
        List<Event.Sample> samples,
        Set<String> observedBreaches) {
    static final Observation NONE =
            new Observation(null, null, null, null, 0, Map.of(), Map.of(), null, null, null, List.of(), Set.of());

    Observation from(Instant at) {
        return new Observation(
                at,
                at,
                lastData == null ? at : lastData,
                lastError,
                0,
                captured,
                triggers,
                judge,
                null,
                null,
                samples,
                observedBreaches);
    }

    Observation withCapture(Map<String, Double> levels, Instant at) {
        return new Observation(
                at,
                at,
                at,
                lastError,
                looks,
                Map.copyOf(levels),
                triggers,
                judge,
                verdict,
                told,
                samples,
                observedBreaches);
    }

    Observation asked(Instant at) {
        return new Observation(
                tiled,
                at,
                lastData,
                lastError,
                looks,
                captured,
                triggers,
                judge,
                verdict,
                told,
                samples,
                observedBreaches);
    }

    Observation withSilence(String error) {
        return new Observation(
                tiled,
                asked,
                lastData,
                error,
                looks,
                captured,
                triggers,
                judge,
                verdict,
                told,
                samples,
                observedBreaches);
    }

    Observation withLook(
            Instant to,
            List<Event.Sample> seen,
            Map<String, TriggerState> states,
            WatchState judgeState,
            LookVerdict judgeVerdict) {
        return new Observation(
                to,
                asked,
                to,
                null,
                looks + 1,
                captured,
                Map.copyOf(states),
                judgeState,
                judgeVerdict,
                told,
                List.copyOf(seen),
                observedBreaches);
    }

    Observation withTrigger(String entry, TriggerState trigger) {
        Map<String, TriggerState> all = new HashMap<>(triggers);
        all.put(entry, trigger);
        return new Observation(
                tiled,
                asked,
                lastData,
                lastError,
                looks,
                captured,
                Map.copyOf(all),
                judge,
                verdict,
                told,
                samples,
                observedBreaches);
    }

    Observation withTold(LookAction action) {
        return new Observation(
                tiled,
                asked,
                lastData,
                lastError,
                looks,
                captured,
                triggers,
                judge,
                verdict,
                action,
                samples,
                observedBreaches);
    }

    Observation withObserved(String cause) {
        Set<String> all = new HashSet<>(observedBreaches);
        all.add(cause);
        return new Observation(
                tiled,
                asked,
                lastData,
                lastError,
                looks,
                captured,
                triggers,
                judge,
                verdict,
                told,
                samples,
                Set.copyOf(all));
    }

    /** Time without a runner isn't judged: looks go on from {@code at}. */
    Observation afterGap(Instant at) {
        return new Observation(
                at, at, at, null, looks, captured, Map.of(), judge, verdict, told, samples, observedBreaches);
    }
}
