// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.time.Duration;

/**
 * A condition on a metric's number, as a tool measures it.
 *
 * @param subject {@code p95}, {@code success}, {@code p95 of looks}, or empty for the number itself
 * @param unit {@code %}, a time's or none
 * @param counted whether requests are counted, so that all of a window are one number
 * @param window how far a measurement looks back, or is to look back here; null where the number is a level of that moment
 */
record Breach(String subject, Failing failing, String unit, boolean counted, Duration window) {
    /** Without saying over which looks. */
    String words() {
        return (subject.isEmpty() ? "" : subject + " ") + failing.words(unit);
    }
}
