// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.lint.LintResult;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSLO, Sloth and Pyrra: objectives as rates with a budget that burns. */
class CarryObjectivesTest {
    private static final Carry.Settings SETTINGS = new Carry.Settings("", "shop-team", "prometheus", "edge", "track");
    private static final String ERRORS =
            "errors: \"sum(increase(hits{code=~\\\"5..\\\",track=\\\"$track\\\"}[$window]))\"";
    /** Of a condition on the good ones, turned around: it comes last. */
    private static final String TURNED =
            "errors: \"sum(increase(hits{track=\\\"$track\\\",code=~\\\"5..\\\"}[$window]))\"";

    private static final String TOTAL = "total: \"sum(increase(hits{track=\\\"$track\\\"}[$window]))\"";

    private static Carry.Outcome over(String... texts) throws UnreadableException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String text : texts) {
            files.put("file" + files.size(), text);
        }
        Carry.Outcome outcome = Carry.over(files, SETTINGS);
        assertThat(LintResult.of(outcome.text(), "out", Variables.unresolved(Map.of()), Catalog.STANDARD.reader())
                        .problems())
                .extracting(p -> p.rule())
                .doesNotContain(
                        "RG-YAML",
                        "RG-UNKNOWN-KEY",
                        "RG-THRESHOLD",
                        "RG-METRIC",
                        "RG-TRIGGER-UNIT",
                        "RG-TYPE",
                        "RG-PLACE",
                        "RG-ID");
        return outcome;
    }

    private static String sloth(String slo) {
        return "version: prometheus/v1\nservice: shop\nslos:\n- name: answers\n  objective: 99.9\n  " + slo + "\n";
    }

    @Test
    void slothsEventsAreARateWhoseBudgetBurns() throws UnreadableException {
        Carry.Outcome outcome = over(
                sloth(
                        "sli: {events: {error_query: 'sum(rate(hits{code=~\"5..\"}[{{.window}}]))', total_query: 'sum(rate(hits[{{ .window }}]))'}}"));

        assertThat(outcome.text())
                .contains("service: shop", ERRORS, TOTAL, "objective: {target: 99.9%}")
                .contains("threshold: \"burn > 14.4 over 1h and 5m\"", "threshold: \"burn > 6 over 6h and 30m\"");
    }

    @Test
    void slothInKubernetesSaysItOtherwise() throws UnreadableException {
        Carry.Outcome outcome = over(
                "apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\nmetadata: {name: x}\nspec:\n  service: shop\n  slos:\n  - name: a\n    objective: 99\n"
                        + "    sli: {events: {errorQuery: 'sum(rate(hits[{{.window}}])) - sum(rate(hits{ok=\"1\"}[{{.window}}]))', totalQuery: 'sum(rate(hits[{{.window}}]))'}}\n"
                        + "    alerting: {pageAlert: {disable: true}, ticketAlert: {disable: true}}\n");

        assertThat(outcome.metrics()).isEqualTo(1);
        assertThat(outcome.triggers()).isZero();
        assertThat(outcome.text())
                .contains(
                        "sum(increase(hits{track=\\\"$track\\\"}[$window])) - sum(increase(hits{ok=\\\"1\\\",track=\\\"$track\\\"}[$window]))");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            sli: {raw: {error_ratio_query: ''}} ~ a query is missing
            sli: {other: 1} ~ it has no query
            sli: {plugin: {id: p}} ~ a plugin makes its queries
            sli: {events: {error_query: 'max(x)', total_query: 'max(y)'}} ~ no rise of counters
            sli: {events: {error_query: '', total_query: 'max(y)'}} ~ a query is missing
            sli: {events: {error_query: 'x{a=\"{{.b}}\"}', total_query: 'y'}} ~ nothing fills in
            """)
    void whatIsNoCountIsLeft(String sli, String why) throws UnreadableException {
        Carry.Outcome outcome = over(sloth(sli.replace("\\", "")));

        assertThat(outcome.metrics()).isZero();
        assertThat(outcome.remarks()).hasSize(1).allSatisfy(r -> {
            assertThat(r.why()).contains(why);
            assertThat(r.line()).isEqualTo(4);
        });
    }

    /** One of counters is counted; of any other the number itself is watched. */
    @Test
    void aRatioInOneQueryIsCountedWhereItCanBe() throws UnreadableException {
        Carry.Outcome counted = over(
                sloth(
                        "sli: {raw: {error_ratio_query: 'sum(rate(hits{code=~\"5..\"}[{{.window}}])) / sum(rate(hits[{{.window}}]))'}}"));
        Carry.Outcome level = over(sloth("sli: {raw: {error_ratio_query: 'avg_over_time(ratio[{{.window}}])'}}"));
        String raw = "indicator: {spec: {ratioMetric: {rawType: success, raw: " + source("avg(good:ratio)") + "}}}";

        assertThat(counted.text()).contains(ERRORS, TOTAL, "burn > 14.4 over 1h and 5m");
        assertThat(level.text()).contains("kind: gauge", "threshold: \"average > 0.0144 over 5m\"");
        assertThat(level.remarks()).extracting(Remark::why).anyMatch(w -> w.contains("the slower one by hand"));
        assertThat(over(openslo(raw, "{target: 0.99}", "")).text())
                .contains("worse: lower", "threshold: \"average < 0.99 over 10m\"");
    }

    /** As the objective itself: of so large a share of the looks it must hold. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            {target: 0.95, op: gte, value: 3} ~ p5 of looks < 3 over 10m
            {target: 0.999, op: lt, value: 3} ~ p99.9 of looks >= 3 over 10m
            {target: 0.9999999, op: lt, value: 3} ~ max of looks >= 3 over 10m
            {target: 0.9999999, op: gt, value: 3} ~ min of looks <= 3 over 10m
            {op: lt, value: 3} ~ average >= 3 over 10m
            """)
    void theShareOfTimeIsOneOfLooks(String objective, String threshold) throws UnreadableException {
        assertThat(over(openslo("indicator: {spec: {thresholdMetric: " + source("avg(load)") + "}}", objective, ""))
                        .text())
                .contains("threshold: \"" + threshold + "\"");
    }

    private static String pyrra(String indicator, String more) {
        return "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: {name: shop}\nspec:\n  target: '99.5'\n  indicator: "
                + indicator + "\n  " + more + "\n";
    }

    @Test
    void pyrrasWindowsAreAsLongAsItsObjective() throws UnreadableException {
        String ratio = "{ratio: {errors: {metric: 'hits{code=~\"5..\"}'}, total: {metric: hits}}}";

        assertThat(over(pyrra(ratio, "window: 4w")).text())
                .contains(ERRORS, TOTAL, "objective: {target: 99.5%, period: 28d}")
                .contains("burn > 14 over 1h and 5m for 2m", "burn > 7 over 6h and 30m for 15m");
        assertThat(over(pyrra(ratio, "window: 2w")).text()).contains("burn > 14 over 30m and 3m for 1m");
        assertThat(over(pyrra(ratio, "window: 2w\n  alerting: {disabled: true}"))
                        .triggers())
                .isZero();
        assertThat(over(pyrra(ratio, "window: 2w\n  alerting: {burnrates: false}"))
                        .triggers())
                .isZero();
    }

    @Test
    void whatIsSlowerThanABucketIsTheRest() throws UnreadableException {
        Carry.Outcome outcome = over(pyrra(
                "{latency: {success: {metric: 'd_bucket{le=\"0.5\"}'}, total: {metric: d_count}}}", "window: 28d"));

        assertThat(outcome.text())
                .contains(
                        "errors: \"sum(increase(d_count{track=\\\"$track\\\"}[$window])) - sum(increase(d_bucket{le=\\\"0.5\\\",track=\\\"$track\\\"}[$window]))\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            {bool_gauge: {metric: up}} ~ a share of time
            {latencyNative: {latency: 1s, total: {metric: d}}} ~ native histogram
            {ratio: {errors: {metric: e}, total: {metric: t}, grouping: [a]}} ~ all groups are one metric
            """)
    void whatPyrraHasMoreIsLeft(String indicator, String why) throws UnreadableException {
        assertThat(over(pyrra(indicator, "window: 2w")).remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.contains(why));
    }

    private static String openslo(String indicator, String objective, String more) {
        return "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: answers}\nspec:\n  service: shop\n  " + indicator
                + "\n  timeWindow: [{duration: 1M, isRolling: true}]\n" + "  objectives: [" + objective + "]\n  " + more
                + "\n";
    }

    private static String source(String query) {
        return "{metricSource: {type: Prometheus, spec: {query: '" + query + "'}}}";
    }

    @Test
    void openSlosRatiosByGoodOrBadInTheSloOrBesideIt() throws UnreadableException {
        String good = "ratioMetric: {counter: true, good: " + source("hits{code!~\"5..\"}") + ", total: "
                + source("hits") + "}";
        String bad = "ratioMetric: {bad: " + source("sum(rate(hits{code=~\"5..\"}[5m]))") + ", total: "
                + source("sum(rate(hits[5m]))") + "}";

        assertThat(over(openslo("indicator: {spec: {" + good + "}}", "{target: 0.995}", ""))
                        .text())
                .contains(TURNED, TOTAL, "objective: {target: 99.5%, period: 30d}");
        assertThat(over(
                                openslo("indicatorRef: sli", "{targetPercent: 99.5}", ""),
                                "apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: sli}\nspec: {" + bad + "}")
                        .text())
                .contains(ERRORS, TOTAL, "objective: {target: 99.5%");
        assertThat(
                        over("apiVersion: openslo/v1alpha\nkind: SLO\nmetadata: {name: a}\nspec:\n  timeWindows: [{unit: Day, count: 28}]\n  objectives:\n  - target: 0.9\n"
                                        + "    ratioMetrics: {good: {source: prometheus, query: 'hits{code!~\"5..\"}'}, total: {source: prometheus, query: hits}}\n")
                                .text())
                .contains(TURNED, TOTAL, "period: 28d");
    }

    @Test
    void aBurnThatPagesIsATrigger() throws UnreadableException {
        String indicator = "indicator: {spec: {ratioMetric: {bad: " + source("hits{code=~\"5..\"}") + ", total: "
                + source("hits") + "}}}";
        String policy =
                "apiVersion: openslo/v1\nkind: AlertPolicy\nmetadata: {name: p}\nspec: {conditions: [{conditionRef: fast}, {kind: AlertCondition, spec: {severity: ticket, condition: {kind: burnrate, op: gt, threshold: 1, lookbackWindow: 3d}}}]}";
        String condition =
                "apiVersion: openslo/v1\nkind: AlertCondition\nmetadata: {name: fast}\nspec: {severity: page, condition: {kind: burnrate, op: gte, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m}}";

        Carry.Outcome outcome = over(openslo(indicator, "{target: 0.99}", "alertPolicies: [p]"), policy, condition);

        assertThat(outcome.text()).contains("threshold: \"burn > 14.4 over 1h for 5m\"");
        assertThat(outcome.triggers()).isEqualTo(1);
        assertThat(over(openslo(indicator, "{target: 0.99}", "alertPolicies: [gone]"))
                        .remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.contains("in none of these files"));
    }

    @Test
    void aThresholdMetricIsAGauge() throws UnreadableException {
        Carry.Outcome outcome = over(openslo(
                "indicator: {spec: {thresholdMetric: " + source("avg(load)") + "}}",
                "{target: 0.9, op: lte, value: 0.7, timeSliceWindow: 2m}",
                ""));

        assertThat(outcome.text()).contains("kind: gauge", "threshold: \"p90 of looks > 0.7 over 10m\"");
        assertThat(outcome.remarks())
                .anyMatch(r -> r.kind() == Remark.Kind.CHANGED && r.why().startsWith("the share of all its time"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '~', textBlock = """
            indicatorRef: gone ~ {target: 0.9} ~ in none of these files
            indicator: {spec: {ratioMetric: {raw: {}, rawType: success}}} ~ {target: 0.9} ~ its source has no query
            indicator: {spec: {ratioMetric: {good: {metricSource: {type: Datadog, spec: {query: x}}}, total: {}}}} ~ {target: 0.9} ~ its source is Datadog
            indicator: {spec: {ratioMetric: {good: {metricSource: {spec: {query: x}}}, total: {metricSource: {spec: {query: y}}}}}} ~ {target: 9} ~ no share between
            """)
    void whatOpenSloHasMoreIsLeft(String indicator, String objective, String why) throws UnreadableException {
        Carry.Outcome outcome = over(openslo(indicator, objective, ""));

        assertThat(outcome.metrics()).isZero();
        assertThat(outcome.remarks()).extracting(Remark::why).anyMatch(w -> w.contains(why));
    }
}
