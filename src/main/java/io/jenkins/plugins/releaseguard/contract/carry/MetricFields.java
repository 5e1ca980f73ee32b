// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.promql.MetricQueries;
import io.jenkins.plugins.releaseguard.contract.promql.QueryFault;
import io.jenkins.plugins.releaseguard.contract.promql.QueryReading;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Whether a metric's queries are of what their fields need, by the same rules as lint has. */
final class MetricFields {
    private MetricFields() {}

    /** What is wrong with a query and what would do; null where nothing is. */
    static String fault(Map<String, String> fields) {
        Metric metric = new Metric(
                fields.getOrDefault("id", ""),
                fields.getOrDefault("name", ""),
                Metric.Kind.valueOf(fields.get("kind").toUpperCase(Locale.ROOT)),
                fields.getOrDefault("unit", ""),
                "",
                Metric.Worse.HIGHER,
                false,
                false,
                "",
                1,
                Margin.NONE,
                new Metric.Query(
                        fields.getOrDefault("errors", ""),
                        fields.getOrDefault("total", ""),
                        fields.getOrDefault("histogram", ""),
                        fields.getOrDefault("values", ""),
                        Double.NaN,
                        fields.getOrDefault("bucketUnit", ""),
                        Map.of()),
                null,
                new Position("", 1, 1));
        return MetricQueries.of(metric).stream()
                .map(QueryReading::fault)
                .filter(Objects::nonNull)
                .findFirst()
                .map(MetricFields::told)
                .orElse(null);
    }

    private static String told(QueryFault fault) {
        return fault.message() + "; by hand: " + fault.fix();
    }
}
