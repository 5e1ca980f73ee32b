// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** The level of one variant over some samples: a rate in %, a quantile, or a mean of values. NaN where there is nothing. */
final class Level {
    private final MetricSamples.Reading reading;
    private final boolean canary;

    Level(MetricSamples.Reading reading, boolean canary) {
        this.reading = reading;
        this.canary = canary;
    }

    double of(List<Event.Sample> samples) {
        if (reading.rate()) {
            double total = sum(samples, true);
            return total > 0 ? 100 * sum(samples, false) / total : Double.NaN;
        }
        if (!Double.isNaN(reading.quantile())) {
            return buckets(samples);
        }
        double[] numbers =
                samples.stream().flatMapToDouble(this::numbers).sorted().toArray();
        if (numbers.length == 0) {
            return Double.NaN;
        }
        int middle = numbers.length / 2;
        return numbers.length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    /** Linear within a bucket; in the last one, which has no end, its beginning. */
    private double buckets(List<Event.Sample> samples) {
        Place place = place(samples);
        if (place == null) {
            return Double.NaN;
        }
        double to = place.bucket().high() == null
                ? place.bucket().low()
                : place.bucket().high();
        return place.bucket().low() + (to - place.bucket().low()) * place.part();
    }

    /** The bucket that has the quantile, of all looks' together; null where there are none. */
    Report.Bucket bucket(List<Event.Sample> samples) {
        Place place = Double.isNaN(reading.quantile()) ? null : place(samples);
        return place == null ? null : place.bucket();
    }

    /** @param part of the bucket's values that lie below */
    private record Place(Report.Bucket bucket, double part) {}

    private Place place(List<Event.Sample> samples) {
        List<Double> bounds = samples.stream()
                .map(Event.Sample::bounds)
                .filter(Objects::nonNull)
                .reduce((a, b) -> b)
                .orElse(List.of());
        double[] counts = new double[bounds.size() + 1];
        for (Event.Sample sample : samples) {
            List<Double> own = canary ? sample.canaryBuckets() : sample.baselineBuckets();
            // buckets that were laid out anew in between can't be added
            boolean same = own != null && own.size() == counts.length && bounds.equals(sample.bounds());
            for (int i = 0; same && i < counts.length; i++) {
                counts[i] += own.get(i) == null || !Double.isFinite(own.get(i)) ? 0 : own.get(i);
            }
        }
        double rank = reading.quantile() * DoubleStream.of(counts).sum();
        double seen = 0;
        for (int i = 0; i < counts.length && rank > 0; i++) {
            if (counts[i] > 0 && seen + counts[i] >= rank) {
                Double to = i == bounds.size() ? null : bounds.get(i);
                return new Place(new Report.Bucket(i == 0 ? 0 : bounds.get(i - 1), to), (rank - seen) / counts[i]);
            }
            seen += counts[i];
        }
        return null;
    }

    private DoubleStream numbers(Event.Sample sample) {
        Map<String, Double> quantiles = canary ? sample.canaryQuantiles() : sample.baselineQuantiles();
        if (!reading.key().isEmpty()) {
            return finite(
                    quantiles == null ? List.of() : java.util.Collections.singletonList(quantiles.get(reading.key())));
        }
        List<Double> values = canary ? sample.canaryValues() : sample.baselineValues();
        if (values != null && !values.isEmpty()) {
            return finite(values);
        }
        // a count without a total
        return finite(java.util.Collections.singletonList(canary ? sample.canaryErrors() : sample.baselineErrors()));
    }

    private double sum(List<Event.Sample> samples, boolean total) {
        return finite(samples.stream()
                        .map(sample -> total ? total(sample) : errors(sample))
                        .toList())
                .sum();
    }

    private Double total(Event.Sample sample) {
        // a total whose errors are unknown tells nothing about the rate
        return errors(sample) == null ? null : canary ? sample.canaryTotal() : sample.baselineTotal();
    }

    private Double errors(Event.Sample sample) {
        return canary ? sample.canaryErrors() : sample.baselineErrors();
    }

    private static DoubleStream finite(List<Double> values) {
        return values.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite);
    }
}
