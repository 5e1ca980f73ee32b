// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected numbers are what Prometheus 2.42 (promtool test rules) answers for the same series. */
class EvaluatorTest {
    private final History history = new History(3_600_000);

    @BeforeEach
    void scrapeEverySevenSeconds() {
        series(Map.of("__name__", "http_requests_total", "track", "canary", "code", "500"), 0, 3, 7, 7, 12, 2, 9);
        series(
                Map.of("__name__", "http_requests_total", "track", "canary", "code", "200"),
                10,
                30,
                70,
                77,
                120,
                200,
                290);
        series(
                Map.of("__name__", "http_requests_total", "track", "baseline", "code", "200"),
                1000,
                1300,
                1700,
                2007,
                2120,
                2200,
                2290);
        series(Map.of("__name__", "b_bucket", "track", "canary", "le", "0.1"), 0, 30, 70, 77, 120, 200, 210);
        series(Map.of("__name__", "b_bucket", "track", "canary", "le", "0.5"), 0, 30, 80, 97, 140, 230, 280);
        series(Map.of("__name__", "b_bucket", "track", "canary", "le", "+Inf"), 0, 30, 80, 99, 143, 240, 290);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        sum(increase(http_requests_total{code=~"5..",track="canary"}[30s]))                   | 43 | 15
        sum(increase(http_requests_total{track="canary"}[1m]))                                | 43 | 318.1666666666667
        sum by (track) (rate(http_requests_total{track!="baseline"}[20s]))                    | 40 | 9.285714285714285
        sum without (code) (rate(http_requests_total{track!~"c.*"}[20s]))                     | 40 | 13.785714285714285
        histogram_quantile(0.99, sum by (le) (increase(b_bucket{track="canary"}[30s])))       | 43 | 0.5
        histogram_quantile(0.5, sum(increase(b_bucket{track="canary"}[30s])) by (le))         | 43 | 0.075
        timestamp(http_requests_total{code="500"})                                            | 45 | 42
        timestamp(http_requests_total{code="500"} offset 20s)                                 | 45 | 21
        100 * sum(increase(http_requests_total{code="500"}[21s])) / sum(increase(http_requests_total{track="canary"}[21s])) | 42 | 6.167400881057269
        sum(nope) or vector(0)                                                                | 42 | 0
        http_requests_total{code="500"} @ 15                                                  | 42 | 7
        -2 + 3 * 4                                                                            | 42 | 10
        """)
    void answersAsPrometheusDoes(String query, long seconds, double expected) throws PromqlException {
        Value value = new Evaluator(history, seconds * 1000).evaluate(Parser.parse(query));
        double actual = value instanceof Value.Scalar scalar
                ? scalar.value()
                : ((Value.Vector) value).samples().get(0).value();
        assertThat(actual).isCloseTo(expected, within(1e-9 * Math.max(1, expected)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        increase(http_requests_total{code="500"}[6s]) | 42
        http_requests_total{code="500"}               | 360
        http_requests_total{code="404"}               | 42
        """)
    void saysNothingWhereThereIsNothing(String query, long seconds) throws PromqlException {
        Value value = new Evaluator(history, seconds * 1000).evaluate(Parser.parse(query));
        assertThat(value).isEqualTo(new Value.Vector(java.util.List.of()));
    }

    @Test
    void keepsTheLabelsOfAGrouping() throws PromqlException {
        Value value = new Evaluator(history, 43_000).evaluate(Parser.parse("sum by (le) (b_bucket)"));
        assertThat(((Value.Vector) value).samples())
                .extracting(Value.Sample::labels)
                .containsExactlyInAnyOrder(Map.of("le", "0.1"), Map.of("le", "0.5"), Map.of("le", "+Inf"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "sum(",
                "http_requests_total{track=canary}",
                "http_requests_total{track=~\"(\"}",
                "rate(http_requests_total[5m]",
                "1 +",
                "a b",
                "a[0s]",
                "a offset x",
                "$track",
                "max_over_time(a[5m])",
                "rate(a)",
                "histogram_quantile(a, 0.9)",
                "1 or 2",
                "topk(3, a)",
                "99999999999999999y"
            })
    void refusesWhatItDoesNotUnderstand(String query) {
        assertThatThrownBy(() -> new Evaluator(history, 42_000).evaluate(Parser.parse(query)))
                .isInstanceOf(PromqlException.class);
    }

    @Test
    void namesTheColumnOfAnError() {
        assertThatThrownBy(() -> Parser.parse("sum(a))")).hasMessageContaining("1:7: parse error");
    }

    @Test
    void forgetsWhatIsTooOldAndKeepsTheRest() throws PromqlException {
        History short1 = new History(10_000);
        for (int i = 1; i <= 2000; i++) {
            short1.add(i * 1000L, Map.of(Map.of("__name__", "a"), (double) i));
        }
        assertThat(new Evaluator(short1, 2_000_000).evaluate(Parser.parse("increase(a[5s])")))
                .isEqualTo(new Value.Vector(java.util.List.of(new Value.Sample(Map.of(), 2_000_000, 5))));
    }

    private void series(Map<String, String> labels, double... values) {
        for (int i = 0; i < values.length; i++) {
            history.add(i * 7000L, Map.of(labels, values[i]));
        }
    }
}
