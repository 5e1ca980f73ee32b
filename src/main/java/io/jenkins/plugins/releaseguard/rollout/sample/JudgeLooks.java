// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.sample;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Between the journal's samples and the judge's looks. */
public final class JudgeLooks {
    private JudgeLooks() {}

    /**
     * A journal's look as the judge takes it; samples of other metrics are left out.
     *
     * @param warmup whether the phase still warmed up when the look began
     */
    public static Look of(List<MetricConfig> configs, int phase, Event.Looked looked, boolean warmup) {
        double seconds = Duration.between(looked.from(), looked.to()).toNanos() / 1e9;
        double canary = Double.NaN;
        double baseline = Double.NaN;
        List<MetricLook> metrics = new ArrayList<>();
        for (Event.Sample sample : looked.samples()) {
            MetricConfig metric = configs.stream()
                    .filter(m -> m.id().equals(sample.metric()))
                    .findFirst()
                    .orElse(null);
            if (metric == null) {
                continue;
            }
            if (Double.isNaN(canary) && sample.canaryTotal() != null && sample.baselineTotal() != null) {
                canary = sample.canaryTotal();
                baseline = sample.baselineTotal();
            }
            Counts canaryCounts = counts(sample.canaryErrors(), sample.canaryTotal());
            Counts baselineCounts = counts(sample.baselineErrors(), sample.baselineTotal());
            boolean tail = metric.kind() == MetricKind.LATENCY;
            Buckets canaryBuckets = buckets(sample, sample.canaryBuckets());
            Buckets baselineBuckets = buckets(sample, sample.baselineBuckets());
            Buckets.Beyond beyond = null;
            if (tail && canaryCounts != null && isInside(metric, canaryBuckets, baselineBuckets)) {
                // an earlier version interpolated what lies above the limit
                beyond = canaryBuckets.beyond(metric.evidence().far());
                canaryCounts = new Counts(beyond.surely(), canaryBuckets.total());
                baselineCounts = new Counts(
                        baselineBuckets.beyond(metric.evidence().far()).surely(), baselineBuckets.total());
            }
            metrics.add(new MetricLook(
                    sample.metric(),
                    tail ? null : baselineCounts,
                    tail ? null : canaryCounts,
                    values(sample.baselineValues()),
                    values(sample.canaryValues()),
                    tail ? baselineCounts : null,
                    tail ? canaryCounts : null,
                    baselineBuckets,
                    canaryBuckets,
                    beyond,
                    sample.missing()));
        }
        return new Look(phase, seconds, baseline, canary, metrics, warmup);
    }

    /** Whether the far limit lies between two bounds with requests of either side, so that it can't be told how many exceed it. */
    private static boolean isInside(MetricConfig metric, Buckets canary, Buckets baseline) {
        return !Double.isNaN(metric.evidence().far())
                && canary != null
                && baseline != null
                && (canary.beyond(metric.evidence().far()).hides()
                        || baseline.beyond(metric.evidence().far()).hides());
    }

    private static Counts counts(Double errors, Double total) {
        // a plain count has no total: the judge takes the look's requests, or the planned share
        return errors == null ? null : new Counts(errors, total == null ? Double.NaN : total);
    }

    private static List<Double> values(List<Double> values) {
        return values == null ? List.of() : values;
    }

    /** Where a source has single values, they tell more. */
    private static Buckets buckets(Event.Sample sample, List<Double> counts) {
        boolean values = sample.canaryValues() != null || sample.baselineValues() != null;
        if (values || sample.bounds() == null || counts == null) {
            return null;
        }
        if (counts.size() != sample.bounds().size() + 1) {
            throw new IllegalArgumentException(
                    "a histogram with " + sample.bounds().size() + " bounds has " + counts.size() + " buckets");
        }
        return new Buckets(sample.bounds(), counts);
    }

    /** What the judge said of a phase, as it is journalled; numbers that are none are left out. */
    public static Event.Judged judged(int phase, LookVerdict verdict) {
        return new Event.Judged(
                phase,
                word(verdict.action()),
                verdict.reason(),
                verdict.findings().stream().map(JudgeLooks::finding).toList());
    }

    private static Event.Finding finding(MetricFinding f) {
        return new Event.Finding(
                f.id(),
                f.name(),
                f.unit(),
                word(f.verdict()),
                number(f.canary()),
                number(f.baseline()),
                number(f.effect()),
                f.interval() == null ? null : number(f.interval().lower()),
                f.interval() == null ? null : number(f.interval().upper()),
                number(f.limit()),
                f.test(),
                number(f.p()),
                number(f.e()),
                f.samples() == null ? null : number(f.samples().canary()),
                f.reason());
    }

    /** The journal's word for what the judge wants. */
    public static LookAction word(Action action) {
        return switch (action) {
            case CONTINUE -> LookAction.CONTINUE;
            case STOP -> LookAction.STOP;
            case PROMOTE -> LookAction.PROMOTE;
            case HOLD -> LookAction.HOLD;
        };
    }

    private static MetricVerdict word(Verdict verdict) {
        return switch (verdict) {
            case PASS -> MetricVerdict.PASS;
            case MARGINAL -> MetricVerdict.MARGINAL;
            case FAIL -> MetricVerdict.FAIL;
            case INCONCLUSIVE -> MetricVerdict.INCONCLUSIVE;
            case NODATA -> MetricVerdict.NODATA;
        };
    }

    private static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
