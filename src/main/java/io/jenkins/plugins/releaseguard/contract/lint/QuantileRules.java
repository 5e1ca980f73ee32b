// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.How;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.Over;
import io.jenkins.plugins.releaseguard.contract.lint.ThresholdRules.Condition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which quantiles and averages a metric can tell. */
final class QuantileRules {
    /** What a bare limit of a latency is held against. */
    private static final double USUAL = 0.99;

    private static final double MEDIAN = 0.5;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private QuantileRules() {}

    static void told(Condition c) {
        Metric metric = c.metric();
        ThresholdTerms terms = c.threshold().terms();
        boolean together = terms.over() != null && terms.over().how() == How.TOGETHER;
        boolean histogram =
                metric.kind() == Kind.LATENCY && !metric.query().histogram().isEmpty();
        if (terms.success() && metric.kind() != Kind.RATE) {
            c.add(
                    says(c) + "successes are a rate's, and " + metric.id() + " is none",
                    "write the limit as " + metric.id() + " has its numbers, without 'success'");
        } else if (terms.hasQuantile() && metric.kind() != Kind.LATENCY) {
            Over looks = new Over(
                    How.OF_LOOKS, terms.quantile(), together ? terms.over().window() : TEN_MINUTES);
            c.add(
                    says(c) + metric.id() + " is a " + metric.kind().name().toLowerCase(Locale.ROOT)
                            + ", and only requests' durations have a quantile in each look",
                    "over the looks of some time it is "
                            + c.quoted(c.threshold()
                                    .atOnce()
                                    .with(new ThresholdTerms(terms.metric(), Double.NaN, false, looks, null, null))));
        } else if (terms.hasQuantile() && !histogram && !asked(metric, terms.quantile())) {
            c.add(
                    says(c) + metric.id() + " has a query of its own for its value, and no histogram that tells a "
                            + ThresholdTerms.quantileName(terms.quantile()),
                    "give it histogram: in place of values:, or take its value as it is: " + c.quoted(usual(c)));
        } else if (terms.hasQuantile() && !histogram && together) {
            c.add(
                    says(c) + "what the query of " + metric.id()
                            + " says of each look can't be joined to a quantile of all",
                    "of the looks' values it is "
                            + c.quoted(c.threshold()
                                    .with(terms.of(
                                            Double.NaN,
                                            new Over(
                                                    How.OF_LOOKS,
                                                    MEDIAN,
                                                    terms.over().window())))));
        } else if (together && !terms.hasQuantile() && histogram) {
            c.add(
                    says(c) + "a histogram tells quantiles and no average",
                    "the usual one is " + c.quoted(c.threshold().with(terms.of(MEDIAN, terms.over()))));
        }
    }

    private static String says(Condition c) {
        return "has the threshold '" + c.whole().text() + "', but ";
    }

    /** The same limit without a quantile and a window. */
    private static Threshold usual(Condition c) {
        ThresholdTerms terms = c.threshold().terms();
        Threshold t = c.threshold();
        boolean lasting = t.sustained().isZero() && terms.over() != null;
        return (lasting ? t.lasting(terms.over().window()) : t)
                .with(new ThresholdTerms(terms.metric(), Double.NaN, false, null, terms.share(), null));
    }

    /** Whether the query itself asks for that quantile. */
    private static boolean asked(Metric metric, double quantile) {
        String number = Pattern.quote(BigDecimal.valueOf(quantile).toPlainString());
        return Pattern.compile(
                        "(?:histogram_quantile\\s*\\(\\s*|quantile\\s*=\\s*\"|quantile_over_time\\s*\\(\\s*|quantile\\s*\\(\\s*)"
                                + number + "0*(?![0-9])")
                .matcher(metric.query().values())
                .find();
    }

    /** A bare limit is one of p99, whatever the metric is called. */
    static void named(Condition c) {
        Metric metric = c.metric();
        ThresholdTerms terms = c.threshold().terms();
        double promised = metric.promised();
        boolean bare = metric.kind() == Kind.LATENCY
                && !metric.query().histogram().isEmpty()
                && !terms.hasQuantile()
                && !(terms.over() != null && terms.over().how() == How.TOGETHER);
        if (bare && promised > 0 && promised != USUAL) {
            String name = ThresholdTerms.quantileName(promised);
            c.add(
                    "has the threshold '" + c.whole().text() + "' on '" + metric.name()
                            + "', but names no quantile: it is held against" + " p99, not " + name,
                    "write which is meant: " + c.quoted(c.threshold().with(terms.of(promised, terms.over()))) + " or "
                            + c.quoted(c.threshold().with(terms.of(USUAL, terms.over()))));
        }
    }
}
