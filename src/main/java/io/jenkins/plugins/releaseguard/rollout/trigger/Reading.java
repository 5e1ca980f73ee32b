// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.How;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.Share;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.rollout.trigger.LookWindow.Seen;
import java.time.Duration;
import java.util.List;

/**
 * What a look, or a window of looks, says of a trigger's condition.
 *
 * @param value where the number lies
 * @param limit NaN where unknown
 * @param violated surely
 * @param told whether it is known if it is violated
 * @param of the sample that has the number
 * @param extent what the number is of
 */
record Reading(LevelRange value, double limit, boolean violated, boolean told, Event.Sample of, Extent extent) {
    private static final double LEAST = 1e-9;

    /** Of one look. */
    static Reading of(Trigger trigger, Event.Sample sample, boolean canary, Duration covered, Captured captured) {
        double limit = Baselines.limit(trigger, sample, canary, captured);
        Extent extent = Extent.of(covered, sample, canary, Subject.meanOfValues(trigger, sample, canary));
        return of(trigger, Subject.span(trigger, sample, canary, covered), limit, sample, extent);
    }

    private static Reading of(Trigger trigger, LevelRange value, double limit, Event.Sample sample, Extent extent) {
        Comparison comparison = trigger.threshold().comparison();
        boolean violated = value.surely(comparison, limit);
        boolean told = violated || Captured.needs(trigger) || value.never(comparison, limit);
        return new Reading(value, limit, violated, told && !value.isUnknown() && !Double.isNaN(limit), sample, extent);
    }

    /** Of all looks that the trigger speaks of. A window says nothing before it has been lived through. */
    static Reading of(Trigger trigger, LookWindow window, Captured captured) {
        ThresholdTerms terms = trigger.threshold().terms();
        Event.Sample together = window.together(trigger.metric().kind() == Metric.Kind.COUNT && !trigger.perTime());
        if (terms.share() != null) {
            return share(trigger, terms.share(), window, together, captured);
        }
        Reading all = of(trigger, together, window.canary(), window.span(), captured);
        if (terms.over().how() == How.OF_LOOKS) {
            all = of(trigger, rank(trigger, window, terms.over().rank()), all.limit(), together, all.extent());
        }
        boolean lived = window.span().compareTo(terms.over().window()) >= 0;
        return lived ? all : new Reading(all.value(), all.limit(), false, false, together, all.extent());
    }

    private static LevelRange rank(Trigger trigger, LookWindow window, double rank) {
        List<LevelRange> spans = window.looks().stream()
                .map(seen -> Subject.span(trigger, seen.sample(), window.canary(), seen.covered()))
                .filter(span -> !span.isUnknown())
                .toList();
        if (spans.isEmpty()) {
            return LevelRange.UNKNOWN;
        }
        // the nearest rank: no number is told that no look had
        int at = (int) Math.max(0, Math.ceil(rank * spans.size() - LEAST) - 1);
        double low = spans.stream()
                .mapToDouble(LevelRange::low)
                .sorted()
                .skip(at)
                .findFirst()
                .orElse(Double.NaN);
        double high = spans.stream()
                .mapToDouble(LevelRange::high)
                .sorted()
                .skip(at)
                .findFirst()
                .orElse(Double.NaN);
        return new LevelRange(low, high);
    }

    /** So many of the last looks that had data; enough before there are all of them is enough. */
    private static Reading share(
            Trigger trigger, Share share, LookWindow window, Event.Sample together, Captured captured) {
        int surely = 0;
        int open = 0;
        Reading shown = null;
        for (Seen seen : window.looks()) {
            Reading one = of(trigger, seen.sample(), window.canary(), seen.covered(), captured);
            surely += one.violated() && one.told() ? 1 : 0;
            open += one.told() ? 0 : 1;
            shown = shown == null || one.violated() || !shown.violated() ? one : shown;
        }
        boolean violated = surely >= share.looks();
        return new Reading(
                shown.value(),
                shown.limit(),
                violated,
                violated || surely + open < share.looks(),
                together,
                shown.extent());
    }

    /** Whether it looks back on enough to say anything. */
    static boolean isLived(Trigger trigger, LookWindow window) {
        ThresholdTerms terms = trigger.threshold().terms();
        return terms.over() == null || window.span().compareTo(terms.over().window()) >= 0;
    }
}
