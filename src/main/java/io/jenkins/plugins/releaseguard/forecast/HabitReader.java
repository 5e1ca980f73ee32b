// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Estimates a service's habits from looks at its past. What they don't tell stays unknown, with the reason. */
public final class HabitReader {
    private final List<PastLooks> past;
    private final String source;

    private HabitReader(List<PastLooks> past, String source) {
        this.past = past;
        this.source = source;
    }

    /**
     * The habits that looks show.
     *
     * @param past each a time without a gap in which nothing was wrong; a gap ends one
     * @param source where they are from, as it is told to people
     */
    public static Habits read(List<Metric> metrics, List<PastLooks> past, String source) {
        return new HabitReader(past, source).habits(metrics);
    }

    private Habits habits(List<Metric> metrics) {
        double[] rates = requestRates(metrics);
        Figure requests;
        Figure quiet;
        if (rates.length == 0) {
            requests = Figure.unknown(
                    "no look tells how many requests there were: a rate has a total, a latency a" + " histogram");
            quiet = requests;
        } else {
            Arrays.sort(rates);
            requests = new Figure(rates[rates.length / 2], "median of " + rates.length + " looks, " + source);
            quiet = new Figure(rates[rates.length / 10], "quietest tenth of them");
        }
        return new Habits(
                requests,
                quiet,
                ColdStart.seconds(metrics, past),
                metrics.stream().map(this::metric).toList());
    }

    private double[] requestRates(List<Metric> metrics) {
        for (Metric metric : metrics) {
            double[] rates = all(metric).stream()
                    .filter(p -> p.seconds() > 0 && p.sample().baselineTotal() != null)
                    .mapToDouble(
                            p -> (p.sample().baselineTotal() + or(p.sample().canaryTotal(), 0)) / p.seconds())
                    .filter(Double::isFinite)
                    .toArray();
            if (rates.length > 0 && metric.kind() != Metric.Kind.COUNT) {
                return rates;
            }
        }
        return new double[0];
    }

    /** A metric's part of a look. */
    private record Piece(Event.Sample sample, double seconds, boolean first) {}

    private List<Piece> all(Metric metric) {
        List<Piece> all = new ArrayList<>();
        for (PastLooks looks : past) {
            boolean first = true;
            for (Event.Looked look : looks.looks()) {
                double seconds = Duration.between(look.from(), look.to()).toMillis() / 1000.0;
                for (Event.Sample sample : look.samples()) {
                    if (sample.metric().equals(metric.id()) && (sample.missing() == null || present(sample))) {
                        all.add(new Piece(sample, seconds, first));
                        first = false;
                    }
                }
            }
        }
        return all;
    }

    private static boolean present(Event.Sample s) {
        return s.baselineTotal() != null || s.baselineValues() != null || s.baselineBuckets() != null;
    }

    private MetricHabit metric(Metric metric) {
        List<Piece> pieces = all(metric);
        if (pieces.isEmpty()) {
            return MetricHabit.unknown(metric, "no look of " + source + " has it");
        }
        return metric.kind() == Metric.Kind.RATE ? rate(metric, pieces) : values(metric, pieces);
    }

