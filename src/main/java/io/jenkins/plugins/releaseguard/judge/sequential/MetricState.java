// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Worse;
import java.util.List;

/**
 * What is remembered of a metric.
 *
 * @param main events, or location
 * @param spread null for events; one that says nothing, as of a histogram, isn't written
 * @param tail null for events
 * @param looks with data in this phase
 * @param missing the reason why the latest look had no data, null when it had
 * @param extra extra canary failures so far over all phases, beyond what the baseline's rate explains
 * @param highest largest evidence of harm so far
 * @param outage of a rate, null for others
 * @param buckets what is known of its histogram, null for what has single values or counts
 * @param byPlan events of this phase of which nobody told how many requests there were: each look counts as one in all, of which
 *     the canary has its planned share, and no number of requests can be asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricState(
        EProcess main,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = MetricState.IdleSpread.class)
        EProcess spread,

        EProcess tail,
        int looks,
        String missing,
        double extra,
        double highest,
        Outage outage,
        BucketState buckets,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean byPlan) {
    /** Of a metric's evidence; spread and tail share the rest. Parts without data count 1. */
    private static final double LOCATION = 0.5;

    /** The part of the tail. */
    static final double TAIL = (1 - LOCATION) / 2;

    /** Of events without a number of requests. */
    private static final int FEWEST_LOOKS_BY_PLAN = 5;

    private static final EProcess SPREAD = EProcess.start(Worse.HIGHER, Bets.HARM, 0, false);

    public MetricState {
        spread = spread == null && tail != null ? SPREAD : spread;
    }

    /** Tells Jackson that the spread of what has no single values is not written. */
    static final class IdleSpread {
        private static final List<EProcess> IDLE = List.of(SPREAD);

        @Override
        public boolean equals(Object o) {
            return o == null || IDLE.contains(o);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /** A metric is not promoted while a part's evidence of harm since its last low is at least it. */
    static final double BUILDS_UP = 4;

    static MetricState start(MetricConfig m) {
        return m.counted()
                ? new MetricState(
                        EProcess.start(m.worse(), Bets.HARM_OF_EVENTS, EventWatch.PROOFS, true),
                        null,
                        null,
                        0,
                        null,
                        0,
                        1,
                        m.kind() == MetricKind.RATE ? Outage.START : null,
                        null,
                        false)
                : new MetricState(
                        EProcess.start(m.worse(), Bets.HARM, Bets.PROOF, true),
                        SPREAD,
                        EProcess.start(Worse.HIGHER, Bets.HARM_OF_EVENTS, EventWatch.PROOFS, false),
                        0,
                        null,
                        0,
                        1,
                        null,
                        null,
                        false);
    }

    /**
     * The same of what an earlier version wrote, as this one goes on with it.
     *
     * @param rate whether the metric is one
     * @param planned phases with a concurrent baseline, at least 1
     * @param started those that have begun
     */
    MetricState ofEarlierVersion(boolean rate, int planned, int started) {
        int harms = spread == null ? Bets.HARM_OF_EVENTS : Bets.HARM;
        return new MetricState(
                main.ofEarlierVersion(harms, planned, started),
                spread == null ? null : spread.ofEarlierVersion(Bets.HARM, planned, started),
                tail == null ? null : tail.ofEarlierVersion(Bets.HARM_OF_EVENTS, planned, started),
                looks,
                missing,
                extra,
                highest,
                rate && outage == null ? Outage.START : outage,
                buckets,
                byPlan);
    }

    /** A phase begins; a new process joins the bets on harm where it has a concurrent baseline. */
    MetricState phase(boolean join) {
        return new MetricState(
                main.phase(join),
                spread == null ? null : spread.phase(join),
                tail == null ? null : tail.phase(join),
                0,
                null,
                extra,
                highest,
                outage == null ? null : outage.phase(join),
                buckets == null ? null : buckets.phase(),
                false);
    }

    /** After a look that says nothing, with the reason; null where nothing was to be expected. */
    MetricState without(String data) {
        return new MetricState(main, spread, tail, looks, data, extra, highest, outage, buckets, byPlan);
    }

    /**
     * After a look of a warm-up, of which only what it cost and whether it had data is kept.
     *
     * @param next what the look would have made of it
     */
    MetricState warmed(MetricState next) {
        return new MetricState(
                main, spread, tail, looks, next.missing, next.extra, highest, next.outage, buckets, byPlan);
    }

    /** The same with what the look alone had, to be shown. */
    MetricState showing(MetricState look) {
        return new MetricState(
                main.with(look.main.seen()),
                spread,
                tail,
                looks,
                missing,
                extra,
                highest,
                outage,
                look.buckets,
                byPlan);
    }

    MetricState looked(EProcess nextMain, EProcess nextSpread, EProcess nextTail, double extraFailures) {
        return new MetricState(
                nextMain, nextSpread, nextTail, looks + 1, null, extra + extraFailures, highest, outage, null, byPlan);
    }

    /** After a look at a histogram, whose spread is not judged. */
    MetricState looked(EProcess nextMain, EProcess nextTail, BucketState known) {
        EProcess kept = spread.isUntouched() ? SPREAD : spread;
        return new MetricState(nextMain, kept, nextTail, looks + 1, null, extra, highest, outage, known, byPlan);
    }

    /** The same with more of the canary's requests that fared worse than the baseline's did. */
    MetricState spending(double requests) {
        return new MetricState(main, spread, tail, looks, missing, extra + requests, highest, outage, buckets, byPlan);
    }

    /** The same with other evidence. */
    MetricState parts(EProcess nextMain, EProcess nextSpread, EProcess nextTail) {
        return new MetricState(nextMain, nextSpread, nextTail, looks, missing, extra, highest, outage, buckets, byPlan);
    }

    /** The same after a look of this phase that did, or didn't, tell how many requests there were. */
    MetricState byPlan(boolean look) {
        boolean all = look && (byPlan || looks == 1);
        return all == byPlan
                ? this
                : new MetricState(main, spread, tail, looks, missing, extra, highest, outage, buckets, all);
    }

    MetricState with(Outage next) {
        return new MetricState(main, spread, tail, looks, missing, extra, highest, next, buckets, byPlan);
    }

    MetricState reached(double e) {
        return e <= highest
                ? this
                : new MetricState(main, spread, tail, looks, missing, extra, e, outage, buckets, byPlan);
    }

    /** The metric's evidence of harm. */
    double e() {
        if (spread != null) {
            return LOCATION * main.e() + TAIL * spread.e() + TAIL * tail.e();
        }
        return outage == null ? main.e() : (1 - Outage.PART) * main.e() + Outage.PART * outage.e();
    }

    /** The evidence of harm since its last low, of the worst part; at least 1. */
    double recent() {
        return spread == null ? main.recent() : Math.max(main.recent(), Math.max(spread.recent(), tail.recent()));
    }

    /** Whether harm builds up just now, so that an older proof of its absence is none. */
    boolean buildsUp() {
        return recent() >= BUILDS_UP;
    }

    /** The evidence that harm at this phase's margin is absent: of the weakest part that has data. */
    double proven() {
        boolean tails = tail != null && tail.seen().canaryExposure() > 0;
        double level = buckets == null ? main.proven() : main.proven(Bets.PROOF);
        return tails ? Math.min(level, tail.proven()) : level;
    }

    /** Whether enough of the canary was seen for a conclusion. */
    boolean enough(MetricConfig m) {
        return lacking(m) <= 0;
    }

    /** How much more of the canary must be seen before anything is concluded, not positive when enough was. */
    double lacking(MetricConfig m) {
        return lacking(m.minimum());
    }

    /** The same of another minimum. */
    double lacking(double minimum) {
        return byPlan ? FEWEST_LOOKS_BY_PLAN - looks : minimum - main.seen().canaryExposure();
    }

    /** Looks like those so far until there is enough; none where there is. */
    double looksToMinimum(double minimum) {
        double perLook = byPlan ? 1 : main.seen().canaryExposure() / looks;
        return Math.max(0, lacking(minimum)) / perLook;
    }
}
