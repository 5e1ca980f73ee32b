// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

/** What a phase with a concurrent baseline must show before it is left. */
public enum Promotion {
    /** That no metric is worse by more than the phase's margin. */
    PROOF,

    /** That what going on can cost before it would be stopped fits the budget. */
    BUDGET
}
