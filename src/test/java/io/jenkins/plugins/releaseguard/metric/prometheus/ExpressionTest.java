// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "x_total|x_total",
                "x{a=\"b\"}|x{a=\"b\"}",
                "sum(increase(x{a=\"}[$window]))\"}[$window]))|x{a=\"}[$window]))\"}",
                "sum by (le, job) ( rate ( x_bucket{t='$track'} [ $window ] ) )|x_bucket{t='$track'}",
                "sum(increase(x[$window])) by (le)|x",
                "increase({__name__=\"x\"}[$window])|{__name__=\"x\"}",
                "(sum(increase(x[$window]))) or vector(0)|x",
                "sum(increase(x_$track[$window]))|x_$track",
                "sum(x{t=\"$track\"})|x{t=\"$track\"}"
            })
    void countersAreSeen(String query, String selector) {
        assertThat(Expression.of(query).selector()).isEqualTo(selector);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "sum(increase(x[$window])) / 2",
                "sum(increase(x[5m]))",
                "increase(x[$window] offset 5m)",
                "sum(increase(x[$window])) + sum(increase(y[$window]))",
                "max(increase(x[$window]))",
                "(a) + (b)",
                "x{a=\"b\"",
                "sum without (a) (increase(x[$window]))",
                "x[$window]",
                "1",
                "sum(increase(x{a=\"b\"}[$window]",
                "avg_over_time(x[$window])"
            })
    void otherShapesAreLeftToPrometheus(String query) {
        assertThat(Expression.of(query).isCounter()).isFalse();
    }

    @Test
    void longOrHostileTextEndsSoonAndIsLeftToPrometheus() {
        assertThat(Expression.of("sum(".repeat(100_000)).isCounter()).isFalse();
        assertThat(Expression.of("x{" + "a=\"\\\"\",".repeat(300) + "}").isCounter())
                .isTrue();
        assertThat(Expression.of("x{" + "a".repeat(3900)).isCounter()).isFalse();
    }

    @Test
    void labelsAndTrackMatchersAreFound() {
        Expression e = Expression.of("x{code=~\"5..\", track=\"$track\",env!=\"dev\",empty=\"\",v=~\"$track-.*\"}");
        assertThat(e.demandedLabels()).containsExactly("code", "track", "v");
        assertThat(e.trackMatchers()).isEqualTo("track=\"$track\",v=~\"$track-.*\"");
        assertThat(e.metricName()).isEqualTo("x");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"PT5S, 5s", "PT5.25S, 5250ms", "PT0.001S, 1ms", "PT2H, 7200s"})
    void windowsAreExact(Duration window, String text) {
        assertThat(Expression.fill("[$window]", "c", window)).isEqualTo('[' + text + ']');
    }
}
