// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import io.jenkins.plugins.releaseguard.testing.PrometheusRelay;
import io.jenkins.plugins.releaseguard.testing.ScriptedTargets;
import io.jenkins.plugins.releaseguard.testing.ServicesFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * M1: a real Prometheus tells the same, number for number, whether it is asked one question or each for itself: over counters that restart,
 * series that come and go, scrapes that fail, NaN and infinities, in every shape of query that the documentation has.
 */
@Tag("integration")
class RealBatchTest {
    private static final String T = "track=\"$track\"";
    private static final List<Metric> RAW = List.of(
            rate(
                    "sum(increase(http_requests_total{code=~\"5..\"," + T + "}[$window]))",
                    "http_requests_total{" + T + "}"),
            metric(Kind.LATENCY, "ms", new Query("", "", "took_seconds_bucket{" + T + "}", "", 200)),
            metric(Kind.GAUGE, "", new Query("", "", "", "heap_bytes{" + T + "}", Double.NaN)));
    private static final List<List<Metric>> CONTRACTS = List.of(
            RAW,
            List.of(
                    rate("refused_total{" + T + "} or vector(0)", "rate(http_requests_total{" + T + "}[$window])"),
                    rate(
                            "nobody_total{" + T + "}",
                            "sum by (code) (increase(http_requests_total{" + T + "}[$window]))"),
                    metric(
                            Kind.COUNT,
                            "",
                            new Query("", "", "", "increase(refused_total{" + T + "}[$window])", Double.NaN))),
            List.of(
                    metric(Kind.GAUGE, "", new Query("", "", "", "queue{" + T + "}", Double.NaN)),
                    metric(Kind.GAUGE, "", new Query("", "", "", "nobody{" + T + "}", Double.NaN)),
                    metric(
                            Kind.LATENCY,
                            "ms",
                            new Query("", "", "took_seconds_bucket{handler=\"/pay\"," + T + "}", "", 300))),
            List.of(
                    rate(
                            "sum(increase(http_requests_total{code=~\"5..\"," + T
                                    + "}[$window] offset 1s)) + (sum(increase(" + "refused_total{" + T
                                    + "}[$window] offset 1s)) or vector(0))",
                            "sum(increase(http_requests_total{" + T + "}[$window] offset 1s))"),
                    metric(
                            Kind.LATENCY,
                            "s",
                            new Query(
                                    "",
                                    "",
                                    "",
                                    "histogram_quantile(0.95, sum by (le) (rate(took_seconds_bucket{" + T
                                            + "}[$window])))",
                                    Double.NaN)),
                    metric(
                            Kind.LATENCY,
                            "s",
                            new Query(
                                    "",
                                    "",
                                    "sum by (le) (increase(took_seconds_bucket{" + T + "}[$window] offset 1s))",
                                    "",
                                    0.3)),
                    metric(Kind.GAUGE, "", new Query("", "", "", "topk(2, heap_bytes{" + T + "}) * 2", Double.NaN)),
                    metric(Kind.GAUGE, "", new Query("", "", "", "-queue{" + T + "}", Double.NaN))),
            List.of(
                    metric(
                            Kind.GAUGE,
                            "",
                            new Query(
                                    "",
                                    "",
                                    "",
                                    "track:errors:increase10s{" + T + "} / track:requests:increase10s{" + T + "}",
                                    Double.NaN)),
                    metric(Kind.GAUGE, "", new Query("", "", "", "max(track:queue:max{" + T + "})", Double.NaN))),
            List.of(
                    metric(Kind.GAUGE, "", new Query("", "", "", "scalar(sum(heap_bytes{" + T + "}))", Double.NaN)),
                    RAW.get(2)));

    @TempDir
    static Path dir;

    private static ProcessFixture children;
    private static ScriptedTargets targets;
    private static String prometheus;
    private static Instant first;
    private static Instant last;

