// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M1: what is asked as one, and what isn't because it might not be the same. */
class BatchesTest {
    private static final Duration BACK = Duration.ofSeconds(20);

    private static Question raw(String selector) {
        return new Question(selector, BACK, at(20));
    }

    private static Question now(String expression) {
        return new Question(expression, Duration.ZERO, at(20));
    }

    private static List<Batch> batches(Question... questions) {
        return Batches.of(List.of(questions), new BatchTrust(() -> 0));
    }

    private static List<String> texts(Question... questions) {
        return batches(questions).stream().map(b -> b.question().text()).toList();
    }

    private static Question[] bothTracks(String... selectors) {
        return Stream.of(selectors)
                .flatMap(s -> Stream.of("canary", "baseline").map(t -> raw(s.replace("$track", t))))
                .toArray(Question[]::new);
    }

    @Test
    void aLookOfThreeMetricsIsOneQuestion() {
        assertThat(texts(bothTracks(
                        "http_requests_total{code=~\"5..\",track=\"$track\"}",
                        "http_requests_total{track=\"$track\"}",
                        "http_request_duration_seconds_bucket{track=\"$track\"}",
                        "queue_length{track='$track'}")))
                .containsExactly("{__name__=~\"http_request_duration_seconds_bucket|http_requests_total|queue_length\","
                        + "track=~\"baseline|canary\"}[20s]");
    }

    @Test
    void whatHasOtherConditionsIsAskedForItselfButForBothTracks() {
        assertThat(texts(bothTracks(
                        "a{track=\"$track\",job=\"x\"}",
                        "b{track=\"$track\",job=~\"x|y\"}",
                        "c{track=\"$track\",job!~\"x.*\"}",
                        "{track=\"$track\"}")))
                // the last one is all of them, and job is told by its condition
                .containsExactly("{track=~\"baseline|canary\"}[20s]");
        assertThat(texts(bothTracks(
                        "a{track=\"$track\",job=\"x\"}", "b{track=\"$track\",code!=\"200\"}", "c{track=\"$track\"}")))
                .containsExactlyInAnyOrder(
                        "a{job=\"x\",track=~\"baseline|canary\"}[20s]",
                        "b{code!=\"200\",track=~\"baseline|canary\"}[20s]",
                        "c{track=~\"baseline|canary\"}[20s]");
    }

    @Test
    void noSeriesIsAskedForThatNobodyWants() {
        assertThat(texts(raw("a{track=\"x\",job=\"j\"}"), raw("b{track=\"y\",job=\"j\"}")))
                .containsExactly("a{track=\"x\",job=\"j\"}[20s]", "b{track=\"y\",job=\"j\"}[20s]");
    }

