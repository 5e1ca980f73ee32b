// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A service request by request, with chance of its own: it shares nothing with the traffic of forecasts. Its traffic and its levels wander
 * within a release, and some errors come in retries.
 */
public final class OrdinaryService {
    public static final List<Double> BOUNDS = List.of(20.0, 40.0, 60.0, 80.0, 100.0, 120.0, 150.0, 200.0, 300.0, 500.0);

    private final Random random;
    private final double rate;
    private final double errors;
    private final double retries;
    private final double slower;
    private Instant time = Instant.parse("2026-11-02T10:00:00Z");

    /**
     * @param rate requests a second
     * @param retries how often an error is seen, on average
     * @param slower a canary's durations in its first two minutes, times this
     */
    public OrdinaryService(long seed, double rate, double errors, double retries, double slower) {
        random = new Random(seed * 7919 + 17);
        this.rate = rate;
        this.errors = errors;
        this.retries = retries;
        this.slower = slower;
    }

    /** The next look of so many seconds, of a phase that has baked so long. */
    public Event.Looked look(int phase, double share, double seconds, double baked) {
        double n = rate * seconds * (0.9 + 0.2 * random.nextDouble());
        double level = Math.exp(0.05 * random.nextGaussian());
        double warm = baked < 120 ? slower : 1;
        double[] canary = new double[BOUNDS.size() + 3];
        double[] baseline = new double[BOUNDS.size() + 3];
        for (int i = 0; i < n; i++) {
            boolean own = random.nextDouble() < share;
            double[] side = own ? canary : baseline;
            side[bucket(90 * level * (own ? warm : 1) * Math.exp(0.45 * random.nextGaussian()))]++;
            side[BOUNDS.size() + 2]++;
            if (random.nextDouble() < errors / retries) {
                do {
                    side[BOUNDS.size() + 1]++;
                } while (random.nextDouble() < 1 - 1 / retries);
            }
        }
        Instant from = time;
        time = time.plusMillis(Math.round(seconds * 1000));
        return new Event.Looked(
                phase, from, time, List.of(errors(canary, baseline), durations(canary, baseline)), null);
    }

    private static int bucket(double duration) {
        int i = 0;
        while (i < BOUNDS.size() && duration > BOUNDS.get(i)) {
            i++;
        }
        return i;
    }

    private static Event.Sample errors(double[] canary, double[] baseline) {
        int errors = BOUNDS.size() + 1;
        double c = canary[errors + 1];
        double b = baseline[errors + 1];
        return Event.Sample.rate("err", Math.min(c, canary[errors]), c, Math.min(b, baseline[errors]), b);
    }

    private static Event.Sample durations(double[] canary, double[] baseline) {
        int total = BOUNDS.size() + 2;
        return new Event.Sample(
                "lat",
                canary[BOUNDS.size()],
                canary[total],
                baseline[BOUNDS.size()],
                baseline[total],
                null,
                null,
                null,
                null,
                BOUNDS,
                buckets(canary),
                buckets(baseline),
                null);
    }

    private static List<Double> buckets(double[] side) {
        List<Double> counts = new ArrayList<>();
        for (int i = 0; i <= BOUNDS.size(); i++) {
            counts.add(side[i]);
        }
        return counts;
    }
}
