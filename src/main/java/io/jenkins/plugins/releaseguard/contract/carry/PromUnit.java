// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import io.jenkins.plugins.releaseguard.contract.promql.MetricName;
import java.util.List;

/**
 * In which unit a quantile's number is, and its buckets' bounds.
 *
 * @param unit of the number: {@code s}, {@code ms}, {@code us}, {@code ns}
 * @param buckets of the bounds, where their name doesn't say it; else empty
 */
record PromUnit(String unit, String buckets) {
    private static final List<String> UNITS = List.of("s", "ms", "us", "ns");
    private static final double NEAR = 1e-6;

    /**
     * By the name of the buckets and the number that the quantile is multiplied with, or by what the file says of its number.
     *
     * @param said the number's unit; empty where the file says none
     * @return null where nothing tells
     */
    static PromUnit of(PromShape shape, String said) {
        List<PromTokens.Selector> series = new PromTokens(shape.first()).selectors();
        String name = series.isEmpty() ? "" : series.get(0).name();
        double bucket = MetricName.seconds(MetricName.of(name).unit());
        double factor = shape.factor().doubleValue();
        if (!Double.isNaN(bucket)) {
            String unit = unit(bucket / factor);
            return unit == null ? null : new PromUnit(unit, "");
        }
        String buckets = UNITS.contains(said) ? unit(MetricName.seconds(said) * factor) : null;
        return buckets == null ? null : new PromUnit(said, buckets);
    }

    private static String unit(double seconds) {
        return UNITS.stream()
                .filter(u -> Math.abs(MetricName.seconds(u) / seconds - 1) < NEAR)
                .findFirst()
                .orElse(null);
    }
}
