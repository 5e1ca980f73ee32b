// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.judge.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Errors and requests of one variant over a trailing time, in at most a few hundred buckets, for
 * {@link io.jenkins.plugins.releaseguard.judge.BurnRates}.
 */
record BurnWindow(boolean canary, List<Bucket> buckets) {
    private static final int BUCKETS = 360;

    static final BurnWindow EMPTY = new BurnWindow(false, List.of());

    record Bucket(Instant from, Instant to, double errors, double total) {}

    BurnWindow {
        buckets = List.copyOf(buckets);
    }

    /** The variants aren't mixed: once the canary serves, its window begins anew. */
    BurnWindow ofCanary() {
        return canary ? this : new BurnWindow(true, List.of());
    }

    BurnWindow with(Instant from, Instant to, double errors, double total, Duration keep) {
        List<Bucket> next = new ArrayList<>(buckets.size() + 1);
        Instant oldest = to.minus(keep);
        buckets.stream().filter(b -> b.to().isAfter(oldest)).forEach(next::add);
        Bucket last = next.isEmpty() ? null : next.get(next.size() - 1);
        if (last != null && Duration.between(last.from(), to).compareTo(keep.dividedBy(BUCKETS)) < 0) {
            next.set(next.size() - 1, new Bucket(last.from(), to, last.errors() + errors, last.total() + total));
        } else {
            next.add(new Bucket(from, to, errors, total));
        }
        return new BurnWindow(canary, next);
    }

    /** Errors and requests over the time before the newest sample. */
    Counts counts(Duration window) {
        if (buckets.isEmpty()) {
            return new Counts(0, 0);
        }
        Instant oldest = buckets.get(buckets.size() - 1).to().minus(window);
        double errors = 0;
        double total = 0;
        for (Bucket bucket : buckets) {
            if (bucket.to().isAfter(oldest)) {
                errors += bucket.errors();
                total += bucket.total();
            }
        }
        return new Counts(errors, total);
    }

    Duration span() {
        return buckets.isEmpty()
                ? Duration.ZERO
                : Duration.between(
                        buckets.get(0).from(), buckets.get(buckets.size() - 1).to());
    }
}