    @BeforeAll
    static void start() throws Exception {
        ServicesFixture.need("prometheus");
        children = new ProcessFixture(dir);
        targets = new ScriptedTargets();
        int port = ProcessFixture.freePort();
        prometheus = "http://127.0.0.1:" + port;
        Files.writeString(dir.resolve("rules.yml"), """
            groups:
              - name: shop
                interval: 200ms
                rules:
                  - {record: "track:errors:increase10s", expr: 'sum by (track) (increase(http_requests_total{code=~"5.."}[10s]))'}
                  - {record: "track:requests:increase10s", expr: 'sum by (track) (increase(http_requests_total[10s]))'}
                  - {record: "track:queue:max", expr: 'max by (track) (queue)'}
            """);
        Files.writeString(dir.resolve("prometheus.yml"), """
            global: {scrape_interval: 150ms, scrape_timeout: 150ms}
            rule_files: [rules.yml]
            scrape_configs:
              - {job_name: canary, metrics_path: /canary, static_configs: [{targets: ["127.0.0.1:%1$d"], labels: {track: canary}}]}
              - {job_name: baseline, metrics_path: /baseline, static_configs: [{targets: ["127.0.0.1:%1$d"], labels: {track: baseline}}]}
            """.formatted(targets.port()));
        children.start(
                "prometheus",
                ProcessFixture.find("prometheus"),
                "--config.file=" + dir.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + dir.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn");
        children.await("a first scrape", () -> targets.scrapes() > 0);
        first = Instant.now();
        children.await("scrapes enough", () -> targets.scrapes() > 90);
        // what is stored up to here stays as it is
        last = Instant.now().minusSeconds(1);
    }

    @AfterAll
    static void stop() throws Exception {
        if (children != null) {
            children.close();
            targets.close();
        }
    }

    private static int ids;

    private static Metric rate(String errors, String total) {
        return metric(Kind.RATE, "", new Query(errors, total, "", "", Double.NaN));
    }

    private static Metric metric(Kind kind, String unit, Query query) {
        String id = "MON-" + ++ids;
        return new Metric(
                id, id, kind, unit, "prometheus", Metric.Worse.HIGHER, true, false, "", 1, null, query, null, null);
    }

    private static String read(PrometheusSource source, List<Metric> metrics, Instant from, Instant to)
            throws Exception {
        try {
            StringBuilder all = new StringBuilder();
            for (Sample sample : source.read(metrics, from, to)) {
                all.append(sample).append('\n');
            }
            return all.toString();
        } catch (SourceException e) {
            return e.getMessage().replaceAll("127.0.0.1:\\d+", "it");
        }
    }

    @Test
    void asOneOrEachForItselfTheNumbersAreTheSame() throws Exception {
        int numbers = 0;
        for (List<Metric> metrics : CONTRACTS) {
            // a scalar is refused beside others
            boolean batchable = !metrics.get(0).query().values().startsWith("scalar");
            try (PrometheusRelay open = new PrometheusRelay(prometheus, query -> false);
                    PrometheusRelay refusing = new PrometheusRelay(prometheus, PrometheusRelay::isBatch)) {
                PrometheusSource batched = new PrometheusSource(PrometheusSettings.of(open.url()));
                PrometheusSource single = new PrometheusSource(PrometheusSettings.of(refusing.url()));
                Random random = new Random(1);
                Instant from = first;
                Instant to = from.plusMillis(1_300);
                while (to.isBefore(last)) {
                    String said = read(batched, metrics, from, to);
                    assertThat(said).isEqualTo(read(single, metrics, from, to));
                    numbers += said.contains("missing=null") ? 1 : 0;
                    // most looks follow each other, some are thrown away, some come after a gap
                    int next = random.nextInt(6);
                    from = next == 0 ? from : next == 1 ? to.plusMillis(400) : to;
                    to = to.plusMillis(400 + random.nextInt(1_200));
                }
                assertThat(open.asked).hasSizeLessThan(refusing.asked.size() / (batchable ? 2 : 1));
            }
        }
        assertThat(numbers).as("looks that had numbers").isGreaterThan(40);
    }

    /** Eight without batches: errors, total, histogram and level of both variants. */
    @Test
    void aLookOfThreeMetricsAsksOneQuestion() throws Exception {
        try (PrometheusRelay relay = new PrometheusRelay(prometheus, query -> false)) {
            PrometheusSource source = new PrometheusSource(PrometheusSettings.of(relay.url()));
            source.read(RAW, first, first.plusSeconds(3));
            List<Integer> asked = new ArrayList<>();
            for (int second = 3; second < 8; second++) {
                relay.asked.clear();
                source.read(RAW, first.plusSeconds(second), first.plusSeconds(second + 1));
                // targets of series that have just begun are asked about beside
                asked.add((int) relay.asked.stream()
                        .filter(query -> !query.contains("up{"))
                        .count());
            }
            assertThat(asked).containsOnly(1);
        }
    }

    @Test
    void whatIsEvaluatedIsAskedForInOneQuestionToo() throws Exception {
        try (PrometheusRelay relay = new PrometheusRelay(prometheus, query -> false)) {
            PrometheusSource source = new PrometheusSource(PrometheusSettings.of(relay.url()));
            List<Metric> metrics = CONTRACTS.get(3).subList(1, 5);
            source.read(metrics, first, first.plusSeconds(3));
            relay.asked.clear();
            assertThat(source.read(metrics, first.plusSeconds(3), first.plusSeconds(6)))
                    .hasSize(4);
            assertThat(relay.asked).singleElement().asString().contains("release_guard_part");
        }
    }
}
