// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

/**
 * One line of a contract that could be better.
 *
 * @param place {@code rollout}, {@code phases/} and the phase's index, or {@code metrics/} and the metric's id
 * @param subject the same as people call it
 * @param key the field there
 * @param value as it would stand there
 * @param reason why, with the numbers
 */
public record PlanChange(String place, String subject, String key, String value, String reason) {
    @Override
    public String toString() {
        return subject + ", " + key + ": " + value;
    }
}
