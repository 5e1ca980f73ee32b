// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * Mends a contract for a service's habits by the smallest edits that simulation shows to be enough: first what releases are watched
 * for must be seen before a phase is left, then innocent ones must get through.
 */
public final class Advisor {
    /** Healthy releases that a phase may hold. */
    static final double HELD = 0.02;

    static final String FIVE = AddedHarm.times(5).name();
    private static final int QUICK = 100;
    private static final int MOST_CHANGES = 20;
    private static final int MOST_ROUNDS = 5;
    private static final double LONGEST_BAKE = 3600;
    private static final double LONGEST_WAIT = WaysOut.LONGEST_WAIT;
    private static final double[] WEIGHTS = {2, 3, 5, 10, 15, 20, 25, 30, 40};
    private static final double[] PERCENTS = {15, 20, 25, 30, 50};
    private static final double[] POINTS = {0.005, 0.01, 0.02};

    private final Habits habits;
    private final long seed;
    private final List<PlanChange> changes = new ArrayList<>();
    private final List<PlanChange> byHand = new ArrayList<>();
    private final List<PlanNote> notes = new ArrayList<>();
    private Draft draft;

    private Advisor(Draft draft, Habits habits, long seed) {
        this.draft = draft;
        this.habits = habits;
        this.seed = seed;
    }

    /**
     * The advice for a contract.
     *
     * @param text of the contract's own file
     * @param read as it is read now
     * @param reader reads a text in its place; empty where it has errors
     * @param runs healthy releases to simulate
     * @throws IllegalArgumentException the requests a second aren't known, or no metric can be simulated
     */
    public static Advice of(
            String text,
            Contract read,
            Function<String, Optional<Contract>> reader,
            Habits habits,
            int runs,
            long seed) {
        Draft draft = new Draft(text, read, reader);
        Advisor advisor = new Advisor(draft, habits, seed);
        Forecast before = advisor.forecast(draft, runs, true);
        Forecast now = before;
        boolean changed = true;
        for (int i = 0; i < MOST_ROUNDS && changed; i++) {
            // what one mends may be what the other waits for
            String was = advisor.draft.text();
            advisor.notes.clear();
            advisor.measured();
            advisor.seen(now);
            advisor.through();
            changed = !was.equals(advisor.draft.text());
            now = changed ? advisor.forecast(advisor.draft, runs, true) : now;
        }
        Remarks.vain(now).ifPresent(advisor.notes::add);
        advisor.notes.addAll(Remarks.bounds(advisor.draft.plan(), habits));
        advisor.notes.addAll(advisor.ways(draft, now, runs));
        Remarks.proof(read, habits, before, runs, seed).ifPresent(advisor.notes::add);
        advisor.notes.addAll(Remarks.shorter(advisor.draft.plan(), now));
        return new Advice(advisor.changes, advisor.byHand, advisor.notes, advisor.draft.text(), before, now);
    }

    private Forecast forecast(Draft of, int runs, boolean harmed) {
        return new Forecaster(of.plan(), habits, seed, true).run(runs, harmed);
    }

    private boolean take(PlanChange change) {
        Optional<Draft> next = draft.with(change);
        if (next.isPresent()) {
            changes.add(change);
        }
        draft = next.orElse(draft);
        return next.isPresent();
    }

    /** In the contract's own text if that has the place, else as advice to whoever finds it. */
    private void takeOrTell(PlanChange change) {
        if (!take(change) && !byHand.contains(change)) {
            byHand.add(change);
        }
    }

    /** What the past shows by itself. */
    private void measured() {
        double warm = habits.warmup().known() ? habits.warmup().value() : 0;
        if (warm > firstWarmup()) {
            whole(
                    "warmup",
                    warm,
                    "past canaries were slower than later for " + Span.about(warm)
                            + " after a shift: that is no harm of" + " the new version");
        }
        habits.metrics().stream()
                .filter(m -> m.apart().sd() > 0)
                .mapToDouble(m -> m.apart().seconds())
                .max()
                .stream()
                .filter(seconds -> seconds > seconds(draft.contract().rollout().sticky()))
                .forEach(seconds -> whole(
                        "sticky",
                        seconds,
                        "what set canary and baseline apart lasted about " + Span.about(seconds)
                                + ": users seem to stay on their side, so looks in between are no news"));
        notes.addAll(Remarks.buckets(draft.plan(), habits));
    }

