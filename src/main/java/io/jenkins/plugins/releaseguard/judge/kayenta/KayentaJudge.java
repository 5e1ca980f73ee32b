// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.kayenta;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.Judgement;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Samples;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The profile {@code kayenta}: its classification of every metric, its group scores and its thresholds. */
public final class KayentaJudge {
    private static final double TOO_MUCH_NODATA = 50;

    private final KayentaConfig config;
    private final double passScore;
    private final double marginalScore;

    /**
     * @param passScore 0 to 100, from which the canary passes
     * @param marginalScore 0 to 100, from which it is marginal
     */
    public KayentaJudge(KayentaConfig config, double passScore, double marginalScore) {
        this.config = config;
        this.passScore = passScore;
        this.marginalScore = marginalScore;
    }

    /**
     * Judges finished samples. A rate or count, which Kayenta does not know, is one point a side: errors divided by total.
     *
     * @param samples by metric id; a metric without any has no data
     */
    public Judgement judge(List<MetricConfig> metrics, List<MetricLook> samples) {
        Map<String, MetricLook> byId = new HashMap<>();
        samples.forEach(s -> byId.put(s.id(), s));
        List<MetricFinding> findings = new ArrayList<>();
        List<Kayenta.Result> results = new ArrayList<>();
        for (MetricConfig m : metrics) {
            MetricLook look = byId.get(m.id());
            Kayenta.Result r = new Kayenta(config).judge(m.worse(), m.critical(), side(look, false), side(look, true));
            results.add(r);
            findings.add(finding(m, r));
        }
        return overall(metrics, results, findings);
    }

    private static double[] side(MetricLook look, boolean canary) {
        if (look == null) {
            return new double[0];
        }
        Counts counts = canary ? look.canaryCounts() : look.baselineCounts();
        if (counts != null) {
            return new double[] {counts.total() > 0 ? counts.errors() / counts.total() : counts.errors()};
        }
        return SampleValues.copy(canary ? look.canary() : look.baseline()).array();
    }

    private MetricFinding finding(MetricConfig m, Kayenta.Result r) {
        Verdict v =
                switch (r.classification()) {
                    case PASS -> Verdict.PASS;
                    case HIGH, LOW, NODATAFAIL -> Verdict.FAIL;
                    case NODATA -> Verdict.NODATA;
                    case ERROR -> Verdict.INCONCLUSIVE;
                };
        return new MetricFinding(
                m.id(),
                m.name(),
                v,
                "Mann-Whitney as in Kayenta",
                r.estimate(),
                Double.NaN,
                Double.NaN,
                r.ratio(),
                Double.isNaN(r.lower()) ? null : new Interval(r.lower(), r.upper(), config.confidence()),
                Double.NaN,
                Double.NaN,
                m.unit(),
                m.worse() == Worse.LOWER ? config.allowedDecrease() : config.allowedIncrease(),
                new Samples(r.baseline(), r.canary()),
                m.name() + ": " + r.reason() + (r.critical() ? " (critical)" : ""));
    }

    private Judgement overall(List<MetricConfig> metrics, List<Kayenta.Result> results, List<MetricFinding> findings) {
        List<String> words =
                results.stream().map(r -> r.classification().word()).toList();
        Map<String, List<Kayenta.Classification>> groups = byGroup(metrics, results);
        Map<String, Double> scores = new LinkedHashMap<>();
        groups.forEach((group, members) -> scores.put(group, Math.round(100 * score(members)) / 100.0));
        int shown = 0;
        int nodata = 0;
        for (int i = 0; i < metrics.size(); i++) {
            if (metrics.get(i).muted()) {
                continue;
            }
            Kayenta.Result r = results.get(i);
            if (r.critical() && r.classification() != Kayenta.Classification.PASS) {
                return judgement(0, "critical: " + findings.get(i).reason(), scores, findings, words);
            }
            shown++;
            nodata += r.classification() == Kayenta.Classification.NODATA ? 1 : 0;
        }
        if (shown == 0 || 100.0 * nodata / shown >= TOO_MUCH_NODATA) {
            return judgement(
                    0, nodata + " of " + shown + " metrics have no data, half or more", scores, findings, words);
        }
        return judgement(sum(groups), null, scores, findings, words);
    }

    private static Map<String, List<Kayenta.Classification>> byGroup(
            List<MetricConfig> metrics, List<Kayenta.Result> results) {
        Map<String, List<Kayenta.Classification>> groups = new LinkedHashMap<>();
        for (int i = 0; i < metrics.size(); i++) {
            if (!metrics.get(i).muted()) {
                groups.computeIfAbsent(metrics.get(i).group(), g -> new ArrayList<>())
                        .add(results.get(i).classification());
            }
        }
        return groups;
    }

    /** Groups by their weights in percent, those without one sharing what is left; a group without data counts as 100. */
    double sum(Map<String, List<Kayenta.Classification>> groups) {
        double given =
                config.groupWeights().values().stream().mapToDouble(w -> w).sum();
        long without = groups.keySet().stream()
                .filter(g -> !config.groupWeights().containsKey(g))
                .count();
        double rest = without == 0 ? 0 : (100 - given) / without;
        double sum = 0;
        for (Map.Entry<String, List<Kayenta.Classification>> g : groups.entrySet()) {
            sum += score(g.getValue()) * config.groupWeights().getOrDefault(g.getKey(), rest) / 100;
        }
        return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }

    private static double score(List<Kayenta.Classification> group) {
        int pass = 0;
        int total = 0;
        for (Kayenta.Classification k : group) {
            pass += k == Kayenta.Classification.PASS ? 1 : 0;
            boolean counts = k != Kayenta.Classification.NODATA && k != Kayenta.Classification.ERROR;
            total += counts ? 1 : 0;
        }
        return total == 0 ? 100 : 100.0 * pass / total;
    }

    private Judgement judgement(
            double score, String why, Map<String, Double> groups, List<MetricFinding> findings, List<String> words) {
        Verdict v = score >= passScore ? Verdict.PASS : score >= marginalScore ? Verdict.MARGINAL : Verdict.FAIL;
        String reason = why != null
                ? why
                : "score " + Quantity.between(score, "", passScore, marginalScore) + " (pass from "
                        + Quantity.number(passScore) + ", marginal from " + Quantity.number(marginalScore) + ")";
        return new Judgement(v, score, reason, groups, findings, words);
    }
}
