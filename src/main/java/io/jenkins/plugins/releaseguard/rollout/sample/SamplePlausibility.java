// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.sample;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import java.math.BigDecimal;
import java.util.List;

/**
 * Whether a sample can be: counts are not negative and no more than can be counted, errors are among the requests, values are numbers. Sources
 * refuse what they can't believe themselves; here it is held for all of them, so that a look that lies is a silent look.
 */
public final class SamplePlausibility {
    /** Two to the 53rd: from there on a double can't count one more. */
    private static final double MOST = 0x1p53;

    private SamplePlausibility() {}

    /** Why the sample can't be true, or null. {@code canaryServes}: the canary gets traffic, so its counts must be there. */
    public static String doubt(Metric metric, Sample s, boolean canaryServes) {
        boolean rate = metric.kind() == Metric.Kind.RATE;
        if (rate && canaryServes && (s.canaryErrors() == null || s.canaryTotal() == null)) {
            return "the canary has no counts";
        }
        boolean bounded = metric.kind() != Metric.Kind.COUNT;
        String doubt = counts("canary", s.canaryErrors(), s.canaryTotal(), bounded);
        doubt = doubt != null ? doubt : counts("baseline", s.baselineErrors(), s.baselineTotal(), bounded);
        doubt = doubt != null ? doubt : buckets("canary", s.canaryBuckets());
        doubt = doubt != null ? doubt : buckets("baseline", s.baselineBuckets());
        return doubt != null ? doubt : values(s);
    }

    private static String counts(String side, Double errors, Double total, boolean bounded) {
        if (impossible(errors)) {
            return side + " errors are " + number(errors);
        }
        if (impossible(total)) {
            return side + " requests are " + number(total);
        }
        return bounded && errors != null && total != null && errors > total * (1 + 1e-9)
                ? side + " has " + number(errors) + " errors among " + number(total) + " requests"
                : null;
    }

    private static String buckets(String side, List<Double> buckets) {
        return buckets != null && buckets.stream().anyMatch(SamplePlausibility::impossible)
                ? side + " has a bucket that is no count: " + buckets
                : null;
    }

    private static String values(Sample s) {
        return infinite(s.canaryValues()) || infinite(s.baselineValues()) ? "a value is no finite number" : null;
    }

    private static String number(double count) {
        return Double.isFinite(count)
                ? BigDecimal.valueOf(count).stripTrailingZeros().toPlainString()
                : "" + count;
    }

    private static boolean impossible(Double count) {
        return count != null && !(count >= 0 && count <= MOST);
    }

    private static boolean infinite(List<Double> values) {
        return values != null && values.stream().anyMatch(v -> v == null || !Double.isFinite(v));
    }
}
