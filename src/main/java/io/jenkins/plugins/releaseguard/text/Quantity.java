// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;

/**
 * Numbers with units as people read them, the same in every locale: {@code 142 ms}, {@code 2.31 %}, {@code 1.5 GiB}.
 *
 * <p>A number has four significant digits, a whole part all of its own, no trailing zeros, and an exponent only below 0.0001 or
 * from 10<sup>15</sup> on ({@code 1.5e-07}). Rounding is half up on the decimal that Java prints for the double, so that what was
 * written as a decimal comes back as it was written. NaN is {@code unknown}.
 */
public final class Quantity {
    public static final String UNKNOWN = "unknown";

    private static final int DIGITS = 4;
    /** A double is told from every other by so many. */
    private static final int ALL_DIGITS = 17;

    private static final int LEAST_EXPONENT = -4;
    private static final int GREATEST_EXPONENT = 15;
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Quantity() {}

    public static String number(double value) {
        return number(value, DIGITS);
    }

    /** With so many significant digits rather than four. */
    public static String number(double value, int digits) {
        return Double.isFinite(value) ? print(BigDecimal.valueOf(value), digits) : notFinite(value);
    }

    /** For tables: three significant digits, two below one, whole from a hundred on with its thousands apart by commas. */
    public static String brief(double value) {
        double size = Math.abs(value);
        return Double.isFinite(value) && size >= 100
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : number(value, size < 1 ? 2 : 3);
    }

    /** A number that is in its unit already; no unit where it is empty or the number unknown. */
    public static String text(double value, String unit) {
        return inUnit(value, Double.NaN, unit);
    }

    /** The same with digits enough, as {@link #beside} has them. */
    public static String inUnit(double value, double limit, String unit) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        Scale scale = new Scale(unit, 0, 0);
        return show(value, scale, DIGITS, limit, all(scale));
    }

    /** A fraction as a percentage: 0.0231 is {@code 2.31 %}. */
    public static String percent(double fraction) {
        return ofBase(fraction, "%");
    }

    /** The same with so many significant digits at least. */
    public static String percent(double fraction, int digits) {
        return beside(fraction, "%", digits, Double.NaN);
    }

    /**
     * A number in its base unit, shown in one of the right size: {@code %} from a fraction, {@code s} from seconds (below one in
     * ms), {@code B} from bytes (KiB, MiB and so on); any other unit as it is.
     */
    public static String ofBase(double value, String unit) {
        return beside(value, Double.NaN, unit);
    }

    /** The same; empty where nobody knows the number. */
    public static String known(double value, String unit) {
        return Double.isNaN(value) ? "" : ofBase(value, unit);
    }

    /**
     * As {@link #ofBase}, with digits enough that the text stands on the same side of the limit as the number does: 1.99996 %
     * of at most 2 % is {@code 1.99996 %}, not {@code 2 %}.
     *
     * @param limit in the same base unit; NaN for none
     */
    public static String beside(double value, double limit, String unit) {
        return beside(value, unit, DIGITS, limit);
    }

    /** The same of several limits. */
    public static String between(double value, String unit, double... limits) {
        return beside(value, unit, DIGITS, limits);
    }

    private static String beside(double value, String unit, int least, double... limits) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        Scale scale = Scale.of(value, unit);
        double[] all = Arrays.copyOf(limits, limits.length + 1);
        all[limits.length] = all(scale);
        return show(value, scale, least, all);
    }

    private static String show(double value, Scale scale, int least, double... limits) {
        BigDecimal exact = Decimals.round(scale.apply(value));
        int digits = least;
        for (double limit : limits) {
            BigDecimal bound = Double.isFinite(limit) ? Decimals.round(scale.apply(limit)) : exact;
            while (digits < ALL_DIGITS
                    && Double.isFinite(limit)
                    && round(exact, digits).compareTo(bound) != exact.compareTo(bound)) {
                digits++;
            }
        }
        return scale.show(exact, digits);
    }

    /** Of a hundred percent nothing is ever rounded to all: 99.996 % is not 100 %. */
    private static double all(Scale scale) {
        return scale.unit().equals("%") ? scale.point() == 0 ? 100 : 1 : Double.NaN;
    }

    /** Rounded up to a whole number; {@code unknown} where it is not finite. */
    public static String whole(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(0, RoundingMode.CEILING).toPlainString()
                : UNKNOWN;
    }

    /** {@code 1 test}, {@code 3 tests}. */
    public static String count(long n, String thing) {
        return counted(Long.toString(n), thing);
    }

    /** Rounded up, with the thing counted: "1 more value", "37 more values". */
    public static String count(double n, String thing) {
        return counted(whole(n), thing);
    }

    private static String counted(String number, String thing) {
        return number + " " + thing + (number.equals("1") ? "" : "s");
    }

    private static String notFinite(double value) {
        return Double.isNaN(value) ? UNKNOWN : value > 0 ? "infinite" : "-infinite";
    }

    /** The whole part is never rounded away: 12345 requests are not 12350. */
    private static BigDecimal round(BigDecimal d, int digits) {
        int whole = d.precision() - d.scale();
        boolean plain = whole > digits && whole <= GREATEST_EXPONENT;
        return d.round(new MathContext(plain ? whole : digits, RoundingMode.HALF_UP));
    }

    private static String print(BigDecimal exact, int digits) {
        BigDecimal d = round(exact, digits);
        if (d.signum() == 0) {
            return "0";
        }
        d = d.stripTrailingZeros();
        int exponent = d.precision() - d.scale() - 1;
        return exponent < LEAST_EXPONENT || exponent >= GREATEST_EXPONENT
                ? d.movePointLeft(exponent).toPlainString() + String.format(Locale.ROOT, "e%+03d", exponent)
                : d.toPlainString();
    }

    /** A unit to show numbers in, and how to come there from the base unit, exactly. */
    private record Scale(String unit, int point, int kibis) {
        static Scale of(double value, String unit) {
            double size = Math.abs(value);
            return switch (unit) {
                case "%" -> new Scale("%", 2, 0);
                case "s" -> size > 0 && size < 1 ? new Scale("ms", 3, 0) : new Scale("s", 0, 0);
                case "B" -> {
                    int kibis = 0;
                    for (double rest = size; rest >= 1024 && kibis < BYTES.length - 1; rest /= 1024) {
                        kibis++;
                    }
                    yield new Scale(BYTES[kibis], 0, kibis);
                }
                default -> new Scale(unit, 0, 0);
            };
        }

        BigDecimal apply(double value) {
            return BigDecimal.valueOf(value).movePointRight(point).divide(KIBI.pow(kibis));
        }

        String show(BigDecimal exact, int digits) {
            return print(exact, digits) + (unit.isEmpty() ? "" : " " + unit);
        }
    }
}
