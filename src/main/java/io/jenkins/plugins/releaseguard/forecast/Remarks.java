// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Promote;
import io.jenkins.plugins.releaseguard.forecast.PlanNote.Kind;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a plan says of a contract and never edits. */
final class Remarks {
    /** A bake is far longer than what it is seen to be needed for. */
    private static final double FAR = 4;

    /** Of what is needed, what a shorter bake keeps. */
    private static final double KEPT = 2;

    private Remarks() {}

    /** For each compared phase and counted metric that must prove there: what no test could do in the time. */
    static List<PlanNote> bounds(Plan plan, Habits habits) {
        List<PlanNote> notes = new ArrayList<>();
        JudgeConfig judge = plan.judge();
        for (int p = 0; p < plan.phases().size(); p++) {
            Phase phase = plan.phases().get(p);
            if (!judge.compares(p) || judge.promotion() == Promotion.BUDGET && !judge.beforeAll(p)) {
                continue;
            }
            for (MetricConfig m : judge.metrics()) {
                Excluded e = HeldPhase.excluded(judge, habits, p, m.id());
                double level = e.habit().failing();
                boolean promised = judge.promotion() == Promotion.BUDGET
                        && 1 - m.objective() - level > e.margin().at(level);
                if (m.muted() || m.kind() != MetricKind.RATE || m.worse() == Worse.LOWER || promised) {
                    continue;
                }
                double least = HeldPhase.bound(judge, habits, p, e, e.margin());
                if (least > phase.maxBake().toSeconds()) {
                    notes.add(new PlanNote(
                            Kind.BOUND,
                            phase.name(),
                            m.id(),
                            "",
                            "",
                            Double.NaN,
                            "phase " + phase.name() + ", " + m.id() + ": at "
                                    + Quantity.number(habits.requests().value()) + " requests/s and "
                                    + Quantity.percent(level) + " of errors"
                                    + (e.habit().burst() > 1
                                            ? " that come in clusters of "
                                                    + Quantity.number(e.habit().burst(), 2)
                                            : "")
                                    + " telling " + e.words() + " from chance takes at least "
                                    + Span.text(Math.floor(least / 60) * 60)
                                    + ", whatever the test; maxBake is " + Span.text(phase.maxBake())));
                }
            }
        }
        return notes;
    }

    /** Where the contract says that five times the errors are no harm to stop for, or close to it: no bake can change that. */
    static Optional<PlanNote> forgiven(Plan plan, Habits habits) {
        for (MetricHabit m : habits.metrics()) {
            if (m.metric().kind() == Metric.Kind.RATE && m.level().known()) {
                Allow allow = plan.judge().metrics().stream()
                        .filter(c -> c.id().equals(m.metric().id()))
                        .findFirst()
                        .orElseThrow()
                        .allow();
                double level = m.level().value();
                double extra = AddedHarm.times(5).rate(level) - level;
                double forgiven = allow.relative() ? allow.value() * level : allow.value();
                if (extra < 1.5 * forgiven) {
                    return Optional.of(PlanNote.of(
                            Kind.FORGIVEN,
                            "",
                            m.metric().id(),
                            m.metric().id() + ": " + Advisor.FIVE + " would be " + Quantity.percent(extra)
                                    + " of the requests more, and `allow`, or else a trigger's threshold, forgives "
                                    + Quantity.percent(forgiven)
                                    + ": what is less than half as much again is hardly seen"));
                }
            }
        }
        return Optional.empty();
    }

    /** Innocent releases that are stopped. */
    static Optional<PlanNote> vain(Forecast forecast) {
        return forecast.vain().isEmpty()
                ? Optional.empty()
                : Optional.of(PlanNote.of(
                        Kind.STOPPED,
                        "",
                        "",
                        forecast.vain()
                                + ": chance alone costs what the budget (blastRadius) or a threshold allows there; a"
                                + " smaller weight of the phase or a larger budget lets them go"));
    }

