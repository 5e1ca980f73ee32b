// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.Dimension.Kind;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Binary;
import java.util.Objects;

/** What an operator makes of its two sides; refuses those that don't go together. */
final class BinaryTypes {
    private final Binary node;

    BinaryTypes(Binary node) {
        this.node = node;
    }

    Typed type(Typed left, Typed right) throws QueryProblem {
        return switch (node.operator()) {
            case "+", "-" -> sum(left, right);
            case "*" -> product(left, right);
            case "/" -> quotient(left, right);
            case "or" -> either(left, right);
            case "and", "unless" -> left.evaluated();
            case "%", "^", "atan2" ->
                left.kind() == Kind.NUMBER && right.kind() == Kind.NUMBER
                        ? Typed.number(Double.NaN)
                        : Typed.of(Kind.GAUGE, "");
            default -> comparison(left, right);
        };
    }

    private Typed comparison(Typed left, Typed right) {
        if (node.bool()) {
            return Typed.of(Kind.TRUTH, "");
        }
        return (left.kind() == Kind.NUMBER ? right : left)
                .spoiled("the comparison '" + node.operator() + "' leaves nothing where it is false");
    }

    private Typed sum(Typed left, Typed right) throws QueryProblem {
        if (left.kind() == Kind.NUMBER || right.kind() == Kind.NUMBER) {
            return withNumber(left, right);
        }
        Dimension d = together(left, right);
        Typed second = node.operator().equals("-") ? right.negated() : right;
        return new Typed(
                d,
                left.and(second),
                false,
                left.single() && right.single(),
                left.leLost() || right.leLost(),
                Double.NaN,
                left.spoiled() == null ? right.spoiled() : left.spoiled());
    }

    private Typed withNumber(Typed left, Typed right) throws QueryProblem {
        Typed of = left.kind() == Kind.NUMBER ? right : left;
        Typed number = left.kind() == Kind.NUMBER ? left : right;
        if (of.kind() == Kind.NUMBER) {
            double sum = left.constant() + (node.operator().equals("-") ? -right.constant() : right.constant());
            return Typed.number(sum);
        }
        if (number.constant() == 0 && (of == left || node.operator().equals("+"))) {
            return of;
        }
        if (isShareOfTime(of.dimension())) {
            return Typed.of(Kind.RATIO, of.dimension().per() == 100 ? "%" : "");
        }
        if (of.dimension().isCount()) {
            throw new QueryProblem(
                    node.sign(), "a number and a count (" + of.dimension().words() + ") don't go together");
        }
        return of.kind() == Kind.NAME ? Typed.of(Kind.GAUGE, of.dimension().unit()) : of.evaluated();
    }

    /** Seconds per second are no count: 1 less the rate of idle seconds is how busy it is. */
    private static boolean isShareOfTime(Dimension d) {
        return d.kind() == Kind.RATE && MetricName.seconds(d.unit()) == 1;
    }

    /** Of both sides of a sum, or of what one stands for the other. */
    private Dimension together(Typed left, Typed right) throws QueryProblem {
        Dimension a = left.dimension();
        Dimension b = right.dimension();
        if (a.isCount() || b.isCount()) {
            boolean name = a.kind() == Kind.NAME || b.kind() == Kind.NAME;
            boolean bare = a.kind() == Kind.COUNTER || b.kind() == Kind.COUNTER;
            if (name && bare && a.shift().equals(b.shift())) {
                return (a.kind() == Kind.NAME ? a : b).withUnit("");
            }
            sameCount(a, b);
            return a.unit().equals(b.unit()) ? a : a.withUnit(a.unit().isEmpty() ? b.unit() : a.unit());
        }
        if (a.kind() == Kind.RULE || b.kind() == Kind.RULE) {
            return Dimension.of(Kind.RULE, "");
        }
        boolean units = !a.unit().isEmpty() && !b.unit().isEmpty() && !a.unit().equals(b.unit());
        if (units && a.kind() != Kind.RATIO && b.kind() != Kind.RATIO) {
            throw new QueryProblem(
                    node.sign(), "numbers in " + a.unit() + " and in " + b.unit() + " don't go together");
        }
        if (a.kind() == Kind.NAME && b.kind() == Kind.NAME) {
            return a;
        }
        return Dimension.of(
                a.kind() == b.kind() ? a.kind() : Kind.GAUGE, a.unit().isEmpty() ? b.unit() : a.unit());
    }

    private void sameCount(Dimension a, Dimension b) throws QueryProblem {
        boolean unit =
                a.unit().equals(b.unit()) || a.unit().isEmpty() || b.unit().isEmpty();
        boolean same = a.kind() == b.kind()
                && Objects.equals(a.window(), b.window())
                && a.per() == b.per()
                && a.shift().equals(b.shift())
                && a.buckets() == b.buckets();
        if (!same || !unit) {
            String units = !unit ? " in " + a.unit() + " and in " + b.unit() : "";
            throw new QueryProblem(
                    node.sign(), "'" + node.operator() + "' mixes " + a.words() + " with " + b.words() + units);
        }
    }

    private Typed product(Typed left, Typed right) {
        if (left.kind() == Kind.NUMBER && right.kind() == Kind.NUMBER) {
            return Typed.number(left.constant() * right.constant());
        }
        if (left.isConstant()) {
            return scaled(right, left.constant());
        }
        if (right.isConstant()) {
            return scaled(left, right.constant());
        }
        if (right.kind() == Kind.TRUTH || left.kind() == Kind.TRUTH) {
            return (right.kind() == Kind.TRUTH ? left : right).evaluated();
        }
        return left.kind() == Kind.RULE || right.kind() == Kind.RULE
                ? Typed.of(Kind.RULE, "")
                : Typed.of(Kind.GAUGE, "");
    }