    /** Of the first phase that both variants serve. */
    private double firstWarmup() {
        return draft.plan().phases().stream()
                .filter(p -> p.weight() > 0 && p.weight() < 100)
                .findFirst()
                .map(p -> seconds(p.warmup()))
                .orElse(Double.POSITIVE_INFINITY);
    }

    private void whole(String key, double seconds, String why) {
        takeOrTell(new PlanChange("rollout", "rollout", key, written(seconds, 60), why));
    }

    /** A phase bakes at least until five times the errors would be seen in nine releases of ten. */
    private void seen(Forecast forecast) {
        Optional<PlanNote> forgiven = Remarks.forgiven(draft.plan(), habits);
        if (forgiven.isPresent()) {
            notes.add(forgiven.get());
            return;
        }
        List<String> unseen = new ArrayList<>();
        for (int p = 0; p < forecast.phases().size(); p++) {
            PhaseOutlook phase = forecast.phases().get(p);
            Phase spec = draft.plan().phases().get(p);
            double wanted =
                    phase.harms().isEmpty() ? 0 : phase.harms().get(1).seen().ninety();
            if (wanted > LONGEST_BAKE) {
                unseen.add(phase.name());
            } else if (wanted > seconds(spec.bake())) {
                String why = FIVE + " is seen within " + Span.about(wanted)
                        + " in nine of ten releases, and the phase may be left after " + Span.text(spec.bake());
                if (wanted > seconds(spec.maxBake())) {
                    phaseOrRollout(p, "maxBake", written(wanted, 300), why);
                }
                phaseOrRollout(p, "bake", written(wanted, 60), why);
            }
        }
        if (!unseen.isEmpty()) {
            notes.add(
                    PlanNote.of(
                            PlanNote.Kind.UNSEEN,
                            "",
                            "",
                            FIVE + " would not be seen within " + Span.about(LONGEST_BAKE)
                                    + " by one of ten releases in phase " + String.join(", ", unseen)
                                    + ": so few requests show no more; a trigger's threshold and the outage row are what guards it"));
        }
    }

    private void phaseOrRollout(int phase, String key, String value, String why) {
        if (!take(new PlanChange("phases/" + phase, named(phase), key, value, why))) {
            takeOrTell(new PlanChange("rollout", "rollout", key, value, why));
        }
    }

    private String named(int phase) {
        return "phase " + draft.plan().phases().get(phase).name();
    }

    /** Innocent releases get through every phase that an edit helps; of the others it is told what only people can answer for. */
    private void through() {
        Set<Integer> given = new HashSet<>();
        Forecast now = forecast(draft, QUICK, false);
        for (int i = 0; i < MOST_CHANGES; i++) {
            OptionalInt stuck = worst(now, given);
            if (stuck.isEmpty()) {
                return;
            }
            Optional<Forecast> then = mended(stuck.getAsInt(), now);
            if (then.isEmpty()) {
                given.add(stuck.getAsInt());
            }
            now = then.orElse(now);
        }
    }

    /** With the first edit that helps the phase and doesn't only move the hold to another; empty where none does. */
    private Optional<Forecast> mended(int p, Forecast now) {
        PhaseOutlook phase = now.phases().get(p);
        List<BooleanSupplier> edits = phase.held() > HELD
                ? List.of(() -> wait(p, phase), () -> weigh(p, phase), () -> allow(p, phase))
                : List.of(() -> wait(p, phase));
        for (BooleanSupplier edit : edits) {
            Draft was = draft;
            int made = changes.size();
            if (edit.getAsBoolean()) {
                Forecast then = forecast(draft, QUICK, false);
                if (then.tight() <= now.tight() + HELD) {
                    return Optional.of(then);
                }
                draft = was;
                changes.subList(made, changes.size()).clear();
            }
        }
        return Optional.empty();
    }