    @Test
    void aDotInAValueIsADot() {
        assertThat(texts(raw("a{track=\"v1.2\"}"), raw("a{track=\"v1.3\"}")))
                .containsExactly("a{track=~\"v1\\\\.2|v1\\\\.3\"}[20s]");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "a{track=~\"$track-.*\"}",
                "a{track!=\"$track\"}",
                "a{track=\"$track+1\"}",
                "a{track=\"$track\",track!=\"\"}",
                "a{\"track\"=\"$track\"}",
                "a{track=\"\\x61$track\"}",
                "a{track=\"$track\"} offset 5m",
            })
    void whatMightNotBeTheSameIsAskedAlone(String selector) {
        assertThat(batches(bothTracks(selector))).hasSize(2).allMatch(Batch::isAlone);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"code=~\"5\\\\d\\\\d\"", "code=~\"(?i)x\"", "code=~\"a*+\"", "code=~\"[z-a]\"", "code=\"\\x35\""
            })
    void errorsThatCannotBeToldHereAreAskedFor(String condition) {
        assertThat(texts(bothTracks("a{track=\"$track\"," + condition + "}", "a{track=\"$track\"}")))
                .containsExactlyInAnyOrder(
                        "a{" + condition + ",track=~\"baseline|canary\"}[20s]", "a{track=~\"baseline|canary\"}[20s]");
    }

    /** Java's regular expressions call themselves for each letter and go back for each repetition; Prometheus' do neither. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"=~", "!~"})
    void aRegularExpressionThatIsDearHereIsPrometheusToRead(String sign) {
        for (String dear : List.of("/a.b".repeat(900), ".*".repeat(8) + "x", "a?".repeat(30) + "a".repeat(30))) {
            Condition condition = Condition.of(sign, '"' + dear + '"');
            assertThat(condition.canBeTold()).as(dear).isFalse();
        }
        assertThat(Condition.of(sign, "\"" + "a|".repeat(20_000) + "a\"").isOneOf())
                .isEqualTo(sign.equals("=~"));
        assertThat(Condition.of(sign, "\"GET.*|[a-z]+T|x?\"").canBeTold()).isTrue();
        assertThat(texts(bothTracks(
                        "a{h" + sign + "\"" + ".x".repeat(3_000) + "\",track=\"$track\"}", "a{track=\"$track\"}")))
                .hasSize(2);
    }

    @Test
    void timesKindsAndDistantRangesAreApart() {
        Question later = new Question("a{t=\"1\"}", BACK, at(30));
        Question point = now("a{t=\"2\"}");
        Question lasting = new Question("a{t=\"3\"}", Duration.ofSeconds(50), at(20));
        assertThat(batches(raw("a{t=\"4\"}"), later, point, lasting)).hasSize(4).allMatch(Batch::isAlone);
        Question near = new Question("a{t=\"5\"}", Duration.ofMillis(40_001), at(20));
        assertThat(texts(raw("a{t=\"4\"}"), near)).hasSize(2);
        assertThat(texts(lasting, near)).containsExactly("a{t=~\"3|5\"}[50s]");
    }

    @Test
    void eachTakesItsOwnSeriesAndPoints() throws Exception {
        Question errors = new Question("a{code=~\"5..\",track=\"x\"}", Duration.ofSeconds(12), at(20));
        Question total = raw("a{track=\"x\"}");
        Batch batch = batches(errors, total, raw("a{track=\"y\"}")).get(0);
        Map<Question, List<Series>> told = batch.split(List.of(
                series("x", "500", 1, 8, 9),
                series("x", "503", 2, 7.999),
                series("x", "50", 3, 9),
                series("y", "500", 1)));
        assertThat(told.get(errors)).singleElement().satisfies(s -> {
            assertThat(s.label("code")).isEqualTo("500");
            assertThat(s.times()).containsExactly(at(8).toEpochMilli(), at(9).toEpochMilli());
        });
        assertThat(told.get(total)).extracting(s -> s.label("code")).containsExactly("500", "503", "50");
        assertThat(told.get(raw("a{track=\"y\"}"))).hasSize(1);
    }

    @Test
    void anAnswerWithoutTheLabelsOrWithALineBreakIsNone() {
        Batch batch = batches(raw("a{track=\"x\"}"), raw("a{track=\"y\"}")).get(0);
        assertThatThrownBy(() -> batch.split(List.of(series("z", "1", 1)))).isInstanceOf(Batch.Unsplittable.class);
        assertThatThrownBy(() -> batch.split(List.of(series("x", "5\n0", 1)))).isInstanceOf(Batch.Unsplittable.class);
        Batch or = batches(now("sum(a)"), now("sum(b)")).get(0);
        assertThatThrownBy(() -> or.split(List.of(series("x", "1", 1)))).isInstanceOf(Batch.Unsplittable.class);
    }

    private static Series series(String track, String code, double... seconds) {
        long[] times = new long[seconds.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = at(seconds[i]).toEpochMilli();
        }
        return new Series("a", Map.of("track", track, "code", code), times, seconds);
    }

    @Test
    void whatIsEvaluatedIsAskedForTogetherUnderNumbers() {
        assertThat(texts(now("sum(a)"), now("b or vector(0)")))
                .containsExactly("label_replace((sum(a)),\"release_guard_part\",\"0\",\"\",\"\")"
                        + " or label_replace((b or vector(0)),\"release_guard_part\",\"1\",\"\",\"\")");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "a) or (b",
                "sum(a), sum(b)",
                "sum(a",
                "sum(a # b\n)",
                "sum(a{b=\"}\"})]",
                "x{a=\"b}",
                "sum({a)}",
                " "
            })
    void whatBracketsMightMakeAnotherOfIsAskedAlone(String expression) {
        assertThat(batches(now(expression), now("sum(a)"))).hasSize(2).allMatch(Batch::isAlone);
    }

    @ParameterizedTest(name = "{0}{1} holds of \"{2}\": {3}")
    @CsvSource({
        "=~, '5..', 500, true",
        "=~, '5..', 5000, false",
        "=~, '5..', '', false",
        "!~, '5..', '', true",
        "=~, '5..|', '', true",
        "=~, '.*', '', true",
        "=~, '.+', '', false",
        "=~, '[45][0-9]+', 404, true",
        "=~, '[45][0-9]+', x404, false",
        "=~, 'GET|POST', POST, true",
        "=~, '5..', '5\u20280', true",
        "=, '', '', true",
        "!=, '', '', false",
        "!=, 'a+b', a+b, false",
    })
    void conditionsAreToldAsPrometheusDoes(String sign, String value, String actual, boolean holds) {
        Condition condition = Condition.of(sign, '"' + value + '"');
        assertThat(condition.canBeTold()).isTrue();
        assertThat(condition.holds(actual)).isEqualTo(holds);
    }
}
