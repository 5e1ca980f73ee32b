// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import java.util.Optional;

/** Where the good values of a number lie that is never below 0, and as a share never above 100%. */
@Beta
public enum Side {
    /** The more the better: tests that pass, lines that are covered. */
    HIGH,
    /** The fewer the better: findings, failures. */
    LOW;

    /** Why a limit is none for such a number: it asks for the wrong side, or holds always, or never. */
    public Optional<String> fault(Threshold limit) {
        if (!(limit.bound() instanceof Fixed fixed) || !limit.isPlain()) {
            return Optional.empty();
        }
        double value = fixed.value();
        boolean share = fixed.unit().equals("%");
        Comparison comparison = limit.comparison();
        boolean above = comparison == Comparison.GREATER || comparison == Comparison.GREATER_OR_EQUAL;
        if (value < 0 || share && value > 1) {
            return Optional.of(
                    "no " + (share ? "share" : "number") + " is as " + (value < 0 ? "low" : "high") + " as that");
        }
        if (comparison != Comparison.EQUAL && above != (this == HIGH)) {
            return Optional.of(
                    this == HIGH ? "it asks for few, and more is better" : "it asks for many, and fewer is better");
        }
        if (comparison == Comparison.GREATER_OR_EQUAL && value == 0
                || comparison == Comparison.LESS_OR_EQUAL && share && value == 1) {
            return Optional.of("it always holds");
        }
        if (comparison == Comparison.LESS && value == 0 || comparison == Comparison.GREATER && share && value == 1) {
            return Optional.of("it never holds");
        }
        return Optional.empty();
    }
}
