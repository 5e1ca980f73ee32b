// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import java.util.List;
import java.util.Map;

/** What an expression evaluates to: a scalar, or a vector of samples. */
sealed interface Value {
    record Scalar(double value) implements Value {}

    record Vector(List<Sample> samples) implements Value {}

    record Sample(Map<String, String> labels, long atMillis, double value) {}
}
