// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.AboveBaseline;
import io.jenkins.plugins.releaseguard.contract.Threshold.Bound;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.Threshold.Sigma;
import io.jenkins.plugins.releaseguard.contract.Threshold.TimesBaseline;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdWriter;
import io.jenkins.plugins.releaseguard.contract.lint.ThresholdRules.Condition;
import java.util.Set;

/** Which units a threshold may have for its metric, and how to write it instead. */
final class ThresholdUnits {
    private static final Set<String> TIMES = Set.of("ms", "s", "us", "µs", "seconds", "milliseconds");
    private static final Set<String> SIZES = Set.of("B", "bytes", "KB", "MB", "GB", "KiB", "MiB", "GiB");
    private static final double MORE = 1.5;
    private static final String RATE = ">2% of requests for 5 minutes";
    private static final String LATENCY = "> 500ms for 5 minutes";

    private ThresholdUnits() {}

    static boolean fits(Metric metric, Threshold threshold) {
        if (threshold.bound() instanceof Sigma) {
            return metric.kind() == Kind.GAUGE;
        }
        return threshold.bound() instanceof Burn
                ? metric.objective() != null
                : unit(threshold.bound()) == null || fits(metric, unit(threshold.bound()));
    }

    /** A change, as criteria have it, that would be taken for a share of requests. */
    private static boolean below0(Metric metric, Threshold t) {
        return metric.kind() == Kind.RATE
                && t.bound() instanceof Fixed fixed
                && fixed.unit().equals("%")
                && fixed.value() < 0
                && fixed.value() > -1;
    }

    /** What kind of metric such a limit is of, as people say. */
    static String kindOf(Threshold threshold) {
        String unit = unit(threshold.bound());
        return "s".equals(unit) ? "latency" : unit == null || unit.equals("%") ? "rate" : "count or gauge";
    }

    /** Null where any will do. */
    private static String unit(Bound bound) {
        if (bound instanceof Fixed fixed) {
            return fixed.unit();
        }
        return bound instanceof AboveBaseline above && above.amount() != 0 ? above.unit() : null;
    }

    private static boolean fits(Metric metric, String unit) {
        return switch (metric.kind()) {
            case RATE -> unit.equals("%") || unit.equals("/s");
            case LATENCY -> unit.equals("s");
            case COUNT -> unit.isEmpty() || unit.equals("/s") || own(metric, unit);
            case GAUGE -> unit.isEmpty() || own(metric, unit);
        };
    }

    private static boolean own(Metric metric, String unit) {
        return unit.equals("s") && TIMES.contains(metric.unit())
                || unit.equals("%") && metric.unit().equals("%")
                || unit.equals("B")
                        && (SIZES.contains(metric.unit()) || metric.unit().isEmpty());
    }

    /** How to write it instead, null where it fits. */
    static String unfit(Condition c) {
        Metric metric = c.metric();
        Threshold t = c.threshold();
        if (below0(metric, t)) {
            return "a share is never below zero; less than the baseline by that is "
                    + c.quoted(Comparison.LESS, new TimesBaseline(rounded(1 + ((Fixed) t.bound()).value())));
        }
        if (fits(metric, t)) {
            return null;
        }
        if (t.bound() instanceof Burn) {
            return "a burn rate needs objective: {target: 99%, period: 30d} on the metric";
        }
        if (t.bound() instanceof Sigma sigma) {
            return "how far apart looks lie is told of gauges, of counts and durations it says more of how many there were: "
                    + c.quoted(t.comparison(), new TimesBaseline(sigma.count() > 0 ? MORE : 2 - MORE));
        }
        String unit = unit(t.bound());
        // what must hold, as criteria of other tools say it, is turned around at once
        boolean kept = t.comparison().turned().holds(1, 0) && metric.worse() == Metric.Worse.HIGHER;
        Comparison breaks = kept ? t.comparison().turned() : t.comparison();
        if (metric.kind() != Kind.RATE && unit.equals("%") && t.bound() instanceof AboveBaseline above) {
            return "percentage points are of rates; of the baseline itself it is "
                    + c.quoted(t.comparison(), new TimesBaseline(rounded(1 + above.amount())));
        }
        Metric other = c.facts().contract().metrics().stream()
                .filter(m -> fits(m, unit) && !unit.isEmpty())
                .findFirst()
                .orElse(null);
        boolean several = c.whole().terms().joint() != null;
        if (several && other != null) {
            boolean own = other.id().equals(c.entry().metric());
            return "name the metric that it speaks of: "
                    + c.quoted(t.with(t.terms().of(own ? "" : other.id())));
        }
        if (several) {
            return "write " + c.quoted((Threshold) null)
                    + " here; the other needs a metric of its own, by its id: MON-002 "
                    + ThresholdWriter.text(t.with(t.terms().of("")));
        }
        return switch (metric.kind()) {
            case RATE -> "a rate is a percentage: " + (unit.isEmpty() ? c.quoted(breaks, percent(t)) : usual(c, RATE));
            case LATENCY ->
                "a latency is a time: "
                        + (unit.isEmpty() && TIMES.contains(metric.unit())
                                ? c.quoted(breaks, time(metric, t))
                                : usual(c, LATENCY));
            case GAUGE, COUNT ->
                "write the number in the metric's own unit" + (metric.unit().isEmpty() ? "" : ", " + metric.unit())
                        + ": " + c.quoted(breaks, bare(t));
        };
    }

    private static String usual(Condition c, String text) {
        try {
            Threshold usual = ThresholdParser.parse(text);
            return c.quoted(usual.with(usual.terms().of(c.threshold().terms().metric())));
        } catch (SyntaxProblem e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** Below 1 a bare number is taken for a fraction, as tools that know no percent sign have it. */
    private static Bound percent(Threshold t) {
        if (t.bound() instanceof AboveBaseline above) {
            return new AboveBaseline(above.amount() / (Math.abs(above.amount()) < 1 ? 1 : 100), "%");
        }
        double value = ((Fixed) t.bound()).value();
        return new Fixed(Math.abs(value) <= 1 ? value : value / 100, "%");
    }

    private static Bound time(Metric metric, Threshold t) {
        double per = metric.unit().equals("ms") || metric.unit().equals("milliseconds")
                ? 1e-3
                : metric.unit().equals("us") || metric.unit().equals("µs") ? 1e-6 : 1;
        return t.bound() instanceof AboveBaseline above
                ? new AboveBaseline(above.amount() * per, "s")
                : new Fixed(((Fixed) t.bound()).value() * per, "s");
    }

    /** The number as it was written, a percentage of a hundred. */
    private static Bound bare(Threshold t) {
        return t.bound() instanceof AboveBaseline above
                ? new AboveBaseline(above.amount(), "")
                : new Fixed(
                        ((Fixed) t.bound()).value()
                                * (((Fixed) t.bound()).unit().equals("%") ? 100 : 1),
                        "");
    }

    private static double rounded(double value) {
        return Math.round(value * 1e9) / 1e9;
    }
}