    private MetricHabit rate(Metric metric, List<Piece> pieces) {
        double errors = 0;
        double total = 0;
        List<Piece> counted = pieces.stream()
                .filter(p ->
                        p.sample().baselineErrors() != null && or(p.sample().baselineTotal(), 0) > 0)
                .toList();
        for (Piece p : counted) {
            errors += p.sample().baselineErrors();
            total += p.sample().baselineTotal();
        }
        if (total == 0) {
            return MetricHabit.unknown(metric, "no look of " + source + " has requests of it");
        }
        double level = errors / total;
        Unevenness inTime = new Unevenness();
        Unevenness between = new Unevenness();
        double seconds = 0;
        for (Piece p : counted) {
            if (p.first()) {
                inTime.gap();
                between.gap();
            }
            seconds += p.seconds() / counted.size();
            double expected = level * p.sample().baselineTotal();
            if (expected > 0) {
                inTime.look(p.sample().baselineErrors(), expected, expected);
            }
            compare(p.sample(), between);
        }
        boolean apart = between.known();
        Figure clusters = apart
                ? new Figure(between.clusters(), "how errors fall to the two sides, " + source)
                : inTime.known()
                        ? new Figure(inTime.clusters(), "how errors follow one another, " + source)
                        : Figure.unknown(inTime.tooLittle());
        return new MetricHabit(
                metric,
                new Figure(level, Math.round(errors) + " of " + Math.round(total) + " requests, " + source),
                Figure.unknown("a rate has no quantile"),
                clusters,
                inTime.known() ? new Figure(inTime.persistence(), source) : Figure.unknown(inTime.tooLittle()),
                apart
                        ? new Figure(between.persistence(), source)
                        : Figure.unknown("no past canary beside a baseline: " + between.tooLittle()),
                null,
                Double.NaN,
                inTime.wandering(seconds),
                between.wandering(seconds));
    }

    private static void compare(Event.Sample s, Unevenness between) {
        double canary = or(s.canaryTotal(), 0);
        double n = or(s.canaryErrors(), Double.NaN) + s.baselineErrors();
        if (canary > 0 && n > 0) {
            double share = canary / (canary + s.baselineTotal());
            between.look(s.canaryErrors(), n * share, n * share * (1 - share));
        }
    }

    private MetricHabit values(Metric metric, List<Piece> pieces) {
        if (metric.kind() == Metric.Kind.COUNT) {
            double events = 0;
            double seconds = 0;
            for (Piece p : pieces) {
                if (p.sample().baselineErrors() != null) {
                    events += p.sample().baselineErrors() + or(p.sample().canaryErrors(), 0);
                    seconds += p.seconds();
                }
            }
            return seconds == 0
                    ? MetricHabit.unknown(metric, "no look of " + source + " counts it")
                    : known(metric, new Figure(events / seconds, source), null, Double.NaN);
        }
        Buckets all = null;
        List<Double> values = new ArrayList<>();
        int looks = 0;
        for (Piece p : pieces) {
            Event.Sample s = p.sample();
            if (s.bounds() != null && s.baselineBuckets() != null) {
                all = together(all, buckets(s));
            } else if (s.baselineValues() != null) {
                s.baselineValues().stream()
                        .filter(v -> v != null && Double.isFinite(v))
                        .forEach(values::add);
                looks++;
            }
        }
        if (all != null && all.total() > 0) {
            return known(metric, null, ValueShape.of(all.bounds(), doubles(all.counts())), Double.NaN);
        }
        if (values.isEmpty()) {
            return MetricHabit.unknown(metric, "no look of " + source + " has values of it");
        }
        double[] array = doubles(values);
        return known(metric, null, ValueShape.of(array), (double) array.length / looks);
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Buckets buckets(Event.Sample s) {
        return new Buckets(
                s.bounds(),
                s.baselineBuckets().stream().map(n -> Math.max(0, or(n, 0))).toList());
    }

    /** Native histograms have other bounds at each look, of which most are known in both; those of a new layout begin anew. */
    private static Buckets together(Buckets all, Buckets look) {
        if (all == null || !(all.total() > 0)) {
            return look;
        }
        Buckets sum = all.plus(look);
        return sum.bounds().isEmpty() ? look : sum;
    }

    private MetricHabit known(Metric metric, Figure level, ValueShape shape, double values) {
        Figure none = Figure.unknown("not measured of a " + metric.kind().name().toLowerCase(java.util.Locale.ROOT));
        return new MetricHabit(
                metric,
                shape == null ? level : new Figure(shape.quantile(0.5), "median, " + source),
                shape == null ? none : new Figure(shape.quantile(0.99), "99 % quantile, " + source),
                none,
                none,
                none,
                shape,
                values,
                Lasting.NONE,
                Lasting.NONE);
    }

    private static double or(Double value, double other) {
        return value == null ? other : value;
    }
}
