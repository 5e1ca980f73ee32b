// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import java.util.ArrayList;
import java.util.List;

/** Several services' worth of metrics in one release, the first of which may be harmed, and what that harm costs as it goes. */
final class BudgetTraffic {
    private final List<RegimeTraffic> healthy;
    private final List<RegimeTraffic> harmed;
    private final int harmFrom;
    private final double errors;

    /** Extra failed requests, and extra requests that were too slow: expected ones, as the baseline has them, taken off. */
    private double failed;

    private double slow;

    /**
     * Both lists pair by pair: the same service without and with harm.
     *
     * @param harmFrom phase in which harm begins
     * @param errors usual fraction of requests that fail in the first
     */
    BudgetTraffic(List<RegimeTraffic> healthy, List<RegimeTraffic> harmed, int harmFrom, double errors) {
        this.healthy = healthy;
        this.harmed = harmed;
        this.harmFrom = harmFrom;
        this.errors = errors;
    }

    Look look(int phase, double share) {
        List<MetricLook> metrics = new ArrayList<>();
        Look first = null;
        List<RegimeTraffic> now = phase >= harmFrom ? harmed : healthy;
        for (int i = 0; i < now.size(); i++) {
            Look look = now.get(i).look(phase, share);
            first = first == null ? look : first;
            for (MetricLook m : look.metrics()) {
                metrics.add(named(m, i));
            }
        }
        Counts c = metrics.get(0).canaryCounts();
        failed += c.errors() - errors * c.total();
        Counts slowOnes = metrics.get(1).canaryTail();
        Counts usual = metrics.get(1).baselineTail();
        slow += slowOnes.errors() - (usual.total() > 0 ? usual.errors() / usual.total() : 0) * slowOnes.total();
        return new Look(phase, first.seconds(), first.baselineRequests(), first.canaryRequests(), metrics);
    }

    private static MetricLook named(MetricLook m, int i) {
        String id = i == 0 ? m.id() : m.id() + i;
        return new MetricLook(
                id,
                m.baselineCounts(),
                m.canaryCounts(),
                m.baseline(),
                m.canary(),
                m.baselineTail(),
                m.canaryTail(),
                m.baselineBuckets(),
                m.canaryBuckets(),
                m.canaryBeyond(),
                m.missing());
    }

    /** The larger one of both costs so far. */
    double cost() {
        return Math.max(failed, slow);
    }
}
