// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** The level of one variant over some samples: a rate in %, a quantile, or a mean of values. NaN where there is nothing. */
final class Level {
    private final boolean rate;
    private final String quantile;
    private final boolean canary;

    Level(boolean rate, String quantile, boolean canary) {
        this.rate = rate;
        this.quantile = quantile;
        this.canary = canary;
    }

    double of(List<Event.Sample> samples) {
        if (rate) {
            double total = sum(samples, true);
            return total > 0 ? 100 * sum(samples, false) / total : Double.NaN;
        }
        double[] numbers =
                samples.stream().flatMapToDouble(this::numbers).sorted().toArray();
        if (numbers.length == 0) {
            return Double.NaN;
        }
        int middle = numbers.length / 2;
        return numbers.length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private DoubleStream numbers(Event.Sample sample) {
        Map<String, Double> quantiles = canary ? sample.canaryQuantiles() : sample.baselineQuantiles();
        if (!quantile.isEmpty()) {
            return finite(quantiles == null ? List.of() : java.util.Collections.singletonList(quantiles.get(quantile)));
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
