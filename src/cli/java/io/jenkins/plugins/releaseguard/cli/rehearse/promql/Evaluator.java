// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Value.Matrix;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Value.Sample;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Value.Scalar;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Value.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** Evaluates an expression at one time over a history. */
final class Evaluator {
    /** How old the last point of a series may be, as Prometheus' default. */
    private static final long LOOKBACK = 5 * 60_000L;

    private final History history;
    private final long time;

    Evaluator(History history, long timeMillis) {
        this.history = history;
        this.time = timeMillis;
    }

    Value evaluate(Expr expr) throws PromqlException {
        if (expr instanceof Expr.Number number) {
            return new Scalar(number.value());
        }
        if (expr instanceof Expr.Selector selector) {
            return selector.range() > 0 ? new Matrix(range(selector)) : instant(selector);
        }
        if (expr instanceof Expr.Negative negative) {
            return map(evaluate(negative.of()), v -> -v);
        }
        if (expr instanceof Expr.Aggregate aggregate) {
            return Aggregation.of(aggregate, vector(aggregate.of()), time);
        }
        if (expr instanceof Expr.Binary binary) {
            return Arithmetic.of(binary.operator(), evaluate(binary.left()), evaluate(binary.right()), time);
        }
        return call((Expr.Call) expr);
    }

    private Value call(Expr.Call call) throws PromqlException {
        List<Expr> arguments = call.arguments();
        int wanted =
                switch (call.function()) {
                    case "increase", "rate", "timestamp", "vector", "scalar", "abs" -> 1;
                    case "histogram_quantile" -> 2;
                    case "time" -> 0;
                    default ->
                        throw PromqlException.execution("unknown function \"" + call.function()
                                + "\": the rehearsal's metrics endpoint knows a subset of PromQL");
                };
        if (arguments.size() != wanted) {
            throw PromqlException.execution("expected " + wanted + " argument(s) in call to \"" + call.function()
                    + "\", got " + arguments.size());
        }
        return switch (call.function()) {
            case "increase" -> rise(call.function(), arguments.get(0), false);
            case "rate" -> rise(call.function(), arguments.get(0), true);
            case "timestamp" -> timestamp(vector(arguments.get(0)));
            case "vector" -> new Vector(List.of(new Sample(Map.of(), time, scalar(arguments.get(0)))));
            case "scalar" -> {
                List<Sample> samples = vector(arguments.get(0)).samples();
                yield new Scalar(samples.size() == 1 ? samples.get(0).value() : Double.NaN);
            }
            case "abs" -> map(vector(arguments.get(0)), Math::abs);
            case "time" -> new Scalar(time / 1000.0);
            default -> quantile(scalar(arguments.get(0)), vector(arguments.get(1)));
        };
    }

    private Vector instant(Expr.Selector selector) {
        long at = at(selector);
        List<Sample> samples = new ArrayList<>();
        for (History.Range range : history.select(selector, at - LOOKBACK, at)) {
            int last = range.times().length - 1;
            samples.add(new Sample(range.labels(), range.times()[last], range.values()[last]));
        }
        return new Vector(samples);
    }

    private Vector rise(String function, Expr argument, boolean perSecond) throws PromqlException {
        if (!(argument instanceof Expr.Selector selector) || selector.range() == 0) {
            throw PromqlException.execution("expected type range vector in call to function \"" + function + "\"");
        }
        long to = at(selector);
        long from = to - selector.range();
        List<Sample> samples = new ArrayList<>();
        for (History.Range range : range(selector)) {
            double rise = Increase.of(range.times(), range.values(), from, to);
            if (!Double.isNaN(rise)) {
                double value = perSecond ? rise * 1000 / selector.range() : rise;
                samples.add(new Sample(unnamed(range.labels()), time, value));
            }
        }
        return new Vector(samples);
    }

    /** Raw points; both ends of the range belong to it, as in Prometheus 2. */
    private List<History.Range> range(Expr.Selector selector) {
        long to = at(selector);
        return history.select(selector, to - selector.range() - 1, to);
    }

    private Vector timestamp(Vector vector) {
        return new Vector(vector.samples().stream()
                .map(s -> new Sample(unnamed(s.labels()), time, s.atMillis() / 1000.0))
                .toList());
    }

    private Vector quantile(double q, Vector buckets) {
        Map<Map<String, String>, SortedMap<Double, Double>> histograms = new LinkedHashMap<>();
        for (Sample sample : buckets.samples()) {
            String le = sample.labels().get("le");
            if (le != null) {
                Map<String, String> labels = new HashMap<>(unnamed(sample.labels()));
                labels.remove("le");
                double bound = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                histograms.computeIfAbsent(labels, l -> new TreeMap<>()).merge(bound, sample.value(), Double::sum);
            }
        }
        List<Sample> samples = new ArrayList<>();
        histograms.forEach((labels, cumulative) -> samples.add(new Sample(labels, time, Quantile.of(q, cumulative))));
        return new Vector(samples);
    }

    private Vector vector(Expr expr) throws PromqlException {
        if (evaluate(expr) instanceof Vector vector) {
            return vector;
        }
        throw PromqlException.execution("expected type instant vector, got another");
    }

    private double scalar(Expr expr) throws PromqlException {
        if (evaluate(expr) instanceof Scalar scalar) {
            return scalar.value();
        }
        throw PromqlException.execution("expected type scalar, got another");
    }

    private long at(Expr.Selector selector) {
        return (selector.at() == null ? time : selector.at()) - selector.offset();
    }

    private Value map(Value value, DoubleUnaryOperator operator) throws PromqlException {
        if (value instanceof Matrix) {
            throw PromqlException.execution("unary expression only allowed on scalar or instant vector");
        }
        if (value instanceof Scalar scalar) {
            return new Scalar(operator.applyAsDouble(scalar.value()));
        }
        return new Vector(((Vector) value)
                .samples().stream()
                        .map(s -> new Sample(unnamed(s.labels()), time, operator.applyAsDouble(s.value())))
                        .toList());
    }

    static Map<String, String> unnamed(Map<String, String> labels) {
        if (!labels.containsKey("__name__")) {
            return labels;
        }
        Map<String, String> rest = new HashMap<>(labels);
        rest.remove("__name__");
        return rest;
    }
}
