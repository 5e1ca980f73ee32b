// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.rollout.runner.SourceReadings;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E7: thirty days are summed up by the server; no raw scrape of them is asked for. */
class PrometheusPeriodTest {
    private static final Instant NOW = FakePrometheus.at(30 * 86_400);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final String EMPTY = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";
    private static final Metric RATE = FakePrometheus.rate(
            "sum(increase(req_total{code=~\"5..\",track=\"$track\"}[$window]))",
            "sum(increase(req_total{track=\"$track\"}[$window]))");

    private FakePrometheus prometheus;
    private PrometheusSource source;

    @BeforeEach
    void start() throws Exception {
        prometheus = new FakePrometheus();
        source = new PrometheusSource(prometheus.settings());
        for (String track : new String[] {"canary", "baseline"}) {
            answer(rise("req_total", "code=~\"5..\",track=\"" + track + "\"", "code, le, track"));
            answer(rise("req_total", "track=\"" + track + "\"", "code, le, track"));
        }
    }

    @AfterEach
    void stop() {
        assertThat(prometheus.asked)
                .as("whole periods come summed up")
                .noneMatch(query -> query.startsWith("req_total") || query.startsWith("rt_bucket"));
        prometheus.close();
    }

    private static String rise(String name, String matchers, String by) {
        return "sum by (" + by + ") (increase(" + name + "{" + matchers + "}[2592000s]))";
    }

    /** Series as {@code code=200 990}. */
    private void answer(String query, String... series) {
        StringBuilder result = new StringBuilder();
        for (String one : series) {
            String[] parts = one.split(" ");
            String[] label = parts[0].split("=");
            result.append(result.isEmpty() ? "" : ",")
                    .append("{\"metric\":{\"%s\":\"%s\",\"track\":\"x\"},\"value\":[%d,\"%s\"]}"
                            .formatted(label[0], label[1], NOW.getEpochSecond(), parts[1]));
        }
        prometheus.fixed.put(query, EMPTY.replace("[]", "[" + result + "]"));
    }

    private MetricReading read(Metric metric, String track) throws Exception {
        return new SourceReadings(source, InstantSource.fixed(NOW)).read(metric, MONTH, track);
    }

    private void baseline() {
        answer(rise("req_total", "track=\"baseline\"", "code, le, track"), "code=200 998000", "code=500 2000");
        answer(rise("req_total", "code=~\"5..\",track=\"baseline\"", "code, le, track"), "code=500 2000");
    }

    @Test
    void aMonthIsTheIncreasesSummedUp() throws Exception {
        baseline();
        answer(rise("req_total", "track=\"canary\"", "code, le, track"), "code=200 900", "code=500 100");
        answer(rise("req_total", "code=~\"5..\",track=\"canary\"", "code, le, track"), "code=500 100");

        assertThat(read(RATE, "all"))
                .isEqualTo(new MetricReading(2100 / 1_001_000.0, 2100, 1_001_000, NOW, "prometheus", NOW.minus(MONTH)));
        assertThat(read(RATE, "canary").errors()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"all", "baseline"})
    void aMonthWithoutACanaryIsTheBaselines(String track) throws Exception {
        baseline();

        assertThat(read(RATE, track))
                .isEqualTo(new MetricReading(
                        0.002, 2000, 1_000_000, NOW, "prometheus, the baseline alone", NOW.minus(MONTH)));
    }

    /** Fifteen days of thirty look like thirty, unless it is asked. */
    @Test
    void howFarBackTheDataReachIsAskedOfBothVariants() throws Exception {
        baseline();
        prometheus.oldest = NOW.minus(Duration.ofDays(15));

        assertThat(read(RATE, "all").since()).isEqualTo(NOW.minus(Duration.ofDays(15)));
        assertThat(prometheus.asked)
                .contains("min(min_over_time(timestamp(req_total{track=\"baseline\"})[2592000s:12960s])"
                        + " or min_over_time(timestamp(req_total{track=\"canary\"})[2592000s:12960s]))");
    }

    @Test
    void anHourIsReadScrapeByScrapeAndNotAskedForItsAge() {
        assertThatThrownBy(() ->
                        new SourceReadings(source, InstantSource.fixed(NOW)).read(RATE, Duration.ofHours(1), "all"))
                .isInstanceOf(java.io.IOException.class);
        assertThat(prometheus.asked).noneMatch(query -> query.contains("timestamp"));
        prometheus.asked.clear();
    }

    @Test
    void aMonthWithoutErrorsHasNone() throws Exception {
        answer(rise("req_total", "track=\"baseline\"", "code, le, track"), "code=200 5000");

        assertThat(read(RATE, "all").errors()).isZero();
    }

    @Test
    void bucketsAreSummedByTheirBoundsAndAHairsBreadthIsMended() throws Exception {
        Metric latency = FakePrometheus.metric(
                Kind.LATENCY, "ms", new Query("", "", "rt_seconds_bucket{track=\"$track\"}", "", 250));
        answer(
                rise("rt_seconds_bucket", "track=\"baseline\"", "le, track"),
                "le=0.1 900000",
                "le=0.25 999000.5",
                "le=0.5 999000.1",
                "le=+Inf 1000000");
        answer(rise("rt_seconds_bucket", "track=\"canary\"", "le, track"));

        MetricReading month = read(latency, "all");

        assertThat(month.total()).isEqualTo(1_000_000);
        assertThat(month.errors()).isEqualTo(999.5);
    }

    @Test
    void aGaugeIsItsMean() throws Exception {
        Metric gauge =
                FakePrometheus.metric(Kind.GAUGE, "", new Query("", "", "", "heap{track=\"$track\"}", Double.NaN));
        answer("avg_over_time(heap{track=\"baseline\"}[2592000s])", "instance=a 40", "instance=b 60");
        answer("avg_over_time(heap{track=\"canary\"}[2592000s])");

        assertThat(read(gauge, "baseline").value()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sum(rate(req_total{track=\"$track\"}[5m]))",
                "sum(increase(req_total{track=\"$track\"}[1h:1m]))",
                "sum(increase(req_total{a=\"]\",track=\"$track\"}[ 5m ]))",
            })
    void aQueryWithARangeOfItsOwnTellsNothingOfAMonth(String total) throws Exception {
        Sample sample = source.readPeriod(FakePrometheus.rate(total, total), NOW.minus(MONTH), NOW);

        assertThat(sample.missing()).contains("write [$window] there");
        assertThat(prometheus.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sum(rate(req_total{track=\"$track\"}[$window]))",
                "req_total{track=\"$track\",path=\"/[5m]\"}",
                "req_total{track=\"$track\"} # not [5m]",
            })
    void whatStandsInStringsAndCommentsIsNoRange(String total) {
        assertThat(PeriodScrapes.fault(FakePrometheus.rate(total, total))).isNull();
    }
}
