// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import java.util.List;
import java.util.Map;

/** What an expression evaluates to: a scalar, a vector of samples, or a matrix of raw points. */
sealed interface Value {
    record Scalar(double value) implements Value {}

    record Vector(List<Sample> samples) implements Value {}

    record Matrix(List<History.Range> ranges) implements Value {}

    record Sample(Map<String, String> labels, long atMillis, double value) {}
}
