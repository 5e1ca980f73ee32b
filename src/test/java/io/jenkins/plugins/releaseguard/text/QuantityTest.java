// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "3, 3",
        "1.5, 1.5",
        "3.14159, 3.142",
        "-3.14159, -3.142",
        "0.0213, 0.0213",
        "0.00012345, 0.0001235",
        "999.96, 1000",
        "1234.5, 1235",
        "12345, 12345",
        "1234567890, 1234567890",
        "0.00001, 1e-05",
        "0.000000152, 1.52e-07",
        "-2.5e-9, -2.5e-09",
        "6.02214e23, 6.022e+23",
        "1.7976931348623157e308, 1.798e+308",
        "4.9e-324, 4.9e-324",
        "NaN, unknown",
        "Infinity, infinite",
        "-Infinity, -infinite"
    })
    void numbersHaveFourDigitsAndTheirWholePart(double value, String text) {
        assertThat(Quantity.number(value)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {"142.37|142", "0.0213|0.021", "99.95|100", "12345.6|12,346", "0.00001|1e-05", "NaN|unknown"})
    void inTablesTheyAreShorter(double value, String text) {
        assertThat(Quantity.brief(value)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "0.0231, %, 2.31 %",
        "0.07, %, 7 %",
        "1, %, 100 %",
        "0, s, 0 s",
        "0.142, s, 142 ms",
        "2.5, s, 2.5 s",
        "-0.5, s, -500 ms",
        "512, B, 512 B",
        "1536, B, 1.5 KiB",
        "1073741824, B, 1 GiB",
        "3, '', 3",
        "3, ms, 3 ms",
        "NaN, %, unknown",
        "Infinity, B, infinite"
    })
    void aBaseUnitIsShownInOneOfTheRightSize(double value, String unit, String text) {
        assertThat(Quantity.ofBase(value, unit)).isEqualTo(text);
    }

    @Test
    void aUnitStandsAfterASpace() {
        assertThat(Quantity.text(142, "ms")).isEqualTo("142 ms");
        assertThat(Quantity.text(142, "")).isEqualTo("142");
        assertThat(Quantity.text(Double.NaN, "ms")).isEqualTo("unknown");
        assertThat(Quantity.percent(0.999)).isEqualTo("99.9 %");
    }

    /** A breach of "> 2%" that reads "2 %" is a riddle. */
    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @CsvSource({
        "0.01999, 0.02, %, 1.999 %",
        "0.0199996, 0.02, %, 1.99996 %",
        "0.0200004, 0.02, %, 2.00004 %",
        "0.02, 0.02, %, 2 %",
        "0.9999996, 1, %, 99.99996 %",
        "0.031416, 0.02, %, 3.142 %",
        "0.2500001, 0.25, s, 250.0001 ms",
        "1.0000001, 1, s, 1.0000001 s",
        "99999.6, 100000, '', 99999.6",
        "1073741823, 1073741824, B, 1023.999999 MiB",
        "5, NaN, '', 5",
        "NaN, 5, '', unknown"
    })
    void besideALimitItShowsItsSide(double value, double limit, String unit, String text) {
        assertThat(Quantity.beside(value, limit, unit)).isEqualTo(text);
    }

    @Property
    void besideALimitTheTextComparesAsTheNumberDoes(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double limit, @ForAll @IntRange(min = -3, max = 3) int steps) {
        double value = limit * (1 + steps * 1e-13);
        double shown = Double.parseDouble(Quantity.beside(value, limit, ""));

        assertThat(Decimals.compare(shown, limit)).isEqualTo(Decimals.compare(value, limit));
    }

    @Property
    void aNumberIsWithinHalfAUnitOfItsFourthDigit(@ForAll double value) {
        BigDecimal exact = BigDecimal.valueOf(value);

        assertThat(new BigDecimal(Quantity.number(value)).subtract(exact).abs())
                .isLessThanOrEqualTo(exact.abs().multiply(new BigDecimal("0.0005")));
    }

    /** What a contract has as a decimal percentage is shown as it is written, although no double is that number. */
    @Property
    void decimalsComeBackAsWritten(@ForAll @IntRange(min = 1, max = 9999) int basisPoints) {
        String written = BigDecimal.valueOf(basisPoints, 2).stripTrailingZeros().toPlainString();

        assertThat(Quantity.percent(Double.parseDouble(written + "e-2"))).isEqualTo(written + " %");
    }

    @Test
    void thingsAreCounted() {
        assertThat(Quantity.count(1, "test")).isEqualTo("1 test");
        assertThat(Quantity.count(3, "test")).isEqualTo("3 tests");
        assertThat(Quantity.count(36.2, "more value")).isEqualTo("37 more values");
        assertThat(Quantity.count(0.4, "more value")).isEqualTo("1 more value");
        assertThat(Quantity.count(Double.NaN, "more value")).isEqualTo("unknown more values");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"tr", "ar-EG", "fa-IR", "de", "hi-IN-u-nu-deva"})
    void theReadersLocaleChangesNothing(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(Quantity.number(-1234.5)).isEqualTo("-1235");
            assertThat(Quantity.number(1.5e-7)).isEqualTo("1.5e-07");
            assertThat(Quantity.brief(1234.5)).isEqualTo("1,235");
            assertThat(Span.text(62.5)).isEqualTo("62.5 s");
        } finally {
            Locale.setDefault(before);
        }
    }
}
