// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import io.jenkins.plugins.releaseguard.testing.ServicesFixture;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source against a real Prometheus that scrapes two real processes: its counts are the processes' own. */
@Tag("integration")
class RealPrometheusTest {
    private static final Metric RATE = metric(
            "MON-001",
            Kind.RATE,
            "",
            new Query(
                    "sum(increase(http_requests_total{code=~\"5..\",track=\"$track\"}[$window]))",
                    "sum(increase(http_requests_total{track=\"$track\"}[$window]))",
                    "",
                    "",
                    Double.NaN));
    private static final Metric LATENCY = metric(
            "MON-002",
            Kind.LATENCY,
            "ms",
            new Query("", "", "http_request_duration_seconds_bucket{track=\"$track\"}", "", 50));

    @TempDir
    static Path dir;

    private static ServicesFixture world;
    private PrometheusSource source;
    private Instant from;
    private double[] sums;

    @BeforeAll
    static void start() throws Exception {
        ServicesFixture.need("prometheus");
        world = new ServicesFixture(dir);
        world.startServices();
        world.startPrometheus("400ms");
        // a counter that has counted nothing is no series yet
        pay(world.canary(), 1);
        pay(world.baseline(), 1);
    }

    @AfterAll
    static void stop() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        ServicesFixture.fault(world.canary(), 0, 0);
        source = world.source();
        from = Instant.now();
        // what was counted before must be stored before: one scrape of both
        world.children.await(
                "a scrape", () -> read(Instant.now()).stream().allMatch(sample -> sample.missing() == null));
        sums = new double[8];
    }

    private static Metric metric(String id, Kind kind, String unit, Query query) {
        return new Metric(
                id, id, kind, unit, "prometheus", Metric.Worse.HIGHER, true, false, "", 1, null, query, null, null);
    }

    private List<Sample> read(Instant to) throws java.io.IOException, InterruptedException {
        try {
            List<Sample> samples = source.read(List.of(RATE, LATENCY), from, to);
            if (samples.stream().allMatch(s -> s.missing() == null)) {
                from = to;
            }
            return samples;
        } catch (SourceException e) {
            throw new java.io.IOException(e);
        }
    }

    /** One look; what it counted is added up. A look that misses something is not used. */
    private void look() throws Exception {
        List<Sample> samples = read(Instant.now());
        if (samples.stream().allMatch(s -> s.missing() == null)) {
            for (int i = 0; i < 2; i++) {
                Sample s = samples.get(i);
                double[] now = {s.canaryErrors(), s.canaryTotal(), s.baselineErrors(), s.baselineTotal()};
                for (int j = 0; j < 4; j++) {
                    sums[4 * i + j] += now[j];
                }
            }
        }
    }

    private static void pay(String service, int requests) throws Exception {
        for (int i = 0; i < requests; i++) {
            ProcessFixture.get(service + "/pay");
        }
    }

    private void awaitSums(double... expected) throws Exception {
        world.children.await("the sums", () -> {
            try {
                look();
            } catch (java.io.IOException e) {
                throw e;
            }
            for (int i = 0; i < 8; i++) {
                assertThat(sums[i])
                        .as("sum %d never exceeds what was counted", i)
                        .isLessThanOrEqualTo(expected[i]);
            }
            return java.util.Arrays.equals(sums, expected);
        });
    }

    @Test
    void countsAreTheServicesOwnWhateverTheLooksAndTheSource() throws Exception {
        double errorsBefore = ServicesFixture.counted(world.canary(), "500");
        double before = ServicesFixture.counted(world.canary(), null);
        ServicesFixture.fault(world.canary(), 0.25, 0);
        for (int wave = 0; wave < 6; wave++) {
            pay(world.canary(), 20);
            pay(world.baseline(), 33);
            look();
            if (wave == 3) {
                source = world.source(); // as after a restart: it goes back to where the look begins
            }
        }
        ServicesFixture.fault(world.canary(), 0, 100);
        pay(world.canary(), 5);
        assertThat(ServicesFixture.counted(world.canary(), null) - before).isEqualTo(125);
        assertThat(ServicesFixture.counted(world.canary(), "500") - errorsBefore)
                .isEqualTo(30);
        // 5 of the canary's took longer than 50 ms; a busy machine may have made some others slow
        world.children.await("the sums", () -> {
            look();
            return sums[1] == 125 && sums[3] == 198 && sums[5] == 125 && sums[7] == 198;
        });
        assertThat(sums[0]).isEqualTo(30);
        assertThat(sums[2]).isZero();
        assertThat(sums[4]).isGreaterThanOrEqualTo(5);
        look();
        assertThat(sums[1]).isEqualTo(125);
    }

    @Test
    void aServiceThatRestartsIsCountedFromZero() throws Exception {
        pay(world.canary(), 10);
        world.children.await("the sums", () -> {
            look();
            return sums[1] == 10;
        });
        world.restartCanary();
        pay(world.canary(), 4);
        world.children.await("the sums", () -> {
            look();
            return sums[1] == 14;
        });
        assertThat(ServicesFixture.counted(world.canary(), null)).isEqualTo(4);
    }

    @Test
    void whatPrometheusRefusesIsSaidInItsWords() {
        Metric broken = metric("MON-003", Kind.GAUGE, "", new Query("", "", "", "sum(x{track=\"$track\"}", Double.NaN));
        assertThatThrownBy(() -> source.read(List.of(broken), Instant.now().minusSeconds(5), Instant.now()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("parse error");
    }

    @Test
    void aVariantThatNobodyKnowsIsMissing() throws Exception {
        Metric other = metric(
                "MON-004",
                Kind.RATE,
                "",
                new Query("nobody_total{t=\"$track\"}", "nobody_total{t=\"$track\"}", "", "", Double.NaN));
        assertThat(source.read(List.of(other), Instant.now().minusSeconds(5), Instant.now())
                        .get(0)
                        .missing())
                .contains("no series nobody_total");
    }
}
