// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.at;
import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.metric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.metric.SourceExamination.Finding;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Prometheus is asked before any traffic moves: is each series there, scraped lately, and of the unit that the contract says? */
class ExaminationTest {
    private static final String NONE = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";
    private static final Metric RATE = FakePrometheus.rate(
            "sum(rate(req_total{code=~\"5..\",track=\"$track\"}[$window]))",
            "sum(rate(req_total{track=\"$track\"}[$window]))");
    private static final String TOTAL = "max(timestamp(req_total{track=\"baseline\"}))";
    private static final String ERRORS = "max(timestamp(req_total{code=~\"5..\",track=\"baseline\"}))";

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

    /** @param series pairs of labels as JSON and a number */
    private void answers(String query, Object... series) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < series.length; i += 2) {
            result.append(i == 0 ? "" : ",")
                    .append("{\"metric\":" + series[i] + ",\"value\":[1,\"" + series[i + 1] + "\"]}");
        }
        prometheus.fixed.put(query, NONE.replace("[]", "[" + result + "]"));
    }

    private List<Finding> examine(Metric... metrics) throws Exception {
        return source.examineAsync(List.of(metrics), at(70), at(100), Runnable::run)
                .get()
                .findings();
    }

    private static double time(double second) {
        return at(second).toEpochMilli() / 1000.0;
    }

    @Test
    void whereAllSeriesAreThereNothingIsFound() throws Exception {
        answers(TOTAL, "{}", time(95));
        answers(ERRORS, "{}", time(95));
        assertThat(source.examineAsync(List.of(RATE), at(70), at(100), Runnable::run)
                        .get()
                        .asked())
                .isTrue();
        assertThat(examine(RATE)).isEmpty();
    }

    @Test
    void errorsMayNotHaveHappenedYet() throws Exception {
        answers(TOTAL, "{}", time(95));
        answers(ERRORS);
        answers("count by (code,track) (req_total)", "{\"code\":\"200\",\"track\":\"baseline\"}", 7);
        assertThat(examine(RATE)).isEmpty();
    }

    /** A label or a value that no error will ever have would look like perfect health. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status=~\"5..\"|they are selected by the label status, which no series of req_total has",
                "code=~\"5xx\"|they are selected by code=~\"5xx\", and code is a number there (200, 404)",
                "code=\"5XX\"|they are selected by code=\"5XX\", and code is a number there (200, 404)",
                "code=~\"5..¦error\"|",
                "code=~\"5\\\\d+\"|",
                "code=~\"[5]..\"|"
            })
    void errorsThatCannotEverBeSelectedFail(String written, String said) throws Exception {
        String matcher = written.replace('¦', '|');
        Metric metric = FakePrometheus.rate(
                "sum(rate(req_total{" + matcher + ",track=\"$track\"}[$window]))",
                "sum(rate(req_total{track=\"$track\"}[$window]))");
        String label = matcher.startsWith("status") ? "status" : "code";
        answers(TOTAL, "{}", time(95));
        answers("max(timestamp(req_total{" + matcher + ",track=\"baseline\"}))");
        answers(
                "count by (" + label + ",track) (req_total)",
                label.equals("code") ? "{\"code\":\"200\",\"track\":\"baseline\"}" : "{\"track\":\"baseline\"}",
                7,
                label.equals("code") ? "{\"code\":\"404\",\"track\":\"baseline\"}" : "{\"track\":\"canary\"}",
                7);
        if (said == null) {
            assertThat(examine(metric)).isEmpty();
        } else {
            assertThat(examine(metric)).singleElement().satisfies(f -> {
                assertThat(f.fails()).isTrue();
                assertThat(f.text()).isEqualTo("errors: " + said);
            });
        }
    }

    /** F1: the name exists nowhere, and the names near to it are told. */
    @Test
    void aNameThatNobodyExportsFailsWithTheNamesNearToIt() throws Exception {
        answers(TOTAL);
        answers(ERRORS);
        answers("count by (track) (req_total)");
        answers("count by (code,track) (req_total)");
        Metric typo = FakePrometheus.rate(
                "sum(rate(http_request_total{code=\"500\",track=\"$track\"}[$window]))",
                "sum(rate(http_request_total{track=\"$track\"}[$window]))");
        answers("max(timestamp(http_request_total{track=\"baseline\"}))");
        answers("max(timestamp(http_request_total{code=\"500\",track=\"baseline\"}))");
        answers("count by (track) (http_request_total)");
        answers("count by (code,track) (http_request_total)");
        answers(
                "count by (__name__) ({__name__=~\".*(htt|reques).*\",track=\"baseline\"})",
                "{\"__name__\":\"http_request_duration_seconds_count\"}",
                2,
                "{\"__name__\":\"http_requests_total\"}",
                2);
        assertThat(examine(typo))
                .allMatch(Finding::fails)
                .extracting(Finding::text)
                .containsExactly(
                        "total: no series http_request_total{track=\"baseline\"}, and none of that name at all; near to it:"
                                + " http_requests_total, http_request_duration_seconds_count");
    }

    @Test
    void aNameThatIsThereUnderOtherLabelsFailsWithThese() throws Exception {
        answers(TOTAL);
        answers(ERRORS);
        answers("count by (code,track) (req_total)", "{\"code\":\"200\",\"track\":\"stable\"}", 3);
        answers("count by (track) (req_total)", "{\"track\":\"stable\"}", 2, "{\"track\":\"next\"}", 1);
        assertThat(examine(RATE)).singleElement().satisfies(f -> {
            assertThat(f.fails()).isTrue();
            assertThat(f.toString())
                    .isEqualTo("MON-001, total: no series req_total{track=\"baseline\"}; the name is there with"
                            + " {track=\"next\"}, {track=\"stable\"}, and the last good version is looked for as"
                            + " track=\"baseline\"; correct the query, or the labels of the variants; if nothing has"
                            + " counted yet, export it at 0");
        });
    }

    @ParameterizedTest
    @CsvSource({"70, false", "69.9, true", "10, true"})
    void aScrapeOfLongAgoFails(double last, boolean fails) throws Exception {
        answers(TOTAL, "{}", time(last));
        answers(ERRORS, "{}", time(95));
        assertThat(examine(RATE).stream().anyMatch(Finding::fails)).isEqualTo(fails);
    }

    @Test
    void itIsSaidHowOldTheLastScrapeIs() throws Exception {
        answers(TOTAL, "{}", time(10));
        answers(ERRORS, "{}", time(95));
        assertThat(examine(RATE))
                .extracting(Finding::text)
                .containsExactly(
                        "total: the last scrape of req_total{track=\"baseline\"} is 90 s old, and silence of 30 s is borne");
    }

    @Test
    void whatAQueryItselfTakesForNothingIsOnlyTold() throws Exception {
        Metric floor = FakePrometheus.rate(
                "sum(rate(fail_total{track=\"$track\"}[$window])) or vector(0)",
                "sum(rate(req_total{track=\"$track\"}[$window]))");
        answers(TOTAL, "{}", time(95));
        answers("max(timestamp(fail_total{track=\"baseline\"}))");
        answers("count by (track) (fail_total)");
        answers("count by (__name__) ({__name__=~\".*(fai).*\",track=\"baseline\"})");
        assertThat(examine(floor)).singleElement().satisfies(f -> {
            assertThat(f.fails()).isFalse();
            assertThat(f.text()).contains("none of that name at all");
        });
    }

    @Test
    void eitherSideOfAnOrIsEnough() throws Exception {
        Metric either = metric(
                Kind.GAUGE,
                "",
                new Query("", "", "", "max(a_bytes{track=\"$track\"}) or max(b_bytes{track=\"$track\"})", Double.NaN));
        answers("max(timestamp(a_bytes{track=\"baseline\"}))");
        answers("count by (track) (a_bytes)");
        answers("max(timestamp(b_bytes{track=\"baseline\"}))", "{}", time(95));
        answers("count by (track) (b_bytes)");
        assertThat(examine(either)).isEmpty();
        answers("max(timestamp(b_bytes{track=\"baseline\"}))");
        assertThat(examine(either)).hasSize(2);
    }

    @Test
    void aMutedMetricIsNotAskedAbout() throws Exception {
        Metric muted = new Metric(
                "M", "M", Kind.RATE, "", "p", Metric.Worse.HIGHER, false, true, "", 1, null, RATE.query(), null, null);
        assertThat(examine(muted)).isEmpty();
        assertThat(prometheus.asked).isEmpty();
    }

    @Test
    void aRefusedQueryFailsWithTheOneThatWouldDo() throws Exception {
        Metric refused = FakePrometheus.rate(
                "sum(rate(req_total{code=\"500\",track=\"$track\"}[$window])) / sum(rate(req_total{track=\"$track\"}[$window]))",
                "sum(rate(req_total{track=\"$track\"}[$window]))");
        answers(TOTAL, "{}", time(95));
        assertThat(examine(refused)).singleElement().satisfies(f -> {
            assertThat(f.fails()).isTrue();
            assertThat(f.text()).startsWith("errors can't be read: ");
            assertThat(f.fix()).isNotBlank();
        });
    }

    /** The fake refuses what it doesn't know: what would only make a better sentence may fail. */
    @Test
    void withoutHintsTheSentenceIsShort() throws Exception {
        answers(TOTAL);
        answers(ERRORS, "{}", time(95));
        assertThat(examine(RATE))
                .extracting(Finding::text)
                .containsExactly("total: no series req_total{track=\"baseline\"}");
    }

    @Test
    void aSourceThatDoesNotAnswerIsNoFinding() {
        assertThatThrownBy(() -> examine(RATE)).hasMessageContaining("answered HTTP 422 for the query");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // F12: bounds of milliseconds, sum of seconds; the other way round; both the same
                "1.75  | buckets and sum are of different units",
                "1750  | ",
            })
    void aHistogramsSumIsOfItsBucketsUnit(double sum, String fault) throws Exception {
        Metric latency = metric(
                Kind.LATENCY, "ms", new Query("", "", "rq_time_bucket{track=\"$track\"}", "", 25, "ms", Map.of()));
        answers("max(timestamp(rq_time_bucket{track=\"baseline\"}))", "{}", time(95));
        answers(
                "sum by (le) (rq_time_bucket{track=\"baseline\"})",
                "{\"le\":\"10\"}",
                0,
                "{\"le\":\"25\"}",
                100,
                "{\"le\":\"+Inf\"}",
                100);
        answers("sum(rq_time_sum{track=\"baseline\"})", "{}", sum);
        answers("sum(rq_time_count{track=\"baseline\"})", "{}", 100);
        List<Finding> found = examine(latency);
        if (fault == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().satisfies(f -> {
                assertThat(f.fails()).isTrue();
                assertThat(f.text()).contains(fault);
                assertThat(f.fix()).contains("bucketUnit");
            });
        }
    }
}
