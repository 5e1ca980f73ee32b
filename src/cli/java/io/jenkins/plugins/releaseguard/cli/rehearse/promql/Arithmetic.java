// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Value.Sample;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Value.Scalar;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Value.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code + - * /} between scalars and vectors, matched one to one by all labels, and {@code or}. */
final class Arithmetic {
    private Arithmetic() {}

    static Value of(String operator, Value left, Value right, long time) throws PromqlException {
        if (left instanceof Value.Matrix || right instanceof Value.Matrix) {
            throw PromqlException.execution("binary expression must contain only scalar and instant vector types");
        }
        if (operator.equals("or")) {
            return or(left, right);
        }
        if (left instanceof Scalar a && right instanceof Scalar b) {
            return new Scalar(apply(operator, a.value(), b.value()));
        }
        List<Sample> samples = new ArrayList<>();
        if (left instanceof Vector a && right instanceof Vector b) {
            Map<Map<String, String>, Double> others = byLabels(b);
            byLabels(a).forEach((labels, value) -> {
                Double other = others.get(labels);
                if (other != null) {
                    samples.add(new Sample(labels, time, apply(operator, value, other)));
                }
            });
            return new Vector(samples);
        }
        for (Sample sample : (left instanceof Vector v ? v : (Vector) right).samples()) {
            double value = left instanceof Scalar a
                    ? apply(operator, a.value(), sample.value())
                    : apply(operator, sample.value(), ((Scalar) right).value());
            samples.add(new Sample(Evaluator.unnamed(sample.labels()), time, value));
        }
        return new Vector(samples);
    }

    private static Value or(Value left, Value right) throws PromqlException {
        if (!(left instanceof Vector a) || !(right instanceof Vector b)) {
            throw PromqlException.execution("set operator \"or\" not allowed in binary scalar expression");
        }
        List<Sample> samples = new ArrayList<>(a.samples());
        List<Map<String, String>> known =
                a.samples().stream().map(s -> Evaluator.unnamed(s.labels())).toList();
        b.samples().stream()
                .filter(s -> !known.contains(Evaluator.unnamed(s.labels())))
                .forEach(samples::add);
        return new Vector(samples);
    }

    private static Map<Map<String, String>, Double> byLabels(Vector vector) throws PromqlException {
        Map<Map<String, String>, Double> values = new HashMap<>();
        for (Sample sample : vector.samples()) {
            if (values.put(Evaluator.unnamed(sample.labels()), sample.value()) != null) {
                throw PromqlException.execution(
                        "found duplicate series for the match group: many-to-many matching not allowed");
            }
        }
        return values;
    }

    private static double apply(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            default -> a / b;
        };
    }
}
