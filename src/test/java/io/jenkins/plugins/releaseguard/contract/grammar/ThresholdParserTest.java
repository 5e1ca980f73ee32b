// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.AboveBaseline;
import io.jenkins.plugins.releaseguard.contract.Threshold.Bound;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.Threshold.TimesBaseline;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThresholdParserTest {
    private static final Position AT = new Position("release.yaml", 7, 10);

    static Stream<Arguments> readable() {
        Duration five = Duration.ofMinutes(5);
        return Stream.of(
                Arguments.of(">2% of requests for 5 minutes", Comparison.GREATER, new Fixed(0.02, "%"), five),
                Arguments.of("> 500ms for 5m", Comparison.GREATER, new Fixed(0.5, "s"), five),
                Arguments.of(">= 95%", Comparison.GREATER_OR_EQUAL, new Fixed(0.95, "%"), Duration.ZERO),
                Arguments.of("≥95 %", Comparison.GREATER_OR_EQUAL, new Fixed(0.95, "%"), Duration.ZERO),
                Arguments.of("> baseline + 1%", Comparison.GREATER, new AboveBaseline(0.01, "%"), Duration.ZERO),
                Arguments.of(
                        "> baseline+10 ms for 30s",
                        Comparison.GREATER,
                        new AboveBaseline(0.01, "s"),
                        Duration.ofSeconds(30)),
                Arguments.of("< baseline - 5", Comparison.LESS, new AboveBaseline(-5, ""), Duration.ZERO),
                Arguments.of("> baseline", Comparison.GREATER, new AboveBaseline(0, ""), Duration.ZERO),
                Arguments.of("> 1.5x baseline", Comparison.GREATER, new TimesBaseline(1.5), Duration.ZERO),
                Arguments.of(
                        "> 1.5 × baseline for 1h 30m",
                        Comparison.GREATER,
                        new TimesBaseline(1.5),
                        Duration.ofMinutes(90)),
                Arguments.of("> 2X Baseline", Comparison.GREATER, new TimesBaseline(2), Duration.ZERO),
                Arguments.of("burn > 14.4 over 1h and 5m", Comparison.GREATER, burn(14.4, 60, 5), Duration.ZERO),
                Arguments.of("burn >= 6 over 30m and 6h", Comparison.GREATER_OR_EQUAL, burn(6, 360, 30), Duration.ZERO),
                Arguments.of("burn > 1 over 3d for 2m", Comparison.GREATER, burn(1, 4320, 0), Duration.ofMinutes(2)),
                Arguments.of("<= 24h", Comparison.LESS_OR_EQUAL, new Fixed(86400, "s"), Duration.ZERO),
                Arguments.of("> 1 GiB", Comparison.GREATER, new Fixed(1L << 30, "B"), Duration.ZERO),
                Arguments.of("<0", Comparison.LESS, new Fixed(0, ""), Duration.ZERO),
                Arguments.of("= -1.5", Comparison.EQUAL, new Fixed(-1.5, ""), Duration.ZERO));
    }

    private static Burn burn(double rate, int minutes, int shortMinutes) {
        return new Burn(rate, Duration.ofMinutes(minutes), shortMinutes == 0 ? null : Duration.ofMinutes(shortMinutes));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @MethodSource("readable")
    void meansWhatItSays(String text, Comparison comparison, Bound bound, Duration sustained) throws ContractException {
        Threshold threshold = ThresholdParser.parse(text, AT);

        assertThat(threshold).isEqualTo(new Threshold(text, comparison, bound, sustained, ""));
    }

    @Test
    void keepsItsNote() throws ContractException {
        Threshold threshold = ThresholdParser.parse("> 2% for 5m (see RUN-021 (draft))", AT);

        assertThat(threshold.note()).isEqualTo("see RUN-021 (draft)");
        assertThat(threshold.sustained()).isEqualTo(Duration.ofMinutes(5));
    }

    /** The column counts from the text's first character, which stands in column 10. */
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2% for 5m                      | 10 | does not start with a comparison",
                "> two percent                  | 12 | a number must stand here, not 'two percent'",
                "> 2% during 5 minutes          | 15 | can't read the threshold from 'during 5 minutes' on",
                "> 2% for 5                     | 20 | a duration needs a unit",
                "> 2% for 5 fortnights          | 21 | a duration needs a unit",
                "> 2% for ever                  | 19 | a duration starts with a number",
                "> 2x                           | 13 | a multiple of what?",
                "> 150% of baseline             | 17 | written as a multiple",
                "> 2% of everything             | 18 | 'everything' is not known",
                "> 500ms of requests            | 18 | only a percentage is 'of' something",
                "> 1,5%                         | 13 | ',' does not belong in a number",
                "> 1.2.3                        | 15 | '.' does not belong in a number",
                "> 1e5                          | 13 | can't read the threshold from 'e5' on",
                "> 2% and                       | 18 | a threshold is empty",
                "> 2% and > 5% or > 9%          | 24 | leave open what belongs together",
                "> 2% or > 500ms for 5m         | 18 | open whether the time at the end",
                "> 2% over 10m                  | 10 | open what 'over' is to mean",
                "average > 2%                   | 22 | needs its window",
                "> 2% in 6 of 5 looks           | 15 | can't be counted",
                "p0 > 400ms                     | 10 | between p0 and p100",
                "p999 > 400ms                   | 10 | between p0 and p100",
                "success < 500ms                | 10 | at most 100%",
                "> 20% above baseline           | 12 | a share of it, or percentage points",
                "p95 > 1s in 3 of 5 looks over 1h | 10 | a window and a share of looks",
                "burn > 14.4                    | 21 | needs its window",
                "burn < 2 over 1h               | 15 | harm only when it is too high",
                "burn > 0 over 1h               | 17 | above 0",
                "> baseline + lots              | 23 | a number must stand here",
                "> -2x baseline                 | 14 | above 0",
                "> 2% (unclosed                 | 15 | can't read the threshold from '(unclosed' on",
                "> 2% (closed) too much         | 15 | can't read the threshold",
                "=> 5                           | 11 | a number must stand here",
                "> 99999999999999999999         | 12 | a number must stand here",
                ">                              | 11 | a number is missing here",
                "``                             | 10 | a threshold is empty",
            })
    void pointsAtTheColumn(String text, int column, String message) {
        ContractException e = catchThrowableOfType(ContractException.class, () -> ThresholdParser.parse(text, AT));

        assertThat(e.problems()).hasSize(1);
        Problem problem = e.problems().get(0);
        assertThat(problem.message()).contains(message);
        assertThat(problem.at()).isEqualTo(new Position("release.yaml", 7, column));
        assertThat(problem.rule()).isIn("RG-THRESHOLD");
        assertThat(problem.fix()).isNotBlank();
    }
}
