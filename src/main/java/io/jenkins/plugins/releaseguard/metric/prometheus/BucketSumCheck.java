// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.promql.MetricQueries;
import io.jenkins.plugins.releaseguard.contract.promql.QueryReading;
import io.jenkins.plugins.releaseguard.contract.promql.QuerySeries;
import io.jenkins.plugins.releaseguard.contract.promql.QuerySeries.One;
import io.jenkins.plugins.releaseguard.metric.SourceExamination.Finding;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource.Unbelievable;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a histogram's buckets, its {@code _sum} and its {@code _count} are of one unit, the contract's: what Prometheus' exposition
 * format ("Histograms and summaries") and OpenMetrics (section Histogram) call {@code le}, Sum and Count. Their mean lies where the
 * buckets say, or one of them is not what it is taken for.
 */
final class BucketSumCheck {
    private static final String BUCKET = "_bucket";
    /** A scrape may be stored between two questions. */
    private static final double SLACK = 0.02;
    /** From one unit of time to the next. */
    private static final double UNIT = 1000;
    /** Fewer requests say nothing. */
    private static final double TELLING = 20;

    private final PrometheusSettings settings;
    private final Answers answers;
    private final Instant at;

    BucketSumCheck(PrometheusSettings settings, Answers answers, Instant at) {
        this.settings = settings;
        this.answers = answers;
        this.at = at;
    }

    /** What speaks against a latency's histogram; none of a metric of another kind, or without requests. */
    List<Finding> of(Metric metric) throws Pending {
        QueryReading query = MetricQueries.of(metric, "histogram");
        boolean asked = query != null && (query.fault() == null || query.fault().doubt());
        List<Finding> findings = new ArrayList<>();
        Pending pending = null;
        for (One one : asked ? QuerySeries.of(query.text()).selectors() : List.<One>of()) {
            if (one.name().endsWith(BUCKET)) {
                try {
                    String fault = fault(metric, one);
                    if (fault != null) {
                        // what a look would say brings its own fix
                        int cut = fault.lastIndexOf("; ");
                        findings.add(new Finding(
                                metric.id(),
                                true,
                                "histogram: " + (cut < 0 ? fault : fault.substring(0, cut)),
                                cut < 0 ? fix(metric) : fault.substring(cut + 2)));
                    }
                } catch (Pending e) {
                    pending = e;
                }
            }
        }
        if (pending != null) {
            throw pending;
        }
        return findings;
    }

    private static String fix(Metric metric) {
        return "say the bounds' unit with bucketUnit: and the metric's with unit: (now "
                + (metric.unit().isEmpty() ? "none" : metric.unit())
                + "), or have the service observe in the unit of its bounds";
    }

    private String fault(Metric metric, One one) throws Pending {
        String base = one.name().substring(0, one.name().length() - BUCKET.length());
        answers.want(now("sum by (le) (" + one.text() + ')'));
        answers.want(now("sum(" + one.beside(base + "_sum", "le") + ')'));
        answers.want(now("sum(" + one.beside(base + "_count", "le") + ')'));
        List<Series> buckets = answers.get(now("sum by (le) (" + one.text() + ')'));
        double sum = number(answers.get(now("sum(" + one.beside(base + "_sum", "le") + ')')));
        double count = number(answers.get(now("sum(" + one.beside(base + "_count", "le") + ')')));
        List<CounterIncrease.One> parts = new ArrayList<>();
        buckets.forEach(s -> parts.add(new CounterIncrease.One(s.labels(), s.last())));
        try {
            String missing = LatencySide.of(metric, one.name(), parts, false).missing();
            return missing != null ? missing : mean(cumulative(buckets), sum, count, shown(metric, one));
        } catch (Unbelievable e) {
            return e.getMessage();
        }
    }

    private static String shown(Metric metric, One one) {
        String unit = BucketUnit.of(metric, one.name());
        return unit.isEmpty() ? "" : ' ' + unit;
    }

    private static double number(List<Series> answer) {
        return answer.isEmpty() ? Double.NaN : answer.get(0).last();
    }

    private static TreeMap<Double, Double> cumulative(List<Series> buckets) {
        TreeMap<Double, Double> cumulative = new TreeMap<>();
        for (Series series : buckets) {
            String le = series.label("le");
            cumulative.merge(
                    le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le), series.last(), Double::sum);
        }
        return cumulative;
    }

    /**
     * Why the mean can't be of these buckets; null where it can, or nothing can be told.
     *
     * @param unit of the bounds, to be shown behind a number
     */
    static String mean(TreeMap<Double, Double> cumulative, double sum, double count, String unit) {
        double all = cumulative.isEmpty() ? 0 : cumulative.lastEntry().getValue();
        // negative observations have no such bounds
        boolean told = all >= TELLING && count >= TELLING && sum >= 0 && cumulative.firstKey() > 0;
        if (!told || Math.abs(count - all) > SLACK * all) {
            return null;
        }
        double mean = sum / count;
        double least = 0;
        double most = 0;
        double below = 0;
        double bound = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            double here = Math.max(0, bucket.getValue() - below);
            least += here * bound;
            most += here > 0 ? here * bucket.getKey() : 0;
            bound = bucket.getKey();
            below = bucket.getValue();
        }
        double highest = cumulative.lowerKey(Double.POSITIVE_INFINITY) == null
                ? Double.POSITIVE_INFINITY
                : cumulative.lowerKey(Double.POSITIVE_INFINITY);
        double lowest = cumulative.firstKey();
        double upTo = Double.isFinite(highest) ? cumulative.get(highest) : all;
        String is = "the mean of _sum by _count is " + number(mean);
        if (mean < least / all * (1 - SLACK) || mean > most / all * (1 + SLACK)) {
            return is + ", and by its buckets it is " + number(least / all) + " to "
                    + (Double.isFinite(most) ? number(most / all) : "more") + unit
                    + ": buckets and sum are of different units";
        }
        if (mean > highest && upTo <= all / 2) {
            return is + ", above the highest bound " + number(highest) + unit + ", and of "
                    + number(all) + " requests " + number(upTo)
                    + " are below that: bounds and requests seem to be of different units";
        }
        if (mean * UNIT <= lowest && cumulative.get(lowest) >= all * (1 - SLACK)) {
            return is + ", a thousandth of the lowest bound " + number(lowest) + unit
                    + " or less: bounds and requests seem to be of different units";
        }
        return null;
    }

    private static String number(double value) {
        return Quantity.number(value);
    }

    private Answers.Question now(String expression) {
        return new Answers.Question(expression.replace("$track", settings.baseline()), Duration.ZERO, at);
    }
}
