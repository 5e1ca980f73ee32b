// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.How;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.Over;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdWriter;
import io.jenkins.plugins.releaseguard.contract.lint.ThresholdRules.Condition;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.text.NamedQuantile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which quantiles and averages a metric can tell. */
final class QuantileRules {
    private static final double MEDIAN = 0.5;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    static final List<LintRule> RULES = List.of(new LintRule(
            "RG-CHECK-QUANTILE",
            ERROR,
            Category.FUNCTIONAL,
            AntiPattern.HALF_WRITTEN,
            "A check's limit names a quantile only where its metric can tell it",
            QuantileRules::checked));

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

    /** A bare limit is one of the quantile that the metric's name speaks of, else of p99; what goes against the name is told. */
    static void named(Condition c) {
        Metric metric = c.metric();
        ThresholdTerms terms = c.threshold().terms();
        boolean window = terms.over() != null && terms.over().how() == How.TOGETHER;
        if (metric.kind() != Kind.LATENCY || c.threshold().bound() instanceof Burn) {
            return;
        }
        List<Double> names = NamedQuantile.all(metric.name());
        double promised = metric.promised();
        if (terms.hasQuantile() && !Double.isNaN(promised) && promised != terms.quantile()) {
            c.add(
                    "has the threshold '" + c.whole().text() + "', but the metric is called '" + metric.name() + "'",
                    "write " + c.quoted(with(c, promised)) + ", or give " + metric.id() + " a name without a quantile");
        } else if (!terms.hasQuantile() && !window && names.size() > 1) {
            c.add(
                    "has the threshold '" + c.whole().text() + "' without a quantile, and '" + metric.name()
                            + "' names several: it is held against p99",
                    "write which is meant: "
                            + names.stream().map(q -> c.quoted(with(c, q))).collect(Collectors.joining(" or ")));
        } else if (!terms.hasQuantile()
                && !window
                && Double.isNaN(promised)
                && !metric.query().histogram().isEmpty()
                && NamedQuantile.saysAverage(metric.name())) {
            c.add(
                    "has the threshold '" + c.whole().text() + "', but '" + metric.name()
                            + "' has a histogram, which tells quantiles and no average: it is held against p99",
                    "write which is meant: " + c.quoted(with(c, MEDIAN)) + " or " + c.quoted(with(c, metric.tail())));
        }
    }

    private static Threshold with(Condition c, double quantile) {
        ThresholdTerms terms = c.threshold().terms();
        return c.threshold().with(terms.of(quantile, terms.over()));
    }

    private static void checked(ContractFacts facts, LintFindings out) {
        facts.specs()
                .forEach(spec -> spec.kind().shape().fields().stream()
                        .filter(field -> field.type() == FieldType.MEASURE)
                        .forEach(field -> spec.settings()
                                .threshold(field.name())
                                .filter(limit -> limit.terms().hasQuantile())
                                .filter(limit -> !facts.metric(spec.settings().text("metric"))
                                        .filter(m -> tells(m, limit.terms().quantile()))
                                        .isPresent())
                                .ifPresent(limit -> out.add(
                                        spec.at(),
                                        field.name() + " of " + spec.entry().id() + " is '" + limit.text()
                                                + "', and what it looks at tells no "
                                                + ThresholdTerms.quantileName(
                                                        limit.terms().quantile()),
                                        "name a latency with histogram:, or write the limit of its own value: \""
                                                + ThresholdWriter.text(limit.with(ThresholdTerms.PLAIN)) + "\""))));
    }

    private static boolean tells(Metric metric, double quantile) {
        return metric.kind() == Kind.LATENCY && (!metric.query().histogram().isEmpty() || asked(metric, quantile));
    }
}
