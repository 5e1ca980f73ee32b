// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Value.Sample;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Value.Vector;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code sum}, {@code min}, {@code max}, {@code avg} and {@code count} over a vector. */
final class Aggregation {
    private Aggregation() {}

    static Vector of(Expr.Aggregate aggregate, Vector vector, long time) {
        Map<Map<String, String>, DoubleSummaryStatistics> groups = new LinkedHashMap<>();
        for (Sample sample : vector.samples()) {
            // a name that is asked for is a label like others
            Map<String, String> labels =
                    new HashMap<>(aggregate.without() ? Evaluator.unnamed(sample.labels()) : sample.labels());
            labels.keySet().removeIf(l -> aggregate.labels().contains(l) == aggregate.without());
            groups.computeIfAbsent(labels, l -> new DoubleSummaryStatistics()).accept(sample.value());
        }
        List<Sample> samples = new ArrayList<>();
        groups.forEach((labels, group) -> samples.add(new Sample(labels, time, value(aggregate.operator(), group))));
        return new Vector(samples);
    }

    private static double value(String operator, DoubleSummaryStatistics group) {
        return switch (operator) {
            case "sum" -> group.getSum();
            case "min" -> group.getMin();
            case "max" -> group.getMax();
            case "avg" -> group.getAverage();
            default -> group.getCount();
        };
    }
}
