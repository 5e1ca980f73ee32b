// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A histogram's mean lies where its buckets say. */
class BucketSumCheckTest {
    private static TreeMap<Double, Double> buckets(double upTo5, double upTo50, double upTo500, double all) {
        return new TreeMap<>(Map.of(5.0, upTo5, 50.0, upTo50, 500.0, upTo500, Double.POSITIVE_INFINITY, all));
    }

    @ParameterizedTest(name = "{5}: mean {4}")
    @CsvSource({
        "0, 100, 100, 100, 20, ",
        "0, 100, 100, 100, 0.02, different units",
        "0, 100, 100, 100, 20000, different units",
        "0, 100, 100, 100, 51, ",
        "0, 100, 100, 100, 52, different units",
        "0, 0, 0, 100, 17500, above the highest bound",
        "0, 60, 80, 100, 17500, ",
        "100, 100, 100, 100, 0.004, a thousandth of the lowest bound",
        "100, 100, 100, 100, 1, ",
        "80, 100, 100, 100, 4, ",
        "0, 10, 10, 10, 20000, "
    })
    void theMeanIsHeldAgainstTheBuckets(double a, double b, double c, double all, double mean, String said) {
        String fault = BucketSumCheck.mean(buckets(a, b, c, all), mean * all, all, " ms");
        if (said == null) {
            assertThat(fault).isNull();
        } else {
            assertThat(fault).contains(said).contains("mean of _sum by _count");
        }
    }

    @Test
    void withoutSumOrOfNegativeBoundsNothingIsTold() {
        assertThat(BucketSumCheck.mean(buckets(0, 1, 2, 100), Double.NaN, 100, ""))
                .isNull();
        assertThat(BucketSumCheck.mean(buckets(0, 1, 2, 100), 5, Double.NaN, ""))
                .isNull();
        assertThat(BucketSumCheck.mean(buckets(0, 1, 2, 100), -5, 100, "")).isNull();
        assertThat(BucketSumCheck.mean(new TreeMap<>(), 5, 100, "")).isNull();
        TreeMap<Double, Double> negative = new TreeMap<>(Map.of(-1.0, 0.0, Double.POSITIVE_INFINITY, 100.0));
        assertThat(BucketSumCheck.mean(negative, 1e9, 100, "")).isNull();
        // another scrape of the count: which of them is right can't be told
        assertThat(BucketSumCheck.mean(buckets(0, 100, 100, 100), 2, 110, "")).isNull();
    }
}
