// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Contract;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What lets innocent releases go that a phase holds and no edit helps: answers that only people can give, all that one says
 * simulated as whole releases before it is told, with its price.
 */
final class WaysOut {
    /** Beyond the time that 97.5 % of the simulated releases need. */
    static final double ROOM = 1.5;

    /** That an edit may ask for, in seconds. */
    static final double LONGEST_WAIT = 2 * 3600;

    private static final double LONGEST_LOOK = 24 * 3600;

    /** A judge that doesn't know the harm needs more than what knows it. */
    private static final double OVER_BOUND = 8;

    private static final double WIDEST_MARGIN = 1;
    private static final int DAY = 86_400;

    private final HeldPhase held;
    private final List<Excluded> holders;
    private final List<Excluded> hidden;

    private WaysOut(HeldPhase held) {
        this.held = held;
        holders = held.holders();
        hidden = holders.stream().filter(Excluded::hidden).toList();
    }

    /** The ways out of the phases that hold innocent releases; at least the one that no simulation is needed for. */
    static List<PlanNote> of(Contract contract, Habits habits, long seed, Forecast now) {
        List<WaysOut> phases = IntStream.range(0, now.phases().size())
                .filter(p ->
                        now.phases().get(p).compared() && now.phases().get(p).held() > Advisor.HELD)
                .mapToObj(p -> new WaysOut(
                        new HeldPhase(contract, habits, seed, p, now.phases().get(p))))
                .toList();
        WholeReleases whole = new WholeReleases(contract, habits, seed, now);
        WayOut wait = new WayOut(Kind.WAIT, whole);
        WayOut objective = new WayOut(Kind.OBJECTIVE, whole);
        WayOut margin = new WayOut(Kind.MARGIN, whole);
        phases.forEach(p -> p.longer(wait));
        phases.forEach(p -> p.promised(objective));
        phases.forEach(p -> p.wider(margin));
        Map<Integer, PlanNote> dearer = dearer(whole, phases);
        List<PlanNote> notes = new ArrayList<>();
        for (WaysOut phase : phases) {
            List<PlanNote> ways = new ArrayList<>();
            List.of(wait, objective, margin).forEach(answer -> ways.addAll(answer.notes(phase.held)));
            Optional.ofNullable(dearer.get(phase.held.index())).ifPresent(ways::add);
            ways.addAll(phase.unproven());
            notes.add(phase.held(!ways.isEmpty()));
            notes.addAll(ways);
        }
        return notes;
    }

    private PlanNote note(Kind kind, String metric, String field, String value, double share, String text) {
        return new PlanNote(kind, held.name(), metric, field, value, share, text);
    }

    private PlanNote held(boolean ways) {
        String by = grouped(e -> (e.hidden() ? " whose buckets can't show the margin" : "") + " in "
                + percent(held.now().holders().get(e.metric().id())));
        String fate =
                switch (held.contract().rollout().undecided()) {
                    case HOLD -> " of innocent releases are held at ";
                    case ROLLBACK -> " of innocent releases are undecided, and rolled back, at ";
                    case PROCEED -> " of innocent releases are undecided, and go on unproven, at ";
                };
        return note(
                Kind.HELD,
                "",
                "",
                "",
                held.now().held(),
                "phase " + held.name() + ": " + percent(held.now().held()) + fate
                        + Span.text(held.phase().maxBake()) + " at " + Quantity.number(held.requests())
                        + " requests/s" + (by.isEmpty() ? "" : ", by " + by)
                        + (ways
                                ? ". Each of these kinds lets them go; which, only people can answer for:"
                                : ". Nothing that was simulated decides them"));
    }

    /** As long as the slowest needs, with bounds where buckets hide the margin. */
    private void longer(WayOut answer) {
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
        PhaseOutlook alone = held.simulate(
                held.contract(),
                finer(held.habits(), bounds),
                Math.min(LONGEST_LOOK, Math.max(LONGEST_WAIT, OVER_BOUND * least)));
        double wanted = alone.takes().high() * ROOM;
        if (!Double.isFinite(wanted)) {
            return;
        }
        boolean waits = wanted > held.end();
        answer.add(held, c -> waits ? longest(c, wanted) : c, h -> finer(h, bounds), then -> {
            List<PlanNote> notes = new ArrayList<>();
            for (Excluded e : hidden) {
                String lacking = bounds.get(e.metric().id()).stream()
                        .map(Quantity::number)
                        .collect(Collectors.joining(", "));
                notes.add(note(
                        Kind.WAIT,
                        e.metric().id(),
                        "bounds",
                        lacking,
                        then.held(),
                        e.metric().id() + ": bounds of " + lacking + " "
                                + e.metric().unit() + " in the service's own histogram, which show " + e.words()
                                + answer.free()));
            }
            if (waits) {
                notes.add(waits(
                        Kind.WAIT,
                        wanted,
                        then,
                        (hidden.isEmpty() ? "" : "with these bounds ") + "half of the releases pass within "
                                + ForecastSentence.time(then.takes().median()) + ", nine of ten within "
                                + ForecastSentence.time(then.takes().ninety()) + answer.free()));
            }
            return notes;
        });
    }

    private Duration maxBake(double wanted) {
        return Duration.ofSeconds((long) Math.ceil((wanted - held.warmup()) / 300) * 300);
    }

    private Contract longest(Contract contract, double wanted) {
        return WhatIf.longest(contract, held.index(), maxBake(wanted));
    }

    private PlanNote waits(Kind kind, double wanted, PhaseOutlook then, String why) {
        String value = Span.written(maxBake(wanted));
        return note(
                kind, "", "maxBake", value, then.held(), "phase " + held.name() + ", maxBake: " + value + ": " + why);
    }