    private static Typed scaled(Typed of, double factor) {
        Dimension d = of.dimension();
        if (factor == 1) {
            return of;
        }
        if (factor == -1) {
            return of.negated();
        }
        if (factor == 0) {
            // nothing, but only where there is something
            return new Typed(Dimension.of(Kind.NUMBER, ""), null, false, of.single(), false, Double.NaN, "zero");
        }
        return switch (of.kind()) {
            case RATE -> of.with(d.per(usual(d.per() * factor)));
            case INCREASE -> increase(of, factor);
            case COUNTER -> Typed.of(Kind.GAUGE, "");
            case RATIO -> of.with(d.withUnit(factor == 100 ? "%" : d.unit())).evaluated();
            case NAME, GAUGE ->
                new Typed(
                        Dimension.of(Kind.GAUGE, scaledUnit(d.unit(), factor)),
                        null,
                        false,
                        of.single(),
                        false,
                        Double.NaN,
                        of.spoiled());
            default -> of.evaluated();
        };
    }

    /** An increase over five minutes by five is one a minute; of any other number it is no count. */
    private static Typed increase(Typed of, double factor) {
        Dimension d = of.dimension();
        double per = d.isOverTheLook() ? Double.NaN : usual(Spans.seconds(d.window()) * factor);
        Dimension rate = d.per(per);
        return !Double.isNaN(per) && rate.isUsualRate()
                ? of.with(rate)
                : of.spoiled("a count times a number is no count");
    }

    /** Without what division leaves in the last digits. */
    private static double usual(double seconds) {
        double whole = Math.rint(seconds);
        return Math.abs(seconds - whole) < 1e-6 * whole ? whole : seconds;
    }

    /** Seconds times a thousand are milliseconds. */
    private static String scaledUnit(String unit, double factor) {
        double seconds = MetricName.seconds(unit) / factor;
        if (Double.isNaN(seconds)) {
            return unit.equals("1") && factor == 100 ? "%" : "";
        }
        for (String other : new String[] {"ns", "us", "ms", "s", "min", "h"}) {
            if (Math.abs(MetricName.seconds(other) / seconds - 1) < 1e-9) {
                return other;
            }
        }
        return "";
    }

    private Typed quotient(Typed left, Typed right) throws QueryProblem {
        if (left.kind() == Kind.NUMBER && right.kind() == Kind.NUMBER) {
            return Typed.number(left.constant() / right.constant());
        }
        if (right.isConstant()) {
            return scaled(left, 1 / right.constant());
        }
        Dimension a = left.dimension();
        Dimension b = right.dimension();
        if (a.isCount() && b.isCount()) {
            return ofCounts(left, right);
        }
        if (a.kind() == Kind.RULE || b.kind() == Kind.RULE) {
            return Typed.of(Kind.RULE, "");
        }
        boolean levels = a.kind() != Kind.NUMBER && !a.isCount() && !b.isCount();
        return new Typed(
                Dimension.of(levels && a.unit().equals(b.unit()) ? Kind.RATIO : Kind.GAUGE, ""),
                null,
                false,
                left.single() && right.single(),
                false,
                Double.NaN,
                left.spoiled());
    }

    private Typed ofCounts(Typed left, Typed right) throws QueryProblem {
        Dimension a = left.dimension();
        Dimension b = right.dimension();
        if (a.kind() == Kind.COUNTER && b.kind() == Kind.COUNTER) {
            throw new QueryProblem(
                    node.sign(), "a counter by a counter speaks of all since each process began, and not of now");
        }
        // 100 * a / b is (100 * a) / b
        boolean scaled = a.kind() == Kind.RATE && !a.isUsualRate();
        // of another time than now: how much it has grown is a ratio too
        sameCount((scaled ? a.per(b.per()) : a).withUnit("").at(b.shift()), b.withUnit(""));
        boolean mean =
                !a.unit().equals(b.unit()) && !a.unit().isEmpty() && b.unit().equals(MetricName.EVENTS);
        return new Typed(
                Dimension.of(
                        mean ? Kind.GAUGE : Kind.RATIO,
                        mean ? a.unit() : scaled && a.per() == 100 * b.per() ? "%" : ""),
                null,
                false,
                left.single() && right.single(),
                left.leLost() || right.leLost(),
                Double.NaN,
                // a comparison below keeps nothing from being divided by zero; above it leaves a hole
                comparisonOf(left));
    }

    private static String comparisonOf(Typed left) {
        return left.spoiled() != null && left.spoiled().startsWith("the comparison") ? left.spoiled() : null;
    }

    private Typed either(Typed left, Typed right) throws QueryProblem {
        if (right.kind() == Kind.NUMBER) {
            boolean zero = right.constant() == 0;
            if (zero) {
                return left.orZero();
            }
            if ("zero".equals(right.spoiled())) {
                return left.evaluated();
            }
            if (left.dimension().isCount()) {
                throw new QueryProblem(node.sign(), "'or' puts a number that is not 0 where a count is missing");
            }
            return left.evaluated();
        }
        return new Typed(
                together(left, right),
                null,
                false,
                left.single() && right.single(),
                left.leLost() || right.leLost(),
                Double.NaN,
                left.spoiled() == null ? right.spoiled() : left.spoiled());
    }
}
