// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.text.Quantity;

/** Traffic weights in percent. */
final class Weights {
    /** Routers round: HAProxy's weights are whole numbers up to 256. */
    private static final double TOLERANCE = 0.5;

    private Weights() {}

    static double of(Plan plan, PhaseState phase) {
        return phase.index() < 0 ? 0 : plan.phases().get(phase.index()).weight();
    }

    /** Nothing is exactly nothing, and all is all; between them half a point, or a quarter of a small weight, is rounding. */
    static boolean same(double read, double wanted) {
        if (wanted == 0 || wanted == 100) {
            return read == wanted;
        }
        return Math.abs(read - wanted) <= Math.min(TOLERANCE, wanted / 4);
    }

    /** As people read it; NaN is said by a router of several that differ. */
    static String text(double weight) {
        if (Double.isNaN(weight)) {
            return "different shares";
        }
        double rounded = Math.round(weight * 100) / 100.0;
        return weight == Math.rint(weight)
                ? Math.round(weight) + " %"
                // next to all or nothing is neither
                : rounded == 0 || rounded == 100 ? Quantity.text(weight, "%") : rounded + " %";
    }
}