    private PlanNote waits(Kind kind, double wanted, PhaseOutlook then) {
        return waits(
                kind,
                wanted,
                then,
                "with that, 95 of 100 pass within "
                        + ForecastSentence.time(then.takes().high()));
    }

    private static Habits finer(Habits h, Map<String, List<Double>> bounds) {
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
    private void promised(WayOut answer) {
        double within = Math.max(held.end(), Math.min(LONGEST_WAIT, 2 * held.end()));
        Promises.of(held, within).ifPresent(promises -> {
            double wanted = promises.then().takes().high() * ROOM;
            boolean waits = wanted > held.end();
            UnaryOperator<Contract> change = c -> {
                Contract promised = WhatIf.objectives(c, promises.targets());
                return waits ? longest(promised, wanted) : promised;
            };
            answer.add(held, change, h -> h, then -> {
                List<PlanNote> notes = new ArrayList<>();
                holders.forEach(e ->
                        notes.add(promise(e, promises.targets().get(e.metric().id()), then)));
                if (waits) {
                    notes.add(waits(Kind.OBJECTIVE, wanted, then));
                }
                return notes;
            });
        });
    }

    private PlanNote promise(Excluded e, double target, PhaseOutlook then) {
        double room = Promises.room(e, target);
        String value = "{target: " + Quantity.number(100 * target) + "%}";
        return note(
                Kind.OBJECTIVE,
                e.metric().id(),
                "objective",
                value,
                then.held(),
                e.metric().id() + ", objective: " + value + ", a promise: "
                        + Quantity.percent(e.habit().failing())
                        + (e.metric().counted() ? " fail" : " are too slow") + " today, and "
                        + Excluded.points(room) + " more would then pass for good, up to "
                        + Quantity.whole(room * held.requests() * DAY) + " requests a day");
    }

    /** The least that buckets can show. */
    private void wider(WayOut answer) {
        Map<String, Double> allowed = new LinkedHashMap<>();
        for (Excluded e : hidden) {
            double shown = Math.ceil(20 * e.habit().shape().resolution() / e.multiplier() - 1e-9) / 20;
            allowed.put(e.metric().id(), shown);
        }
        if (hidden.isEmpty() || !allowed.values().stream().allMatch(a -> a <= WIDEST_MARGIN)) {
            return;
        }
        PhaseOutlook alone = held.simulate(WhatIf.allow(held.contract(), allowed), held.habits(), LONGEST_WAIT);
        double wanted = alone.takes().high() * ROOM;
        if (!(wanted <= LONGEST_WAIT)) {
            return;
        }
        boolean waits = wanted > held.end();
        UnaryOperator<Contract> change = c -> {
            Contract wider = WhatIf.allow(c, allowed);
            return waits ? longest(wider, wanted) : wider;
        };
        answer.add(held, change, h -> h, then -> {
            List<PlanNote> notes = new ArrayList<>();
            allowed.forEach((id, shown) -> {
                String value = Quantity.number(100 * shown) + "%";
                notes.add(note(
                        Kind.MARGIN,
                        id,
                        "allow",
                        value,
                        then.held(),
                        id + ", allow: " + value
                                + ", the least that its buckets can show: so much slower would be let go for good"));
            });
            if (waits) {
                notes.add(waits(Kind.MARGIN, wanted, then));
            }
            return notes;
        });
    }

    /** Between phases a phase is left by what the next may cost: the least budget that lets most of them go, by their index. */
    private static Map<Integer, PlanNote> dearer(WholeReleases whole, List<WaysOut> phases) {
        Map<Integer, PlanNote> notes = new LinkedHashMap<>();
        JudgeConfig judge = WholeReleases.judge(whole.contract());
        List<WaysOut> cost = phases.stream().filter(p -> !p.held.beforeAll()).toList();
        if (judge.promotion() != Promotion.BUDGET || cost.isEmpty()) {
            return notes;
        }
        double now = judge.budget(whole.habits().requests().value());
        for (double times : WayOut.BUDGETS) {
            double more = Math.ceil(now * times);
            Forecast then = whole.simulate(WhatIf.budget(whole.contract(), more), whole.habits());
            List<WaysOut> mended = cost.stream()
                    .filter(p -> WholeReleases.isMended(then, p.held.index()))
                    .toList();
            if (mended.size() > notes.size() && whole.isNoWorse(then)) {
                mended.forEach(p -> notes.put(
                        p.held.index(),
                        p.note(
                                Kind.BUDGET,
                                "",
                                "blastRadius",
                                Quantity.number(more),
                                then.phases().get(p.held.index()).held(),
                                "blastRadius: " + Quantity.number(more) + " in the rollout instead of "
                                        + Quantity.whole(now)
                                        + ": so many more requests may fail, or be too slow, before a harmful release is"
                                        + " stopped")));
            }
            if (notes.size() == cost.size()) {
                return notes;
            }
        }
        return notes;
    }

    private List<PlanNote> unproven() {
        if (WhatIf.proceeds(held.contract())) {
            return List.of();
        }
        String unseen = grouped(e -> " with " + e.words() + e.daily(held.requests()));
        return List.of(note(
                Kind.PROCEED,
                "",
                "undecided",
                "proceed",
                0,
                "undecided: proceed in the rollout lets them go after " + Span.text(held.end())
                        + ", recorded as unproven, in every phase"
                        + (unseen.isEmpty() ? "" : "; unseen could go through " + unseen)));
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
        return Quantity.percent(fraction, 2);
    }
}
