// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.AboveBaseline;
import io.jenkins.plugins.releaseguard.contract.Threshold.Bound;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.Threshold.Sigma;
import io.jenkins.plugins.releaseguard.contract.Threshold.TimesBaseline;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.How;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;

/** Thresholds as their language has them, for the fixes that messages propose: what is written is read as the same. */
public final class ThresholdWriter {
    private static final MathContext DIGITS = new MathContext(12);
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    private ThresholdWriter() {}

    /** All of it but the note. */
    public static String text(Threshold t) {
        ThresholdTerms.Joint joint = t.terms().joint();
        return joint == null
                ? one(t)
                : joint.conditions().stream()
                        .map(ThresholdWriter::one)
                        .collect(Collectors.joining(joint.all() ? " and " : " or "));
    }

    /** The whole with another condition in one's place; without it where {@code by} is null, null where nothing is left. */
    public static String replaced(Threshold whole, Threshold one, Threshold by) {
        ThresholdTerms.Joint joint = whole.terms().joint();
        if (joint == null) {
            return by == null ? null : one(by);
        }
        String left = joint.conditions().stream()
                .map(t -> t == one ? by : t)
                .filter(Objects::nonNull)
                .map(ThresholdWriter::one)
                .collect(Collectors.joining(joint.all() ? " and " : " or "));
        return left.isEmpty() ? null : left;
    }

    /** The same condition with another comparison and bound, as one of errors where it was one of successes. */
    public static Threshold with(Threshold t, Comparison comparison, Bound bound) {
        ThresholdTerms terms = t.terms();
        return new Threshold(
                "",
                comparison,
                bound,
                t.sustained(),
                "",
                new ThresholdTerms(terms.metric(), terms.quantile(), false, terms.over(), terms.share(), null));
    }

    /** Comparison and bound, and nothing else. */
    static String plain(Threshold t) {
        return t.comparison().sign() + " " + bound(t.bound());
    }

    private static String one(Threshold t) {
        ThresholdTerms terms = t.terms();
        String metric = terms.metric().isEmpty() ? "" : terms.metric() + " ";
        if (t.bound() instanceof Burn burn) {
            return metric + "burn " + t.comparison().sign() + " " + number(burn.rate()) + " over "
                    + time(burn.longWindow()) + (burn.shortWindow() == null ? "" : " and " + time(burn.shortWindow()))
                    + lasting(t);
        }
        ThresholdTerms.Over over = terms.over();
        String limit = terms.success() && t.bound() instanceof Fixed errors
                ? "success " + t.comparison().turned().sign() + " " + bound(new Fixed(whole(errors.value()), "%"))
                : plain(t);
        boolean average = over != null && over.how() == How.TOGETHER && !terms.hasQuantile() && !terms.success();
        String subject = over != null && over.how() == How.OF_LOOKS
                ? rank(over.rank()) + " of looks "
                : average ? "average " : terms.hasQuantile() ? ThresholdTerms.quantileName(terms.quantile()) + " " : "";
        String looks = terms.share() == null
                ? ""
                : " in " + terms.share().looks() + " of " + terms.share().of() + " looks";
        return metric + subject + limit + (over == null ? "" : " over " + time(over.window())) + looks + lasting(t);
    }

    private static String rank(double rank) {
        return rank <= 0 ? "min" : rank >= 1 ? "max" : ThresholdTerms.quantileName(rank);
    }

    private static String lasting(Threshold t) {
        return t.sustained().isZero() ? "" : " for " + time(t.sustained());
    }

    private static String bound(Bound bound) {
        if (bound instanceof Fixed fixed) {
            return amount(fixed.value(), fixed.unit());
        } else if (bound instanceof Sigma sigma) {
            return number(Math.abs(sigma.count())) + " sigma " + (sigma.count() < 0 ? "below" : "above") + " baseline";
        } else if (bound instanceof TimesBaseline times) {
            return number(times.factor()) + "x baseline";
        } else if (bound instanceof AboveBaseline above) {
            return above.amount() == 0
                    ? "baseline"
                    : "baseline " + (above.amount() < 0 ? "- " : "+ ") + amount(Math.abs(above.amount()), above.unit());
        }
        return "";
    }

    private static String amount(double value, String unit) {
        return switch (unit) {
            case "%" -> number(value * 100) + "%";
            case "s" -> {
                double size = Math.abs(value);
                yield size >= 1 || size == 0
                        ? number(value) + "s"
                        : size >= 0.001 ? number(value * 1e3) + "ms" : number(value * 1e6) + "us";
            }
            case "/s" -> number(value * MINUTE) + " per minute";
            default -> number(value) + unit;
        };
    }

    /** As the language has times. */
    public static String time(Duration time) {
        long seconds = time.toSeconds();
        if (time.toMillis() % 1000 != 0) {
            return time.toMillis() + "ms";
        }
        if (seconds % HOUR == 0 && seconds > 0) {
            return seconds / HOUR + "h";
        }
        if (seconds % MINUTE != 0 || seconds == 0) {
            return seconds + "s";
        }
        return seconds == MINUTE ? "1 minute" : seconds / MINUTE + " minutes";
    }

    /** What is left of a whole, in decimals as they were written: 1 - 0.999 is a little more than 0.001. */
    public static double whole(double share) {
        return BigDecimal.ONE.subtract(decimal(share)).doubleValue();
    }

    /** Without an exponent, which the language has none of. */
    static String number(double value) {
        return decimal(value).toPlainString();
    }

    /** The decimal that was written, without what binary fractions add to it. */
    static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    }
}
