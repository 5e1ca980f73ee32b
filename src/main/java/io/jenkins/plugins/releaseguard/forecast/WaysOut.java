// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.forecast.PlanNote.Kind;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What lets innocent releases go that a phase holds and no edit helps: answers that only people can give, each simulated before it is
 * told, with its price.
 */
final class WaysOut {
    /** Beyond the time that 97.5 % of the simulated releases need. */
    static final double ROOM = 1.5;

    /** That an edit may ask for, in seconds. */
    static final double LONGEST_WAIT = 2 * 3600;

    private static final double LONGEST_LOOK = 24 * 3600;

    /** A judge that doesn't know the harm needs more than what knows it. */
    private static final double OVER_BOUND = 8;

    private static final double[] BUDGETS = {2, 5, 10, 20, 50};
    private static final double WIDEST_MARGIN = 1;
    private static final int DAY = 86_400;

    private final HeldPhase held;
    private final List<Excluded> holders;
    private final List<Excluded> hidden;
    private final List<PlanNote> notes = new ArrayList<>();

    private WaysOut(HeldPhase held) {
        this.held = held;
        holders = held.holders();
        hidden = holders.stream().filter(Excluded::hidden).toList();
    }

    /** The ways out of one phase that holds innocent releases; at least the one that no simulation is needed for. */
    static List<PlanNote> of(HeldPhase held) {
        WaysOut ways = new WaysOut(held);
        ways.held();
        ways.longer();
        ways.promised();
        ways.wider();
        ways.dearer();
        ways.unproven();
        return ways.notes;
    }

    private void note(Kind kind, String metric, String field, String value, double share, String text) {
        notes.add(new PlanNote(kind, held.name(), metric, field, value, share, text));
    }

    private void held() {
        String by = grouped(e -> (e.hidden() ? " whose buckets can't show the margin" : "") + " in "
                + percent(held.now().holders().get(e.metric().id())));
        note(
                Kind.HELD,
                "",
                "",
                "",
                held.now().held(),
                "phase " + held.name() + ": " + percent(held.now().held()) + " of innocent releases are held at "
                        + Span.text(held.phase().maxBake()) + " at " + Quantity.number(held.requests())
                        + " requests/s" + (by.isEmpty() ? "" : ", by " + by)
                        + ". Each of these kinds lets them go; which, only people can answer for:");
    }

    /** As long as the slowest needs, with bounds where buckets hide the margin. */
    private void longer() {
        Map<String, List<Double>> bounds = new LinkedHashMap<>();
        for (Excluded e : hidden) {
            bounds.put(e.metric().id(), e.habit().shape().lacking(e.margin().value()));
        }
        double least = holders.stream()
                .filter(e -> e.metric().counted())
                .mapToDouble(e -> held.bound(e, e.margin()))
                .max()
                .orElse(0);
        if (bounds.values().stream().anyMatch(List::isEmpty) || least > LONGEST_LOOK) {
            return;
        }
        PhaseOutlook then = held.simulate(
                held.contract(), finer(bounds), Math.min(LONGEST_LOOK, Math.max(LONGEST_WAIT, OVER_BOUND * least)));
        double wanted = then.takes().high() * ROOM;
        if (!Double.isFinite(wanted)) {
            return;
        }
        boolean waits = wanted > held.end();
        for (Excluded e : hidden) {
            String lacking =
                    bounds.get(e.metric().id()).stream().map(Quantity::number).collect(Collectors.joining(", "));
            note(
                    Kind.WAIT,
                    e.metric().id(),
                    "bounds",
                    lacking,
                    waits ? 0 : then.held(),
                    e.metric().id() + ": bounds of " + lacking + " "
                            + e.metric().unit() + " in the service's own histogram, which show " + e.words()
                            + "; no harm is given away");
        }
        if (waits) {
            waits(
                    Kind.WAIT,
                    then,
                    (hidden.isEmpty() ? "" : "with these bounds ") + "half of the releases pass within "
                            + ForecastSentence.time(then.takes().median()) + ", nine of ten within "
                            + ForecastSentence.time(then.takes().ninety()) + "; no harm is given away");
        }
    }

    private void waits(Kind kind, PhaseOutlook then, String why) {
        double seconds = then.takes().high() * ROOM - held.warmup();
        String value = Span.written(Duration.ofSeconds((long) Math.ceil(seconds / 300) * 300));
        note(kind, "", "maxBake", value, 0, "phase " + held.name() + ", maxBake: " + value + ": " + why);
    }