    /** What people can choose from instead of an edit that gives something away. */
    private List<PlanNote> ways(Draft start, Forecast now, int runs) {
        Draft free = start;
        for (PlanChange change : changes) {
            free = change.key().equals("allow") ? free : free.with(change).orElse(free);
        }
        boolean given = changes.stream().anyMatch(c -> c.key().equals("allow"));
        return WaysOut.of(free.contract(), habits, seed, given ? forecast(free, runs, false) : now);
    }

    /** The phase that holds most of the innocent, or nearly, where all that an edit may help hold too many; the first of equals. */
    private static OptionalInt worst(Forecast now, Set<Integer> given) {
        double all = 0;
        int worst = -1;
        for (int p = 0; p < now.phases().size(); p++) {
            double tight = now.phases().get(p).tight();
            if (now.phases().get(p).compared() && !given.contains(p)) {
                all += tight;
                worst = worst < 0 || tight > now.phases().get(worst).tight() ? p : worst;
            }
        }
        return all > HELD ? OptionalInt.of(worst) : OptionalInt.empty();
    }

    private boolean wait(int p, PhaseOutlook phase) {
        Phase spec = draft.plan().phases().get(p);
        double enough = phase.takes().high() * WaysOut.ROOM - seconds(spec.warmup());
        double wanted = Math.max(enough, seconds(spec.maxBake()) * WaysOut.ROOM);
        if (!(wanted <= LONGEST_WAIT)) {
            return false;
        }
        PlanChange change = new PlanChange(
                "phases/" + p,
                named(p),
                "maxBake",
                written(wanted, 300),
                percent(phase.held()) + " of innocent releases are held, and " + percent(phase.tight())
                        + " if they took half as long again, at "
                        + Span.text(draft.plan().phases().get(p).maxBake()) + "; 95 of 100 pass within "
                        + Span.about(phase.takes().high()));
        return take(change)
                || take(new PlanChange("rollout", "rollout", change.key(), change.value(), change.reason()));
    }

    private boolean weigh(int p, PhaseOutlook phase) {
        double next = p + 1 < draft.plan().phases().size()
                ? draft.plan().phases().get(p + 1).weight()
                : 100;
        for (double weight : DoubleStream.of(WEIGHTS)
                .filter(w -> w > phase.weight() && w < next)
                .toArray()) {
            PlanChange change = new PlanChange(
                    "phases/" + p,
                    named(p),
                    "weight",
                    Quantity.number(weight),
                    "at " + Quantity.number(phase.weight()) + " % and "
                            + Quantity.number(habits.requests().value()) + " requests/s "
                            + percent(phase.held()) + " of innocent releases are held");
            if (helps(p, change)) {
                return take(change);
            }
        }
        return false;
    }

    private boolean allow(int p, PhaseOutlook phase) {
        if (phase.slowest().isEmpty()) {
            return false;
        }
        MetricConfig metric = draft.plan().judge().metrics().stream()
                .filter(m -> m.id().equals(phase.slowest()))
                .findFirst()
                .orElseThrow();
        Allow now = metric.allow();
        boolean points = metric.kind() == MetricKind.RATE && (now.isZero() || !now.relative());
        if (!points && (!now.relative() || metric.counted())) {
            return false;
        }
        for (double step : points ? POINTS : PERCENTS) {
            double value = points ? step : step / 100;
            PlanChange change = new PlanChange(
                    "metrics/" + metric.id(),
                    metric.id(),
                    "allow",
                    points ? Quantity.number(step) : Quantity.number(step) + "%",
                    "phase " + phase.name()
                            + " waits for it; so much harm would then be let go, which only you can answer for");
            if (value > now.value() && helps(p, change)) {
                return take(change);
            }
        }
        return false;
    }

    /** Whether with the change the phase holds none, or would with a longer wait. */
    private boolean helps(int p, PlanChange change) {
        return draft.with(change)
                .map(d -> new Forecaster(d.plan(), habits, seed, true).alone(p, QUICK, LONGEST_WAIT))
                .filter(phase -> phase.held() <= HELD || phase.takes().high() * WaysOut.ROOM <= LONGEST_WAIT)
                .isPresent();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String written(double seconds, int step) {
        return Span.written(Duration.ofSeconds((long) Math.ceil(seconds / step) * step));
    }

    private static String percent(double fraction) {
        return Quantity.percent(fraction, 2);
    }
}
