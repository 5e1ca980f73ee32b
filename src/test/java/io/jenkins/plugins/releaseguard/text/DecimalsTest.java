// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** E9: what people wrote as decimals is compared so, and what stands beside a limit stands on its side of it. */
class DecimalsTest {
    /** "99.9" over a hundred and 999 of 1000 differ in binary. */
    @Property
    void aShareThatIsTheLimitIsEqualToIt(@ForAll @IntRange(max = 100_000) int thousandths) {
        double limit = Double.parseDouble(BigDecimal.valueOf(thousandths, 3).toPlainString()) / 100;

        assertThat(Decimals.compare(thousandths / 100_000.0, limit)).isZero();
        assertThat(Decimals.compare((thousandths + 1) / 100_000.0, limit)).isPositive();
        assertThat(Decimals.compare((thousandths - 1) / 100_000.0, limit)).isNegative();
    }

    @Test
    void whatIsNoNumberOrHasNoEndIsComparedAsItIs() {
        assertThat(Decimals.compare(Double.NaN, 1)).isPositive();
        assertThat(Decimals.compare(Double.POSITIVE_INFINITY, Double.MAX_VALUE)).isPositive();
        assertThat(Decimals.compare(-0.0, 0)).isZero();
        assertThat(Decimals.compare(Double.MIN_VALUE, 0)).isPositive();
    }

    @Property
    void aNumberStandsOnItsSideOfEveryLimit(
            @ForAll @DoubleRange(min = 1, max = 1e6) double number,
            @ForAll @IntRange(max = 6) int smaller,
            @ForAll @DoubleRange(min = -1, max = 1) double way,
            @ForAll @IntRange(min = 0, max = 16) int near,
            @ForAll @IntRange(min = 0, max = 3) int unit) {
        double limit = number / Math.pow(10, smaller);
        String in = new String[] {"", "%", "s", "ms"}[unit];
        double value = limit * (1 + way * Math.pow(10, -near));
        String text = unit == 3 ? Quantity.inUnit(value, limit, in) : Quantity.beside(value, limit, in);
        String[] parts = text.split(" ");
        int point = in.equals("%") ? 2 : in.equals("s") && parts[1].equals("ms") ? 3 : 0;
        BigDecimal shown = new BigDecimal(parts[0]).movePointLeft(point);

        BigDecimal written = BigDecimal.valueOf(limit).round(new MathContext(15));
        assertThat(Integer.signum(shown.compareTo(written)))
                .as("%s beside %s", text, limit)
                .isEqualTo(Integer.signum(Decimals.compare(value, limit)));
    }

    @Property
    void onlyAllIsAHundredPercentAndOnlyNothingIsNone(
            @ForAll @IntRange(min = 1, max = 1_000_000) int of, @ForAll @IntRange(max = 1_000_000) int some) {
        double share = Math.min(of, some) / (double) of;

        for (String text : new String[] {
            Quantity.percent(share),
            Quantity.percent(share, 2),
            Quantity.text(100 * share, "%"),
            Quantity.ofBase(share, "%")
        }) {
            assertThat(text.equals("100 %")).as(text).isEqualTo(share == 1);
            assertThat(text.equals("0 %")).as(text).isEqualTo(share == 0);
        }
    }
}
