// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.policy;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import java.util.Map;
import java.util.Optional;

/** A check that a contract must have, by kind, with limits by field that its own must be at least as strict as. */
public record RequiredCheck(String kind, Map<String, Threshold> limits) {
    public RequiredCheck {
        limits = Map.copyOf(limits);
    }

    /** The field whose limit is missing or laxer than demanded; null where all are strict enough. */
    String laxer(CheckSpec check) {
        return limits.keySet().stream()
                .sorted()
                .filter(field -> !own(check, field)
                        .map(own -> asStrict(own, limits.get(field)))
                        .orElse(false))
                .findFirst()
                .orElse(null);
    }

    /** Empty also where the kind has no such limit, or none any more. */
    private static Optional<Threshold> own(CheckSpec check, String field) {
        return check.settings().declares(field) ? check.settings().threshold(field) : Optional.empty();
    }

    /** Whether whatever satisfies {@code own} satisfies {@code demanded}; false where they can't be compared. */
    static boolean asStrict(Threshold own, Threshold demanded) {
        if (!own.isPlain() || !demanded.isPlain()) {
            return false;
        }
        if (!(own.bound() instanceof Fixed mine) || !(demanded.bound() instanceof Fixed theirs)) {
            return own.bound().equals(demanded.bound()) && own.comparison() == demanded.comparison();
        }
        if (!mine.unit().equals(theirs.unit()) && mine.value() != 0 && theirs.value() != 0) {
            return false;
        }
        return switch (demanded.comparison()) {
            case GREATER ->
                own.comparison() == Comparison.GREATER && mine.value() >= theirs.value()
                        || atLeast(own.comparison()) && mine.value() > theirs.value();
            case GREATER_OR_EQUAL -> atLeast(own.comparison()) && mine.value() >= theirs.value();
            case LESS ->
                own.comparison() == Comparison.LESS && mine.value() <= theirs.value()
                        || atMost(own.comparison()) && mine.value() < theirs.value();
            case LESS_OR_EQUAL -> atMost(own.comparison()) && mine.value() <= theirs.value();
            case EQUAL -> own.comparison() == Comparison.EQUAL && mine.value() == theirs.value();
        };
    }

    private static boolean atLeast(Comparison c) {
        return c == Comparison.GREATER || c == Comparison.GREATER_OR_EQUAL || c == Comparison.EQUAL;
    }

    private static boolean atMost(Comparison c) {
        return c == Comparison.LESS || c == Comparison.LESS_OR_EQUAL || c == Comparison.EQUAL;
    }
}