    /** Buckets that can't show the finest margin that a metric may have to prove. */
    static List<PlanNote> buckets(Plan plan, Habits habits) {
        List<PlanNote> notes = new ArrayList<>();
        for (MetricConfig m : plan.judge().metrics()) {
            Excluded e = new Excluded(m, habits.of(m.id()), 1);
            if (m.muted() || !e.habit().level().known() || !e.hidden()) {
                continue;
            }
            List<Double> lacking = e.habit().shape().lacking(e.margin().value());
            String bounds = lacking.stream().map(Quantity::number).collect(Collectors.joining(", "));
            notes.add(new PlanNote(
                    Kind.BUCKETS,
                    "",
                    m.id(),
                    "bounds",
                    bounds,
                    Double.NaN,
                    m.id() + ": its buckets can't show " + e.words() + " of "
                            + Quantity.text(e.habit().shape().quantile(0.5), m.unit())
                            + "; bounds that lack in the service's histogram: " + bounds + " " + m.unit()));
        }
        return notes;
    }

    /** What the other rule would do, where the proof of margins is what holds. */
    static Optional<PlanNote> proof(Contract contract, Habits habits, Forecast now, int runs, long seed) {
        double held = mostHeld(now);
        if (contract.rollout().promote() != Promote.PROOF || held <= Advisor.HELD) {
            return Optional.empty();
        }
        Contract budget = WhatIf.promoted(contract, Promote.BUDGET);
        Forecast then = new Forecaster(Plans.of(budget, "", PlanOptions.ALONE), habits, seed, true).run(runs, false);
        if (mostHeld(then) >= held) {
            return Optional.empty();
        }
        return Optional.of(new PlanNote(
                Kind.BUDGET,
                "",
                "",
                "promote",
                "budget",
                mostHeld(then),
                "promote: budget in the rollout instead of proof, with nothing else changed: no phase holds more than "
                        + percent(mostHeld(then)) + " of innocent releases rather than " + percent(held)
                        + "; before the last phase a release may then cost up to its blastRadius, and only there harm of the"
                        + " margin's size is excluded"));
    }

    private static double mostHeld(Forecast forecast) {
        return forecast.phases().stream()
                .filter(PhaseOutlook::compared)
                .mapToDouble(PhaseOutlook::held)
                .filter(h -> !Double.isNaN(h))
                .max()
                .orElse(0);
    }

    /** Bakes that are far longer than the judge takes for a doubling of the errors, an outage and its promotion. */
    static List<PlanNote> shorter(Plan plan, Forecast forecast) {
        List<PlanNote> notes = new ArrayList<>();
        for (int p = 0; p < forecast.phases().size(); p++) {
            PhaseOutlook phase = forecast.phases().get(p);
            if (phase.harms().isEmpty()) {
                continue;
            }
            double bake = plan.phases().get(p).bake().toSeconds();
            double warmup = plan.phases().get(p).warmup().toSeconds();
            double seen = phase.harms().stream()
                            .mapToDouble(h -> h.seen().ninety())
                            .max()
                            .orElse(Double.POSITIVE_INFINITY)
                    - warmup;
            double ready = phase.ready().ninety() - warmup;
            double needed = Math.max(60, KEPT * Math.max(seen, ready));
            if (needed * FAR <= KEPT * bake) {
                String value = Span.written(Duration.ofSeconds((long) Math.ceil(needed / 60) * 60));
                notes.add(new PlanNote(
                        Kind.SHORTER,
                        phase.name(),
                        "",
                        "bake",
                        value,
                        Double.NaN,
                        "phase " + phase.name() + " bakes " + Span.text(bake)
                                + "; nine of ten releases could be left after "
                                + Span.about(Math.max(0, ready)) + ", and harm that begins with it, down to "
                                + phase.harms().get(0).harm() + ", is seen within " + Span.about(Math.max(0, seen))
                                + ". The rest of the bake waits for what comes late (a leak, a job by the hour): bake: "
                                + value
                                + " only where nothing of that kind is awaited, by hand"));
            }
        }
        return notes;
    }

    private static String percent(double fraction) {
        return Quantity.percent(fraction, 2);
    }
}
