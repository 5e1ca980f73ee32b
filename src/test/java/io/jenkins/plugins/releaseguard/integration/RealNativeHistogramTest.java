// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import io.jenkins.plugins.releaseguard.testing.ServicesFixture;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes native histograms as protobuf from its own client library. What the judge gets is held against the very
 * durations that were observed: how many of them lie at or below each bound, nothing about the library's or the server's buckets taken
 * on trust.
 */
@Tag("integration")
class RealNativeHistogramTest {
    private static final int REQUESTS = 4000;
    private static final Metric LATENCY = new Metric(
            "MON-1",
            "latency",
            Kind.LATENCY,
            "ms",
            "prometheus",
            Metric.Worse.HIGHER,
            true,
            false,
            "",
            1,
            null,
            new Query("", "", "sum(increase(took_seconds{track=\"$track\"}[$window]))", "", 400),
            null,
            null);

    @TempDir
    Path dir;

    private ProcessFixture children;
    private final Side canary = new Side("canary");
    private final Side baseline = new Side("baseline");
    private String prometheus;
    private PrometheusSource source;

    /** An instance of the service, its durations as they were observed. */
    private static final class Side {
        private final String track;
        private final PrometheusRegistry registry = new PrometheusRegistry();
        private final Counter marks = Counter.builder().name("marks").register(registry);
        private final Histogram took = Histogram.builder()
                .name("took_seconds")
                .nativeOnly()
                .nativeInitialSchema(3)
                .nativeMaxNumberOfBuckets(60)
                .register(registry);
        private final List<Double> seconds = new ArrayList<>();
        private HTTPServer server;

        Side(String track) {
            this.track = track;
        }

        void start() throws Exception {
            server = HTTPServer.builder()
                    .inetAddress(InetAddress.getLoopbackAddress())
                    .port(0)
                    .registry(registry)
                    .buildAndStart();
        }

        void observe(Random random, double median, double sigma) {
            for (int i = 0; i < REQUESTS; i++) {
                double s = median * Math.exp(sigma * random.nextGaussian());
                took.observe(s);
                seconds.add(s);
            }
            marks.inc();
        }

        String target() {
            return "{targets: [\"127.0.0.1:" + server.getPort() + "\"], labels: {track: " + track + "}}";
        }
    }

    @BeforeEach
    void start() throws Exception {
        ServicesFixture.need("prometheus");
        children = new ProcessFixture(dir);
        canary.start();
        baseline.start();
        int port = ProcessFixture.freePort();
        prometheus = "http://127.0.0.1:" + port;
        Files.writeString(dir.resolve("prometheus.yml"), """
            global: {scrape_interval: 250ms, scrape_timeout: 250ms}
            scrape_configs:
              - {job_name: shop, static_configs: [%s, %s]}
            """.formatted(canary.target(), baseline.target()));
        children.start(
                "prometheus",
                ProcessFixture.find("prometheus"),
                "--config.file=" + dir.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + dir.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port,
                "--enable-feature=native-histograms",
                "--log.level=warn");
        source = new PrometheusSource(PrometheusSettings.of(URI.create(prometheus)));
    }

    @AfterEach
    void stop() throws Exception {
        if (children != null) {
            children.close();
        }
        for (Side side : List.of(canary, baseline)) {
            if (side.server != null) {
                side.server.close();
            }
        }
    }

    private boolean says(String query, int series) throws Exception {
        HttpResponse<String> answer = ProcessFixture.HTTP.send(
                HttpRequest.newBuilder(URI.create(
                                prometheus + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200 && answer.body().split("\"track\"", -1).length - 1 == series;
    }

    /** Both have observed, and a scrape has seen it. */
    private Sample look(int marks, Instant from) throws Exception {
        children.await("a scrape of what was observed", () -> says("marks_total == " + marks, 2));
        return source.read(List.of(LATENCY), from, Instant.now()).get(0);
    }

    private static void holds(List<Double> observed, Sample sample, List<Double> counts) {
        Buckets buckets = new Buckets(sample.bounds(), counts);
        double[] above = buckets.above();
        assertThat(buckets.total()).isGreaterThan(REQUESTS / 2.0);
        for (int i = 0; i < above.length; i++) {
            double bound = sample.bounds().get(i) / 1000;
            double own = observed.stream().filter(s -> s > bound).count() / (double) observed.size();
            // increase() extrapolates, all buckets alike
            assertThat(above[i] / buckets.total())
                    .as("above %s ms", sample.bounds().get(i))
                    .isCloseTo(own, within(1e-9));
        }
    }

    @Test
    void theJudgeGetsWhatWasObserved() throws Exception {
        Random random = new Random(7);
        Instant from = Instant.now();
        children.await("scrapes before anything", () -> says("count_over_time(took_seconds[1m]) >= 4", 2));
        canary.observe(random, 0.15, 0.4);
        baseline.observe(random, 0.1, 0.4);
        Sample sample = look(1, from);
        assertThat(sample.missing()).isNull();
        assertThat(sample.bounds()).hasSizeGreaterThan(15);
        holds(canary.seconds, sample, sample.canaryBuckets());
        holds(baseline.seconds, sample, sample.baselineBuckets());
        Buckets own = new Buckets(sample.bounds(), sample.canaryBuckets());
        assertThat(sample.canaryErrors()).isEqualTo(own.beyond(400).surely());
        assertThat(own.beyond(400).hides()).isTrue();
        assertThat(own.beyond(400).possibly()).isLessThan(2 * own.beyond(400).surely() + 50);

        // so wide a range that the canary's library makes its buckets coarser, the baseline's doesn't
        canary.observe(random, 0.15, 2.5);
        baseline.observe(random, 0.1, 0.4);
        look(2, from);
        canary.seconds.clear();
        baseline.seconds.clear();
        Instant later = Instant.now();
        children.await("scrapes in between", () -> Instant.now().isAfter(later.plusSeconds(2)));
        canary.observe(random, 0.15, 0.4);
        baseline.observe(random, 0.1, 0.4);
        Sample coarser = look(3, later);
        assertThat(coarser.missing()).isNull();
        holds(canary.seconds, coarser, coarser.canaryBuckets());
        holds(baseline.seconds, coarser, coarser.baselineBuckets());
        long fine = coarser.bounds().stream().filter(b -> b > 50 && b < 200).count();
        long before = sample.bounds().stream().filter(b -> b > 50 && b < 200).count();
        assertThat(fine).as("%s before", before).isLessThan(before);
        assertThat(before).isGreaterThan(8);
        assertThat(fine).isPositive();
    }
}
