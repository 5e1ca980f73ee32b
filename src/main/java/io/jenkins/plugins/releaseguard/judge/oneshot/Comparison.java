// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.oneshot;

import io.jenkins.plugins.releaseguard.judge.Faults;
import io.jenkins.plugins.releaseguard.judge.Judgement;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Score;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares two finished sets of samples once, with the classic tests. Only for data that nobody has looked at before: whoever
 * looks again and again uses {@code Watch}.
 */
public final class Comparison {
    private final double alpha;
    private final double passScore;
    private final double marginalScore;

    /**
     * @param alpha chance of a false alarm of one metric's main test, between 0 and 0.5
     * @param passScore 0 to 100, from which the canary passes
     * @param marginalScore 0 to 100, from which it is marginal
     * @throws IllegalArgumentException naming alpha when it is out of range
     */
    public Comparison(double alpha, double passScore, double marginalScore) {
        if (!(alpha > 0 && alpha < 0.5)) {
            throw new IllegalArgumentException("alpha must lie between 0 and 0.5, but is " + alpha);
        }
        this.alpha = alpha;
        this.passScore = passScore;
        this.marginalScore = marginalScore;
    }

    /**
     * Judges every metric, a metric without samples as {@link Verdict#NODATA}.
     *
     * @param shares planned share of the canary by metric id, for the sample-ratio check and for counts without totals
     */
    public Judgement judge(List<MetricConfig> metrics, List<MetricLook> samples, Map<String, Double> shares) {
        Map<String, MetricLook> byId = new HashMap<>();
        samples.forEach(s -> byId.put(s.id(), s));
        List<MetricFinding> findings = new ArrayList<>();
        for (MetricConfig m : metrics) {
            findings.add(metric(m, byId.get(m.id()), shares.getOrDefault(m.id(), Double.NaN)));
        }
        return overall(metrics, findings);
    }

    private MetricFinding metric(MetricConfig m, MetricLook look, double share) {
        String fault = Faults.of(m, look, true);
        if (fault != null) {
            return MetricFinding.nodata(m, m.name() + ": " + fault);
        }
        if (!m.counted() && look.inBuckets()) {
            return MetricFinding.nodata(
                    m,
                    m.name()
                            + ": buckets hold no single values, which a test made once needs; watch them look by look");
        }
        return m.counted()
                ? new EventComparison(alpha, m).judge(look.canaryCounts(), look.baselineCounts(), share)
                : new ValueComparison(alpha, m).judge(look);
    }

    private Judgement overall(List<MetricConfig> metrics, List<MetricFinding> findings) {
        double score = Score.of(metrics, findings);
        List<MetricFinding> hopeful = new ArrayList<>();
        MetricFinding first = null;
        MetricFinding open = null;
        boolean fatal = false;
        int counted = 0;
        for (int i = 0; i < findings.size(); i++) {
            MetricFinding f = findings.get(i);
            boolean unanswered = f.verdict() == Verdict.INCONCLUSIVE || f.verdict() == Verdict.NODATA;
            hopeful.add(unanswered ? f.with(Verdict.PASS) : f);
            if (metrics.get(i).muted()) {
                continue;
            }
            counted++;
            open = unanswered && open == null ? f : open;
            first = f.verdict() == Verdict.FAIL && first == null ? f : first;
            fatal |= f.verdict() == Verdict.FAIL && metrics.get(i).critical();
        }
        if (counted == 0) {
            return result(
                    Verdict.INCONCLUSIVE, 0, "no metric is judged: none is given, or all are muted", metrics, findings);
        }
        // What is open may still come out well; when even that would not help, it has failed already.
        if (fatal || first != null && Score.of(metrics, hopeful) < marginalScore) {
            return result(Verdict.FAIL, fatal ? 0 : score, first.reason(), metrics, findings);
        }
        if (open != null) {
            return result(Verdict.INCONCLUSIVE, score, open.reason(), metrics, findings);
        }
        String limits =
                " (pass from " + Quantity.number(passScore) + ", marginal from " + Quantity.number(marginalScore) + ")";
        String shown = Quantity.between(score, "", passScore, marginalScore);
        if (score >= passScore) {
            return result(Verdict.PASS, score, "score " + shown + limits, metrics, findings);
        }
        Verdict v = score >= marginalScore ? Verdict.MARGINAL : Verdict.FAIL;
        return result(v, score, "score " + shown + limits, metrics, findings);
    }

    private static Judgement result(
            Verdict v, double score, String reason, List<MetricConfig> metrics, List<MetricFinding> findings) {
        return new Judgement(v, score, reason, Score.groups(metrics, findings), findings, List.of());
    }
}
