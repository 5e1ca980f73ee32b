// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are none, that are too large, and that mean harm. */
class CarryHostileTest {
    private static final String ARGO = "apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\n";

    private static Carry.Outcome over(String text) throws UnreadableException {
        return Carry.over(Map.of("in", text), new Carry.Settings("", "team", "prometheus", "", "track"));
    }

    private static String bomb(String first, String next) {
        return first
                + IntStream.range(1, 9)
                        .mapToObj(i -> "a" + i + ": &a" + i + " ["
                                + (next.replace("N", String.valueOf(i - 1)) + ", ").repeat(9) + "]\n")
                        .collect(Collectors.joining());
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("aliases of aliases", bomb("a0: &a0 [x]\n", "*aN"), "it has more than|can't be read"),
                Arguments.of("maps of aliases", bomb("a0: &a0 {x: y}\n", "{z: *aN}"), "it has more than|can't be read"),
                Arguments.of("merge keys", bomb("a0: &a0 {x: y}\n", "{<<: *aN}"), "it has more than|can't be read"),
                Arguments.of("itself", "a: &a [*a]", "it has more than|can't be read"),
                Arguments.of("itself as a key", "&a {*a : 1}", "can't be read|a key is no word"),
                Arguments.of("brackets", "[".repeat(5000), "can't be read"),
                Arguments.of("braces in YAML", "a: " + "{b: ".repeat(5000), "can't be read"),
                Arguments.of("dashes", "- ".repeat(5000) + "a", "can't be read"),
                Arguments.of("braces in JSON", "{\"a\":".repeat(5000), "can't be read"),
                Arguments.of("a list in JSON", "[" + "1,".repeat(200_000) + "1]", "it has more than"),
                Arguments.of("many keys", "a: 1\n".repeat(3), "stands twice"),
                Arguments.of("many values", "- 1\n".repeat(200_000), "it has more than"),
                Arguments.of("many documents", "---\n1\n".repeat(500), "documents"),
                Arguments.of("long", "x".repeat(2_000_000), "characters"),
                Arguments.of("a chart", "{{- if .Values.canary }}\nkind: Canary\n{{- end }}\n", "can't be read"),
                Arguments.of(
                        "a chart's value",
                        "kind: Canary\nspec: {{ .Values.spec }}\n",
                        "can't be read|a key is no word"),
                Arguments.of("a chart's key", "{{ .Values.key }}: 1\n", "can't be read|a key is no word"),
                Arguments.of("a tab", "kind: Canary\n\tspec: 1\n", "can't be read"),
                Arguments.of("a control character", "kind: \u0001\n", "can't be read"),
                Arguments.of("a lone surrogate", "kind: \ud800\n", "can't be read"),
                Arguments.of("an open quote", "kind: \"Canary\n", "can't be read"),
                Arguments.of("an open comment", "%YAML 9.9\n---\na: 1\n", "can't be read"),
                Arguments.of("a class", "!!javax.script.ScriptEngineManager [a]", "can't be read"),
                Arguments.of("a command", "a: !!python/object/apply:os.system [id]", "can't be read"),
                Arguments.of("an alias of nothing", "a: *b\n", "can't be read"),
                Arguments.of("JSON with a comma more", "{\"a\": 1,}", "can't be read"),
                Arguments.of("JSON with a key twice", "{\"a\": 1, \"a\": 2}", "can't be read"),
                Arguments.of("two values of JSON", "{\"a\": 1} {\"a\": 2}", "stands after its end"),
                Arguments.of("half of JSON", "{\"a\": [1, 2", "can't be read"),
                Arguments.of("a number of JSON", "{\"a\": " + "9".repeat(5000) + "}", "can't be read"));
    }

    /** Quickly, and with a line and what to do. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsNoFileIsRefused(String name, String text, String why) {
        assertThatThrownBy(() -> over(text)).isInstanceOfSatisfying(UnreadableException.class, e -> {
            assertThat(e.line()).isPositive();
            assertThat(e.fix()).isNotBlank();
            assertThat(e.getMessage()).startsWith("in:" + e.line() + ": ").containsPattern(why);
        });
    }

    @ParameterizedTest(name = "{index} {0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            `` ~ 0 ~ ``
            # nothing ~ 0 ~ ``
            --- ~ 0 ~ ``
            null ~ 0 ~ ``
            [] ~ 0 ~ ``
            {} ~ 0 ~ ``
            a text ~ 1 ~ no format that is known
            12 ~ 1 ~ no format that is known
            [1, [2, {a: b}]] ~ 2 ~ no format that is known
            kind: [List] ~ 1 ~ no format that is known
            {kind: List, items: {a: b}} ~ 1 ~ no format that is known
            {apiVersion: {a: b}, kind: Canary} ~ 1 ~ no format that is known
            {apiVersion: argoproj.io/v1beta9, kind: AnalysisTemplate, spec: {metrics: []}} ~ 1 ~ this version is not read
            {apiVersion: flagger.app/v2, kind: Canary} ~ 1 ~ this version is not read
            {apiVersion: openslo/v9, kind: SLO} ~ 1 ~ this version is not read
            {apiVersion: pyrra.dev/v2, kind: ServiceLevelObjective} ~ 1 ~ this version is not read
            {apiVersion: sloth.slok.dev/v2, kind: PrometheusServiceLevel} ~ 1 ~ this version is not read
            {version: prometheus/v2, slos: []} ~ 1 ~ no format that is known
            {apiVersion: argoproj.io/v1alpha1, kind: Application} ~ 1 ~ no format that is known
            {apiVersion: argoproj.io/v1alpha1, kind: AnalysisTemplate, spec: text} ~ 1 ~ no word of a contract
            {apiVersion: argoproj.io/v1alpha1, kind: AnalysisTemplate, spec: {metrics: {a: b}}} ~ 1 ~ no word of a contract
            {apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {strategy: {canary: {steps: [5, [], {setWeight: {}}, {setWeight: -5}, {setWeight: 1e99}, {pause: 5}]}}}} ~ 6 ~ phases rise
            {apiVersion: flagger.app/v1beta1, kind: Canary, spec: {analysis: {stepWeights: [a, -1, {b: c}], metrics: [x, {}]}}} ~ 5 ~ phases rise
            {apiVersion: openslo/v1, kind: SLO, spec: [a]} ~ 1 ~ it has no objective
            {apiVersion: pyrra.dev/v1alpha1, kind: ServiceLevelObjective, spec: {target: NaN, window: -1d, indicator: {ratio: {errors: {metric: a_total}, total: {metric: b_total}}}}} ~ 1 ~ no share between
            {version: prometheus/v1, slos: [{objective: 1e400, sli: {events: {error_query: a, total_query: b}}}]} ~ 1 ~ no share between
            {spec_version: '1.0', objectives: [{sli: a, pass: [{criteria: [{a: b}, []]}]}], indicators: {a: avg(x)}} ~ 2 ~ a comparison with a number
            {"metrics": [1, {"query": 5}], "classifier": 7} ~ 3 ~ its source is
            """)
    void whatIsNothingIsLeftAndSaid(String text, int left, String why) throws UnreadableException {
        Carry.Outcome outcome = over(text == null ? "" : text);

        assertThat(outcome.metrics() + outcome.triggers() + outcome.phases())
                .as(outcome.text())
                .isLessThanOrEqualTo(1);
        assertThat(outcome.count(Remark.Kind.LEFT)).isEqualTo(left);
        if (left > 0) {
            assertThat(outcome.remarks()).extracting(Remark::why).anyMatch(w -> w.contains(why));
        }
    }

    /** Each document is what it is, whatever stands before it. */
    @Test
    void documentsOfSeveralFormatsAreReadEachByItsOwn() throws UnreadableException {
        Carry.Outcome outcome = over(
                "\uFEFF# a comment\r\n---\r\n---\r\nkind: Service\r\n---\r\n" + ARGO.replace("\n", "\r\n")
                        + "spec: {metrics: [{name: a, provider: {prometheus: {query: avg(x)}}}]}\r\n...\r\n---\r\n"
                        + "version: prometheus/v1\nslos: [{name: b, objective: 99, sli: {events: {error_query: 'a_total', total_query: 'b_total'}}}]\n");

        assertThat(outcome.formats()).containsExactly("Argo AnalysisTemplate and Rollout", "Sloth");
        assertThat(outcome.metrics()).isEqualTo(2);
        assertThat(outcome.remarks()).anyMatch(r -> r.words().equals("{kind: Service}"));
    }

    /** What a file says is a value: it becomes no key, no variable and no second line of the contract. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a\\nowner: mallory
            a: b
            ${VERSION}
            $${VERSION}
            "x"
            '&a *a !!b'
            {{args.name}}
            # b
            a\\u2028b
            """)
    void namesStayNames(String name) throws UnreadableException {
        String written = name.replace("\\n", "\n").replace("\\u2028", "\u2028");
        Carry.Outcome outcome = over(ARGO + "spec: {metrics: [{name: "
                + '"' + written.replace("\"", "\\\"").replace("\n", "\\n") + '"'
                + ", failureCondition: 'result[0] > 1', provider: {prometheus: {query: avg(x)}}}]}");

        assertThat(outcome.metrics()).isEqualTo(1);
        assertThat(outcome.text().lines().filter(l -> l.strip().startsWith("owner:")))
                .containsOnly("  owner: team", "    owner: team");
        assertThat(outcome.text().split("(?<!\\$)\\$\\{VERSION}", -1))
                .as(outcome.text())
                .hasSize(2);
    }

    /** Bounded by what a contract may have; what is too much is told. */
    @Test
    void moreThanAContractHasIsLeft() throws UnreadableException {
        String metrics = IntStream.range(0, 700)
                .mapToObj(
                        i -> "{name: m" + i
                                + ", failureCondition: 'result[0] > 1 || result[0] < 0 || result[0] == 0.5', provider: {prometheus: {query: avg(x)}}}")
                .collect(Collectors.joining(", "));

        Carry.Outcome outcome = over(ARGO + "spec: {metrics: [" + metrics + "]}");

        assertThat(outcome.metrics()).isEqualTo(200);
        assertThat(outcome.triggers()).isEqualTo(500);
        assertThat(outcome.remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.contains("200 metrics"))
                .anyMatch(w -> w.contains("500 triggers"));
    }

    /** Long conditions, queries and names end, and soon. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"(", "!", "not ", "result[0] > 1 || ", "(result[0] > 1 && ", "1 <", "isNaN(", "default(result, "})
    void longConditionsEnd(String part) throws UnreadableException {
        Carry.Outcome outcome = over(ARGO + "spec: {metrics: [{name: a, successCondition: '" + part.repeat(20_000)
                + "', provider: {prometheus: {query: avg(x)}}}]}");

        assertThat(outcome.triggers()).isZero();
        assertThat(outcome.remarks()).anyMatch(r -> r.kind() == Remark.Kind.LEFT);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            (
            sum(
            x + (
            1 - (
            x / x /
            a{b="c",
            x or
            rate(x[5m]) +
            """)
    void longQueriesEnd(String part) throws UnreadableException {
        Carry.Outcome outcome = over(
                ARGO + "spec: {metrics: [{name: a, provider: {prometheus: {query: '" + part.repeat(4000) + " x'}}}]}");

        assertThat(outcome.remarks()).anyMatch(r -> r.kind() == Remark.Kind.LEFT);
    }
}
