// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import java.util.List;

/** Why a metric's samples cannot be judged: the field and the number, for the finding's reason. */
public final class Faults {
    private Faults() {}

    /** Null when the samples are fit; without comparison only the canary's side is looked at. */
    public static String of(MetricConfig metric, MetricLook look, boolean compared) {
        if (look == null) {
            return "no samples in this look";
        }
        if (look.missing() != null) {
            return look.missing();
        }
        if (metric.counted()) {
            return counts(metric, look, compared);
        }
        return look.inBuckets() ? buckets(look, compared) : values(look, compared);
    }

    private static String counts(MetricConfig metric, MetricLook look, boolean compared) {
        boolean rate = metric.kind() == MetricKind.RATE;
        if (look.canaryCounts() == null) {
            return "canary has no counts";
        }
        String fault = look.canaryCounts().fault("canary", rate);
        if (fault != null || !compared) {
            return fault;
        }
        return look.baselineCounts() == null
                ? "baseline has no counts"
                : look.baselineCounts().fault("baseline", rate);
    }

    private static String buckets(MetricLook look, boolean compared) {
        String fault = look.canaryBuckets().fault("canaryBuckets");
        if (fault == null && compared) {
            fault = look.baselineBuckets() == null
                    ? "baseline has no buckets"
                    : look.baselineBuckets().fault("baselineBuckets");
        }
        return fault == null ? tail(look) : fault;
    }

    private static String values(MetricLook look, boolean compared) {
        if (idle(look.canaryTail(), look.canary()) || compared && idle(look.baselineTail(), look.baseline())) {
            return null;
        }
        if (!hasValue(look.canary())) {
            return "canary has no values";
        }
        if (compared && !hasValue(look.baseline())) {
            return "baseline has no values";
        }
        return tail(look);
    }

    private static String tail(MetricLook look) {
        if (look.canaryTail() == null || look.baselineTail() == null) {
            return null;
        }
        String fault = look.canaryTail().fault("canaryTail", true);
        return fault != null ? fault : look.baselineTail().fault("baselineTail", true);
    }

    /** A side that says it had no requests has nothing missing: the look adds nothing. */
    static boolean idle(Counts tail, List<Double> values) {
        return tail != null && tail.total() == 0 && !hasValue(values);
    }

    private static boolean hasValue(List<Double> list) {
        for (int i = 0; i < list.size(); i++) {
            if (Double.isFinite(list.get(i))) {
                return true;
            }
        }
        return false;
    }
}