    private Habits finer(Map<String, List<Double>> bounds) {
        Habits h = held.habits();
        return new Habits(
                h.requests(),
                h.quiet(),
                h.warmup(),
                h.metrics().stream()
                        .map(m -> bounds.containsKey(m.metric().id())
                                ? m.assuming(
                                        m.shape().finer(bounds.get(m.metric().id())))
                                : m)
                        .toList());
    }

    /** A promise is dearer than minutes: the strictest one that is kept in twice the time. */
    private void promised() {
        double within = Math.max(held.end(), Math.min(LONGEST_WAIT, 2 * held.end()));
        Promises.of(held, within).ifPresent(promises -> {
            for (Excluded e : holders) {
                double target = promises.targets().get(e.metric().id());
                double room = Promises.room(e, target);
                String value = "{target: " + Quantity.number(100 * target) + "%}";
                note(
                        Kind.OBJECTIVE,
                        e.metric().id(),
                        "objective",
                        value,
                        0,
                        e.metric().id() + ", objective: " + value + ", a promise: "
                                + Quantity.percent(e.habit().failing())
                                + (e.metric().counted() ? " fail" : " are too slow") + " today, and "
                                + Excluded.points(room) + " more would then pass for good, up to "
                                + Quantity.whole(room * held.requests() * DAY) + " requests a day");
            }
            if (promises.then().takes().high() * ROOM > held.end()) {
                waits(
                        Kind.OBJECTIVE,
                        promises.then(),
                        "with that, 95 of 100 pass within "
                                + ForecastSentence.time(promises.then().takes().high()));
            }
        });
    }

    /** The least that buckets can show. */
    private void wider() {
        Map<String, Double> allowed = new LinkedHashMap<>();
        for (Excluded e : hidden) {
            double shown = Math.ceil(20 * e.habit().shape().resolution() / e.multiplier() - 1e-9) / 20;
            allowed.put(e.metric().id(), shown);
        }
        if (hidden.isEmpty() || !allowed.values().stream().allMatch(a -> a <= WIDEST_MARGIN)) {
            return;
        }
        PhaseOutlook then = held.simulate(WhatIf.allow(held.contract(), allowed), held.habits(), LONGEST_WAIT);
        double wanted = then.takes().high() * ROOM;
        if (!(wanted <= LONGEST_WAIT)) {
            return;
        }
        allowed.forEach((id, shown) -> {
            String value = Quantity.number(100 * shown) + "%";
            note(
                    Kind.MARGIN,
                    id,
                    "allow",
                    value,
                    0,
                    id + ", allow: " + value
                            + ", the least that its buckets can show: so much slower would be let go for good");
        });
        if (wanted > held.end()) {
            waits(
                    Kind.MARGIN,
                    then,
                    "with that, 95 of 100 pass within "
                            + ForecastSentence.time(then.takes().high()));
        }
    }

    /** Between phases a phase is left by what the next may cost. */
    private void dearer() {
        JudgeConfig judge = held.judge();
        if (judge.promotion() != Promotion.BUDGET || held.beforeAll()) {
            return;
        }
        double now = judge.budget(held.requests());
        for (double times : BUDGETS) {
            double more = Math.ceil(now * times);
            PhaseOutlook then = held.simulate(WhatIf.budget(held.contract(), more), held.habits(), 0);
            if (then.held() <= Advisor.HELD) {
                note(
                        Kind.BUDGET,
                        "",
                        "blastRadius",
                        Quantity.number(more),
                        then.held(),
                        "blastRadius: " + Quantity.number(more) + " in the rollout instead of " + Quantity.whole(now)
                                + ": so many more requests may fail, or be too slow, before a harmful release is stopped");
                return;
            }
        }
    }

    private void unproven() {
        if (WhatIf.proceeds(held.contract())) {
            return;
        }
        String unseen = grouped(e -> " with " + e.words() + e.daily(held.requests()));
        note(
                Kind.PROCEED,
                "",
                "undecided",
                "proceed",
                0,
                "undecided: proceed in the rollout lets them go after " + Span.text(held.end())
                        + ", recorded as unproven, in every phase"
                        + (unseen.isEmpty() ? "" : "; unseen could go through " + unseen));
    }

    /** Metrics of which the same is to be said, named together. */
    private String grouped(Function<Excluded, String> words) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        holders.forEach(e -> groups.computeIfAbsent(words.apply(e), w -> new ArrayList<>())
                .add(e.metric().id()));
        return groups.entrySet().stream()
                .map(g -> String.join(", ", g.getValue()) + g.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String percent(double fraction) {
        return Quantity.number(100 * fraction, 2) + " %";
    }
}
