// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.BurnRates;
import java.time.Duration;
import java.time.Instant;

/**
 * A trigger over its looks. {@code >2% of requests for 5 minutes} holds when every look that had data violated it, without a
 * break, over five minutes; a look without data, or whose buckets can't tell, neither adds to the run nor breaks it, and where few looks tell of all that time
 * {@link FewLooks} asks for more.
 * The new version is watched whenever it may have traffic, also while it is being shifted.
 */
public final class TriggerWatch {
    /** Against a baseline in which none was seen, one error is chance. */
    private static final double LEAST_ERRORS = 2;

    private static final Duration FOREVER = Duration.ofDays(36_500);

    private TriggerWatch() {}

    /**
     * How far the condition has come with one more look.
     *
     * @param sample of the trigger's metric, one that isn't missing
     * @param canaryServes whether the sample counts for the new version
     * @param interval between looks as planned
     */
    public static TriggerState next(
            Trigger trigger,
            TriggerState state,
            Event.Sample sample,
            boolean canaryServes,
            Captured captured,
            Event.Looked look,
            Duration interval) {
        if (trigger.threshold().bound() instanceof Threshold.Burn burn) {
            return burn(trigger, burn, state, sample, canaryServes, look);
        }
        if (trigger.threshold().bound() instanceof Threshold.Sigma sigma) {
            // the baseline is held against itself by nobody
            Spread spread = state.spread().with(Subject.baseline(trigger, sample));
            TriggerState seen = state.spread(spread);
            return spread.isEnough() && canaryServes
                    ? next(trigger.against(spread.at(sigma.count())), seen, sample, true, captured, look, interval)
                            .spread(spread)
                    : seen;
        }
        if (state.isOfCanaryOnly(canaryServes)) {
            return state;
        }
        if (trigger.windowed()) {
            return windowed(trigger, state, sample, canaryServes, captured, look, interval);
        }
        // without traffic on the canary the service as users meet it is the baseline
        Reading reading = Reading.of(trigger, sample, canaryServes, Duration.between(look.from(), look.to()), captured);
        return run(trigger, state, reading, canaryServes, captured, look, interval);
    }

    private static TriggerState windowed(
            Trigger trigger,
            TriggerState state,
            Event.Sample sample,
            boolean canaryServes,
            Captured captured,
            Event.Looked look,
            Duration interval) {
        if (state.looked().canary() && !canaryServes) {
            return state;
        }
        ThresholdTerms terms = trigger.threshold().terms();
        Duration covered = Duration.between(look.from(), look.to());
        if (Subject.span(trigger, sample, canaryServes, covered).isUnknown()) {
            return state;
        }
        Duration keep = terms.over() == null ? FOREVER : terms.over().window();
        int most = terms.share() == null ? Integer.MAX_VALUE : terms.share().of();
        LookWindow window = state.looked().with(canaryServes, look, sample, keep, most);
        // counted of all that the window holds, not of looks that hold it each
        TriggerState since = new TriggerState(
                state.since(),
                state.until(),
                state.value(),
                state.limit(),
                state.complete(),
                state.canary(),
                0,
                0,
                0,
                state.extent(),
                state.window());
        return run(trigger, since, Reading.of(trigger, window, captured), canaryServes, captured, look, interval)
                .looked(window);
    }

