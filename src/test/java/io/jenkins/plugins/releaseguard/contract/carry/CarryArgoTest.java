// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.lint.LintResult;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarryArgoTest {
    private static final Carry.Settings SETTINGS = new Carry.Settings("", "shop-team", "prometheus", "edge", "track");
    private static final String RATIO = "sum(rate(hits{code!~\"5..\"}[5m])) / sum(rate(hits[5m]))";

    private static String template(String query, String more) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {name: t}\nspec:\n  args: [{name: service}]\n"
                + "  metrics:\n  - name: m\n    " + more
                + "\n    provider:\n      prometheus:\n        query: |\n          " + query + "\n";
    }

    private static Carry.Outcome over(String text) throws UnreadableException {
        return Carry.over(Map.of("in.yaml", text), SETTINGS);
    }

    /** What lint can't read at all; what it still asks for (an environment, a criterion) is no fault of the file. */
    private static List<String> unread(Carry.Outcome outcome) {
        return LintResult.of(outcome.text(), "release.yaml", Variables.unresolved(Map.of()), Catalog.STANDARD.reader())
                .problems()
                .stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .map(Problem::toString)
                .filter(p -> !p.matches("(?s).*(no Environment entry|no criterion|Validation entry|RG-\\w+-PRESENT).*"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            successCondition: 'result[0] >= 0.95' ~ success < 95% over 5m
            successCondition: result[0] > 0.999 ~ success <= 99.9% over 5m
            successCondition: '0.95 <= result[0]' ~ success < 95% over 5m
            successCondition: 'isNaN(result) || result >= 0.9' ~ success < 90% over 5m
            successCondition: 'len(result) > 0 && result[0] >= 0.9' ~ success < 90% over 5m
            failureCondition: 'result[0] < 0.95' ~ success < 95% over 5m
            failureCondition: 'asFloat(result[0]) <= 0.9' ~ success <= 90% over 5m
            """)
    void aShareOfGoodOnesIsARateOfBadOnes(String condition, String threshold) throws UnreadableException {
        Carry.Outcome outcome = over(template(RATIO, condition));

        assertThat(outcome.text())
                .contains("threshold: \"" + threshold + "\"")
                .contains("kind: rate")
                .contains("errors: \"sum(increase(hits{track=\\\"$track\\\",code=~\\\"5..\\\"}[$window]))\"")
                .contains("total: \"sum(increase(hits{track=\\\"$track\\\"}[$window]))\"");
        assertThat(unread(outcome)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            sum(rate(bad[1m])) / sum(rate(all[1m])) ~ result[0] <= 0.01 ~ kind: rate ~ average > 1% over 1m
            100 * sum(rate(bad[1m])) / sum(rate(all[1m])) ~ result[0] < 2 ~ kind: rate ~ average >= 2% over 1m
            (sum(rate(bad[1m])) or vector(0)) / clamp_min(sum(rate(all[1m])), 1) ~ result[0] < 0.02 ~ kind: rate ~ average >= 2% over 1m
            (sum(rate(bad[1m])) / sum(rate(all[1m]))) or on() vector(0) ~ result[0] < 0.02 ~ kind: rate ~ average >= 2% over 1m
            sum(rate(used[1m])) / sum(rate(all[1m])) ~ result[0] < 0.95 ~ kind: gauge ~ >= 0.95
            1 - (sum(rate(bad[1m])) / sum(rate(all[1m]))) ~ result[0] >= 0.99 ~ kind: rate ~ success < 99% over 1m
            histogram_quantile(0.99, sum(rate(d_seconds_bucket[2m])) by (le)) ~ result[0] < 0.5 ~ kind: latency ~ p99 >= 0.5s over 2m
            histogram_quantile(0.99, sum by (le) (rate(d_seconds_bucket[2m]))) * 1000 ~ result[0] <= 500 ~ kind: latency ~ p99 > 500ms over 2m
            histogram_quantile(0.95, sum(rate(d_seconds_bucket[2m])) by (le)) ~ result[0] < 0.5 ~ kind: latency ~ p95 >= 0.5s over 2m
            histogram_quantile(0.95, sum(rate(d_milliseconds_bucket[2m])) by (le)) / 1000 ~ result[0] < 0.5 ~ kind: latency ~ p95 >= 0.5s over 2m
            histogram_quantile(0.95, sum(rate(d_bucket[2m])) by (le)) ~ result[0] < 0.5 ~ kind: gauge ~ >= 0.5
            histogram_quantile(0.5, sum(rate(d_seconds_bucket[2m])) by (le)) ~ result[0] >= 0.5 ~ worse: lower ~ < 0.5s
            sum(increase(errors_total[5m])) ~ result[0] <= 10 ~ kind: gauge ~ > 10
            sum(rate(d_seconds_sum[1m])) / sum(rate(d_seconds_count[1m])) ~ result[0] < 0.5 ~ kind: gauge ~ >= 0.5
            sum(rate(bytes_total[1m])) / sum(rate(hits[1m])) ~ result[0] < 0.5 ~ kind: gauge ~ >= 0.5
            avg(queue_free) ~ result[0] >= 10 ~ worse: lower ~ < 10
            sum(rate(errors_total[5m])) or vector(0) ~ result[0] == 0 ~ kind: gauge ~ > 0
            """)
    void theQuerySaysWhatKindOfMetricItIs(String query, String success, String kind, String threshold)
            throws UnreadableException {
        Carry.Outcome outcome = over(template(query, "successCondition: '" + success + "'"));

        assertThat(outcome.text()).contains(kind + "\n").contains("threshold: \"" + threshold + "\"");
        assertThat(unread(outcome)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            'successCondition: result[0] > 0.5 || result[1] < 3' ~ a threshold compares one number
            'successCondition: all(result, {# < 5})' ~ a threshold compares one number
            'successCondition: "{{args.limit}}"' ~ a threshold compares one number
            'successCondition: result[0] > 1e99' ~ a threshold compares one number
            'successCondition: "result[0] > 0 ? true : false"' ~ a threshold compares one number
            'initialDelay: 1m' ~ warmup:
            'interval: soon' ~ a time is needed
            'failureLimit: some' ~ it is taken for 0
            'inconclusiveLimit: 3' ~ nothing is in doubt
            'consecutiveSuccessLimit: 3' ~ ends what was broken
            'colour: red' ~ no word of a contract stands for it
            """)
    void whatIsLeftIsSaidWithItsLine(String more, String why) throws UnreadableException {
        assertThat(over(template(RATIO, more.replace("'", ""))).remarks()).anySatisfy(r -> {
            assertThat(r.why()).contains(why);
            assertThat(r.line()).isEqualTo(8);
            assertThat(r.kind()).isEqualTo(Remark.Kind.LEFT);
        });
    }

    @Test
    void failuresThatAreBorneAreLooksThatAre() throws UnreadableException {
        Carry.Outcome outcome = over(template(
                RATIO,
                "{interval: 2m, failureLimit: 3, successCondition: 'result[0] > 0.9'}"
                        .replaceAll("[{}]", "")
                        .replace(", ", "\n    ")));

        // each moment lies in three windows of 5m that are 2m apart, so 4 failures have 2 bad looks at least
        assertThat(outcome.text())
                .contains("threshold: \"success <= 90% in 2 of 100 looks\"", "interval: 1m\n", "noData: 10m\n");
        assertThat(outcome.remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.contains("3 measurements look back on one moment"))
                .anyMatch(w -> w.contains("those of the last 100 looks"));
        assertThat(unread(outcome)).isEmpty();
    }

    private static String of(String fields) {
        return fields.replaceAll("[{}]", "").replace("; ", "\n    ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            interval: 1m; count: 5; failureLimit: 2; failureCondition: result[0] > 3 ~ > 3 in 3 of 5 looks
            interval: 1m; count: 5; failureCondition: result[0] > 3 ~ > 3
            interval: 1m; count: 3; failureLimit: 9; failureCondition: result[0] > 3 ~ > 3 in 10 of 10 looks
            interval: 1m; failureLimit: 400; failureCondition: result[0] > 3 ~ > 3 in 100 of 100 looks
            interval: 1m; count: 5; failureLimit: 2; failureCondition: result[0] > 3 && result[0] < 9 ~ > 3 in 3 of 5 looks and < 9 in 3 of 5 looks
            failureCondition: result[0] > 3 && !(result[0] >= 9) ~ > 3 and < 9
            failureCondition: not (result[0] < 3 or result[0] > 9) ~ >= 3 and <= 9
            successCondition: result[0] < 3 or result[0] > 9 ~ >= 3 and <= 9
            failureCondition: result[0] == 7 ~ = 7
            """)
    void sharesOfLooksAndConditionsThatAreJoined(String fields, String threshold) throws UnreadableException {
        Carry.Outcome outcome = over(template("avg(load)", of(fields)));

        assertThat(outcome.text()).contains("threshold: \"" + threshold + "\"");
        assertThat(outcome.triggers()).isEqualTo(1);
        assertThat(unread(outcome)).isEmpty();
    }

    /** Rollback entries are joined by or. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            successCondition: result[0] > 3 && result[0] < 9 ~ <= 3 ~ >= 9
            failureCondition: result[0] < 3 || result[0] > 9 ~ < 3 ~ > 9
            successCondition: result[0] == 7 ~ < 7 ~ > 7
            failureCondition: (result[0] < 3 || result[0] > 9) && result[0] > 1 ~ < 3 and > 1 ~ > 9 and > 1
            """)
    void whatBreaksAloneIsAnEntryOfItsOwn(String condition, String one, String other) throws UnreadableException {
        Carry.Outcome outcome = over(template("avg(load)", condition));

        assertThat(outcome.triggers()).isEqualTo(2);
        assertThat(outcome.text()).contains("threshold: \"" + one + "\"", "threshold: \"" + other + "\"");
        assertThat(unread(outcome)).isEmpty();
    }

    /** Neither failed nor passed is what a person looks at there. */
    @Test
    void whatIsInDoubtWarns() throws UnreadableException {
        Carry.Outcome outcome = over(
                template(
                        "avg(load)",
                        of(
                                "interval: 1m; count: 9; inconclusiveLimit: 1; failureCondition: result[0] > 9; successCondition: result[0] < 5")));

        assertThat(outcome.text()).contains("threshold: \"> 9\"\n    warn: \">= 5 in 2 of 9 looks\"");
        assertThat(unread(outcome)).isEmpty();
    }

    @Test
    void aLimitBelowNoneStopsNothing() throws UnreadableException {
        Carry.Outcome outcome = over(template("avg(load)", of("failureLimit: -1; failureCondition: result[0] > 9")));

        assertThat(outcome.triggers()).isZero();
        assertThat(outcome.text()).contains("muted: yes");
    }

    @Test
    void errorsThatAreBorneAreNoData() throws UnreadableException {
        assertThat(over(template(RATIO, of("interval: 30s; consecutiveErrorLimit: 2; successCondition: result[0] > 1")))
                        .text())
                .contains("noData: 90s\n");
        assertThat(over(template(RATIO, of("interval: 30s; successCondition: result[0] > 1")))
                        .text())
                .contains("noData: 150s\n");
    }

    /** What no lint would let pass is left with the query that would do. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            sum(requests_total) ~ a counter only rises
            sum(rate(d_bucket[5m])) ~ hold one request several times
            sum(rate(bad[5m])) / sum(rate(all[5m])) > 0.05 ~ by hand: write values:
            avg(requests_total) ~ by hand: write values:
            sum(rate(bad[1m])) / sum(rate(all[5m])) ~ by hand
            """)
    void whatLintWouldRefuseIsLeftWithWhatWouldDo(String query, String why) throws UnreadableException {
        Carry.Outcome outcome = over(template(query, "failureCondition: result[0] > 1"));

        assertThat(outcome.metrics()).isZero();
        assertThat(outcome.remarks()).extracting(Remark::why).anyMatch(w -> w.contains(why));
    }

    /** A step with an analysis is as long as it, and a window is no longer than all phases. */
    @Test
    void aStepLastsAsLongAsItsAnalysis() throws UnreadableException {
        String rollout = """
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: shop}
                spec: {strategy: {canary: {steps: [{setWeight: 20}, {analysis: {templates: [{templateName: %s}]}}, {setWeight: 60}, {pause: {duration: 1m}}, {setWeight: 100}, {pause: {duration: 1m}}]}}}
                """;
        String template = template(RATIO, of("interval: 30s; count: 3; successCondition: result[0] >= 0.9"));

        assertThat(over(template + rollout.formatted("t")).text())
                .contains("{weight: 20, bake: 1m}", "success < 90% over 150s");
        assertThat(over(template + rollout.formatted("gone")).remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.contains("as long as its analysis lasts"));
    }

    @Test
    void argumentsAreValuesOrVariablesAndAHashIsTheTrack() throws UnreadableException {
        Carry.Outcome outcome = over(template(
                "sum(up{svc=\"{{args.service}}\",hash=\"{{ args.canary-hash }}\",x=\"${y}\"})",
                "failureCondition: result[0] < 1"));

        assertThat(outcome.text()).contains("{svc=\\\"${SERVICE}\\\",x=\\\"$${y}\\\",track=\\\"$track\\\"}");
        assertThat(over(template("sum(up{hash=\"{{args.stable-hash}}\"})", "failureCondition: result[0] < 1"))
                        .metrics())
                .isZero();
        assertThat(over(template("sum(up{a=\"{{inputs.b}}\"})", "failureCondition: result[0] < 1"))
                        .metrics())
                .isZero();
    }

    @Test
    void stepsBecomePhases() throws UnreadableException {
        Carry.Outcome outcome = over("""
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: shop}
                spec:
                  replicas: 3
                  strategy:
                    canary:
                      canaryService: shop-canary
                      steps:
                      - setWeight: 5
                      - pause: {duration: 1h30m}
                      - setWeight: 20
                      - pause: {duration: 600}
                      - pause: {}
                      - setCanaryScale: {weight: 25}
                      - setWeight: 10
                """);

        assertThat(outcome.text())
                .contains("service: shop", "- {weight: 5, bake: 90m}", "- {weight: 20, bake: 10m}", "- {weight: 100}");
        assertThat(outcome.remarks()).extracting(Remark::line).containsExactly(14, 15, 16);
        assertThat(unread(outcome)).isEmpty();
    }

    @Test
    void aQueryLongerThanAContractsIsLeft() throws UnreadableException {
        assertThat(over(template("sum(x) + by(".repeat(20_000), "count: 1")).metrics())
                .isZero();
    }

    /** A contract fills variables in values of labels alone, and what is no PromQL asks for nothing. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            sum(rate(hits[{{args.window}}]))
            sum({{args.series}})
            sum(hits{{{args.matchers}}})
            sum(hits{code..})
            sum(rate(hits[5m)
            sum(rate(hits[5m])
            sum(hits{a="b})
            sum(hits{a="b" "c"})
            """)
    void whatCanNotBeFilledInIsLeft(String query) throws UnreadableException {
        Carry.Outcome outcome = over(template(query, "successCondition: result[0] > 1"));

        assertThat(outcome.metrics()).isZero();
        assertThat(outcome.remarks()).anyMatch(r -> r.kind() == Remark.Kind.LEFT && r.line() == 11);
    }

    @Test
    void otherProvidersAreLeft() throws UnreadableException {
        Carry.Outcome outcome = over(
                "apiVersion: argoproj.io/v1alpha1\nkind: ClusterAnalysisTemplate\nspec: {metrics: [{name: a, provider: {datadog: {query: x}}}, {name: b, provider: {job: {}}}]}");

        assertThat(outcome.metrics()).isZero();
        assertThat(outcome.remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.contains("datadog"))
                .anyMatch(w -> w.contains("command"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            a: [ ~ 1
            a: 1\\na: 2 ~ 2
            {"a": 1, "a": 2} ~ 1
            {"a": 1} x ~ 1
            a: {{ .Values.x }} ~ 1
            ? [a]\\n: 1 ~ 1
            """)
    void whatCanNotBeReadIsSaidWithItsLine(String text, int line) {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                UnreadableException.class, () -> over(text.replace("\\n", "\n")))
                        .line())
                .isEqualTo(line);
    }

    @Test
    void bombsAreRefused() {
        StringBuilder aliases = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            aliases.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("]\n");
        }
        for (String text : List.of(
                aliases.toString(),
                "a: ".repeat(2) + "[".repeat(5000),
                "{\"a\":".repeat(5000),
                "&a [*a]",
                "x".repeat(2_000_000),
                "---\n1\n".repeat(500))) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> over(text)))
                    .isInstanceOf(UnreadableException.class);
        }
    }

    /** As a rate's errors the good ones would be harm, and the bad ones none. */
    @Test
    void aShareThatNoConditionReadsIsNoShareOfErrors() throws UnreadableException {
        Carry.Outcome outcome = over(template(RATIO, "count: 3"));

        assertThat(outcome.text()).contains("kind: gauge", "worse: either").doesNotContain("errors:");
        assertThat(outcome.remarks()).extracting(Remark::why).anyMatch(w -> w.contains("both directions"));
    }

    @Test
    void argumentsWithAValueAreFilledInEverywhere() throws UnreadableException {
        Carry.Outcome outcome = over(template(
                        RATIO,
                        "successCondition: 'result[0] >= {{args.least}}'\n    interval: '{{args.every}}'\n    failureLimit: '{{args.times}}'")
                .replace(
                        "[{name: service}]",
                        "[{name: least, value: \"0.97\"}, {name: every, value: 10m}, {name: times, value: \"1\"}]"));

        assertThat(outcome.text()).contains("threshold: \"success < 97% in 2 of 100 looks\"", "interval: 5m\n");
    }

    @Test
    void aQueryOfTheCanaryAloneAsksForBoth() throws UnreadableException {
        Carry.Outcome outcome = over(template(
                "sum(up{version='canary'}) + sum(up{version=\"canary\",x=\"canary\"})",
                "failureCondition: result[0] < 1"));

        assertThat(outcome.text())
                .contains("sum(up{version=\\\"$track\\\"}) + sum(up{version=\\\"$track\\\",x=\\\"canary\\\"})");
    }
}
