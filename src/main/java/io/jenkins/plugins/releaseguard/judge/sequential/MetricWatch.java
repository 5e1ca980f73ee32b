// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Faults;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;

/** One metric of one look: its new state. */
final class MetricWatch {
    /** The extra fraction of requests above a tail's limit that nobody cares about. */
    private static final double TAIL_FLOOR = 0.002;

    /** The same where a budget decides: a proof is asked for once, and durations above a far limit are few. */
    private static final double TAIL_FLOOR_OF_A_BUDGET = 0.004;

    /** By how much more the tail grows than the level, and what it may grow by at most. */
    private static final double TAIL_POWER = 5;

    private static final double MOST_TAIL = 10;

    private final MetricConfig metric;
    private final boolean compared;
    private final double multiplier;
    private final double expected;
    private final JudgeConfig judge;
    private final double tailFloor;

    MetricWatch(JudgeConfig judge, MetricConfig metric, int phase) {
        this.metric = metric;
        this.compared = judge.compares(phase);
        this.multiplier = judge.multiplier(phase);
        this.expected = judge.expectedShares().get(phase);
        this.judge = judge;
        this.tailFloor = judge.promotion() == Promotion.BUDGET ? TAIL_FLOOR_OF_A_BUDGET : TAIL_FLOOR;
    }

    MetricState look(MetricState s, MetricLook look, Look all) {
        String fault = Faults.of(metric, look, compared);
        if (fault != null) {
            return s.without(fault);
        }
        if (metric.counted()) {
            return events(s, look, all);
        }
        return look.inBuckets() ? buckets(s, look, all.seconds()) : values(s, look, all.seconds());
    }

    /** Bets on looks that wait, since the phase ends. */
    MetricState close(MetricState s) {
        if (metric.counted()) {
            return s.parts(
                    s.main().waits() == null
                            ? s.main()
                            : events().bet(s.main(), s.main().waits()),
                    null,
                    null);
        }
        ValueWatch watch = valueWatch();
        EProcess spread = s.spread();
        EProcess tail = s.tail();
        return s.parts(
                closed(s),
                spread.waits() == null ? spread : watch.betOnSpread(spread, spread.waits(), clip()),
                tail.waits() == null
                        ? tail
                        : tail(s.main().seen().baselineLevel()).bet(tail, tail.waits()));
    }

    private EProcess closed(MetricState s) {
        Block waits = s.main().waits();
        if (waits == null) {
            return s.main();
        }
        return s.buckets() == null
                ? valueWatch().bet(s.main(), waits, clip())
                : bucketWatch(s.main().seen().baselineLevel()).bet(s.main(), s.buckets(), waits);
    }

    private EventWatch events() {
        double floor = metric.kind() == MetricKind.RATE ? metric.floor() : 0;
        return new EventWatch(metric.allow(), metric.promotionMargin(multiplier), multiplier * floor, judge.sticky());
    }

    private ValueWatch valueWatch() {
        return new ValueWatch(metric.kind(), metric.allow(), metric.promotionMargin(multiplier), judge.sticky());
    }

    private BlockLength eventBlock(EProcess s, double seconds) {
        return new BlockLength(seconds, judge.eventBlock(s.sums().clusters().bursts()));
    }

    private boolean clip() {
        return expected <= EventWatch.CLIP_UP_TO;
    }

    private MetricState events(MetricState s, MetricLook look, Look all) {
        Counts c = look.canaryCounts();
        Counts b = look.baselineCounts() == null ? new Counts(0, 0) : look.baselineCounts();
        double nc = exposure(c, b, all, true);
        double nb = exposure(c, b, all, false);
        if (!compared) {
            b = new Counts(0, 0);
            nb = 0;
        }
        EProcess whole = s.main().waiting(s.main().block().plus(all.seconds(), c.errors(), nc, b.errors(), nb));
        EProcess next = events().look(s.main(), eventBlock(s.main(), all.seconds()), c.errors(), nc, b.errors(), nb);
        EProcess main = next.waits() == null && WaitingHarm.speaks(metric, whole) ? next.alarmed() : next;
        MetricState known = s.outage() == null || !compared
                ? s
                : s.with(s.outage()
                        .look(c, b, s.main().seen().baselineLevel(), metric.allow(), metric.worse(), s.looks()));
        return known.looked(main, null, null, nb > 0 ? c.errors() - b.errors() * nc / nb : 0)
                .byPlan(isByPlan(c, b, all));
    }

    /** A rate carries its exposure; a count takes the look's requests, its own totals, or the planned share, in this order. */
    private double exposure(Counts c, Counts b, Look all, boolean canary) {
        if (isByPlan(c, b, all)) {
            return canary ? expected : 1 - expected;
        }
        return metric.kind() == MetricKind.RATE || !hasRequests(all)
                ? (canary ? c : b).total()
                : canary ? all.canaryRequests() : all.baselineRequests();
    }

