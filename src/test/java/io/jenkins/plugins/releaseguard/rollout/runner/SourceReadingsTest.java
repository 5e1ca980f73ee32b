// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceReadingsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:05:00Z");

    private static final Metric RATE = FakePrometheus.rate("e", "t");

    private static MetricReading read(MetricSource source, String track) throws IOException, InterruptedException {
        return new SourceReadings(source, InstantSource.fixed(NOW)).read(RATE, Duration.ofMinutes(5), track);
    }

    @Test
    void readsTheTracksOwnNumbersOfTheWindow() throws Exception {
        MetricSource source = (metrics, from, to) -> {
            assertThat(metrics).containsExactly(RATE);
            assertThat(Duration.between(from, to)).isEqualTo(Duration.ofMinutes(5));
            return List.of(Sample.rate("MON-001", 2, 100, 3, 600));
        };

        assertThat(read(source, "canary")).isEqualTo(new MetricReading(0.02, 2, 100, NOW, "prometheus"));
        assertThat(read(source, "stable")).isEqualTo(new MetricReading(0.005, 3, 600, NOW, "prometheus"));
    }

    @Test
    void allIsBothSidesTogether() throws Exception {
        MetricSource source = (metrics, from, to) -> List.of(Sample.rate("MON-001", 2, 100, 3, 600));

        assertThat(read(source, "all")).isEqualTo(new MetricReading(5 / 700.0, 5, 700, NOW, "prometheus"));
    }

    @Test
    void aSideThatSaysNothingAddsNothing() throws Exception {
        MetricSource source = (metrics, from, to) ->
                List.of(new Sample("MON-001", null, null, 3.0, 600.0, null, null, null, null, null));

        assertThat(read(source, "all")).isEqualTo(new MetricReading(0.005, 3, 600, NOW, "prometheus"));
    }

    @Test
    void whatTheSourceDoesNotKnowIsNoReading() {
        assertThatThrownBy(() -> read((m, from, to) -> List.of(Sample.none("MON-001", "no series")), "canary"))
                .isInstanceOf(IOException.class)
                .hasMessage("no series");
        assertThatThrownBy(() -> read((m, from, to) -> List.of(), "canary"))
                .isInstanceOf(IOException.class)
                .hasMessage("the source left it out");
        assertThatThrownBy(() -> read(
                        (m, from, to) -> {
                            throw new SourceException("refused");
                        },
                        "canary"))
                .isInstanceOf(IOException.class)
                .hasMessage("refused");
    }

    /** 3 % of the requests took more than half a second: p95 knows nothing of that. */
    @Test
    void aLatencyIsReadAtTheQuantileThatIsAskedForOrThatItsNameSpeaksOf() throws Exception {
        List<Double> counts = List.of(97.0, 0.0, 3.0);
        Sample sample = new Sample(
                "MON-002",
                null,
                100.0,
                null,
                100.0,
                null,
                null,
                null,
                null,
                List.of(100.0, 500.0),
                counts,
                counts,
                null);
        SourceReadings readings = new SourceReadings((metrics, from, to) -> List.of(sample), InstantSource.fixed(NOW));
        Duration window = Duration.ofMinutes(5);

        for (String track : List.of("canary", "stable", "all")) {
            assertThat(readings.read(latency("latency"), window, track).value()).isEqualTo(500);
            assertThat(readings.read(latency("p95 latency"), window, track).value())
                    .isBetween(90.0, 100.0);
            assertThat(readings.read(latency("latency"), 0.95, window, track).value())
                    .isBetween(90.0, 100.0);
            assertThat(readings.read(latency("p95 latency"), 0.99, window, track)
                            .value())
                    .isEqualTo(500);
        }
    }

    private static Metric latency(String name) {
        return new Metric(
                "MON-002",
                name,
                Metric.Kind.LATENCY,
                "ms",
                "prometheus",
                Metric.Worse.HIGHER,
                false,
                false,
                "",
                1,
                Margin.NONE,
                new Metric.Query("", "", "h_bucket", "", Double.NaN),
                null,
                new Position("release.yaml", 1, 1));
    }
}
