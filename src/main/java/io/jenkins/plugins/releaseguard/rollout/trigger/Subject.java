// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.How;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;

/** What a trigger's condition speaks of: which number of its metric, and how people are told. */
public final class Subject {
    /** What a latency's limit is held against where it names no quantile. */
    private static final double USUAL = 0.99;

    private static final double MINUTE = 60;

    private Subject() {}

    /** The quantile of a latency; NaN where the number is none. */
    static double quantile(Trigger trigger) {
        ThresholdTerms terms = trigger.threshold().terms();
        if (trigger.metric().kind() != Metric.Kind.LATENCY || mean(trigger)) {
            return Double.NaN;
        }
        return terms.hasQuantile() ? terms.quantile() : USUAL;
    }

    /** Whether it is the mean of a latency. */
    private static boolean mean(Trigger trigger) {
        ThresholdTerms terms = trigger.threshold().terms();
        return terms.over() != null && terms.over().how() == How.TOGETHER && !terms.hasQuantile();
    }

    /** By what a baseline captured before the deployment is known: the metric's id, with the quantile where that is not the usual one. */
    public static String key(Trigger trigger) {
        double quantile = quantile(trigger);
        return Double.isNaN(quantile) || quantile == USUAL
                ? trigger.metric().id()
                : trigger.metric().id() + " " + ThresholdTerms.quantileName(quantile);
    }

    /** The baseline's number. */
    public static double baseline(Trigger trigger, Event.Sample sample) {
        return MetricLevel.of(trigger.metric(), quantile(trigger), sample, false);
    }

    static double canary(Trigger trigger, Event.Sample sample) {
        return MetricLevel.of(trigger.metric(), quantile(trigger), sample, true);
    }

    /**
     * Where the number lies.
     *
     * @param covered the time that the sample is of
     */
    static LevelRange span(Trigger trigger, Event.Sample sample, boolean canary, Duration covered) {
        if (trigger.perTime()) {
            Double events = canary ? sample.canaryErrors() : sample.baselineErrors();
            double seconds = covered.toMillis() / 1000.0;
            return events == null || !(seconds > 0) ? LevelRange.UNKNOWN : LevelRange.of(events / seconds);
        }
        Buckets buckets = MetricLevel.buckets(trigger.metric(), sample, canary);
        if (buckets != null && mean(trigger)) {
            return mean(buckets);
        }
        return MetricLevel.span(trigger.metric(), quantile(trigger), sample, canary);
    }

    /** Between what the mean of a histogram lies. */
    private static LevelRange mean(Buckets buckets) {
        double total = buckets.total();
        double low = 0;
        double high = 0;
        for (int i = 0; i < buckets.counts().size(); i++) {
            double n = buckets.counts().get(i);
            low += n == 0 ? 0 : n * buckets.low(i) / total;
            high += n == 0 ? 0 : n * buckets.high(i) / total;
        }
        return total > 0 ? new LevelRange(low, high) : LevelRange.UNKNOWN;
    }

    /** Whether the number is the mean of a look's values: of a gauge, and of a latency that has a query of its own. */
    static boolean meanOfValues(Trigger trigger, Event.Sample sample, boolean canary) {
        boolean told = trigger.metric().kind() == Metric.Kind.LATENCY
                && (canary ? sample.canaryQuantiles() : sample.baselineQuantiles()) != null;
        return !told
                && !trigger.perTime()
                && trigger.metric().kind() != Metric.Kind.RATE
                && MetricLevel.buckets(trigger.metric(), sample, canary) == null;
    }

    /**
     * What a number is of, behind it: " over 10 s", " at the mean of 4 values over 10 s"; without what {@link #name} says before it.
     */
    static String extent(Trigger trigger, Extent extent) {
        ThresholdTerms terms = trigger.threshold().terms();
        if (terms.over() == null) {
            return extent.text();
        }
        return extent.values() == 0
                ? ""
                : terms.over().how() == How.OF_LOOKS
                        ? " at a look's mean"
                        : " in " + Quantity.count(extent.values(), "value");
    }

    /** "error rate", "p95 of latency", "average error rate over 10 min": never under a name that says another quantile. */
    static String name(Trigger trigger) {
        ThresholdTerms terms = trigger.threshold().terms();
        Metric metric = trigger.metric();
        boolean told = !metric.query().histogram().isEmpty() || terms.hasQuantile();
        String name = metric.spoken(told ? quantile(trigger) : Double.NaN);
        String counted = trigger.perTime() ? (metric.kind() == Metric.Kind.RATE ? "failures of " : "") + name : name;
        if (terms.over() == null) {
            return counted;
        }
        String over = " over " + Span.text(terms.over().window());
        if (terms.over().how() == How.OF_LOOKS) {
            double rank = terms.over().rank();
            String which = rank <= 0
                    ? "the least"
                    : rank >= 1 ? "the greatest" : ThresholdTerms.quantileName(rank) + " of the looks' values";
            return counted + over + ", " + which + ",";
        }
        return (terms.hasQuantile() ? "" : "average ") + counted + over;
    }

    /** A value of it with digits enough to tell it from the limit; NaN for none. */
    static String text(Trigger trigger, double value, double limit) {
        return trigger.perTime()
                ? Quantity.inUnit(value * MINUTE, limit * MINUTE, "per minute")
                : Units.beside(trigger.metric(), value, limit);
    }
}
