// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import java.util.List;

/**
 * A rollback entry that watches a metric: when {@code threshold} has held as long as it says, the {@code procedure} runs.
 *
 * @param parts one for each condition of a threshold that has several, with the metric that it speaks of; else empty
 * @param warns whether it holds the release where it is, and brings nothing back
 * @param byName whether its quantile is that of the metric's name, since the threshold says none
 */
public record Trigger(
        String entry,
        String title,
        Metric metric,
        Threshold threshold,
        List<ActionSpec> procedure,
        List<String> notification,
        List<Trigger> parts,
        boolean warns,
        boolean byName) {
    public Trigger {
        procedure = List.copyOf(procedure);
        notification = List.copyOf(notification);
        parts = List.copyOf(parts);
    }

    /** Of one condition. */
    public Trigger(
            String entry,
            String title,
            Metric metric,
            Threshold threshold,
            List<ActionSpec> procedure,
            List<String> notification) {
        this(entry, title, metric, threshold, procedure, notification, List.of(), false, false);
    }

    /**
     * With the quantile that a limit of a latency has from the metric's name: {@code > 400ms} of "p95 latency" is one of p95. An average
     * and a burn rate have none.
     */
    public Trigger named() {
        ThresholdTerms terms = threshold.terms();
        boolean average = terms.over() != null && terms.over().how() == ThresholdTerms.How.TOGETHER;
        boolean bare = parts.isEmpty()
                && metric.kind() == Metric.Kind.LATENCY
                && !terms.hasQuantile()
                && !average
                && !(threshold.bound() instanceof Threshold.Burn);
        double promised = bare ? metric.promised() : Double.NaN;
        if (!parts.isEmpty()) {
            return of(threshold, parts.stream().map(Trigger::named).toList(), false);
        }
        return Double.isNaN(promised) ? this : of(threshold.with(terms.of(promised, terms.over())), parts, true);
    }

    /** The same as versions had it that took no name for a quantile. */
    Trigger unnamed() {
        if (!parts.isEmpty()) {
            return of(threshold, parts.stream().map(Trigger::unnamed).toList(), false);
        }
        ThresholdTerms terms = threshold.terms();
        return byName ? of(threshold.with(terms.of(Double.NaN, terms.over())), parts, false) : this;
    }

    private Trigger of(Threshold threshold, List<Trigger> parts, boolean byName) {
        return new Trigger(entry, title, metric, threshold, procedure, notification, parts, warns, byName);
    }

    /** By what its state is known: an entry may have a limit and a warning. */
    public String key() {
        return warns ? entry + " warn" : entry;
    }

    /** The same against a number in the metric's own unit. */
    Trigger against(double limit) {
        Threshold fixed = new Threshold(
                threshold.text(),
                threshold.comparison(),
                new Threshold.Fixed(limit, ""),
                threshold.sustained(),
                threshold.note(),
                threshold.terms());
        return of(fixed, parts, byName);
    }

    /** Its conditions, each as a trigger of its own; itself where it is one. */
    public List<Trigger> conditions() {
        return parts.isEmpty() ? List.of(this) : parts;
    }

    /** Whether all conditions must hold, not just any. */
    boolean all() {
        return threshold.terms().joint() != null && threshold.terms().joint().all();
    }

    /** Whether it looks back on more than the look at hand, other than by a time that it must last. */
    boolean windowed() {
        return threshold.terms().over() != null || threshold.terms().share() != null;
    }

    /** Whether its number is one of events in a time. */
    boolean perTime() {
        return threshold.bound() instanceof Threshold.Fixed fixed
                && fixed.unit().equals("/s");
    }
}
