// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.util.List;

/** How long past canaries were slower after a shift than they were later, by the minute. */
final class ColdStart {
    private static final int MINUTES = 10;
    private static final double FEWEST_REQUESTS = 500;
    /** What is slower by less than this counts as warm. */
    private static final double WARM = 1.1;

    private final double[] canary = new double[MINUTES + 1];
    private final double[] canaryRequests = new double[MINUTES + 1];
    private final double[] baseline = new double[MINUTES + 1];
    private final double[] baselineRequests = new double[MINUTES + 1];

    private ColdStart() {}

    /** @param past each begins with a phase's bake where it has a canary */
    static Figure seconds(List<Metric> metrics, List<PastLooks> past) {
        String latency = metrics.stream()
                .filter(m -> m.kind() == Metric.Kind.LATENCY)
                .map(Metric::id)
                .findFirst()
                .orElse(null);
        if (latency == null) {
            return Figure.unknown("no latency is watched that would show it");
        }
        ColdStart start = new ColdStart();
        past.forEach(looks -> start.phase(latency, looks.looks()));
        return start.figure();
    }

    private void phase(String latency, List<Event.Looked> looks) {
        for (Event.Looked look : looks) {
            long second = Duration.between(looks.get(0).from(), look.from()).toSeconds();
            int minute = (int) Math.min(MINUTES, second / 60);
            for (Event.Sample s : look.samples()) {
                if (s.metric().equals(latency)
                        && s.bounds() != null
                        && s.canaryBuckets() != null
                        && s.baselineBuckets() != null) {
                    add(canary, canaryRequests, minute, s.bounds(), s.canaryBuckets());
                    add(baseline, baselineRequests, minute, s.bounds(), s.baselineBuckets());
                }
            }
        }
    }

    /** Means of logarithms: a bucket's middle stands for it, on both sides alike. */
    private static void add(double[] sums, double[] n, int minute, List<Double> bounds, List<Double> counts) {
        for (int i = 0; i < counts.size(); i++) {
            double high = bounds.get(Math.min(i, bounds.size() - 1));
            double low = i == 0 ? high / 2 : bounds.get(i - 1);
            double count = counts.get(i) == null ? 0 : Math.max(0, counts.get(i));
            sums[minute] += count * Math.log(i == bounds.size() ? 1.5 * high : (low + high) / 2);
            n[minute] += count;
        }
    }

    private Figure figure() {
        if (!(canaryRequests[MINUTES] >= FEWEST_REQUESTS)) {
            return Figure.unknown("no past canary was looked at for longer than " + MINUTES + " minutes in a phase");
        }
        double later = slower(MINUTES);
        int warm = 0;
        for (int minute = 0; minute < MINUTES && canaryRequests[minute] >= FEWEST_REQUESTS; minute++) {
            if (slower(minute) - later > Math.log(WARM)) {
                warm = minute + 1;
            }
        }
        return new Figure(
                60.0 * warm,
                warm == 0
                        ? "past canaries were as fast in the first minute as later"
                        : "past canaries were slower than later by more than a tenth until then");
    }

    private double slower(int minute) {
        return canary[minute] / canaryRequests[minute] - baseline[minute] / baselineRequests[minute];
    }
}
