// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedQuantileTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "p95 latency, p95",
        "P95 of checkout, p95",
        "latency (p99), p99",
        "p50, p50",
        "p90-latency, p90",
        "latency_p95, p95",
        "latency_p95_5m, p95",
        "p99_latency_seconds, p99",
        "latencyP95, p95",
        "p99.9 latency, p99.9",
        "p99_9 latency, p99.9",
        "p99.99, p99.99",
        "p999 latency, p99.9",
        "p9999 latency, p99.99",
        "tp99, p99",
        "pct95 of durations, p95",
        "95th percentile, p95",
        "99.9th percentile of durations, p99.9",
        "95 percentile latency, p95",
        "90%ile, p90",
        "latency 99th, p99",
        "percentile 95 of latency, p95",
        "Percentile(99), p99",
        "median latency, p50",
        "Median, p50",
        "p95 latency (95th percentile), p95",
    })
    void isReadOutOfAName(String name, String quantile) {
        assertThat(NamedQuantile.text(NamedQuantile.of(name))).isEqualTo(quantile);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "latency",
                "",
                "P1 latency",
                "p0 alerts",
                "p100",
                "p00",
                "http95",
                "step95",
                "MON-095",
                "top 95",
                "p95x",
                "xp95",
                "p12345",
                "5th avenue latency",
                "intermediate",
                "mediana",
                "v1.p955",
                "p50 and p99 latency",
                "average latency",
            })
    void isNoneOrMoreThanOne(String name) {
        assertThat(NamedQuantile.of(name)).isNaN();
    }

    @Test
    void ofSeveralEachIsToldOnce() {
        assertThat(NamedQuantile.all("p50/p95/p99 latency, p95")).containsExactly(0.5, 0.95, 0.99);
        assertThat(NamedQuantile.all(null)).isEmpty();
        assertThat(NamedQuantile.all("p95 ".repeat(100_000))).isEmpty();
    }

    @Test
    void anAverageIsNoQuantile() {
        assertThat(NamedQuantile.saysAverage("avg latency")).isTrue();
        assertThat(NamedQuantile.saysAverage("Mean response time")).isTrue();
        assertThat(NamedQuantile.saysAverage("meaningful latency")).isFalse();
        assertThat(NamedQuantile.saysAverage(null)).isFalse();
    }
}
