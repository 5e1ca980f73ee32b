// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "142.37|142",
                "0.02|0.02",
                "0.0213|0.021",
                "4.444|4.44",
                "99.95|100",
                "12345.6|12,346",
                "0|0",
                "-0.0|0",
                "0.00001|1e-05",
                "-3.14159|-3.14",
                "10|10",
                "60|60",
                "NaN|unknown",
                "Infinity|unknown"
            })
    void numbersHaveAsManyDigitsAsPeopleRead(double value, String text) {
        assertThat(Words.number(value)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 s",
                "0.03|30 ms",
                "0.9996|1 s",
                "8.47|8.5 s",
                "60|60 s",
                "61.2|61.2 s",
                "119.99|2 min",
                "125|2 min 5 s",
                "3600|1 h",
                "4330|1 h 12 min",
                "200000|2 d 7 h",
                "NaN|unknown"
            })
    void durationsInTheUnitThatFits(double seconds, String text) {
        assertThat(Words.seconds(seconds)).isEqualTo(text);
    }

    @Test
    void levelsCarryTheirUnit() {
        assertThat(Words.level(142.0, "ms")).isEqualTo("142 ms");
        assertThat(Words.level(0.02, "%")).isEqualTo("0.02 %");
        assertThat(Words.level(3.0, "")).isEqualTo("3");
        assertThat(Words.level(null, "ms")).isEqualTo("unknown");
    }
}
