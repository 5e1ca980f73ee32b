// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import io.jenkins.plugins.releaseguard.testing.ServicesFixture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * F1, F2, F12: queries as people write them, against a real Prometheus. Each is the look's count, or is said to be none: 10 % of the
 * canary's requests fail and 1 % of the baseline's, however that is asked.
 */
@Tag("integration")
class RealQueryUnitsTest {
    private static final String T = "track=\"$track\"";

    @TempDir
    static Path dir;

    private static ProcessFixture children;
    private static HttpServer server;
    private static String prometheus;

    /** Steps of 100 requests of the canary, 400 of the baseline. */
    private static final AtomicInteger STEPS = new AtomicInteger(7);

    @BeforeAll
    static void start() throws Exception {
        ServicesFixture.need("prometheus");
        children = new ProcessFixture(dir);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean canary = exchange.getRequestURI().getPath().equals("/canary");
            byte[] body = metrics(canary).getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        int port = ProcessFixture.freePort();
        prometheus = "http://127.0.0.1:" + port;
        Files.writeString(dir.resolve("rules.yml"), """
            groups:
              - name: r
                interval: 200ms
                rules:
                  - {record: "track:errors:rate5s", expr: 'sum by (track) (rate(req_total{code="500"}[5s]))'}
                  - {record: "track:requests:rate5s", expr: 'sum by (track) (rate(req_total[5s]))'}
            """);
        Files.writeString(
                dir.resolve("prometheus.yml"), """
            global: {scrape_interval: 200ms, scrape_timeout: 200ms}
            rule_files: [rules.yml]
            scrape_configs:
              - {job_name: canary, metrics_path: /canary, static_configs: [{targets: ["127.0.0.1:%1$d"], labels: {track: canary}}]}
              - {job_name: baseline, metrics_path: /baseline, static_configs: [{targets: ["127.0.0.1:%1$d"], labels: {track: baseline}}]}
            """.formatted(server.getAddress().getPort()));
        children.start(
                "prometheus",
                ProcessFixture.find("prometheus"),
                "--config.file=" + dir.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + dir.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn");
        children.await("a rule's first number", () -> ask("track:requests:rate5s"));
    }

    private static boolean ask(String query) throws Exception {
        return ProcessFixture.get(prometheus + "/api/v1/query?query=" + query)
                .body()
                .contains("\"value\"");
    }

    @AfterAll
    static void stop() throws Exception {
        if (children != null) {
            children.close();
            server.stop(0);
        }
    }

    private static String metrics(boolean canary) {
        int total = STEPS.get() * (canary ? 100 : 400);
        int bad = STEPS.get() * (canary ? 10 : 4);
        int good = total - bad;
        return """
            req_total{code="200"} %1$d
            req_total{code="500"} %2$d
            grpc_handled_total{code="OK"} %1$d
            grpc_handled_total{code="Internal"} %3$d
            grpc_handled_total{code="Unavailable"} %4$d
            probe_total %5$d
            probe_success_total %1$d
            x_rq{code="500"} %2$d
            x_rq{code="200"} %1$d
            born_late_total{code="200"} %5$d
            proxy_rq_time_bucket{le="10"} 0
            proxy_rq_time_bucket{le="25"} %6$d
            proxy_rq_time_bucket{le="250"} %5$d
            proxy_rq_time_bucket{le="+Inf"} %5$d
            proxy_rq_time_sum %7$d
            proxy_rq_time_count %5$d
            summary_seconds{quantile="0.99"} NaN
            """.formatted(good, bad, bad / 2, bad - bad / 2, total, total / 2, 65 * total);
    }

    private static Metric metric(Kind kind, String unit, Query query) {
        return new Metric("M", "M", kind, unit, "p", Metric.Worse.HIGHER, true, false, "", 1, null, query, null, null);
    }

    private static String query(String written) {
        return written.replace("T}", T + "}").replace("[W]", "[$window]");
    }

    private static PrometheusSource source() {
        return new PrometheusSource(PrometheusSettings.of(URI.create(prometheus)));
    }

    /** Four steps over some looks: what the looks counted together. */
    private static double[] counted(Metric metric) throws Exception {
        PrometheusSource source = source();
        Instant[] from = {Instant.now()};
        double[] sums = new double[4];
        children.await("a scrape", () -> look(source, metric, from, sums).missing() == null);
        double[] before = sums.clone();
        int first = STEPS.get();
        STEPS.addAndGet(2);
        look(source, metric, from, sums);
        STEPS.addAndGet(2);
        children.await("the last scrape", () -> {
            look(source, metric, from, sums);
            return sums[1] >= 399 && sums[3] >= 1599;
        });
        assertThat(first + 4).isEqualTo(STEPS.get());
        assertThat(before[1]).isZero();
        return sums;
    }

    private static Sample look(PrometheusSource source, Metric metric, Instant[] from, double[] sums) throws Exception {
        Instant to = Instant.now();
        Sample s = source.read(List.of(metric), from[0], to).get(0);
        if (s.missing() == null) {
            from[0] = to;
            sums[0] += s.canaryErrors();
            sums[1] += s.canaryTotal();
            sums[2] += s.baselineErrors();
            sums[3] += s.baselineTotal();
        }
        return s;
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sum(rate(grpc_handled_total{code=\"Internal\",T}[W])) + sum(rate(grpc_handled_total{code=\"Unavailable\",T}[W]))|sum(rate(grpc_handled_total{T}[W]))",
                "sum(rate(probe_total{T}[W])) - sum(rate(probe_success_total{T}[W]))|sum(rate(probe_total{T}[W]))",
                "clamp_min(sum(rate(req_total{code=\"500\",T}[W])), 0)|sum(rate(req_total{T}[W]))",
                "60 * sum(rate(req_total{code=\"500\",T}[W]))|60 * sum(rate(req_total{T}[W]))",
                "sum(rate(req_total{code=\"500\",T}[1m]))|sum(rate(req_total{T}[W]))",
                "sum(req_total{T}) - sum(req_total{code=\"200\",T})|sum(increase(req_total{T}[W]))",
                "sum(increase(x_rq{code=\"500\",T}[W])) or vector(0)|sum(rate(x_rq{code=\"200\",T}[W])) + sum(rate(x_rq{code=\"500\",T}[W]))"
            })
    void whatIsOfOneDimensionCountsTheLook(String errors, String total) throws Exception {
        double[] sums = counted(metric(Kind.RATE, "", new Query(query(errors), query(total), "", "", Double.NaN)));
        assertThat(sums).containsExactly(40, 400, 16, 1600);
    }

    /** Errors that come with their first request are none before. */
    @Test
    void severalKindsOfErrorsMayNotHaveHappenedYet() throws Exception {
        double[] sums = counted(metric(
                Kind.RATE,
                "",
                new Query(
                        query(
                                "sum(increase(born_late_total{code=\"500\",T}[W])) + sum(increase(born_late_total{code=\"429\",T}[W]))"),
                        query("sum(increase(born_late_total{T}[W]))"),
                        "",
                        "",
                        Double.NaN)));
        assertThat(sums).containsExactly(0, 400, 0, 1600);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sum(rate(req_total{code=\"500\",T}[W])) / sum(rate(req_total{T}[W]))|sum(rate(req_total{T}[W]))|a ratio",
                "track:errors:rate5s{T}|track:requests:rate5s{T}|a recording rule",
                "sum(track:errors:rate5s{T})|sum(track:requests:rate5s{T})|a recording rule",
                "sum(irate(req_total{code=\"500\",T}[W]))|sum(irate(req_total{T}[W]))|irate sees the last two scrapes",
                "sum(rate(req_total{code=\"500\",T}[W])) + sum(increase(req_total{code=\"503\",T}[W]))|sum(rate(req_total{T}[W]))|mixes",
                "sum(increase(reqs_total{code=\"500\",T}[W]))|sum(increase(reqs_total{T}[W]))|no series reqs_total",
                "sum(increase(req_total{code=\"500\",T}[W]))|sum(increase(reqs_total{T}[W])) or vector(0)|no series reqs_total",
                "sum(increase(reqs_total{code=\"500\",T}[W]))|sum(increase(req_total{T}[W]))|no series reqs_total at all",
                "sum(increase(req_total{status=\"500\",T}[W]))|sum(increase(req_total{T}[W]))|the label status"
            })
    void whatIsNoCountOrHasNoSeriesIsMissingAndNeverNothing(String errors, String total, String why) throws Exception {
        Metric metric = metric(Kind.RATE, "", new Query(query(errors), query(total), "", "", Double.NaN));
        children.await("an answer that says so", () -> {
            Instant to = Instant.now();
            Sample s = source().read(List.of(metric), to.minus(Duration.ofSeconds(2)), to)
                    .get(0);
            return s.missing() != null && s.missing().contains(why);
        });
    }

    /** The bounds are milliseconds, and the name doesn't say so. */
    @ParameterizedTest(name = "unit {0}, bucketUnit {1}")
    @CsvSource({"ms,'',25", "ms,ms,25", "s,ms,0.025"})
    void aHistogramIsInTheUnitThatIsDeclared(String unit, String bucketUnit, double level) throws Exception {
        Metric metric = metric(
                Kind.LATENCY,
                unit,
                new Query("", "", query("proxy_rq_time_bucket{T}"), "", 10 * level, bucketUnit, java.util.Map.of()));
        Instant from = Instant.now();
        PrometheusSource source = source();
        children.await(
                "a first look",
                () -> source.read(List.of(metric), from, Instant.now()).get(0).missing() == null);
        STEPS.incrementAndGet();
        children.await("its quantile", () -> {
            Sample s = source.read(List.of(metric), from, Instant.now()).get(0);
            return s.missing() == null
                    && s.canaryQuantiles() != null
                    && Math.abs(s.canaryQuantiles().get("p50") - level) < 1e-9
                    && s.canaryErrors() == 0;
        });
    }

    @Test
    void whatIsNaNIsSaidToBeNaN() throws Exception {
        for (String values : List.of("summary_seconds{quantile=\"0.99\",T}", "max(summary_seconds{T})")) {
            Metric metric = metric(Kind.LATENCY, "s", new Query("", "", "", query(values), Double.NaN));
            children.await("an answer", () -> {
                Instant to = Instant.now();
                Sample s = source().read(List.of(metric), to.minus(Duration.ofSeconds(2)), to)
                        .get(0);
                return s.missing() != null && s.missing().contains("NaN is the");
            });
        }
    }
}
