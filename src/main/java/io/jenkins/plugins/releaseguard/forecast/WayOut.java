// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.forecast.PlanNote.Kind;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** All that one kind of answer says, of all phases that hold innocent releases: it is told only as far as whole releases get through with it. */
final class WayOut {
    /** More failed requests than before that may be asked for, in times. */
    static final double[] BUDGETS = {2, 5, 10, 20, 50};

    private final Kind kind;
    private final WholeReleases whole;
    private final Map<HeldPhase, Function<PhaseOutlook, List<PlanNote>>> words = new LinkedHashMap<>();
    private Contract contract;
    private Habits habits;
    private Forecast then;
    private PlanNote price;

    WayOut(Kind kind, WholeReleases whole) {
        this.kind = kind;
        this.whole = whole;
        contract = whole.contract();
        habits = whole.habits();
    }

    /** What is asked of one phase: left out where it helps nobody, or costs another phase what no larger budget gives back. */
    void add(
            HeldPhase held,
            UnaryOperator<Contract> change,
            UnaryOperator<Habits> service,
            Function<PhaseOutlook, List<PlanNote>> said) {
        Contract other = change.apply(contract);
        Habits with = service.apply(habits);
        List<Integer> phases =
                new ArrayList<>(words.keySet().stream().map(HeldPhase::index).toList());
        phases.add(held.index());
        Optional<Forecast> mended = whole.mended(other, with, phases);
        if (mended.isPresent()) {
            take(held, other, with, mended.get(), said);
        } else if (held.beforeAll() && held.judge().promotion() == Promotion.BUDGET) {
            // phases before are answered by a larger budget alone
            dearer(held, other, with, phases, said);
        }
    }

    private void take(
            HeldPhase held, Contract other, Habits with, Forecast mended, Function<PhaseOutlook, List<PlanNote>> said) {
        contract = other;
        habits = with;
        then = mended;
        words.put(held, said);
    }

    /** The least budget with which the phases before bear it; none where the largest is too small. */
    private void dearer(
            HeldPhase held,
            Contract other,
            Habits with,
            List<Integer> phases,
            Function<PhaseOutlook, List<PlanNote>> said) {
        double now = WholeReleases.judge(other).budget(held.requests());
        Contract dearest = WhatIf.budget(other, Math.ceil(now * BUDGETS[BUDGETS.length - 1]));
        if (whole.mended(dearest, with, phases).isEmpty()) {
            return;
        }
        for (double times : BUDGETS) {
            double more = Math.ceil(now * times);
            Contract dear = WhatIf.budget(other, more);
            Optional<Forecast> mended = whole.mended(dear, with, phases);
            if (mended.isPresent()) {
                take(held, dear, with, mended.get(), said);
                price = new PlanNote(
                        kind,
                        held.name(),
                        "",
                        "blastRadius",
                        Quantity.number(more),
                        mended.get().phases().get(held.index()).held(),
                        "blastRadius: " + Quantity.number(more) + " in the rollout instead of " + Quantity.whole(now)
                                + ", or the phases before would hold them for what this one may cost: so many requests may fail, or"
                                + " be too slow, before a harmful release is stopped");
                return;
            }
        }
    }

    /** Of one phase; none where the answer has none for it. */
    List<PlanNote> notes(HeldPhase held) {
        if (!words.containsKey(held)) {
            return List.of();
        }
        List<PlanNote> notes =
                new ArrayList<>(words.get(held).apply(then.phases().get(held.index())));
        if (price != null && price.phase().equals(held.name())) {
            notes.add(price);
        }
        return notes;
    }

    /** What it costs in failed requests beside what is said; empty where it costs none. */
    String free() {
        return price == null ? "; no harm is given away" : "";
    }
}
