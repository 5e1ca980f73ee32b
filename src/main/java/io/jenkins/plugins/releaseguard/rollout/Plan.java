// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.PlanOutline;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.rollout.trigger.Probe;
import io.jenkins.plugins.releaseguard.rollout.trigger.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a release intends, made from the contract before it starts and the same after a resume.
 *
 * @param movement who moves the traffic
 * @param bodies whether a Pipeline body belongs to each phase
 * @param enclosed whether an enclosing body must end before the last bake may
 * @param interval between looks
 * @param noData how long a silent source is borne before rolling back
 * @param after how long the new version is watched with all traffic
 * @param objective wall-clock time a rollback may take, from the sample of the breach to its confirmation
 * @param speed how much faster than the wall the release's time runs; 1 but in a rehearsal
 * @param observe do everything but act
 * @param irreversible whether the change can't be undone, so that only a person goes back
 * @param admission what is looked at again before the first users; null for nothing
 */
public record Plan(
        String service,
        String version,
        String environment,
        List<Phase> phases,
        Movement movement,
        boolean bodies,
        boolean enclosed,
        Undecided undecided,
        Duration interval,
        Duration noData,
        Duration after,
        Duration objective,
        double speed,
        boolean observe,
        boolean irreversible,
        List<Metric> metrics,
        List<Trigger> triggers,
        List<Probe> probes,
        List<ActionSpec> fallback,
        List<ValidationEntry> validations,
        ValidationEntry admission,
        JudgeConfig judge) {

    private static final int SILENT_LOOKS = 3;

    /** Who moves the traffic. */
    public enum Movement {
        /** The plugin, through a router it can read back. */
        ROUTER,
        /** The Pipeline body; no 60-second promise. */
        BODY
    }

    public Plan {
        phases = List.copyOf(phases);
        metrics = List.copyOf(metrics);
        triggers = List.copyOf(triggers);
        probes = List.copyOf(probes);
        fallback = List.copyOf(fallback);
        validations = List.copyOf(validations);
    }

    /** The planned share of the canary in each phase, 0 to 1. */
    public List<Double> shares() {
        return phases.stream().map(p -> p.weight() / 100).toList();
    }

    /** Whether a router moves the traffic, which can be read back. */
    public boolean routed() {
        return movement == Movement.ROUTER;
    }

    /** What those need who tell the release's events. */
    public PlanOutline outline() {
        return new PlanOutline(
                phases.stream()
                        .map(p -> new PlanOutline.Phase(p.name(), p.weight(), p.bake()))
                        .toList(),
                triggers.size(),
                interval,
                after,
                objective,
                routed(),
                speed);
    }

    /**
     * How long sources may be silent before the release is held for it: half the limit, but no less than three looks, since a
     * scrape may come late, and seldom comes with every look.
     */
    public Duration patience() {
        Duration looks = interval.multipliedBy(SILENT_LOOKS);
        Duration half = noData.dividedBy(2);
        Duration patience = looks.compareTo(half) > 0 ? looks : half;
        return patience.compareTo(noData) > 0 ? noData : patience;
    }

    /** Whether the phase has both variants under traffic at once, so that the judge can compare them. */
    boolean comparable(int phase) {
        double weight = phases.get(phase).weight();
        return weight > 0 && weight < 100 && !metrics.isEmpty();
    }

    /** All that may answer a breach. */
    List<List<ActionSpec>> procedures() {
        return Stream.of(
                        triggers.stream().map(Trigger::procedure),
                        probes.stream().map(Probe::procedure),
                        Stream.of(fallback))
                .flatMap(all -> all)
                .toList();
    }

    /**
     * What answers a breach: the entry's own, of a validation that of the entry it escalates to; without an entry (abort, judge) the
     * one that watches the metric, else what an abort does.
     */
    List<ActionSpec> procedure(Event.Breached breach) {
        String entry = validations.stream()
                .filter(v -> v.id().equals(breach.entry()) && !v.escalation().isBlank())
                .findFirst()
                .map(ValidationEntry::escalation)
                .orElse(breach.entry());
        return triggers.stream()
                .filter(t -> t.entry().equals(entry)
                        || breach.entry() == null && t.metric().id().equals(breach.metric()))
                .findFirst()
                .map(Trigger::procedure)
                .or(() -> probes.stream()
                        .filter(p -> p.entry().equals(entry))
                        .findFirst()
                        .map(Probe::procedure))
                .orElse(fallback);
    }
}
