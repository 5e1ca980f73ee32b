// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What buckets say of a level, and what they can't: between which bounds it lies, and which bounds are missing for a margin. */
final class BucketText {
    /** Of the bounds that are missing, so many are named. */
    private static final int NAMED = 3;

    private static final int MOST = 1000;

    private final MetricConfig m;
    private final BucketState s;

    BucketText(MetricConfig m, BucketState s) {
        this.m = m;
        this.s = s;
    }

    /** "about 142 ms, between 100 and 250 ms". */
    static String level(double about, double low, double high, String unit) {
        if (!Double.isFinite(about)) {
            return "unknown";
        }
        return high == Double.POSITIVE_INFINITY
                ? "above " + Quantity.number(low) + unit
                : "about " + Quantity.number(about, 3) + unit + ", between " + Quantity.number(low) + " and "
                        + Quantity.number(high) + unit;
    }

    /** Whether the buckets at the level can't show the margin of a phase, in a direction that harms. */
    static boolean hides(MetricConfig m, BucketState s, double multiplier) {
        Allow margin = m.promotionMargin(multiplier);
        return s.isSeen() && m.worse().directions().stream().anyMatch(d -> !s.shows(margin(m, s, margin), d));
    }

    private static Allow margin(MetricConfig m, BucketState s, Allow margin) {
        return m.kind() == MetricKind.GAUGE && margin.relative() ? Allow.absolute(margin.at(s.low())) : margin;
    }

    /** "buckets of 100 ms and 250 ms can't show +10 %: ..."; empty where they can. */
    String gap(double multiplier) {
        if (!hides(m, s, multiplier)) {
            return "";
        }
        Allow margin = margin(m, s, m.promotionMargin(multiplier));
        String wanted = FindingText.margin(m, multiplier, s.low());
        String apart = margin.relative()
                ? Quantity.percent(margin.value())
                : Quantity.number(margin.value()) + FindingText.unit(m);
        if (s.high() == Double.POSITIVE_INFINITY) {
            return "beyond the last bucket's bound of " + Quantity.number(s.low()) + FindingText.unit(m)
                    + " nothing shows " + wanted + "; add bounds up to the level and beyond, at most " + apart
                    + " apart";
        }
        if (!(s.low() > 0)) {
            return "within the first bucket, up to " + Quantity.number(s.high()) + FindingText.unit(m)
                    + ", nothing shows " + wanted + "; add bounds around the level, at most " + apart + " apart";
        }
        List<String> missing = missing(margin);
        return "buckets of " + Quantity.number(s.low()) + " and " + Quantity.number(s.high()) + FindingText.unit(m)
                + " can't show " + wanted + "; add bounds at most " + apart + " apart, such as "
                + missing.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (missing.size() > NAMED ? " …" : "") + FindingText.unit(m);
    }

    /** "its limit of 400 ms lies between the bounds 250 and 500 ms: ..."; empty where the limit is a bound. */
    String far() {
        if (!(s.farHigh() > 0)) {
            return "";
        }
        String unit = FindingText.unit(m);
        String limit = Quantity.number(m.evidence().far()) + unit;
        String between = Double.isInfinite(s.farHigh())
                ? "above the last bound, " + Quantity.number(s.farLow()) + unit
                : "between the bounds " + Quantity.number(s.farLow()) + " and " + Quantity.number(s.farHigh()) + unit;
        return m.name() + "'s limit of " + limit + " lies " + between
                + ": what the canary has there counts as too slow, and what the baseline has there doesn't; give the histogram a bound"
                + " at the limit, or the limit the value of a bound";
    }

    /** The same of the finest margin that a later phase needs; empty where this phase's is no coarser, or all show. */
    String later(JudgeConfig c, int phase) {
        double finest = c.multiplier(phase);
        for (int i = phase + 1; i < c.phaseShares().size(); i++) {
            finest = c.compares(i) ? Math.min(finest, c.multiplier(i)) : finest;
        }
        return finest < c.multiplier(phase)
                        && gap(c.multiplier(phase)).isEmpty()
                        && !gap(finest).isEmpty()
                ? "in a later phase " + gap(finest)
                : "";
    }

    /** Bounds between those of the level's bucket that are no further apart than the margin. */
    private List<String> missing(Allow margin) {
        List<String> all = new ArrayList<>();
        boolean up = m.worse().harms(Direction.UP);
        double factor = up ? 1 + margin.value() : 1 / Math.max(BucketWatch.LEAST_RATIO, 1 - margin.value());
        double bound = s.low();
        for (int i = 0; i < MOST; i++) {
            double next = margin.relative() ? bound * factor : bound + margin.value();
            double rounded = down(next);
            bound = rounded > bound ? rounded : next;
            if (!(bound < s.high()) || margin.isZero()) {
                break;
            }
            all.add(Quantity.number(bound));
        }
        return all;
    }

    private static double down(double v) {
        return new BigDecimal(v).round(new MathContext(3, RoundingMode.DOWN)).doubleValue();
    }
}