    private boolean isByPlan(Counts c, Counts b, Look all) {
        return metric.kind() == MetricKind.COUNT && !hasRequests(all) && !(c.total() > 0 && b.total() > 0);
    }

    private static boolean hasRequests(Look all) {
        return all.canaryRequests() >= 0 && all.baselineRequests() >= 0;
    }

    private MetricState values(MetricState s, MetricLook look, double seconds) {
        double[] c = SampleValues.sorted(look.canary());
        if (c.length == 0) {
            return s.without(null);
        }
        EProcess main = s.main().with(Bets.HARM, Bets.PROOF, true);
        if (!compared) {
            return s.looked(alone(main, c.length, Ranks.median(c)), s.spread(), s.tail(), 0);
        }
        double[] b = SampleValues.sorted(look.baseline());
        if (b.length == 0) {
            return s.without(null);
        }
        BlockLength length = new BlockLength(seconds, judge.valueBlock());
        ValueWatch watch = valueWatch();
        return s.looked(
                watch.location(main, length, c, b, clip()),
                metric.raw() ? watch.spread(s.spread(), length, c, b, clip()) : s.spread(),
                tail(s.tail(), eventBlock(s.tail(), seconds), look, Ranks.median(b)),
                tooSlow(look));
    }

    /** Extra requests of the canary above the far limit. */
    private static double tooSlow(MetricLook look) {
        Counts c = look.canaryTail();
        Counts b = look.baselineTail();
        return c == null || b == null || !(b.total() > 0) ? 0 : c.errors() - b.errors() * c.total() / b.total();
    }

    private MetricState buckets(MetricState s, MetricLook look, double seconds) {
        boolean same = compared && look.baselineBuckets() != null;
        Buckets c = same ? look.canaryBuckets().onto(look.baselineBuckets()) : look.canaryBuckets();
        if (!(c.total() > 0)) {
            return s.without(null);
        }
        EProcess main = s.main().with(BucketWatch.HARMS, BucketWatch.PROOFS, false);
        BucketState known = (s.buckets() == null ? BucketState.NONE : s.buckets()).far(look.canaryBeyond());
        if (!compared) {
            return s.looked(alone(main, c.total(), c.about()), s.tail(), known.alone(c));
        }
        Buckets b = look.baselineBuckets().onto(look.canaryBuckets());
        if (!(b.total() > 0)) {
            return s.without(null);
        }
        BlockLength length = new BlockLength(seconds, judge.valueBlock());
        BucketWatch watch = bucketWatch(b.about());
        EProcess next = watch.look(main, known, length, c, b);
        EProcess tail = tail(s.tail(), eventBlock(s.tail(), seconds), look, b.about());
        // while looks wait, what they are asked stays the same
        return s.spending(tooSlow(look))
                .looked(
                        next,
                        tail,
                        next.waits() == null ? watch.learn(known, c, b, main.looks() == 0) : known.levels(c, b));
    }

    private BucketWatch bucketWatch(double level) {
        return new BucketWatch(
                metric,
                onScale(metric.allow(), level),
                onScale(metric.promotionMargin(multiplier), level),
                clip(),
                judge.sticky());
    }

    /** A duration's margin scales it, a gauge's shifts it. */
    private Allow onScale(Allow margin, double level) {
        return metric.kind() == MetricKind.GAUGE && margin.relative() ? Allow.absolute(margin.at(level)) : margin;
    }

    /** Requests above the source's far limit, as events. */
    private EProcess tail(EProcess s, BlockLength length, MetricLook look, double level) {
        Counts c = look.canaryTail();
        Counts b = look.baselineTail();
        if (c == null || b == null) {
            return s;
        }
        Buckets.Beyond beyond = look.canaryBeyond();
        double open = beyond == null ? 0 : beyond.possibly() - beyond.surely();
        return tail(level).look(s, length, c.errors(), c.total(), b.errors(), b.total(), open);
    }

    private EventWatch tail(double level) {
        Allow harmless = tailAllow(metric.allow(), level);
        Allow margin = tailAllow(metric.promotionMargin(multiplier), level);
        return new EventWatch(harmless, margin, multiplier * tailFloor, judge.sticky());
    }

    /**
     * What a tolerated rise of the level does to the share of requests above a far limit: in the upper percent of lognormal
     * durations of sigma one half, a level 10 % higher puts 1.6 times as many above it, the fifth power.
     */
    static Allow tailAllow(Allow level, double at) {
        double relative = at == 0 ? 0 : level.at(at) / Math.abs(at);
        return new Allow(Math.min(MOST_TAIL, Math.pow(1 + relative, TAIL_POWER) - 1), true);
    }

    /** Without a concurrent baseline only the level is remembered. */
    private static EProcess alone(EProcess s, double values, double level) {
        PhaseSums was = s.sums();
        return s.with(new PhaseSums(
                was.canary() + values * level, was.canaryExposure() + values, 0, 0, 0, 0, 0, 0, Overdispersion.NONE));
    }
}
