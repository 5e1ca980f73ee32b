// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * F2, F12: queries as people write them, in dashboards, runbooks and the rules of tools: each has a kind and a unit, or is refused with a query
 * that isn't. T stands for the variant's label, [W] for the look; errors stand beside a counter's total.
 */
class QueriesInUseTest {
    private static final String TOTAL = "sum(increase(a_total{track=\"$track\"}[$window]))";

    private static List<QueryReading> read(String kind, Map<String, String> fields) {
        String[] parts = fields.getOrDefault("kind", kind).split(" ");
        return MetricQueries.of(new Metric(
                "MON-001",
                "",
                Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                parts.length > 1 ? parts[1] : "",
                "p",
                Metric.Worse.HIGHER,
                true,
                false,
                "",
                1,
                null,
                new Query(
                        fields.getOrDefault("errors", ""),
                        fields.getOrDefault("total", ""),
                        fields.getOrDefault("histogram", ""),
                        fields.getOrDefault("values", ""),
                        Double.NaN),
                null,
                null));
    }

    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "go counter ; rate ; errors ; sum(increase(http_requests_total{code=~\"5..\",T}[W])) ; increase over the look in events",
                "go counter, per second ; rate ; errors ; sum(rate(http_requests_total{code=~\"5..\",T}[W])) ; per second over the look in events",
                "grpc, two codes per second ; rate ; errors ; sum(rate(grpc_server_handled_total{grpc_code=\"Internal\",T}[W])) + sum(rate(grpc_server_handled_total{grpc_code=\"Unavailable\",T}[W])) ; per second over the look in events",
                "grpc, two codes ; rate ; errors ; sum(increase(grpc_server_handled_total{grpc_code=\"Internal\",T}[W])) + sum(increase(grpc_server_handled_total{grpc_code=\"Unavailable\",T}[W])) ; increase over the look in events",
                "blackbox, total minus good per second ; rate ; errors ; sum(rate(probe_total{T}[W])) - sum(rate(probe_success_total{T}[W])) ; per second over the look in events",
                "blackbox, total minus good ; rate ; errors ; sum(increase(probe_total{T}[W])) - sum(increase(probe_success_total{T}[W])) ; increase over the look in events",
                "dashboard, one minute ; rate ; errors ; sum(rate(http_requests_total{code=~\"5..\",T}[1m])) ; per second over 1m in events",
                "dashboard, irate ; rate ; errors ; sum(irate(http_requests_total{code=~\"5..\",T}[W])) ; refused: irate sees the last two scrapes and nothing of the rest",
                "rule alone ; rate ; errors ; track:http_errors:rate5s{T} ; refused: errors counts requests of the look, and this is a recording rule",
                "sum of a rule ; rate ; errors ; sum(track:http_errors:rate5s{T}) ; refused: errors counts requests of the look, and this is a recording rule",
                "clamped ; rate ; errors ; clamp_min(sum(rate(http_requests_total{code=~\"5..\",T}[W])), 0) ; per second over the look in events",
                "requests per minute ; rate ; errors ; 60 * sum(rate(http_requests_total{code=~\"5..\",T}[W])) ; per minute over the look in events",
                "istio, both reporters ; rate ; errors ; sum(increase(istio_requests_total{response_code=~\"5..\",T}[W])) ; increase over the look in events",
                "istio, destination ; rate ; errors ; sum(increase(istio_requests_total{reporter=\"destination\",response_code=~\"5..\",T}[W])) ; increase over the look in events",
                "envoy, or zero ; rate ; errors ; sum(rate(envoy_cluster_upstream_rq{envoy_response_code=~\"5..\",T}[W])) or vector(0) ; per second over the look in events",
                "spring boot ; rate ; errors ; sum(increase(http_server_requests_seconds_count{outcome=\"SERVER_ERROR\",T}[W])) ; increase over the look in events",
                "traefik, the bucket of all ; rate ; errors ; sum(rate(traefik_service_request_duration_seconds_bucket{code=~\"5..\",le=\"+Inf\",T}[W])) ; per second over the look in events",
                "ingress-nginx, not matching ; rate ; errors ; sum(increase(nginx_ingress_controller_requests{status!~\"[4-5].*\",T}[W])) ; increase over the look in events",
                "grpc, not OK ; rate ; errors ; sum(increase(grpc_server_handled_total{grpc_code!=\"OK\",T}[W])) ; increase over the look in events",
                "own counter of errors ; rate ; errors ; sum(increase(late_errors_total{T}[W])) ; increase over the look in events",
                "5xx and 429 ; rate ; errors ; sum(increase(late_requests_total{status=~\"5..\",T}[W])) + sum(increase(late_requests_total{status=\"429\",T}[W])) ; increase over the look in events",
                "5xx and 429, or zero each ; rate ; errors ; (sum(increase(late_requests_total{status=~\"5..\",T}[W])) or vector(0)) + (sum(increase(late_requests_total{status=\"429\",T}[W])) or vector(0)) ; increase over the look in events",
                "two names ; rate ; errors ; sum(increase({__name__=~\"http_requests_total|probe_total\",code=~\"5..\",T}[W])) ; increase over the look in events",
                "without instance ; rate ; errors ; sum without (instance) (increase(http_requests_total{code=~\"5..\",T}[W])) ; increase over the look in events",
                "by job, behind ; rate ; errors ; sum(increase(http_requests_total{code=~\"5..\",T}[W])) by (job) ; increase over the look in events",
                "of five seconds ago ; rate ; errors ; sum(increase(http_requests_total{code=~\"5..\",T}[W] offset 5s)) ; refused: the errors are of another time (increase over the look, 5s ago) than the total (increase over the look)",
                "at the end ; rate ; errors ; sum(increase(http_requests_total{code=~\"5..\",T}[W] @ end())) ; increase over the look in events",
                "with a comment ; rate ; errors ; sum(increase(http_requests_total{code=~\"5..\",T}[W])) # server errors ; increase over the look in events",
                "ratio in errors ; rate ; errors ; sum(rate(http_requests_total{code=~\"5..\",T}[W])) / sum(rate(http_requests_total{T}[W])) ; refused: errors counts requests of the look, and this is a ratio",
                "counters in a difference ; rate ; errors ; sum(http_requests_total{T}) - sum(http_requests_total{code=\"200\",T}) ; counter in events",
                "sloth, error query ; rate ; errors ; sum(rate(http_request_duration_seconds_count{job=\"myservice\",code=~\"(5..|429)\",T}[5m])) ; per second over 5m in events",
                "sloth, good subtracted ; rate ; errors ; sum(rate(http_request_duration_seconds_count{job=\"api\",T}[5m])) - sum(rate(http_request_duration_seconds_bucket{job=\"api\",le=\"0.3\",T}[5m])) ; per second over 5m in events",
                "sloth, recorded ratio ; gauge ; values ; slo:sli_error:ratio_rate5m{sloth_service=\"api\",T} ; recording rule",
                "sloth, burn rate ; gauge ; values ; slo:current_burn_rate:ratio{sloth_service=\"api\",T} ; recording rule",
                "pyrra, recorded increase ; rate ; errors ; http_requests:increase4w{code=~\"5..\",T} ; refused: errors counts requests of the look, and this is a recording rule",
                "pyrra, burn rate rule ; gauge ; values ; http_requests:burnrate5m{slo=\"api\",T} ; recording rule",
                "pyrra, availability ; gauge ; values ; 1 - (sum(http_requests:increase4w{code=~\"5..\",T} or vector(0)) / sum(http_requests:increase4w{T})) ; recording rule",
                "kubernetes mixin, apiserver errors ; gauge ; values ; sum(rate(apiserver_request_total{code=~\"5..\",T}[5m])) by (verb) / sum(rate(apiserver_request_total{T}[5m])) by (verb) ; ratio",
                "kubernetes mixin, rest client ; gauge ; values ; (sum(rate(rest_client_requests_total{code=~\"5..\",T}[5m])) by (instance) / sum(rate(rest_client_requests_total{T}[5m])) by (instance)) > 0.01 ; in doubt: the comparison '>' leaves nothing where it is false",
                "flagger, istio success ; gauge ; values ; sum(rate(istio_requests_total{reporter=\"destination\",response_code!~\"5.*\",T}[1m])) / sum(rate(istio_requests_total{reporter=\"destination\",T}[1m])) * 100 ; ratio in %",
                "flagger, istio duration ; latency ms ; values ; histogram_quantile(0.99, sum(irate(istio_request_duration_milliseconds_bucket{reporter=\"destination\",T}[1m])) by (le)) ; gauge in ms",
                "flagger, nginx duration ; latency ms ; values ; sum(rate(nginx_ingress_controller_ingress_upstream_latency_seconds_sum{T}[1m])) / sum(rate(nginx_ingress_controller_ingress_upstream_latency_seconds_count{T}[1m])) * 1000 ; gauge in ms",
                "flagger, linkerd ; gauge ; values ; sum(rate(response_total{classification!=\"failure\",direction=\"inbound\",T}[1m])) / sum(rate(response_total{direction=\"inbound\",T}[1m])) * 100 ; ratio in %",
                "flagger, contour ; rate ; errors ; sum(rate(envoy_cluster_upstream_rq{envoy_response_code!~\"5.*\",T}[1m])) ; per second over 1m in events",
                "argo rollouts, success ; gauge ; values ; sum(irate(istio_requests_total{reporter=\"source\",response_code!~\"5.*\",T}[2m])) / sum(irate(istio_requests_total{reporter=\"source\",T}[2m])) ; ratio",
                "argo rollouts, wavefront-like default ; gauge ; values ; (sum(irate(http_requests_total{code!~\"5.*\",T}[5m])) / sum(irate(http_requests_total{T}[5m]))) or vector(1) ; ratio",
                "linkerd, latency ; latency ms ; histogram ; sum(rate(response_latency_ms_bucket{direction=\"inbound\",T}[W])) by (le) ; bucket series, per second over the look in ms",
                "linkerd, quantile ; latency ms ; values ; histogram_quantile(0.95, sum(rate(response_latency_ms_bucket{direction=\"inbound\",T}[30s])) by (le, deployment)) ; gauge in ms",
                "istio milliseconds ; latency ms ; histogram ; istio_request_duration_milliseconds_bucket{reporter=\"destination\",T} ; bucket series, counter in ms",
                "istio, sum by le ; latency ms ; histogram ; sum by (le) (rate(istio_request_duration_milliseconds_bucket{reporter=\"destination\",T}[W])) ; bucket series, per second over the look in ms",
                "istio, le behind ; latency ms ; histogram ; sum(rate(istio_request_duration_milliseconds_bucket{reporter=\"destination\",T}[W])) by (le) ; bucket series, per second over the look in ms",
                "istio, le summed away ; latency ms ; histogram ; sum(rate(istio_request_duration_milliseconds_bucket{reporter=\"destination\",T}[W])) ; bucket series, per second over the look in ms",
                "istio, quantile as histogram ; latency ms ; histogram ; histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket{T}[W])) by (le)) ; refused: a histogram is bucket series, and this is a gauge",
                "istio, quantile as values ; latency ms ; values ; histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket{T}[W])) by (le)) ; gauge in ms",
                "istio, without bucket ; latency ms ; histogram ; istio_request_duration_milliseconds{T} ; series whose kind its name doesn't tell in ms",
                "istio, seconds wanted ; latency s ; values ; histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket{T}[W])) by (le)) / 1000 ; gauge in s",
                "envoy, time without a unit ; latency ms ; histogram ; envoy_cluster_upstream_rq_time_bucket{T} ; bucket series, counter",
                "kong, latency without a unit ; latency ms ; histogram ; sum by (le) (increase(kong_request_latency_ms_bucket{T}[W])) ; bucket series, increase over the look in ms",
                "apisix ; latency ms ; histogram ; sum(rate(apisix_http_latency_bucket{type=\"request\",T}[W])) by (le) ; bucket series, per second over the look",
                "knative ; latency ms ; histogram ; sum by (le) (rate(revision_app_request_latencies_bucket{T}[W])) ; bucket series, per second over the look",
                "traefik seconds ; latency ms ; histogram ; traefik_service_request_duration_seconds_bucket{T} ; bucket series, counter in s",
                "spring boot histogram ; latency ms ; histogram ; http_server_requests_seconds_bucket{uri=\"/pay\",T} ; bucket series, counter in s",
                "nginx mean ; latency s ; values ; sum(rate(nginx_ingress_controller_ingress_upstream_latency_seconds_sum{T}[W])) / sum(rate(nginx_ingress_controller_ingress_upstream_latency_seconds_count{T}[W])) ; gauge in s",
                "summary's quantile ; latency s ; values ; http_request_duration_seconds{quantile=\"0.99\",T} ; series whose kind its name doesn't tell in s",
                "go runtime, GC quantile ; latency s ; values ; max(go_gc_duration_seconds{quantile=\"1\",T}) ; series whose kind its name doesn't tell in s",
                "apdex ; gauge ; values ; (sum(rate(http_request_duration_seconds_bucket{le=\"0.3\",T}[5m])) + sum(rate(http_request_duration_seconds_bucket{le=\"1.2\",T}[5m]))) / 2 / sum(rate(http_request_duration_seconds_count{T}[5m])) ; ratio",
                "share of slow requests ; gauge ; values ; 1 - sum(rate(http_request_duration_seconds_bucket{le=\"0.5\",T}[5m])) / sum(rate(http_request_duration_seconds_count{T}[5m])) ; ratio",
                "slow requests as errors ; rate ; errors ; sum(increase(http_request_duration_seconds_count{T}[W])) - sum(increase(http_request_duration_seconds_bucket{le=\"0.5\",T}[W])) ; increase over the look in events",
                "all minus two classes ; rate ; errors ; sum(increase(haproxy_server_http_responses_total{T}[W])) - sum(increase(haproxy_server_http_responses_total{code=\"2xx\",T}[W])) - sum(increase(haproxy_server_http_responses_total{code=\"3xx\",T}[W])) ; increase over the look in events",
                "haproxy exporter ; rate ; errors ; sum(rate(haproxy_server_http_responses_total{code=\"5xx\",T}[1m])) ; per second over 1m in events",
                "rabbitmq, queue ; gauge ; values ; sum(rabbitmq_queue_messages_ready{queue=\"orders\",T}) ; series whose kind its name doesn't tell",
                "kafka lag ; gauge ; values ; max(kafka_consumergroup_lag{T}) ; series whose kind its name doesn't tell",
                "kafka, mean of lag ; gauge ; values ; avg_over_time(kafka_consumergroup_lag_sum{T}[5m]) ; in doubt: avg_over_time of a counter speaks of all since each process began",
                "jvm heap share ; gauge ; values ; sum(jvm_memory_used_bytes{area=\"heap\",T}) / sum(jvm_memory_max_bytes{area=\"heap\",T}) ; ratio",
                "jvm heap ; gauge B ; values ; sum(jvm_memory_used_bytes{area=\"heap\",T}) ; series whose kind its name doesn't tell in B",
                "container CPU ; gauge ; values ; sum(rate(container_cpu_usage_seconds_total{container!=\"\",T}[5m])) ; per second over 5m in s",
                "container CPU of its limit ; gauge ; values ; sum(rate(container_cpu_usage_seconds_total{T}[5m])) / sum(kube_pod_container_resource_limits{resource=\"cpu\",T}) ; gauge",
                "container memory ; gauge ; values ; max(container_memory_working_set_bytes{T}) / 1024 / 1024 ; gauge",
                "restarts as a level ; gauge ; values ; sum(kube_pod_container_status_restarts_total{T}) ; in doubt: a counter only rises, and speaks of all since each process began",
                "restarts ; count ; values ; sum(increase(kube_pod_container_status_restarts_total{T}[W])) ; increase over the look in events",
                "restarts of ten minutes ; gauge ; values ; sum(increase(kube_pod_container_status_restarts_total{T}[10m])) ; increase over 10m in events",
                "ready pods ; gauge ; values ; sum(kube_pod_status_ready{condition=\"true\",T}) / count(kube_pod_info{T}) ; gauge",
                "up ; gauge ; values ; min(up{T}) ; gauge",
                "share of targets up ; gauge ; values ; avg(up{T}) ; gauge",
                "node load ; gauge ; values ; avg(node_load1{T}) ; series whose kind its name doesn't tell",
                "node CPU ; gauge ; values ; 100 - (avg(rate(node_cpu_seconds_total{mode=\"idle\",T}[5m])) * 100) ; ratio in %",
                "disk full ; gauge ; values ; max(1 - node_filesystem_avail_bytes{T} / node_filesystem_size_bytes{T}) ; ratio",
                "disk full in four hours ; gauge ; values ; predict_linear(node_filesystem_free_bytes{T}[1h], 4 * 3600) ; gauge",
                "goroutines ; gauge ; values ; max(go_goroutines{T}) ; series whose kind its name doesn't tell",
                "slope of goroutines ; gauge ; values ; deriv(go_goroutines{T}[10m]) ; gauge",
                "rate of a gauge ; gauge ; values ; rate(go_goroutines{T}[5m]) ; per second over 5m in events",
                "open connections ; gauge ; values ; sum(hikaricp_connections_active{T}) / sum(hikaricp_connections_max{T}) ; ratio",
                "logged errors ; count ; values ; sum(increase(logback_events_total{level=\"error\",T}[W])) ; increase over the look in events",
                "exceptions per second ; count ; values ; sum(rate(app_exceptions_total{T}[W])) ; per second over the look in events",
                "exceptions rounded ; count ; values ; round(sum(increase(app_exceptions_total{T}[W]))) ; increase over the look in events",
                "exceptions since start ; count ; values ; sum(app_exceptions_total{T}) ; counter in events",
                "celery failures ; rate ; errors ; sum(rate(celery_task_failed_total{T}[W])) or on() vector(0) ; per second over the look in events",
                "sidekiq ; rate ; errors ; sum(increase(sidekiq_failed_jobs_total{T}[W])) ; increase over the look in events",
                "cache misses ; gauge ; values ; sum(rate(redis_keyspace_misses_total{T}[5m])) / (sum(rate(redis_keyspace_hits_total{T}[5m])) + sum(rate(redis_keyspace_misses_total{T}[5m]))) ; ratio",
                "age of the last success ; gauge ; values ; time() - max(batch_last_success_timestamp_seconds{T}) ; gauge in s",
                "compared with a week ago ; gauge ; values ; sum(rate(http_requests_total{T}[5m])) / sum(rate(http_requests_total{T}[5m] offset 1w)) ; ratio",
                "bytes per request ; gauge ; values ; sum(rate(http_response_size_bytes_sum{T}[5m])) / sum(rate(http_response_size_bytes_count{T}[5m])) ; gauge in B",
                "bytes as errors ; rate ; errors ; sum(rate(http_response_size_bytes_sum{T}[W])) ; refused: errors counts requests of the look, and this is an amount in B",
                "topk of errors ; rate ; errors ; topk(1, sum by (uri) (rate(http_server_requests_seconds_count{status=\"500\",T}[W]))) ; refused: topk picks from the series or mixes them, where a count is their sum",
                "mean of rates ; rate ; errors ; avg(rate(http_requests_total{code=\"500\",T}[W])) ; refused: avg picks from the series or mixes them, where a count is their sum",
                "subquery's maximum ; gauge ; values ; max_over_time(sum(rate(http_requests_total{code=\"500\",T}[1m]))[10m:1m]) ; per second over 1m in events",
                "sum of a rate of a sum ; rate ; errors ; rate(sum(http_requests_total{code=\"500\",T})[5m:]) ; refused: rate of a sum takes a process's restart for a rise: the sum goes around rate",
                "absent ; gauge ; values ; absent(up{T}) ; 0 or 1",
                "not a number to compare ; gauge ; values ; sum(rate(http_requests_total{code=\"500\",T}[5m])) > 5 ; in doubt: the comparison '>' leaves nothing where it is false",
                "with build info ; rate ; errors ; sum(rate(http_requests_total{code=\"500\",T}[W]) * on (instance) group_left (version) build_info) ; per second over the look in events",
                "dynamic interval of a dashboard ; rate ; errors ; sum(rate(http_requests_total{code=\"500\",T}[$__rate_interval])) ; refused: a duration such as $window or 5m should stand behind [, not '$__rate_interval'",
                "dashboard variable ; rate ; errors ; sum(rate(http_requests_total{code=\"500\",job=\"$job\",T}[W])) ; per second over the look in events",
                "native histogram ; latency s ; histogram ; sum(increase(http_request_duration_seconds{T}[W])) ; increase over the look in s",
                "native histogram's quantile ; latency s ; values ; histogram_quantile(0.9, sum(rate(http_request_duration_seconds{T}[5m]))) ; gauge in s",
                "native histogram's count ; rate ; errors ; histogram_count(sum(increase(http_request_duration_seconds{code=\"500\",T}[W]))) ; increase over the look in events",
                "OpenTelemetry collector ; latency ms ; histogram ; sum by (le) (rate(http_server_duration_milliseconds_bucket{T}[W])) ; bucket series, per second over the look in ms",
                "OpenTelemetry, dotted name ; rate ; errors ; sum(increase({\"http.server.requests\",status=\"500\",T}[W])) ; increase over the look in events"
            })
    void eachHasAKindAndAUnitOrIsRefused(String where, String kind, String field, String written, String says) {
        String query = written.replace("T}", "track=\"$track\"}").replace("[W]", "[$window]");
        Map<String, String> fields = new HashMap<>(Map.of(field, query));
        if (field.equals("errors")) {
            fields.put("total", TOTAL);
        }
        QueryReading reading = read(kind, fields).get(0);
        QueryFault fault = reading.fault();
        if (fault == null) {
            String unit = reading.dimension().unit();
            assertThat(reading.dimension().words() + (unit.isEmpty() ? "" : " in " + unit))
                    .isEqualTo(says);
            return;
        }
        assertThat((fault.doubt() ? "in doubt: " : "refused: ") + fault.message())
                .isEqualTo(says);
        assertThat(fault.change()).as("what would do").isNotEmpty();
        Map<String, String> changed = new HashMap<>(fields);
        changed.putAll(fault.change());
        assertThat(read(kind, changed))
                .as(fault.fix())
                .isNotEmpty()
                .allSatisfy(r -> assertThat(r.fault()).isNull());
    }
}
