// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

/**
 * What Flagger asks for under the names that it brings along, {@code request-success-rate} (percent) and {@code request-duration}
 * (milliseconds), by provider. Skipper's and Knative's can't be told apart by version.
 *
 * @param series counts all requests
 * @param buckets of their duration
 * @param all matchers of one version
 * @param good what good ones have more
 * @param factor makes the duration milliseconds
 */
record FlaggerQueries(String series, String buckets, String all, String good, String factor) {
    private static final String ENVOY = "envoy_response_code!~\"5.*\"";
    private static final String ENVOY_SERIES = "envoy_cluster_upstream_rq";
    private static final String ENVOY_BUCKETS = "envoy_cluster_upstream_rq_time_bucket";
    private static final String PODS =
            "kubernetes_namespace=\"{{ namespace }}\",kubernetes_pod_name=~\"{{ target }}-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)\"";
    private static final String NGINX = "nginx_ingress_controller_response_duration_seconds";

    /** Null where there is none for it. A canary that names no provider has Istio's. */
    static String of(String provider, String name) {
        FlaggerQueries queries = of(provider.replaceFirst(":.*", ""));
        if (queries == null) {
            return null;
        }
        return switch (name) {
            case "request-success-rate" -> queries.success();
            case "request-duration" -> queries.duration();
            default -> null;
        };
    }

    private static FlaggerQueries of(String provider) {
        return switch (provider) {
            case "", "istio" ->
                new FlaggerQueries(
                        "istio_requests_total",
                        "istio_request_duration_milliseconds_bucket",
                        "reporter=\"destination\",destination_workload_namespace=\"{{ namespace }}\",destination_workload=~\"{{ target }}\"",
                        "response_code!~\"5.*\"",
                        "");
            case "linkerd" ->
                new FlaggerQueries(
                        "response_total",
                        "response_latency_ms_bucket",
                        "namespace=\"{{ namespace }}\",deployment=~\"{{ target }}\",direction=\"inbound\"",
                        "classification!=\"failure\"",
                        "");
            // Flagger's own condition, canary!="", has no series of the old version
            case "nginx" ->
                new FlaggerQueries(
                        "nginx_ingress_controller_requests",
                        "",
                        "namespace=\"{{ namespace }}\",ingress=\"{{ ingress }}\"",
                        "status!~\"5.*\"",
                        "");
            case "appmesh" -> new FlaggerQueries(ENVOY_SERIES, ENVOY_BUCKETS, PODS, ENVOY, "");
            case "kubernetes", "gatewayapi" ->
                new FlaggerQueries(
                        "http_request_duration_seconds_count",
                        "http_request_duration_seconds_bucket",
                        PODS,
                        "status!~\"5.*\"",
                        " * 1000");
            case "contour" ->
                new FlaggerQueries(
                        ENVOY_SERIES,
                        ENVOY_BUCKETS,
                        "envoy_cluster_name=~\"{{ namespace }}_{{ service }}-canary_[0-9a-zA-Z-]+\"",
                        ENVOY,
                        "");
            case "gloo" ->
                new FlaggerQueries(
                        ENVOY_SERIES,
                        ENVOY_BUCKETS,
                        "envoy_cluster_name=~\"{{ namespace }}-{{ target }}-canaryupstream-[0-9a-zA-Z-]+_[0-9a-zA-Z-]+\"",
                        ENVOY,
                        "");
            case "kuma" ->
                new FlaggerQueries(
                        ENVOY_SERIES,
                        ENVOY_BUCKETS,
                        "service=~\"{{ target }}-canary_{{ namespace }}_svc_[0-9a-zA-Z-]+\"",
                        ENVOY,
                        "");
            case "osm" ->
                new FlaggerQueries(
                        "osm_request_total",
                        "osm_request_duration_ms_bucket",
                        "destination_namespace=\"{{ namespace }}\",destination_kind=\"Deployment\",destination_name=\"{{ target }}\"",
                        "response_code!~\"5.*\"",
                        "");
            case "traefik" ->
                new FlaggerQueries(
                        "traefik_service_requests_total",
                        "traefik_service_request_duration_seconds_bucket",
                        "service=~\"{{ namespace }}-{{ target }}-canary-[0-9a-zA-Z-]+@kubernetescrd\"",
                        "code!~\"5..\"",
                        " * 1000");
            case "apisix" ->
                new FlaggerQueries(
                        "apisix_http_status",
                        "apisix_http_latency_bucket",
                        "route=~\"{{ namespace }}_{{ route }}-{{ target }}-canary_.+\"",
                        "code!~\"5..\"",
                        "");
            default -> null;
        };
    }

    private String success() {
        return "sum(rate(" + series + "{" + all + "," + good + "}[{{ interval }}])) / sum(rate(" + series + "{" + all
                + "}[{{ interval }}])) * 100";
    }

    private String duration() {
        return buckets.isEmpty()
                ? "sum(rate(" + NGINX + "_sum{" + all + "}[{{ interval }}])) / sum(rate(" + NGINX + "_count{" + all
                        + "}[{{ interval }}])) * 1000"
                : "histogram_quantile(0.99, sum(rate(" + buckets + "{" + all + "}[{{ interval }}])) by (le))" + factor;
    }
}
