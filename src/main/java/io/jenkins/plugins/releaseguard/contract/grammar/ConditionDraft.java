// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Bound;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.How;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.Over;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.Share;
import java.time.Duration;

/** A condition as it is being read. What it leaves out may stand in another that it is joined with. */
final class ConditionDraft {
    final int start;
    String metric = "";
    double quantile = Double.NaN;
    boolean average;
    boolean success;
    double rank = Double.NaN;
    Comparison comparison;
    Bound bound;
    Duration window;
    Share share;
    Duration sustained;
    int end;

    ConditionDraft(int start) {
        this.start = start;
    }

    boolean ofLooks() {
        return !Double.isNaN(rank);
    }

    private boolean burn() {
        return bound instanceof Burn;
    }

    /** Whether it doesn't say over which looks, nor for how long. */
    boolean untimed() {
        return sustained == null && window == null && share == null && !burn();
    }

    /** Takes a time, a window or a share of looks from one that has it. */
    void timedAs(ConditionDraft other) {
        sustained = other.sustained;
        window = other.window;
        share = other.share;
    }

    /** {@code p95 > 1.5x baseline and > 20ms above it} speaks of the same in both. */
    void subjectOf(ConditionDraft first) {
        boolean bare = metric.isEmpty() && Double.isNaN(quantile) && !average && !success && !ofLooks() && !burn();
        if (bare && !first.burn()) {
            metric = first.metric;
            quantile = first.quantile;
            average = first.average;
            rank = first.rank;
        }
    }

    Threshold threshold() throws SyntaxProblem {
        if (burn()) {
            return made(comparison, bound, null);
        }
        Over over = over();
        if (!success) {
            return made(comparison, bound, over);
        }
        if (!(bound instanceof Fixed fixed) || !fixed.unit().equals("%") || fixed.value() < 0 || fixed.value() > 1) {
            throw new SyntaxProblem(
                    start,
                    "a limit of successes is a share of at most 100%",
                    "for example success < 99.9% for 5 minutes");
        }
        return made(comparison.turned(), new Fixed(ThresholdWriter.whole(fixed.value()), "%"), over);
    }

    private Threshold made(Comparison comparison, Bound bound, Over over) {
        ThresholdTerms terms = new ThresholdTerms(metric, quantile, success, over, share, null);
        return new Threshold(
                "",
                comparison,
                bound,
                sustained == null ? Duration.ZERO : sustained,
                "",
                terms.equals(ThresholdTerms.PLAIN) ? ThresholdTerms.PLAIN : terms);
    }

    private boolean time() {
        return bound instanceof Fixed fixed && fixed.unit().equals("s");
    }

    private String word() {
        return rank <= 0 ? "min" : rank >= 1 ? "max" : ThresholdTerms.quantileName(rank);
    }

    private String quoted(String subject, String extent) {
        String whose = metric.isEmpty() ? "" : metric + " ";
        return "\"" + whose + subject + ThresholdWriter.plain(new Threshold("", comparison, bound, Duration.ZERO, ""))
                + extent + "\"";
    }

    private Over over() throws SyntaxProblem {
        if (window == null) {
            if (average || ofLooks()) {
                throw new SyntaxProblem(
                        end,
                        "an average or a quantile of looks needs its window",
                        "add over which time: "
                                + quoted(average ? "average " : word() + " of looks ", " over 10 minutes"));
            }
            return null;
        }
        if (share != null) {
            throw new SyntaxProblem(
                    start,
                    "a window and a share of looks in one condition",
                    "say one of the two: " + quoted("", " in " + share.looks() + " of " + share.of() + " looks"));
        }
        if (ofLooks()) {
            return new Over(How.OF_LOOKS, rank, window);
        }
        if (!average && Double.isNaN(quantile) && !success) {
            throw new SyntaxProblem(
                    start,
                    "it is open what 'over' is to mean: all of the window as one number, or every look in it",
                    "all as one number is "
                            + quoted(time() ? "p99 " : "average ", " over " + ThresholdWriter.time(window))
                            + ", every look in it " + quoted("", " for " + ThresholdWriter.time(window)));
        }
        return new Over(How.TOGETHER, Double.NaN, window);
    }
}
