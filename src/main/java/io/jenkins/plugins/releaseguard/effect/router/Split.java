// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.effect.EffectException;

/** By what a HAProxy divides the traffic, as its runtime API is asked and told; a balancer says it. */
interface Split {
    /** What is asked before a shift; commands of one line. */
    String beforeShift();

    /** What is asked for a reading; the process's own word follows it. */
    String forReading();

    /**
     * @param said the answer to {@link #beforeShift}
     * @throws EffectException the share can't be had, whatever is said
     */
    ShiftOrders orders(double weight, String said) throws EffectException;

    /**
     * What one process tells, of itself alone.
     *
     * @param said the answer to {@link #forReading}
     */
    RouterReading reading(String said) throws EffectException;
}
