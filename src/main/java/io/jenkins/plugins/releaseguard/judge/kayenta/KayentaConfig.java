// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.kayenta;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * The settings of the profile {@code kayenta}, with Kayenta's own defaults and names.
 *
 * @param tolerance fraction of the shift itself that its interval must exceed
 * @param confidence level of the interval, between 0 and 1
 * @param effectSize {@code meanRatio} or {@code cles}; the four thresholds default to 1.0 and 0.5
 * @param nanStrategy {@code remove} or {@code replace} (with 0)
 * @param outliers {@code keep} or {@code remove}
 * @param outlierFactor times the interquartile range beyond which a value is an outlier
 * @param mustHaveData a metric without data fails
 * @param groupWeights in percent; groups without one share what is left
 */
public record KayentaConfig(
        double tolerance,
        double confidence,
        String effectSize,
        double allowedIncrease,
        double allowedDecrease,
        double criticalIncrease,
        double criticalDecrease,
        String nanStrategy,
        String outliers,
        double outlierFactor,
        boolean mustHaveData,
        Map<String, Double> groupWeights) {

    public static final KayentaConfig USUAL =
            read(null, null, null, null, null, null, null, null, null, null, false, null);

    /** @throws IllegalArgumentException naming the field and its value when that is out of range or no such word */
    public KayentaConfig {
        require(tolerance >= 0, "kayenta.tolerance must not be negative, but is " + tolerance);
        require(confidence > 0 && confidence < 1, "kayenta.confidence must lie between 0 and 1, but is " + confidence);
        word("effectSize", effectSize, "meanRatio", "cles");
        word("nanStrategy", nanStrategy, "remove", "replace");
        word("outliers", outliers, "keep", "remove");
        require(outlierFactor > 0, "kayenta.outlierFactor must be positive, but is " + outlierFactor);
        groupWeights = Map.copyOf(groupWeights);
    }

    @JsonCreator
    static KayentaConfig read(
            @JsonProperty("tolerance") Double tolerance,
            @JsonProperty("confidence") Double confidence,
            @JsonProperty("effectSize") String effectSize,
            @JsonProperty("allowedIncrease") Double allowedIncrease,
            @JsonProperty("allowedDecrease") Double allowedDecrease,
            @JsonProperty("criticalIncrease") Double criticalIncrease,
            @JsonProperty("criticalDecrease") Double criticalDecrease,
            @JsonProperty("nanStrategy") String nanStrategy,
            @JsonProperty("outliers") String outliers,
            @JsonProperty("outlierFactor") Double outlierFactor,
            @JsonProperty("mustHaveData") boolean mustHaveData,
            @JsonProperty("groupWeights") Map<String, Double> groupWeights) {
        String measure = effectSize == null ? "meanRatio" : effectSize;
        double none = measure.equals("cles") ? 0.5 : 1.0;
        return new KayentaConfig(
                or(tolerance, 0.25),
                or(confidence, 0.98),
                measure,
                or(allowedIncrease, none),
                or(allowedDecrease, none),
                or(criticalIncrease, none),
                or(criticalDecrease, none),
                nanStrategy == null ? "remove" : nanStrategy,
                outliers == null ? "keep" : outliers,
                or(outlierFactor, 3.0),
                mustHaveData,
                groupWeights == null ? Map.of() : groupWeights);
    }

    boolean cles() {
        return effectSize.equals("cles");
    }

    boolean replaceNan() {
        return nanStrategy.equals("replace");
    }

    boolean removeOutliers() {
        return outliers.equals("remove");
    }

    private static double or(Double value, double usual) {
        return value == null ? usual : value;
    }

    private static void word(String field, String value, String one, String other) {
        require(
                value.equals(one) || value.equals(other),
                "kayenta." + field + " must be " + one + " or " + other + ", but is '" + value + "'");
    }

    private static void require(boolean ok, String message) {
        if (!ok) {
            throw new IllegalArgumentException(message);
        }
    }
}
