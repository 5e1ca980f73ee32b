// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Worse;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.AboveBaseline;
import io.jenkins.plugins.releaseguard.contract.Threshold.Bound;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.Threshold.Sigma;
import io.jenkins.plugins.releaseguard.contract.Threshold.TimesBaseline;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.Over;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a threshold owes its metric: that the metric is there, that number, unit and direction mean something for it, and that nobody takes
 * a number for another. What is proposed in quotes is a threshold that has none of these faults.
 */
final class ThresholdRules {
    /** Looks that a window may have: each is kept. */
    private static final int MOST_LOOKS = 720;

    /** What nobody takes for a limit of errors, but for an objective of successes. */
    private static final double OBJECTIVE = 0.9;

    private static final double HALF = 0.5;

    static final List<LintRule> RULES = List.of(
            rule(
                    "RG-TRIGGER-METRIC",
                    ERROR,
                    "Every metric that a threshold names is in the contract",
                    LintRule.each(RollbackEntry.class, ThresholdRules::known)),
            rule("RG-TRIGGER-UNIT", ERROR, "A threshold's unit fits its metric", any(ThresholdRules::unit)),
            rule(
                    "RG-TRIGGER-OBJECTIVE",
                    ERROR,
                    "An objective of successes is not held against a metric of errors",
                    each(ThresholdRules::objective)),
            rule(
                    "RG-TRIGGER-QUANTILE",
                    ERROR,
                    "A quantile or an average can be told from what its metric gives",
                    each(QuantileRules::told)),
            rule(
                    "RG-TRIGGER-NAMED",
                    WARNING,
                    "A latency's limit and its metric's name speak of the same quantile",
                    each(QuantileRules::named)),
            rule(
                    "RG-TRIGGER-DIRECTION",
                    WARNING,
                    "A threshold points where the metric gets worse",
                    each(ThresholdRules::direction)),
            rule(
                    "RG-TRIGGER-WARN",
                    WARNING,
                    "A warning comes before the limit that it warns of",
                    LintRule.each(RollbackEntry.class, ThresholdRules::warns)),
            rule(
                    "RG-TRIGGER-WINDOW",
                    ERROR,
                    "A window has no more looks than are kept of it",
                    each(ThresholdRules::window)));

    private ThresholdRules() {}

    private static LintRule rule(String id, Severity severity, String title, LintRule.Check check) {
        return new LintRule(id, severity, Category.OPERATIONAL, AntiPattern.SILENT_FAILURE, title, check);
    }

    /** One condition of an entry's threshold with the metric that it speaks of. */
    record Condition(
            RollbackEntry entry,
            Threshold whole,
            Metric metric,
            Threshold threshold,
            ContractFacts facts,
            LintFindings out) {
        void add(String message, String fix) {
            out.add(entry, message, fix);
        }

        /** The whole threshold with another condition in this one's place, in quotes unless something else is wrong with it. */
        String quoted(Threshold by) {
            String text = written(by);
            boolean fits = whole.conditions().stream()
                    .filter(other -> other != threshold)
                    .allMatch(other -> facts.metric(
                                    other.terms().metric().isEmpty()
                                            ? entry.metric()
                                            : other.terms().metric())
                            .filter(m -> ThresholdUnits.fits(m, other))
                            .isPresent());
            return fits && !text.isEmpty() ? "\"" + text + "\"" : text;
        }

        private String written(Threshold by) {
            String text = ThresholdWriter.replaced(whole, threshold, by);
            return text == null ? "" : text;
        }

        /** The same with another comparison or bound. */
        String quoted(Comparison comparison, Bound bound) {
            return quoted(ThresholdWriter.with(threshold, comparison, bound));
        }
    }

    interface ConditionCheck {
        void check(Condition condition);
    }

    /** Of conditions whose unit fits: what doesn't has no number to say more of. */
    private static LintRule.Check each(ConditionCheck check) {
        return any(condition -> {
            if (ThresholdUnits.fits(condition.metric(), condition.threshold())) {
                check.check(condition);
            }
        });
    }

    /** Whether nothing of the entry's threshold is an error by these rules. */
    static boolean isSound(RollbackEntry r, ContractFacts facts) {
        List<Problem> found = new ArrayList<>();
        LintFindings out = new LintFindings(RULES.get(0), found);
        known(r, facts, out);
        each(r, facts, out, ThresholdRules::unit);
        if (found.isEmpty()) {
            each(r, facts, out, ThresholdRules::objective);
            each(r, facts, out, QuantileRules::told);
            each(r, facts, out, ThresholdRules::window);
        }
        return found.isEmpty();
    }

