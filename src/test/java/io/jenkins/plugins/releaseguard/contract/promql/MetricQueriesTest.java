// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each query is of, and that whatever is refused comes with a query that isn't. T stands for the variant's label, W for the look. */
class MetricQueriesTest {
    private static final String TOTAL = "sum(increase(a_total{T}[W]))";

    private static String query(String written) {
        return written.replace("T}", "track=\"$track\"}").replace("[W]", "[$window]");
    }

    private static Metric metric(Map<String, String> fields) {
        return new Metric(
                "MON-001",
                "",
                Kind.valueOf(fields.get("kind").toUpperCase(Locale.ROOT)),
                fields.getOrDefault("unit", ""),
                "p",
                Metric.Worse.HIGHER,
                true,
                false,
                "",
                1,
                null,
                new Query(
                        query(fields.getOrDefault("errors", "")),
                        query(fields.getOrDefault("total", "")),
                        query(fields.getOrDefault("histogram", "")),
                        query(fields.getOrDefault("values", "")),
                        Double.NaN),
                null,
                null);
    }

    private static Map<String, String> rate(String errors, String total) {
        return Map.of("kind", "rate", "errors", errors, "total", total);
    }

    private static QueryReading errors(String query) {
        return MetricQueries.of(metric(rate(query, TOTAL)), "errors");
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sum(increase(e_total{T}[W]))|increase over the look|e_total{T}",
                "sum(rate(e_total{T}[W]))|per second over the look|e_total{T}",
                "sum(rate(e_total{T}[5m]))|per second over 5m|e_total{T}",
                "60 * sum(rate(e_total{T}[W]))|per minute over the look|e_total{T}",
                "sum(rate(e_total{T}[5m])) * 60 * 60|per hour over 5m|e_total{T}",
                "sum(increase(e_total{T}[5m])) / 5|per minute over 5m|e_total{T}",
                "e_total{T}|counter|e_total{T}",
                "e{T}[W]|increase over the look|e{T}",
                "sum(e_total{T})|counter|e_total{T}",
                "sum(rate(a_total{T}[W])) - sum(rate(g_total{T}[W]))|per second over the look|a_total{T} - g_total{T}",
                "sum(rate(e_total{T}[W])) + sum(rate(f_total{T}[W]))|per second over the look|e_total{T} + f_total{T}",
                "clamp_min(sum(rate(e_total{T}[W])), 0)|per second over the look|e_total{T}",
                "-(sum(rate(g_total{T}[W])) - sum(rate(a_total{T}[W])))|per second over the look|- g_total{T} + a_total{T}",
                "(sum(increase(e_total{T}[W])) or vector(0)) + (sum(increase(f_total{T}[W])) or vector(0))|increase over the look|e_total{T}? + f_total{T}?",
                "sum(increase(e_total{T}[W])) or on() vector(0)|increase over the look|e_total{T}?",
                "round(sum(increase(e_total{T}[W])))|increase over the look|e_total{T}",
                "sum without (instance) (increase(e_total{T}[W]))|increase over the look|e_total{T}",
                "sum(increase(e_total{T}[W] @ end()))|increase over the look|e_total{T}",
                "sum(increase(x_bucket{le=\"+Inf\",T}[W]))|increase over the look|x_bucket{le=\"+Inf\",T}",
                "sum(increase(x_seconds_count{T}[W]))|increase over the look|x_seconds_count{T}",
                "sum(increase(envoy_cluster_upstream_rq{T}[W])) # all|increase over the look|envoy_cluster_upstream_rq{T}",
                "label_replace(sum(rate(e_total{T}[W])), \"a\", \"b\", \"\", \"\")|per second over the look|",
                "sum(rate(e_total{T}[W]) * on (pod) group_left build_info{T})|per second over the look|",
                "sum(increase(e_total{T}[W])) or sum(increase(f_total{T}[W]))|increase over the look|"
            })
    void countsOfOneDimensionAreRead(String query, String dimension, String terms) {
        QueryReading reading = errors(query);
        assertThat(reading.fault()).isNull();
        assertThat(reading.dimension().words()).isEqualTo(dimension);
        StringBuilder shown = new StringBuilder();
        for (Term term : reading.terms()) {
            shown.append(term.sign() < 0 ? " - " : shown.isEmpty() ? "" : " + ")
                    .append(term.selector())
                    .append(term.orZero() ? "?" : "");
        }
        assertThat(shown.toString().strip()).isEqualTo(terms == null ? "" : query(terms));
    }

    /** Refused with a place, and with what would do: that itself is not refused. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sum(rate(e_total{T}[W])) + sum(increase(f_total{T}[W]))|45|mixes per second over the look with increase|errors",
                "sum(rate(e_total{T}[W])) + sum(rate(f_total{T}[5m]))|45|mixes|errors",
                "sum(rate(e_total{T}[W])) / sum(rate(a_total{T}[W]))|1|a ratio|errors",
                "1 - sum(rate(g_total{T}[W])) / sum(rate(a_total{T}[W]))|1|a ratio|errors",
                "100 * sum(rate(e_total{T}[W])) / sum(rate(a_total{T}[W]))|1|a ratio|errors",
                "sum(increase(e_total{T}[W])) * 60|1|a count times a number|errors",
                "sum(rate(e_total{T}[W])) * 100|1|which nobody counts by|errors",
                "sum(increase(e_total{T}[W])) + 1|49|a number and a count|errors",
                "clamp_max(sum(rate(e_total{T}[W])), 5)|1|clamp_max cuts|errors",
                "clamp_min(sum(rate(e_total{T}[W])), 1)|1|clamp_min cuts|errors",
                "sum(irate(e_total{T}[W]))|1|last two scrapes|errors",
                "avg(rate(e_total{T}[W]))|1|avg picks|errors",
                "topk(1, increase(e_total{T}[W]))|1|topk picks|errors",
                "max(e_total{T})|1|since each process began|errors",
                "sum(increase(e_total{T}[W])) > 0|1|leaves nothing where it is false|errors",
                "sum(increase(e_total{T}[W])) > bool 0|1|a 0 or 1|errors",
                "sum(rate(x_bucket{T}[W]))|1|one request several times|errors",
                "x_bucket{T}|1|one request several times|errors",
                "job:errors:rate5m{T}|1|a recording rule|values",
                "sum(job:errors:rate5m{T})|1|a recording rule|values",
                "sum(increase(job:errors:sum{T}[W]))|14|of a recording rule|",
                "rate(sum(e_total{T})[5m:])|6|the sum goes around|errors",
                "e_ratio{T}|1|a gauge|values",
                "sum(increase(e_ratio{T}[W]))|14|increase of a gauge|",
                "delta(e_total{T}[W])|1|is for gauges|errors",
                "e_total{T} @ 1609746000|1|the same moment|errors",
                "count(e_total{T})|1|a gauge|errors",
                "sum(last_over_time(e_total{T}[300s])) or on() vector(0)|5|since each process began|errors",
                "avg_over_time(e_total{T}[W])|1|since each process began|errors",
                "sum(increase(x_seconds_sum{T}[W]))|1|an amount in s|",
                "increase(e_total{T})|1|takes a range|errors",
                "frobnicate(e_total{T})|1|no function|errors",
                "sum(rate(e_total{T}[W])) or vector(1)|45|a number that is not 0|errors",
                "errors{T}|1|its name doesn't tell|errors",
                "sum(increase(e_total{T}[W] offset 5s))|1|another time|errors",
                "label_join(sum(rate(e_total{T}[5m])), \"a\", \"b\")|1|per second over 5m|errors",
                "- sum(increase(e_total{T}[W]))|1|below nothing|errors"
            })
    void whatIsNoCountIsRefusedWithTheQueryThatWouldDo(String query, int column, String message, String changes) {
        QueryReading reading = errors(query);
        assertThat(reading.fault()).isNotNull();
        assertThat(reading.fault().message()).contains(message);
        assertThat(reading.fault().offset() + 1).isEqualTo(column);
        assertThat(reading.fault().fix()).isNotEmpty();
        if (changes != null) {
            assertThat(reading.fault().change()).containsKey(changes);
        }
        fixPasses(rate(query, TOTAL), reading.fault());
    }

    private static void fixPasses(Map<String, String> fields, QueryFault fault) {
        Map<String, String> changed = new HashMap<>(fields);
        fault.change().forEach((key, value) -> {
            if (value.isEmpty()) {
                changed.remove(key);
            } else {
                changed.put(key, value);
            }
        });
        if (!fault.change().isEmpty()) {
            assertThat(MetricQueries.of(metric(changed)))
                    .as(fault.fix())
                    .isNotEmpty()
                    .allSatisfy(r -> assertThat(r.fault()).isNull());
        }
    }

    static Stream<Map<String, String>> otherFields() {
        return Stream.of(
                Map.of("kind", "gauge", "values", "a_total{T}", "says", "only rises"),
                Map.of("kind", "gauge", "values", "avg(a_total{T})", "says", "since each process began"),
                Map.of("kind", "gauge", "values", "errors_total{T} / requests_total{T}", "says", "since each process"),
                Map.of("kind", "gauge", "values", "max(queue{T}) > 5", "says", "leaves nothing"),
                Map.of("kind", "gauge", "values", "x_seconds{T} + x_bytes{T}", "says", "in s and in B"),
                Map.of("kind", "gauge", "values", "histogram_quantile(0.9, x_bucket{T})", "says", "since each process"),
                Map.of(
                        "kind",
                        "gauge",
                        "values",
                        "histogram_quantile(0.9, sum(rate(x_bucket{T}[W])))",
                        "says",
                        "sum by (le)"),
                Map.of(
                        "kind",
                        "gauge",
                        "values",
                        "sum(rate(e_total{T}[1m])) / sum(increase(a_total{T}[1m]))",
                        "says",
                        "mixes"),
                Map.of(
                        "kind",
                        "gauge",
                        "values",
                        "sum(rate(e_total{T}[1m])) / sum(rate(a_total{T}[5m]))",
                        "says",
                        "mixes per second over 1m with per second over 5m"),
                Map.of("kind", "count", "values", "queue_ratio{T}", "says", "a gauge"),
                Map.of(
                        "kind",
                        "count",
                        "values",
                        "sum(rate(a_total{T}[W])) / sum(rate(b_total{T}[W]))",
                        "says",
                        "ratio"),
                Map.of(
                        "kind",
                        "latency",
                        "unit",
                        "ms",
                        "values",
                        "sum(rate(x_seconds_sum{T}[W])) / sum(rate(x_seconds_count{T}[W]))",
                        "says",
                        "the answer is in s"),
                Map.of("kind", "latency", "unit", "ms", "values", "sum(rate(a_total{T}[W]))", "says", "are times"),
                Map.of(
                        "kind",
                        "latency",
                        "unit",
                        "ms",
                        "values",
                        "histogram_quantile(0.9, sum(rate(x_seconds_bucket{T}[W])))",
                        "says",
                        "sum by (le)"),
                Map.of("kind", "latency", "unit", "ms", "histogram", "x_total{T}", "says", "is bucket series"),
                Map.of(
                        "kind",
                        "latency",
                        "unit",
                        "ms",
                        "histogram",
                        "histogram_quantile(0.99, sum by (le) (rate(x_ms_bucket{T}[W])))",
                        "says",
                        "is bucket series"),
                Map.of(
                        "kind",
                        "latency",
                        "unit",
                        "ms",
                        "histogram",
                        "sum by (le) (rate(x_ms_bucket{T}[5m] offset 1m))",
                        "says",
                        "the look's requests"),
                Map.of(
                        "kind",
                        "latency",
                        "unit",
                        "ms",
                        "histogram",
                        "job:x_bucket:rate5m{T}",
                        "says",
                        "recording rule"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherFields")
    void otherFieldsHaveNeedsOfTheirOwn(Map<String, String> fields) {
        List<QueryReading> readings = MetricQueries.of(metric(fields));
        assertThat(readings.get(0).fault()).isNotNull();
        assertThat(readings.get(0).fault().message()).contains(fields.get("says"));
        assertThat(readings.get(0).fault().fix()).isNotEmpty();
        fixPasses(fields, readings.get(0).fault());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "queue{T}|gauge|series whose kind its name doesn't tell|~~",
                "avg(heap_bytes{T})|gauge|series whose kind its name doesn't tell|B",
                "x_ratio{T} * 100|gauge|gauge|%",
                "sum(rate(a_total{T}[W]))|gauge|per second over the look|events",
                "sum(rate(e_total{T}[1m])) / sum(rate(a_total{T}[1m]))|gauge|ratio|~~",
                "sum(rate(e_total{T}[1m])) / (sum(rate(a_total{T}[1m])) > 0)|gauge|ratio|~~",
                "sum(irate(e_total{T}[1m])) / clamp_min(sum(irate(a_total{T}[1m])), 1)|gauge|ratio|~~",
                "(sum(rate(a_total{T}[1m])) - sum(rate(e_total{T}[1m]))) / sum(rate(a_total{T}[1m])) * 100|gauge|ratio|%",
                "job:errors:ratio5m{T}|gauge|recording rule|~~",
                "job:errors:rate5m{T} / job:requests:rate5m{T}|gauge|recording rule|~~",
                "sum(rate(x_seconds_sum{T}[W])) / sum(rate(x_seconds_count{T}[W]))|gauge|gauge|s",
                "sum(rate(x_seconds_sum{T}[W])) / sum(rate(x_seconds_count{T}[W])) * 1000|gauge|gauge|ms",
                "histogram_quantile(0.99, sum by (le) (rate(x_seconds_bucket{T}[5m]))) * 1000|latency|gauge|ms",
                "x_seconds{quantile=\"0.99\",T}|latency|series whose kind its name doesn't tell|s",
                "max_over_time(queue{T}[5m])|gauge|gauge|~~",
                "absent(up{T})|gauge|0 or 1|~~",
                "time() - last_backup_timestamp_seconds{T}|gauge|gauge|s",
                "delta(temperature_celsius{T}[5m])|gauge|gauge|~~",
                "sum(rate(x_bucket{le=\"0.3\",T}[W])) / sum(rate(x_count{T}[W]))|gauge|ratio|~~",
                "100 - sum(rate(a_total{code!=\"404\",T}[1m])) / sum(rate(a_total{T}[1m])) * 100|gauge|ratio|%",
                "sum(irate(a_total{code!~\"5.*\",T}[5m])) / sum(irate(a_total{T}[5m]))|gauge|ratio|~~",
                "1 - ((1 - (sum(increase(a_total{code=\"200\",T}[5m])) by (verb)) / sum(increase(a_total{T}[5m])) by (verb)) / (1 - .80))|gauge|ratio|~~",
                "sum(rate(cpu_usage_seconds_total{T}[1m])) by (pod) * 100|gauge|per 100.0 s over 1m|s",
                "histogram_quantile(0.99, sum(rate(osm_request_duration_ms{T}[1m])) by (le))|latency|gauge|ms",
                "histogram_quantile(0.99, sum(rate(proxy_rq_time_bucket{T}[1m])) by (le, verb))|latency|gauge|~~",
                "avg(avg_over_time(ready_ratio{T}[5m])) * 100|gauge|gauge|%",
                "sum(rate(a_total{T}[5m])) / on () group_left sum(rate(b_total{T}[5m]))|gauge|ratio|~~",
                "histogram_fraction(0, 0.3, sum(rate(x_seconds{T}[W])))|gauge|ratio|~~"
            })
    void levelsAreReadWithTheirUnit(String query, String kind, String dimension, String unit) {
        QueryReading reading = MetricQueries.of(metric(Map.of("kind", kind, "values", query)), "values");
        assertThat(reading.fault()).isNull();
        assertThat(reading.dimension().words()).isEqualTo(dimension);
        assertThat(reading.dimension().unit()).isEqualTo(unit == null ? "" : unit);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "x_seconds_bucket{T}|bucket series, counter|s",
                "sum by (le) (rate(x_milliseconds_bucket{T}[W]))|bucket series, per second over the look|ms",
                "sum(rate(x_ms_bucket{T}[5m])) by (le)|bucket series, per second over 5m|ms",
                "sum by (le) (increase(x_bucket{T}[W])) + sum by (le) (increase(y_bucket{T}[W]))|bucket series, increase over the look|~~",
                "sum(increase(x_seconds{T}[W]))|increase over the look|s"
            })
    void histogramsAreBucketSeries(String query, String dimension, String unit) {
        QueryReading reading = MetricQueries.of(metric(Map.of("kind", "latency", "histogram", query)), "histogram");
        assertThat(reading.fault()).isNull();
        assertThat(reading.dimension().words()).isEqualTo(dimension);
        assertThat(reading.dimension().unit()).isEqualTo(unit == null ? "" : unit);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"status >= 500", "select count(*) from log", "e", "{app=\"shop\"} |= \"error\"", "sum(all)"})
    void aQueryInAnotherLanguageIsLeftAlone(String query) {
        QueryReading reading = errors(query);
        assertThat(reading.fault()).isNull();
        assertThat(reading.dimension()).isNull();
    }

    @Test
    void namesThatOneSelectorHasTogetherAreOfWhatAllAre() {
        QueryReading both = errors("sum({__name__=~\"a_total|b_total\",T})");
        assertThat(both.fault()).isNull();
        assertThat(both.dimension().words()).isEqualTo("counter");
        assertThat(errors("sum({__name__=~\"a_total|b_ratio\",T})").fault()).isNotNull();
    }

    /** What a source answers as a level is taken as before, also of a query that lint refuses. */
    @Test
    void aLevelIsAskedForWhateverItIs() {
        for (String query : List.of(
                "label_replace(vector(1), \"track\", \"$track\", \"\", \"\")",
                "rollup_rate(x{T}[5m])",
                "a_total{T}",
                "queue{T} > 3",
                "sum(rate(a{T}[1m])) / sum(rate(b{T}[5m]))",
                "queue{T} +")) {
            QueryFault fault = MetricQueries.of(metric(Map.of("kind", "gauge", "values", query)), "values")
                    .fault();
            assertThat(fault).as(query).isNotNull();
            assertThat(fault.doubt()).as(query).isTrue();
        }
        assertThat(errors("rollup_rate(x{T}[5m])").fault().doubt()).isFalse();
    }

    @Test
    void ratiosAndRulesAreOfUnknownSize() {
        assertThat(MetricQueries.of(metric(Map.of("kind", "gauge", "values", "job:errors:ratio{T}")), "values")
                        .isOfUnknownSize())
                .isTrue();
        assertThat(errors(TOTAL).isOfUnknownSize()).isFalse();
    }
}