    private static TriggerState run(
            Trigger trigger,
            TriggerState state,
            Reading reading,
            boolean canaryServes,
            Captured captured,
            Event.Looked look,
            Duration interval) {
        if (!reading.told()) {
            return state;
        }
        double limit = reading.limit();
        Event.Sample sample = reading.of();
        boolean above = trigger.threshold().comparison().holds(1, 0);
        double value = reading.violated() == above
                ? reading.value().low()
                : reading.value().high();
        if (!reading.violated()) {
            return new TriggerState(
                    null,
                    null,
                    value,
                    limit,
                    state.complete(),
                    canaryServes,
                    0,
                    0,
                    0,
                    reading.extent(),
                    state.window());
        }
        Double found = canaryServes ? sample.canaryErrors() : sample.baselineErrors();
        Double requests = canaryServes ? sample.canaryTotal() : sample.baselineTotal();
        double errors = state.errors() + (found == null ? 0 : found);
        double total = state.total() + (found == null || requests == null ? Double.NaN : requests);
        int looks = state.looks() + 1;
        boolean single = Baselines.isNothing(trigger, sample, canaryServes, captured)
                && trigger.metric().kind() == Metric.Kind.RATE
                && errors < LEAST_ERRORS;
        Instant since = state.quiet() ? look.from() : state.since();
        boolean held = !single
                && Duration.between(since, look.to())
                                .compareTo(trigger.threshold().sustained())
                        >= 0
                && FewLooks.suffice(trigger, looks, errors, total, limit, interval);
        Instant complete = state.complete() != null ? state.complete() : held ? look.to() : null;
        return new TriggerState(
                since,
                look.to(),
                value,
                limit,
                complete,
                canaryServes,
                errors,
                total,
                looks,
                reading.extent(),
                state.window());
    }

    /**
     * Both windows must burn; until the short one has been lived through, nothing is said, since a fresh canary's first error is
     * a hundredfold burn.
     */
    private static TriggerState burn(
            Trigger trigger,
            Threshold.Burn burn,
            TriggerState state,
            Event.Sample sample,
            boolean canaryServes,
            Event.Looked look) {
        Double errors = canaryServes ? sample.canaryErrors() : sample.baselineErrors();
        Double total = canaryServes ? sample.canaryTotal() : sample.baselineTotal();
        boolean betweenPhases = !canaryServes && state.window().canary();
        if (errors == null || total == null || trigger.metric().objective() == null || betweenPhases) {
            return state;
        }
        Duration shorter = burn.shortWindow() == null ? burn.longWindow() : burn.shortWindow();
        BurnWindow window = (canaryServes ? state.window().ofCanary() : state.window())
                .with(look.from(), look.to(), errors, total, burn.longWindow());
        Metric.Objective objective = trigger.metric().objective();
        BurnRates rates = new BurnRates(objective.target(), objective.period().toMillis() / 1000.0);
        BurnRates.Burn seen = rates.over(
                new BurnRates.Window(burn.rate(), seconds(burn.longWindow()), seconds(shorter)),
                window.counts(burn.longWindow()),
                window.counts(shorter));
        boolean lived = window.span().compareTo(shorter) >= 0;
        Threshold.Comparison comparison = trigger.threshold().comparison();
        boolean burns = lived
                && seen.breached()
                && comparison.holds(seen.longBurn(), burn.rate())
                && comparison.holds(seen.shortBurn(), burn.rate());
        Instant complete = state.complete() != null ? state.complete() : burns ? look.to() : null;
        double budget = 1 - objective.target();
        double limit = burn.rate() * budget;
        double value = seen.shortBurn() * budget;
        Instant since = burns ? state.since() == null ? look.from() : state.since() : null;
        return new TriggerState(
                since,
                burns ? look.to() : null,
                value,
                limit,
                complete,
                canaryServes,
                0,
                0,
                0,
                new Extent(shorter, 0),
                window);
    }

    /**
     * Why a sample can't be held against the trigger, since what it is to be compared with is unknown; null where it can.
     *
     * @param canary whether the sample counts for the new version
     * @param before whether no traffic has moved yet, so that only what was captured is a reference
     */
    public static String blind(
            Trigger trigger, Event.Sample sample, boolean canary, boolean before, Captured captured) {
        if (!Captured.needs(trigger)) {
            return null;
        }
        Metric metric = trigger.metric();
        double value = canary ? Subject.canary(trigger, sample) : Subject.baseline(trigger, sample);
        double limit = Baselines.limit(trigger, sample, canary && !before, captured);
        if (!before && Double.isNaN(value) || !Double.isNaN(limit)) {
            return null;
        }
        return "the baseline of " + metric.id() + " is unknown: "
                + (Double.isNaN(captured.level(trigger))
                        ? "nothing was captured before the deployment"
                        : "too few requests were captured before the deployment to say more than none failed")
                + ", so " + trigger.entry() + " has nothing to compare with";
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
