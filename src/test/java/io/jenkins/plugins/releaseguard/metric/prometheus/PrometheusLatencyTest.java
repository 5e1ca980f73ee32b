// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusLatencyTest {
    private FakePrometheus prometheus;
    private PrometheusSource source;

    @BeforeEach
    void start() throws Exception {
        prometheus = new FakePrometheus();
        source = new PrometheusSource(prometheus.settings());
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    /** Cumulative counts of le 0.1, 0.5, 1 and +Inf, on both sides. */
    private void scrape(String name, double second, double... cumulative) {
        String[] bounds = {"0.1", "0.5", "1.0", "+Inf"};
        for (String track : List.of("canary", "baseline")) {
            for (int i = 0; i < cumulative.length; i++) {
                prometheus.store(second, cumulative[i], name, "track", track, "le", bounds[i], "instance", track);
            }
        }
    }

    private static Metric latency(String histogram, String unit, double limit) {
        return FakePrometheus.metric(Kind.LATENCY, unit, new Query("", "", histogram, "", limit));
    }

    private Sample look(Metric metric) throws Exception {
        return source.read(List.of(metric), at(0), at(5)).get(0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "h_seconds_bucket{track=\"$track\"}",
                "sum by (le) (increase(h_seconds_bucket{track=\"$track\"}[$window]))",
                "sum(rate(h_seconds_bucket{track=\"$track\"}[$window])) by (le)"
            })
    void tailAndQuantilesComeFromHowMuchTheBucketsRose(String histogram) throws Exception {
        scrape("h_seconds_bucket", 0, 1000, 1000, 1000, 1000);
        scrape("h_seconds_bucket", 4, 1050, 1090, 1098, 1100);
        Sample sample = look(latency(histogram, "ms", 500));
        assertThat(sample.missing()).isNull();
        assertThat(sample.canaryErrors()).isEqualTo(10);
        assertThat(sample.canaryTotal()).isEqualTo(100);
        assertThat(sample.baselineErrors()).isEqualTo(10);
        assertThat(sample.canaryQuantiles().get("p50")).isCloseTo(100, within(1e-9));
        assertThat(sample.canaryQuantiles().get("p95")).isCloseTo(500 + 500 * 5.0 / 8, within(1e-9));
        assertThat(sample.canaryQuantiles().get("p99")).isEqualTo(1000);
        assertThat(sample.bounds()).containsExactly(100.0, 500.0, 1000.0);
        assertThat(sample.canaryBuckets()).containsExactly(50.0, 40.0, 8.0, 2.0);
        assertThat(sample.baselineBuckets()).isEqualTo(sample.canaryBuckets());
    }

    /** What lies in the limit's own bucket may be above it, or not: it is not counted, and nothing of it made up. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"50, 50", "100, 50", "300, 10", "500, 10", "501, 2", "1000, 2"})
    void whatIsSurelyAboveALimitIsCounted(double limit, double above) throws Exception {
        scrape("h_seconds_bucket", 0, 0, 0, 0, 0);
        scrape("h_seconds_bucket", 4, 50, 90, 98, 100);
        assertThat(look(latency("h_seconds_bucket{track=\"$track\"}", "ms", limit))
                        .canaryErrors())
                .isCloseTo(above, within(1e-9));
    }

    /** A bound that one side alone has counts nobody: both are asked at the same. */
    @Test
    void bothSidesAreCountedAtTheSameBound() throws Exception {
        store("canary", 0, Map.of("0.1", 0.0, "0.4", 0.0, "0.5", 0.0, "+Inf", 0.0));
        store("canary", 4, Map.of("0.1", 50.0, "0.4", 80.0, "0.5", 90.0, "+Inf", 100.0));
        store("baseline", 0, Map.of("0.1", 0.0, "0.5", 0.0, "+Inf", 0.0));
        store("baseline", 4, Map.of("0.1", 50.0, "0.5", 90.0, "+Inf", 100.0));
        Sample sample = look(latency("h_seconds_bucket{track=\"$track\"}", "ms", 400));
        assertThat(sample.bounds()).containsExactly(100.0, 500.0);
        assertThat(sample.canaryErrors()).isEqualTo(10);
        assertThat(sample.baselineErrors()).isEqualTo(10);
    }

    /** At 100 % there is no baseline left, and a trigger has the canary's buckets all the same. */
    @Test
    void aSideWithoutSeriesLeavesTheOthersBuckets() throws Exception {
        Metric metric = latency("h_seconds_bucket{track=\"$track\"}", "ms", 500);
        VariantSample canary = LatencySide.of(
                metric,
                "h_seconds_bucket",
                List.of(
                        new CounterIncrease.One(Map.of("le", "0.1"), 50),
                        new CounterIncrease.One(Map.of("le", "0.5"), 90),
                        new CounterIncrease.One(Map.of("le", "+Inf"), 100)),
                false);
        Sample sample = VariantSample.sample("m", canary, LatencySide.of(metric, "h_seconds_bucket", List.of(), false));
        assertThat(sample.bounds()).containsExactly(100.0, 500.0);
        assertThat(sample.canaryBuckets()).containsExactly(50.0, 40.0, 10.0);
        assertThat(sample.baselineBuckets()).containsExactly(0.0, 0.0, 0.0);
        assertThat(sample.baselineTotal()).isZero();
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "h_seconds_bucket, ms, 500",
        "h_seconds_bucket, s, 0.5",
        "h_milliseconds_bucket, s, 0.0005",
        "h_bytes_bucket, bytes, 0.5",
        "h_bucket, s, 0.5"
    })
    void boundsAreBroughtToTheMetricsUnit(String name, String unit, double limit) throws Exception {
        scrape(name, 0, 0, 0, 0, 0);
        scrape(name, 4, 50, 90, 98, 100);
        assertThat(look(latency(name + "{track=\"$track\"}", unit, limit)).canaryErrors())
                .isCloseTo(10, within(1e-9));
    }

    /** F12: bounds of half a millisecond to one are of seconds, or of something that the contract has to say. */
    @Test
    void aUnitThatIsUnlikelyIsSaidAndNotTaken() throws Exception {
        scrape("h_bucket", 0, 0, 0, 0, 0);
        scrape("h_bucket", 4, 50, 90, 98, 100);
        assertThat(look(latency("h_bucket{track=\"$track\"}", "ms", 0.5)).missing())
                .contains("which is unlikely")
                .contains("bucketUnit: s");
    }

    /** A new version may have other buckets: what both know is compared, rather than nothing. */
    @Test
    void sidesWithOtherBoundsAreComparedWhereBothKnow() throws Exception {
        store("canary", 0, Map.of("0.1", 0.0, "0.5", 0.0, "+Inf", 0.0));
        store("canary", 4, Map.of("0.1", 50.0, "0.5", 90.0, "+Inf", 100.0));
        store("baseline", 0, Map.of("0.1", 0.0, "0.2", 0.0, "1.0", 0.0, "2.0", 0.0, "+Inf", 0.0));
        store("baseline", 4, Map.of("0.1", 150.0, "0.2", 180.0, "1.0", 200.0, "2.0", 200.0, "+Inf", 200.0));
        Sample sample = look(latency("h_seconds_bucket{track=\"$track\"}", "ms", 100));
        assertThat(sample.bounds()).containsExactly(100.0);
        assertThat(sample.canaryBuckets()).containsExactly(50.0, 50.0);
        assertThat(sample.baselineBuckets()).containsExactly(150.0, 50.0);
        assertThat(sample.canaryTotal()).isEqualTo(100);
    }

    @Test
    void sidesWithoutABoundInCommonCannotBeCompared() throws Exception {
        store("canary", 0, Map.of("0.2", 0.0, "+Inf", 0.0));
        store("canary", 4, Map.of("0.2", 50.0, "+Inf", 100.0));
        store("baseline", 0, Map.of("0.1", 0.0, "+Inf", 0.0));
        store("baseline", 4, Map.of("0.1", 150.0, "+Inf", 200.0));
        assertThat(look(latency("h_seconds_bucket{track=\"$track\"}", "ms", Double.NaN))
                        .missing())
                .contains("have no bound in common");
    }

    private void store(String track, double second, Map<String, Double> cumulative) {
        cumulative.forEach((le, n) ->
                prometheus.store(second, n, "h_seconds_bucket", "track", track, "le", le, "instance", track));
    }

    private static String answer(String buckets, String count) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"histogram\":["
                + at(5).getEpochSecond() + ",{\"count\":\"" + count + "\",\"sum\":\"12\",\"buckets\":[" + buckets
                + "]}]}]}}";
    }

    /** As Prometheus answers for a native histogram: empty buckets are left out, and each side has its own. */
    @Test
    void nativeHistogramsAreReadBucketByBucket() throws Exception {
        String query = "sum(increase(h_seconds{track=\"%s\"}[5s]))";
        prometheus.fixed.put(
                query.formatted("canary"),
                answer(
                        "[0,\"0.0917\",\"0.1\",\"30\"],[0,\"0.1\",\"0.109\",\"60\"],[0,\"0.5\",\"0.545\",\"10\"]",
                        "100"));
        prometheus.fixed.put(
                query.formatted("baseline"),
                answer("[3,\"-0.001\",\"0.001\",\"5\"],[0,\"0.1\",\"0.109\",\"95\"]", "100"));
        Sample sample = look(latency("sum(increase(h_seconds{track=\"$track\"}[$window]))", "ms", 500));
        assertThat(sample.missing()).isNull();
        assertThat(sample.bounds()).containsExactly(-1.0, 1.0, 91.7, 100.0, 109.0, 500.0, 545.0);
        assertThat(sample.canaryBuckets()).containsExactly(0.0, 0.0, 0.0, 30.0, 60.0, 0.0, 10.0, 0.0);
        assertThat(sample.baselineBuckets()).containsExactly(0.0, 5.0, 0.0, 0.0, 95.0, 0.0, 0.0, 0.0);
        assertThat(sample.canaryErrors()).isEqualTo(10);
        assertThat(sample.baselineErrors()).isZero();
        assertThat(sample.canaryTotal()).isEqualTo(100);
    }

    @Test
    void aLimitAboveTheHighestBoundCannotBeCounted() throws Exception {
        scrape("h_seconds_bucket", 0, 0, 0, 0, 0);
        scrape("h_seconds_bucket", 4, 50, 90, 98, 100);
        assertThat(look(latency("h_seconds_bucket{track=\"$track\"}", "ms", 2000))
                        .missing())
                .contains("above the histogram's highest bound 1000.0 ms");
    }

    @Test
    void withoutALimitThereAreQuantilesAndATotal() throws Exception {
        scrape("h_seconds_bucket", 0, 0, 0, 0, 0);
        scrape("h_seconds_bucket", 4, 50, 90, 98, 100);
        Sample sample = look(latency("h_seconds_bucket{track=\"$track\"}", "ms", Double.NaN));
        assertThat(sample.canaryErrors()).isNull();
        assertThat(sample.canaryTotal()).isEqualTo(100);
        assertThat(sample.canaryQuantiles()).containsKeys("p50", "p95", "p99");
    }

    @Test
    void withoutRequestsThereIsNoQuantile() throws Exception {
        scrape("h_seconds_bucket", 0, 5, 5, 5, 5);
        scrape("h_seconds_bucket", 4, 5, 5, 5, 5);
        Sample sample = look(latency("h_seconds_bucket{track=\"$track\"}", "ms", 500));
        assertThat(sample.missing()).isNull();
        assertThat(sample.canaryTotal()).isZero();
        assertThat(sample.canaryErrors()).isZero();
        assertThat(sample.canaryQuantiles()).isNull();
    }

    @Test
    void bucketsThatAreNotCumulativeAreNotBelieved() {
        scrape("h_seconds_bucket", 0, 0, 0, 0, 0);
        scrape("h_seconds_bucket", 4, 50, 40, 98, 100);
        assertThatThrownBy(() -> look(latency("h_seconds_bucket{track=\"$track\"}", "ms", 500)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("not believed")
                .hasMessageContaining("cumulative");
    }

    @Test
    void aSeriesWithoutBoundsIsNoHistogram() throws Exception {
        prometheus.store(0, 0, "h_seconds_count", "track", "canary");
        prometheus.store(4, 9, "h_seconds_count", "track", "canary");
        prometheus.store(4, 9, "h_seconds_count", "track", "baseline");
        assertThat(look(latency("h_seconds_count{track=\"$track\"}", "ms", 500)).missing())
                .contains("ends in _bucket");
    }

    @Test
    void bucketsWithoutTheUnboundedOneAreNotBelieved() {
        scrape("h_seconds_bucket", 0, 0, 0, 0);
        scrape("h_seconds_bucket", 4, 1, 2, 3);
        assertThatThrownBy(() -> look(latency("h_seconds_bucket{track=\"$track\"}", "ms", 500)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("+Inf");
    }
}
