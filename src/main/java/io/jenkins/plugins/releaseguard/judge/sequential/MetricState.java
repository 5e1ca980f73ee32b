// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

/**
 * What is remembered of a metric.
 *
 * @param main events, or location
 * @param spread null for events
 * @param tail null for events
 * @param looks with data in this phase
 * @param missing the reason why the latest look had no data, null when it had
 * @param extra extra canary failures so far over all phases, beyond what the baseline's rate explains
 * @param highest largest evidence of harm so far
 */
public record MetricState(
        EProcess main, EProcess spread, EProcess tail, int looks, String missing, double extra, double highest) {
    MetricState reached(double e) {
        return e <= highest ? this : new MetricState(main, spread, tail, looks, missing, extra, e);
    }
}
