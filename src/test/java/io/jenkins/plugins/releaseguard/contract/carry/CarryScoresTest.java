// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keptn's quality gates and Kayenta's canary configurations. */
class CarryScoresTest {
    private static final Carry.Settings SETTINGS =
            new Carry.Settings("shop", "shop-team", "prometheus", "edge", "track");

    private static Carry.Outcome over(String... texts) throws UnreadableException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String text : texts) {
            files.put("file" + files.size(), text);
        }
        return Carry.over(files, SETTINGS);
    }

    private static String slo(String objective) {
        return "spec_version: '1.0'\ncomparison: {compare_with: single_result}\nobjectives:\n- {sli: m, " + objective
                + "}\ntotal_score: {pass: 90%}\n";
    }

    private static String sli(String query) {
        return "spec_version: '1.0'\nindicators:\n  m: '" + query + "'\n";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            <600 ~ average >= 600 over 5m
            <=600 ~ average > 600 over 5m
            >=0.5 ~ average < 0.5 over 5m
            =0 ~ average > 0 over 5m
            <=+10% ~ average > 1.1x baseline over 5m
            <=10% ~ average > 1.1x baseline over 5m
            >=-20% ~ average < 0.8x baseline over 5m
            <=+5 ~ average > baseline + 5 over 5m
            < -5 ~ average >= baseline - 5 over 5m
            """)
    void whatMustHoldBreaksWhereItIsMissed(String criterion, String threshold) throws UnreadableException {
        Carry.Outcome outcome =
                over(slo("pass: [{criteria: ['" + criterion + "']}]"), sli("avg(x{d=\"$DEPLOYMENT\",s=\"$SERVICE\"})"));

        assertThat(outcome.text())
                .contains(
                        "threshold: \"" + threshold + "\"",
                        "values: \"avg(x{d=\\\"$track\\\",s=\\\"${SERVICE}\\\"})\"");
    }

    @Test
    void eachCriterionBreaksAloneAndMillisecondsAreTold() throws UnreadableException {
        Carry.Outcome outcome = over(
                slo("pass: [{criteria: ['<=+10%', '<600']}]"),
                sli(
                        "histogram_quantile(0.95, sum by(le) (rate(t_milliseconds_bucket{job=\"$SERVICE-canary\"}[$DURATION_SECONDS])))"));

        assertThat(outcome.text())
                .contains(
                        "threshold: \"p95 > 1.1x baseline over 5m\"",
                        "threshold: \"p95 >= 600ms over 5m\"",
                        "kind: latency",
                        "unit: ms",
                        "${SERVICE}-$track",
                        "[$window]");
        assertThat(outcome.remarks()).extracting(Remark::why).anyMatch(w -> w.contains("earlier runs"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '~', textBlock = """
            pass: [{criteria: ['about 5']}] ~ avg(x) ~ a comparison with a number
            pass: [{criteria: ['>-100%']}] ~ avg(x) ~ is above 0
            pass: [{criteria: ['<+1', '<2', '<3%']}, {criteria: ['>+5', '>6', '>7%']}] ~ avg(x) ~ than a threshold joins
            warning: [{criteria: ['<1']}] ~ avg(x) ~ nothing warns
            pass: [{criteria: ['<1']}], weight: 2 ~ avg(x) ~ what is missed breaks alone
            pass: [{criteria: ['<1']}] ~ metricSelector=builtin:service.errors ~ no PromQL
            """)
    void whatIsLeftOfAnObjective(String objective, String query, String why) throws UnreadableException {
        assertThat(over(slo(objective), sli(query)).remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.contains(why));
    }

    /** What passes neither way fails; what only misses the better one warns, and holds. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            pass: [{criteria: ['<5']}], warning: [{criteria: ['<9']}] ~ average >= 9 over 5m ~ average >= 5 over 5m
            pass: [{criteria: ['<=+10%', '<5']}], warning: [{criteria: ['<9']}] ~ average > 1.1x baseline over 5m and average >= 9 over 5m ~ average > 1.1x baseline over 5m or average >= 5 over 5m
            pass: [{criteria: ['<9']}], warning: [{criteria: ['<5']}] ~ average >= 9 over 5m ~
            pass: [{criteria: ['<=+10%']}, {criteria: ['<5']}] ~ average > 1.1x baseline over 5m and average >= 5 over 5m ~
            """)
    void whatIsBorneWarns(String objective, String threshold, String warning) throws UnreadableException {
        Carry.Outcome outcome = over(slo(objective), sli("avg(x{d=\"$DEPLOYMENT\"})"));

        assertThat(outcome.text()).contains("threshold: \"" + threshold + "\"");
        if (warning == null) {
            assertThat(outcome.text()).doesNotContain("warn:");
        } else {
            assertThat(outcome.text()).contains("warn: \"" + warning + "\"");
        }
    }

    @Test
    void aKeyIndicatorStopsAlone() throws UnreadableException {
        assertThat(over(slo("pass: [{criteria: ['<5']}], key_sli: true"), sli("avg(x)"))
                        .text())
                .contains("critical: yes");
    }

    @Test
    void withoutItsQueryAnObjectiveIsLeftAndWithoutCriteriaMuted() throws UnreadableException {
        assertThat(over(slo("pass: [{criteria: ['<1']}]")).remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.contains("sli.yaml"));
        assertThat(over(slo("displayName: x"), sli("avg(x)")).text()).contains("muted: yes");
    }

    private static String kayenta(String query, String analysis) {
        return "{\"name\": \"c\", \"metrics\": [\n{\"name\": \"cpu\", \"query\": " + query
                + ", \"groups\": [\"system\"], \"analysisConfigurations\": {\"canary\": " + analysis
                + "}, \"scopeName\": \"default\"}],\n\"templates\": {\"t\": \"ns='${namespace}', app='${scope}'\"}, \"classifier\": {\"groupWeights\": {\"system\": 100}}}";
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {"type": "prometheus", "metricName": "node_cpu", "labelBindings": ["mode='user'"]} ~ {"direction": "increase", "critical": true, "effectSize": {"allowedIncrease": 1.1}} ~ allow: "10%" ~ avg(node_cpu{mode='user',track=\\"$track\\"})
            {"type": "prometheus", "metricName": "node_cpu", "customFilterTemplate": "t"} ~ {"direction": "decrease", "effectSize": {"allowedDecrease": 0.8}} ~ allow: "20%" ~ avg(node_cpu{ns='${NAMESPACE}', app='$track'})
            {"type": "prometheus", "customInlineTemplate": "PromQL:max(max_over_time(m{v='${scope}'}[${interval}]))"} ~ {"direction": "either"} ~ worse: either ~ max(max_over_time(m{v='$track'}[$window]))
            """)
    void kayentasMetricsAreGauges(String query, String analysis, String field, String values)
            throws UnreadableException {
        Carry.Outcome outcome = over(kayenta(query, analysis));

        assertThat(outcome.text().replace(", app", ",app"))
                .contains("group: system", field, values.replace(", app", ",app"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {"type": "datadog", "metricName": "x"} ~ {} ~ its source is datadog
            {"type": "prometheus", "metricName": "x", "customFilterTemplate": "gone"} ~ {} ~ its template isn't there
            {"type": "prometheus", "metricName": "x"} ~ {"nanStrategy": "replace"} ~ or vector(0)
            {"type": "prometheus", "metricName": "x"} ~ {"direction": "either", "effectSize": {"allowedIncrease": 2}} ~ in one direction
            {"type": "prometheus", "metricName": "x"} ~ {"outliers": {"strategy": "remove"}} ~ looks are judged
            """)
    void whatKayentaHasMoreIsLeft(String query, String analysis, String why) throws UnreadableException {
        assertThat(over(kayenta(query, analysis)).remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.contains(why))
                .anyMatch(w -> w.startsWith("no score"));
    }
}
