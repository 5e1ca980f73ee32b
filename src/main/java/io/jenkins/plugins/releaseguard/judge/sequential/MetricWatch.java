// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Faults;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;

/** One metric of one look: its new state. */
final class MetricWatch {
    /** Location, spread and tail share a metric's evidence; parts without data count 1. */
    private static final double LOCATION = 0.5;

    private static final double TAIL_FLOOR = 0.001;

    private final JudgeConfig judge;
    private final MetricConfig metric;
    private final boolean compared;
    private final double multiplier;
    private final double expected;

    MetricWatch(JudgeConfig judge, MetricConfig metric, int phase) {
        this.judge = judge;
        this.metric = metric;
        this.compared = judge.compares(phase);
        this.multiplier = judge.multiplier(phase);
        this.expected = judge.expectedShares().get(phase);
    }

    static MetricState start(MetricConfig m) {
        return m.counted()
                ? new MetricState(EProcess.start(m.worse(), EventWatch.PROOFS, true), null, null, 0, null, 0, 1)
                : new MetricState(
                        EProcess.start(m.worse(), Bets.PROOF, true),
                        EProcess.start(Worse.HIGHER, 0, false),
                        EProcess.start(Worse.HIGHER, EventWatch.PROOFS, false),
                        0,
                        null,
                        0,
                        1);
    }

    static MetricState phase(MetricConfig m, MetricState s, boolean join) {
        return m.counted()
                ? new MetricState(
                        s.main().phase(join, EventWatch.PROOFS, true), null, null, 0, null, s.extra(), s.highest())
                : new MetricState(
                        s.main().phase(join, Bets.PROOF, true),
                        s.spread().phase(join, 0, false),
                        s.tail().phase(join, EventWatch.PROOFS, false),
                        0,
                        null,
                        s.extra(),
                        s.highest());
    }

    MetricState look(MetricState s, MetricLook look, Look all) {
        String fault = Faults.of(metric, look, compared);
        if (fault != null) {
            return new MetricState(s.main(), s.spread(), s.tail(), s.looks(), fault, s.extra(), s.highest());
        }
        return metric.counted() ? events(s, look, all) : values(s, look);
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
        double floor = metric.kind() == MetricKind.RATE ? metric.floor() : 0;
        EProcess main = watch(floor).look(s.main(), c.errors(), nc, b.errors(), nb);
        double extra = nb > 0 ? c.errors() - b.errors() * nc / nb : 0;
        return new MetricState(main, null, null, s.looks() + 1, null, s.extra() + extra, s.highest());
    }

    private EventWatch watch(double floor) {
        return new EventWatch(metric.allow(), metric.promotionMargin(multiplier), multiplier * floor);
    }

    /** A rate carries its exposure; a count takes the look's requests, its own totals, or the planned share, in this order. */
    private double exposure(Counts c, Counts b, Look all, boolean canary) {
        Counts own = canary ? c : b;
        if (metric.kind() == MetricKind.RATE) {
            return own.total();
        }
        if (all.canaryRequests() >= 0 && all.baselineRequests() >= 0) {
            return canary ? all.canaryRequests() : all.baselineRequests();
        }
        return c.total() > 0 && b.total() > 0 ? own.total() : canary ? expected : 1 - expected;
    }

    private MetricState values(MetricState s, MetricLook look) {
        double[] c = SampleValues.sorted(look.canary());
        if (c.length == 0 || compared && SampleValues.sorted(look.baseline()).length == 0) {
            return new MetricState(s.main(), s.spread(), s.tail(), s.looks(), null, s.extra(), s.highest());
        }
        if (!compared) {
            return new MetricState(
                    alone(s.main(), c), s.spread(), s.tail(), s.looks() + 1, null, s.extra(), s.highest());
        }
        double[] b = SampleValues.sorted(look.baseline());
        boolean clip = expected <= 0.55;
        ValueWatch watch = new ValueWatch(metric.kind(), metric.allow(), metric.promotionMargin(multiplier));
        EProcess tail = s.tail();
        if (look.canaryTail() != null && look.baselineTail() != null) {
            double level = Ranks.median(b);
            Allow harmless = tailAllow(metric.allow(), level);
            Allow margin = tailAllow(metric.promotionMargin(multiplier), level);
            tail = new EventWatch(harmless, margin, multiplier * TAIL_FLOOR)
                    .look(
                            tail,
                            look.canaryTail().errors(),
                            look.canaryTail().total(),
                            look.baselineTail().errors(),
                            look.baselineTail().total());
        }
        return new MetricState(
                watch.location(s.main(), c, b, clip),
                metric.raw() ? watch.spread(s.spread(), c, b, clip) : s.spread(),
                tail,
                s.looks() + 1,
                null,
                s.extra(),
                s.highest());
    }

    /**
     * What a tolerated rise of the level does to the share of requests above a far limit: in the upper percent of lognormal
     * durations of sigma one half, a level 10 % higher puts 1.6 times as many above it, the fifth power.
     */
    private static Allow tailAllow(Allow level, double at) {
        double relative = at == 0 ? 0 : level.at(at) / Math.abs(at);
        return new Allow(Math.min(10, Math.pow(1 + relative, 5) - 1), true);
    }

    private static EProcess alone(EProcess s, double[] c) {
        EProcess.Sums was = s.sums();
        EProcess.Sums sums = new EProcess.Sums(
                was.canary() + c.length * Ranks.median(c),
                was.canaryExposure() + c.length,
                0,
                0,
                0,
                0,
                0,
                0,
                Overdispersion.NONE);
        return new EProcess(s.up(), s.down(), s.proof(), s.proofDown(), s.ladder(), sums);
    }

    /** The metric's evidence of harm. */
    double e(MetricState s, int started) {
        int planned = Math.max(1, judge.comparedPhases());
        double main = s.main().e(planned, started);
        if (metric.counted()) {
            return main;
        }
        double rest = (1 - LOCATION) / 2;
        return LOCATION * main
                + rest * s.spread().e(planned, started)
                + rest * s.tail().e(planned, started);
    }

    /** The evidence that harm at this phase's margin is absent: of the weakest part that has data. */
    static double proven(MetricState s) {
        boolean tail = s.tail() != null && s.tail().sums().canaryExposure() > 0;
        return tail ? Math.min(s.main().proven(), s.tail().proven()) : s.main().proven();
    }
}
