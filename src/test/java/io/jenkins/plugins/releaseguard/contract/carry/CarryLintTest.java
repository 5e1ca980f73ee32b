// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.lint.LintResult;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What import writes of each format has no error of lint but what stands in no such file: an environment, a criterion, a validation and, where
 * nothing breaks it, a Rollback entry. With these it is clean.
 */
class CarryLintTest {
    private static final String ARGO = """
            apiVersion: argoproj.io/v1alpha1
            kind: AnalysisTemplate
            metadata: {name: checks}
            spec:
              args: [{name: app}]
              metrics:
              - name: success rate
                interval: 1m
                count: 10
                failureLimit: 3
                successCondition: len(result) == 0 || result[0] >= 0.95
                provider: {prometheus: {query: 'sum(rate(hits{app="{{args.app}}",code!~"5.."}[1m])) / sum(rate(hits{app="{{args.app}}"}[1m]))'}}
              - name: slow
                interval: 30s
                failureCondition: result[0] > 0.8
                successCondition: result[0] < 0.5
                provider: {prometheus: {query: 'histogram_quantile(0.95, sum by (le) (rate(d_seconds_bucket[5m])))'}}
              - name: restarts
                failureCondition: result[0] > 3 || result[0] < 0
                provider: {prometheus: {query: 'sum(increase(restarts_total[10m]))'}}
              - name: counter
                failureCondition: result[0] > 3
                provider: {prometheus: {query: 'sum(restarts_total)'}}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: shop}
            spec: {strategy: {canary: {steps: [{setWeight: 5}, {pause: {duration: 10m}}, {setWeight: 50}, {analysis: {templates: [{templateName: checks}]}}]}}}
            """;
    private static final String FLAGGER = """
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: shop, namespace: prod}
            spec:
              provider: contour
              targetRef: {kind: Deployment, name: shop}
              analysis:
                interval: 30s
                threshold: 10
                maxWeight: 50
                stepWeight: 5
                metrics:
                - {name: request-success-rate, thresholdRange: {min: 99}, interval: 1m}
                - {name: request-duration, thresholdRange: {max: 500}, interval: 1m}
                - {name: errors, thresholdRange: {max: 1, min: 0.5}, templateRef: {name: errors}, interval: 90s}
            ---
            apiVersion: flagger.app/v1beta1
            kind: MetricTemplate
            metadata: {name: errors}
            spec:
              provider: {type: prometheus}
              query: sum(rate(errors_total{ns="{{ namespace }}",w=~"{{ target }}"}[{{ interval }}]))
            """;
    private static final String OPENSLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: answers}
            spec:
              service: shop
              indicator: {spec: {ratioMetric: {good: {metricSource: {type: Prometheus, spec: {query: 'hits{code!~"5.."}'}}}, total: {metricSource: {type: Prometheus, spec: {query: hits}}}}}}
              timeWindow: [{duration: 28d, isRolling: true}]
              objectives: [{target: 0.999}]
              alertPolicies: [{kind: AlertPolicy, spec: {conditions: [{kind: AlertCondition, spec: {severity: page, condition: {kind: burnrate, op: gte, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m}}}]}}]
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: quick}
            spec:
              service: shop
              indicator: {spec: {thresholdMetric: {metricSource: {type: Prometheus, spec: {query: 'avg(load)'}}}}}
              objectives: [{target: 0.995, op: lte, value: 0.7}]
            """;
    private static final String SLOTH = """
            version: prometheus/v1
            service: shop
            slos:
            - name: answers
              objective: 99.9
              sli: {events: {error_query: 'sum(rate(hits{code=~"(5..|429)"}[{{.window}}]))', total_query: 'sum(rate(hits[{{.window}}]))'}}
              alerting: {name: A, page_alert: {labels: {a: b}}, ticket_alert: {labels: {a: b}}}
            - name: ready
              objective: 99
              sli: {raw: {error_ratio_query: '1 - avg_over_time(up{job="shop"}[{{.window}}])'}}
            """;
    private static final String PYRRA = """
            apiVersion: pyrra.dev/v1alpha1
            kind: ServiceLevelObjective
            metadata: {name: shop}
            spec:
              target: "99.5"
              window: 4w
              indicator: {latency: {success: {metric: 'd_seconds_bucket{le="0.5"}'}, total: {metric: d_seconds_count}}}
            """;
    private static final String KEPTN = """
            spec_version: '1.0'
            comparison: {compare_with: single_result}
            objectives:
            - {sli: slow, key_sli: true, pass: [{criteria: ['<=+10%', '<600']}], warning: [{criteria: ['<=800']}]}
            - {sli: errors, pass: [{criteria: ['<=1']}]}
            - {sli: load}
            total_score: {pass: 90%, warning: 75%}
            """;
    private static final String SLI = """
            spec_version: '1.0'
            indicators:
              slow: histogram_quantile(0.95, sum by(le) (rate(t_milliseconds_bucket{job="$SERVICE-canary"}[$DURATION_SECONDS])))
              errors: sum(rate(hits{code=~"5..",job="$SERVICE-canary"}[$DURATION_SECONDS])) / sum(rate(hits{job="$SERVICE-canary"}[$DURATION_SECONDS])) * 100
              load: avg(load)
            """;
    private static final String KAYENTA = """
            {"name": "c", "metrics": [
            {"name": "cpu", "query": {"type": "prometheus", "metricName": "load", "labelBindings": ["mode='user'"]}, "groups": ["system"], "analysisConfigurations": {"canary": {"direction": "increase", "critical": true, "effectSize": {"allowedIncrease": 1.1}}}},
            {"name": "own", "query": {"type": "prometheus", "customInlineTemplate": "PromQL:sum(rate(errors_total{v='${scope}'}[${interval}s]))"}, "groups": ["system"], "analysisConfigurations": {"canary": {"direction": "increase"}}}],
            "classifier": {"groupWeights": {"system": 100}, "scoreThresholds": {"pass": 95, "marginal": 75}}}
            """;

    /** What no such file has. */
    private static final String FILLED_IN = """
              - {id: DEP-901, type: Environment, title: production, name: production, owner: ada}
              - {id: DEP-902, type: Criteria, title: tests, owner: ada, verify: {tests: {passRate: ">95%"}}}
              - {id: DEP-903, type: Validation, title: home, owner: ada, verify: {http: {endpoint: shop, path: /health, within: 2s}}}
              - {id: DEP-904, type: Rollback, title: by hand, owner: ada, trigger: someone says so, person: ada, procedure: [{traffic: 0}]}
            """;

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of("Argo", List.of(ARGO), 3, 4, 2),
                Arguments.of("Flagger", List.of(FLAGGER), 3, 4, 10),
                Arguments.of("OpenSLO", List.of(OPENSLO), 2, 2, 0),
                Arguments.of("Sloth", List.of(SLOTH), 2, 3, 0),
                Arguments.of("Pyrra", List.of(PYRRA), 1, 2, 0),
                Arguments.of("Keptn", List.of(KEPTN, SLI), 3, 3, 0),
                Arguments.of("Kayenta", List.of(KAYENTA), 1, 0, 0));
    }

    private static List<Problem> errors(String text) {
        return LintResult.of(text, "release.yaml", Variables.unresolved(Map.of()), Catalog.STANDARD.reader())
                .problems()
                .stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void onlyWhatNoFileHasIsMissing(String format, List<String> texts, int metrics, int triggers, int phases)
            throws UnreadableException {
        Map<String, String> files = new LinkedHashMap<>();
        texts.forEach(t -> files.put("file" + files.size(), t));

        Carry.Outcome outcome = Carry.over(files, new Carry.Settings("", "shop-team", "prometheus", "edge", "track"));

        assertThat(outcome.metrics()).isEqualTo(metrics);
        assertThat(outcome.triggers()).isEqualTo(triggers);
        assertThat(outcome.phases()).isEqualTo(phases);
        assertThat(errors(outcome.text()))
                .extracting(Problem::rule)
                .isSubsetOf(
                        "RG-ENVIRONMENT-PRESENT", "RG-CRITERIA-PRESENT", "RG-VALIDATION-PRESENT", "RG-ROLLBACK-PRESENT")
                .contains("RG-ENVIRONMENT-PRESENT", "RG-CRITERIA-PRESENT", "RG-VALIDATION-PRESENT");
        String entries = outcome.text().contains("\nentries:\n") ? "" : "entries:\n";
        assertThat(errors(outcome.text() + entries + FILLED_IN)).isEmpty();
    }
}