    private static LintRule.Check any(ConditionCheck check) {
        return LintRule.each(RollbackEntry.class, (r, facts, out) -> each(r, facts, out, check));
    }

    private static void each(RollbackEntry r, ContractFacts facts, LintFindings out, ConditionCheck check) {
        for (Threshold whole : written(r)) {
            for (Threshold one : whole.conditions()) {
                String named = one.terms().metric();
                facts.metric(named.isEmpty() ? r.metric() : named)
                        .ifPresent(metric -> check.check(new Condition(r, whole, metric, one, facts, out)));
            }
        }
    }

    /** What an entry has of thresholds: its limit and its warning. */
    private static List<Threshold> written(RollbackEntry r) {
        return Stream.of(Optional.ofNullable(r.threshold()), Optional.ofNullable(r.warn()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A warning comes before what it warns of. */
    private static void warns(RollbackEntry r, ContractFacts facts, LintFindings out) {
        if (r.warn() == null) {
            return;
        }
        if (r.metric().isBlank() || r.threshold() == null) {
            out.add(
                    ERROR,
                    r.head().at(),
                    r.id() + " has a warning without a threshold of a metric",
                    "add metric: and threshold:, or take warn: out: what a check or a person watches has no softer limit");
        } else if (r.warn().bound() instanceof Fixed soft
                && r.threshold().bound() instanceof Fixed hard
                && soft.unit().equals(hard.unit())
                && r.warn().terms().equals(r.threshold().terms())
                && (above(r.threshold()) ? soft.value() > hard.value() : soft.value() < hard.value())) {
            out.add(
                    r,
                    "warns at '" + r.warn().text() + "', when '" + r.threshold().text() + "' has rolled back",
                    "write a softer limit in warn: than in threshold:");
        }
    }

    private static void known(RollbackEntry r, ContractFacts facts, LintFindings out) {
        written(r).forEach(whole -> known(r, whole, facts, out));
    }

    private static void known(RollbackEntry r, Threshold whole, ContractFacts facts, LintFindings out) {
        for (Threshold one : whole.conditions()) {
            String named = one.terms().metric();
            if (named.isEmpty() || facts.metric(named).isPresent()) {
                continue;
            }
            Metric own = facts.metric(r.metric()).orElse(null);
            Metric fits = own != null && ThresholdUnits.fits(own, one)
                    ? own
                    : facts.contract().metrics().stream()
                            .filter(m -> ThresholdUnits.fits(m, one))
                            .findFirst()
                            .orElse(null);
            Threshold by = fits == null ? null : one.with(one.terms().of(fits.equals(own) ? "" : fits.id()));
            String text = ThresholdWriter.replaced(whole, one, by);
            String kind = ThresholdUnits.kindOf(one);
            out.add(
                    r,
                    "has the threshold '" + whole.text() + "', which speaks of '" + named
                            + "', and no metric is called that",
                    (text == null ? "" : "write \"" + text + "\"")
                            + (by != null
                                    ? ""
                                    : (text == null ? "" : ", and ") + "for the rest add a " + kind
                                            + " metric and name it by its id: MON-002 "
                                            + ThresholdWriter.text(
                                                    one.with(one.terms().of("")))));
        }
    }

    private static void unit(Condition c) {
        String fix = ThresholdUnits.unfit(c);
        if (fix != null) {
            c.add(
                    "has the threshold '" + c.whole().text() + "', which does not fit the "
                            + c.metric().kind().name().toLowerCase(Locale.ROOT) + " "
                            + c.metric().id(),
                    fix);
        }
    }

    private static boolean above(Threshold t) {
        return t.comparison() == Comparison.GREATER || t.comparison() == Comparison.GREATER_OR_EQUAL;
    }

    /** Below one number or above another: of a metric that is meant to stay between. */
    private static boolean isBand(Threshold whole) {
        List<Threshold> all = whole.conditions();
        return all.stream().anyMatch(ThresholdRules::above)
                && all.stream().anyMatch(ThresholdRules::below)
                && all.stream().map(t -> t.terms().metric()).distinct().count() == 1
                && !whole.terms().joint().all();
    }

    private static boolean below(Threshold t) {
        return t.comparison() == Comparison.LESS || t.comparison() == Comparison.LESS_OR_EQUAL;
    }

    /** Whether it is a limit of successes that is held against errors as it stands, null where it isn't: what is wrong then. */
    private static String taken(Condition c) {
        Threshold t = c.threshold();
        boolean share = t.bound() instanceof Fixed fixed && fixed.unit().equals("%");
        if (c.metric().kind() != Kind.RATE || !share) {
            return null;
        }
        double value = ((Fixed) t.bound()).value();
        String percent =
                ThresholdWriter.text(ThresholdWriter.with(t.lasting(Duration.ZERO), t.comparison(), t.bound()));
        if (t.terms().success()) {
            return c.metric().worse() == Worse.LOWER
                    ? "speaks of successes, which " + c.metric().id() + " counts itself"
                    : null;
        }
        if (c.metric().worse() == Worse.LOWER) {
            return null;
        }
        if (below(t) && value >= HALF) {
            return "is an objective of successes, but " + c.metric().id() + " counts errors: '" + percent
                    + "' holds of every healthy release";
        }
        return above(t) && value >= OBJECTIVE
                ? "fires only where nearly all requests fail: '" + percent + "' of "
                        + c.metric().id() + " is a share of errors"
                : null;
    }

    private static void objective(Condition c) {
        String wrong = taken(c);
        if (wrong == null) {
            return;
        }
        Threshold t = c.threshold();
        Fixed fixed = (Fixed) t.bound();
        double other = ThresholdWriter.whole(fixed.value());
        boolean or = t.comparison() == Comparison.GREATER_OR_EQUAL || t.comparison() == Comparison.LESS_OR_EQUAL;
        if (t.terms().success()) {
            c.add(wrong, "write " + c.quoted(t.comparison().turned(), new Fixed(other, "%")));
            return;
        }
        c.add(
                wrong,
                "watch the errors, "
                        + c.quoted(or ? Comparison.GREATER_OR_EQUAL : Comparison.GREATER, new Fixed(other, "%"))
                        + "; a metric whose errors: query counts successes says so with worse: lower");
    }

    private static void direction(Condition c) {
        Threshold t = c.threshold();
        Metric metric = c.metric();
        boolean wrong = metric.worse() == Worse.HIGHER && below(t) || metric.worse() == Worse.LOWER && above(t);
        if (!wrong || isBand(c.whole()) || t.terms().success() && metric.worse() == Worse.LOWER || taken(c) != null) {
            return;
        }
        c.add(
                "fires on '" + c.whole().text() + "', but " + metric.id() + " is worse when "
                        + metric.worse().name().toLowerCase(Locale.ROOT),
                "turn the sign around, " + c.quoted(t.comparison().turned(), turned(metric, t))
                        + ", or correct worse: of the metric");
    }

    private static Bound turned(Metric metric, Threshold t) {
        if (t.bound() instanceof TimesBaseline times) {
            return new TimesBaseline(1 / times.factor());
        } else if (t.bound() instanceof AboveBaseline above) {
            return new AboveBaseline(-above.amount(), above.unit());
        } else if (t.bound() instanceof Sigma sigma) {
            return new Sigma(-sigma.count());
        }
        boolean errors = metric.kind() == Kind.RATE && t.bound() instanceof Fixed fixed && fixed.value() < HALF;
        boolean successes = metric.worse() == Worse.LOWER;
        return errors && successes ? new Fixed(ThresholdWriter.whole(((Fixed) t.bound()).value()), "%") : t.bound();
    }

    private static void window(Condition c) {
        Over over = c.threshold().terms().over();
        Duration interval = c.facts().contract().rollout().interval();
        if (over == null || interval.isZero() || over.window().dividedBy(interval) <= MOST_LOOKS) {
            return;
        }
        Duration most = interval.multipliedBy(MOST_LOOKS);
        c.add(
                "looks back over " + ThresholdWriter.time(over.window()) + ", which has more than " + MOST_LOOKS
                        + " looks at one every " + ThresholdWriter.time(interval),
                "shorten it, "
                        + c.quoted(c.threshold()
                                .with(c.threshold()
                                        .terms()
                                        .of(c.threshold().terms().quantile(), new Over(over.how(), over.rank(), most))))
                        + ", or look less often");
    }
}
