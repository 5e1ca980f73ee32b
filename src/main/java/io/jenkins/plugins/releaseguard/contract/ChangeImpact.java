// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/**
 * How far a release reaches, for the choice of strategy. {@code users} is a fraction, NaN where unknown;
 * {@code reversible}
 * and {@code migration} are null where the contract doesn't say; {@code compensation} is what makes good what can't
 * be undone.
 */
@Beta
public record ChangeImpact(
        double users, String criticality, Boolean reversible, Boolean migration, String compensation) {
    public static final ChangeImpact UNKNOWN = new ChangeImpact(Double.NaN, "", null, null, "");
}
