// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarryFlaggerTest {
    private static final Carry.Settings SETTINGS = new Carry.Settings("", "shop-team", "prometheus", "edge", "track");

    private static Carry.Outcome over(String... texts) throws UnreadableException {
        Map<String, String> files = new LinkedHashMap<>();
        for (String text : texts) {
            files.put("file" + files.size(), text);
        }
        return Carry.over(files, SETTINGS);
    }

    private static String canary(String analysis) {
        return "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: shop, namespace: prod}\nspec:\n"
                + "  targetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}\n  service: {port: 80}\n  analysis: "
                + analysis + "\n";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            {name: request-success-rate, thresholdRange: {min: 99}} ~ success < 99% in 5 of 100 looks
            {name: request-success-rate, thresholdRange: {min: 99, max: 101}} ~ success < 99% in 5 of 100 looks
            {name: request-success-rate, threshold: 99.9} ~ success < 99.9% in 5 of 100 looks
            {name: request-duration, thresholdRange: {max: 500}, interval: 10m} ~ p99 > 500ms over 2m
            {name: request-duration, thresholdRange: {max: 500}, interval: 2m} ~ p99 > 500ms in 3 of 100 looks
            {name: own, thresholdRange: {min: 2, max: 8}, query: 'avg(x{workload=\"{{ target }}\"})'} ~ > 8 in 3 of 100 looks
            {name: own, threshold: 3, query: 'avg(x{workload=\"{{ target }}\"})'} ~ > 3 in 5 of 100 looks
            """)
    void whatIsOutsideOfTheRangeBreaks(String metric, String threshold) throws UnreadableException {
        Carry.Outcome outcome = over(canary("{interval: 1m, threshold: 5, stepWeight: 20, maxWeight: 50, metrics: ["
                + metric.replace("\\", "") + "]}"));

        assertThat(outcome.text()).contains("threshold: \"" + threshold + "\"", "$track");
        assertThat(outcome.text()).contains("- {weight: 20, bake: 1m}", "- {weight: 40, bake: 1m}", "- {weight: 100}");
        assertThat(outcome.remarks())
                .extracting(Remark::why)
                .anyMatch(w -> w.endsWith("must be shop and shop-primary"));
    }

    @Test
    void aTemplateIsFilledWithItsVariables() throws UnreadableException {
        Carry.Outcome outcome = over(
                canary(
                        "{interval: 30s, stepWeights: [1, 2, 10], metrics: [{name: own, interval: 2m, thresholdRange: {max: 1}, templateRef: {name: rate}, templateVariables: {dir: in}}]}"),
                "apiVersion: flagger.app/v1beta1\nkind: MetricTemplate\nmetadata: {name: rate}\nspec:\n  provider: {type: prometheus}\n  query: |\n"
                        + "    100 - sum(rate(q{ns=\"{{ namespace }}\",d=\"{{ variables.dir }}\",w=~\"{{ target }}\",s!~\"5..\"}[{{ interval }}]))\n"
                        + "    / sum(rate(q{ns=\"{{ namespace }}\",d=\"{{ variables.dir }}\",w=~\"{{ target }}\"}[{{ interval }}])) * 100\n");

        assertThat(outcome.text())
                .contains(
                        "errors: \"sum(increase(q{ns=\\\"prod\\\",d=\\\"in\\\",w=~\\\"$track\\\",s=~\\\"5..\\\"}[$window]))\"")
                .contains("threshold: \"average > 1% over 1m\"", "{weight: 1, bake: 30s}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            iterations: 10 ~ phases say which shares
            match: [{headers: {x: {exact: y}}}] ~ a share of all users
            webhooks: [{name: l, type: load-test, url: x}] ~ made by the pipeline
            webhooks: [{name: l, type: confirm-promotion, url: x}] ~ approve:
            metrics: [{name: own, templateRef: {name: gone}}] ~ in none of these files
            metrics: [{name: strange}] ~ no query of that name
            stepWeights: [10, 5] ~ phases rise
            """)
    void whatIsLeftIsSaid(String field, String why) throws UnreadableException {
        assertThat(over(canary("{" + field + "}")).remarks()).anySatisfy(r -> {
            assertThat(r.why()).contains(why);
            assertThat(r.kind()).isEqualTo(Remark.Kind.LEFT);
            assertThat(r.line()).isEqualTo(7);
        });
    }

    @Test
    void aTemplateAloneIsAMetricThatNothingBreaks() throws UnreadableException {
        Carry.Outcome outcome = over(
                "apiVersion: flagger.app/v1beta1\nkind: MetricTemplate\nmetadata: {name: m}\nspec: {provider: {type: prometheus}, query: 'avg(x{w=\"{{ target }}\"})'}");

        assertThat(outcome.metrics()).isEqualTo(1);
        assertThat(outcome.triggers()).isZero();
        assertThat(
                        over("apiVersion: flagger.app/v1beta1\nkind: MetricTemplate\nmetadata: {name: m}\nspec: {provider: {type: datadog}, query: x}")
                                .metrics())
                .isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            linkerd ; response_total{namespace=\\"prod\\",deployment=~\\"$track\\" ; kind: latency ; p99 > 500ms over 1m
            nginx ; nginx_ingress_controller_requests{namespace=\\"prod\\",ingress=\\"${INGRESS}\\" ; kind: gauge ; > 500ms
            appmesh:v1beta2 ; kubernetes_pod_name=~\\"$track-[0-9a-zA-Z]+ ; bucketUnit: ms ; p99 > 500ms over 1m
            kubernetes ; kubernetes_pod_name=~\\"$track-[0-9a-zA-Z]+ ; kind: latency ; p99 > 500ms over 1m
            gatewayapi:v1 ; kubernetes_pod_name=~\\"$track-[0-9a-zA-Z]+ ; kind: latency ; p99 > 500ms over 1m
            contour ; envoy_cluster_name=~\\"prod_shop-$track_[0-9a-zA-Z-]+ ; bucketUnit: ms ; p99 > 500ms over 1m
            gloo ; envoy_cluster_name=~\\"prod-shop-$trackupstream ; bucketUnit: ms ; p99 > 500ms over 1m
            kuma ; service=~\\"shop-$track_prod_svc ; bucketUnit: ms ; p99 > 500ms over 1m
            osm ; destination_name=\\"$track\\" ; kind: latency ; p99 > 500ms over 1m
            traefik ; service=~\\"prod-shop-$track-[0-9a-zA-Z-]+@kubernetescrd\\" ; kind: latency ; p99 > 500ms over 1m
            apisix ; route=~\\"prod_${ROUTE}-shop-$track_.+ ; bucketUnit: ms ; p99 > 500ms over 1m
            """)
    void eachProvidersOwnQueries(String provider, String errors, String duration, String threshold)
            throws UnreadableException {
        Carry.Outcome outcome = over(canary(
                        "{interval: 1m, metrics: [{name: request-success-rate, thresholdRange: {min: 99}}, {name: request-duration, thresholdRange: {max: 500}}]}")
                .replace("spec:\n", "spec:\n  provider: " + provider + "\n"));

        assertThat(outcome.text())
                .contains(
                        errors,
                        duration,
                        "threshold: \"success < 99%" + (threshold.contains("over") ? " over 1m" : "") + "\"",
                        "threshold: \"" + threshold + "\"");
    }

    /** A query of the old version alone, and one of both at once, asks for neither by itself. */
    @Test
    void theOldVersionsNameIsNoCanary() throws UnreadableException {
        Carry.Outcome outcome = over(
                canary("{metrics: [{name: a, query: 'avg(x{w=~\"{{ target }}-primary|{{ target }}-canary\"})'}]}"));

        assertThat(outcome.metrics()).isZero();
    }

    @Test
    void aListIsTheDocumentsInIt() throws UnreadableException {
        String list = "apiVersion: v1\nkind: List\nitems:\n- "
                + canary("{stepWeights: [5]}").replace("\n", "\n  ");

        assertThat(over(list).phases()).isEqualTo(1);
        assertThat(over("- " + canary("{stepWeights: [5]}").replace("\n", "\n  "))
                        .phases())
                .isEqualTo(1);
    }
}
