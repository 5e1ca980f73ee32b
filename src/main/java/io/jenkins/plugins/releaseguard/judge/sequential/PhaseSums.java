// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.text.NumberText;
import io.jenkins.plugins.releaseguard.text.Pack;
import java.util.Arrays;
import java.util.List;

/**
 * Running sums of a phase.
 *
 * @param canary errors, or the sum of medians weighted by exposure
 * @param num numerator of the stratified effect (Mantel and Haenszel 1959)
 * @param z sum of the strata's weighted deviations (van Elteren 1960)
 * @param clusters of events, over all phases
 * @param canaryExposure latency and gauge: number of values, rates: requests; baselineExposure the same
 */
public record PhaseSums(
        double canary,
        double canaryExposure,
        double baseline,
        double baselineExposure,
        double num,
        double den,
        double z,
        double zVariance,
        Overdispersion clusters) {
    private static final List<String> NAMES =
            List.of("canary", "canaryExposure", "baseline", "baselineExposure", "num", "den", "z", "zVariance");
    static final int NUMBERS = NAMES.size();

    static final PhaseSums NONE = new PhaseSums(0, 0, 0, 0, 0, 0, 0, 0, Overdispersion.NONE);

    /** Of events that are taken as one observation. */
    static PhaseSums ofEvents(double c, double canaryExposure, double b, double baselineExposure) {
        double n = c + b;
        double share = canaryExposure / (canaryExposure + baselineExposure);
        boolean both = canaryExposure > 0 && baselineExposure > 0;
        return new PhaseSums(
                c,
                canaryExposure,
                b,
                baselineExposure,
                both ? c * (1 - share) : 0,
                both ? b * share : 0,
                both ? c - share * n : 0,
                both ? share * (1 - share) * n : 0,
                Overdispersion.NONE);
    }

    /** Without what only an effect and its sequence need. */
    PhaseSums ofCounts() {
        return new PhaseSums(canary, canaryExposure, baseline, baselineExposure, 0, 0, 0, 0, clusters);
    }

    /** With what came later; clusters are this one's. */
    PhaseSums plus(PhaseSums o) {
        return new PhaseSums(
                canary + o.canary,
                canaryExposure + o.canaryExposure,
                baseline + o.baseline,
                baselineExposure + o.baselineExposure,
                num + o.num,
                den + o.den,
                z + o.z,
                zVariance + o.zVariance,
                clusters);
    }

    PhaseSums with(Overdispersion next) {
        return new PhaseSums(canary, canaryExposure, baseline, baselineExposure, num, den, z, zVariance, next);
    }

    double canaryLevel() {
        return canary / canaryExposure;
    }

    double baselineLevel() {
        return baseline / baselineExposure;
    }

    /** A new phase forgets everything but how events cluster. */
    PhaseSums next() {
        return new PhaseSums(0, 0, 0, 0, 0, 0, 0, 0, clusters);
    }

    /** Without those of clusters. */
    double[] numbers() {
        return new double[] {canary, canaryExposure, baseline, baselineExposure, num, den, z, zVariance};
    }

    @JsonValue
    String text() {
        return NumberText.ofDoubles(all());
    }

    /** Those of clusters behind the others: names and digits would take more room than they do. */
    private double[] all() {
        double[] all = Arrays.copyOf(numbers(), NUMBERS + Overdispersion.NUMBERS);
        System.arraycopy(clusters.numbers(), 0, all, NUMBERS, Overdispersion.NUMBERS);
        return all;
    }

    void pack(Pack to) {
        to.doubles(all());
    }

    /** What {@link #pack} wrote. */
    static PhaseSums packed(Pack.Reader from) {
        return of(from.doubles(NUMBERS + Overdispersion.NUMBERS));
    }

    private static PhaseSums of(double[] n) {
        double[] c = Arrays.copyOfRange(n, NUMBERS, n.length);
        return new PhaseSums(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], Overdispersion.of(c));
    }

    /** What {@link #text} wrote, or the numbers of earlier versions, with names or without. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static PhaseSums read(JsonNode node) {
        double[] n = new double[NUMBERS + Overdispersion.NUMBERS];
        JsonNode clusters = node.path("clusters");
        for (int i = 0; i < n.length && !node.isTextual(); i++) {
            JsonNode named =
                    i < NUMBERS ? node.path(NAMES.get(i)) : clusters.path(Overdispersion.NAMES.get(i - NUMBERS));
            n[i] = (node.isArray() ? node.path(i) : named).asDouble();
        }
        if (node.isTextual()) {
            n = NumberText.readDoubles(node.textValue(), n.length);
        }
        return of(n);
    }
}
