// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

/**
 * What the canary does worse.
 *
 * @param name for people
 * @param errors its errors times this; infinite where all requests fail
 */
record AddedHarm(String name, double errors) {
    static final AddedHarm NONE = new AddedHarm("none", 1);
    static final AddedHarm OUTAGE = new AddedHarm("outage", Double.POSITIVE_INFINITY);

    static AddedHarm times(int factor) {
        return new AddedHarm("errors ×" + factor, factor);
    }

    /** The canary's error rate where the service's is {@code usual}. */
    double rate(double usual) {
        return Double.isInfinite(errors) ? 1 : Math.min(1, usual * errors);
    }
}
