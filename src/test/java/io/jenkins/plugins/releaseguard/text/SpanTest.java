// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0, 0 s",
        "0.0004, 0 s",
        "0.03, 30 ms",
        "0.9996, 1 s",
        "8.47, 8.5 s",
        "61.2, 61.2 s",
        "119.99, 2 min",
        "125, 2 min 5 s",
        "3599.6, 1 h",
        "4330, 1 h 12 min",
        "86400, 1 d",
        "90000, 25 h",
        "200000, 2 d 7 h",
        "-8.47, -8.5 s",
        "-4330, -1 h 12 min",
        "NaN, unknown",
        "Infinity, unknown"
    })
    void theTwoLargestUnits(double seconds, String text) {
        assertThat(Span.text(seconds)).isEqualTo(text);
    }

    @Test
    void aDurationIsItsSeconds() {
        assertThat(Span.text(Duration.ofMinutes(90))).isEqualTo("1 h 30 min");
        assertThat(Span.text(Duration.ofMillis(250))).isEqualTo("250 ms");
        assertThat(Span.text(Duration.ofDays(36_500))).isEqualTo("36500 d");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "12.1, 13 s",
        "89, 89 s",
        "90, 2 min",
        "700, 12 min",
        "5400, 1.5 h",
        "8700, 2.5 h",
        "NaN, an unknown time"
    })
    void estimatesAreRoundedUp(double seconds, String text) {
        assertThat(Span.about(seconds)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"PT0S, 0s", "PT1H30M, 1h 30m", "PT15M, 15m", "PT0.25S, 250ms", "P2DT3S, 2d 3s"})
    void asAContractHasIt(Duration duration, String text) {
        assertThat(Span.written(duration)).isEqualTo(text);
    }
}
