// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

/**
 * What became of words that a contract does not say as they stand.
 *
 * @param kind left, or carried over with another meaning
 * @param line counted from 1
 * @param words as they stand in the file, shortened
 * @param why and what to do
 */
public record Remark(Kind kind, String file, int line, String words, String why) {
    /** How much of it was lost. */
    public enum Kind {
        /** Nothing in the contract stands for it. */
        LEFT,
        /** Something does, and means another thing. */
        CHANGED
    }
}
