// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** The last looks at one variant that a window or a share of looks speaks of, oldest first. */
record LookWindow(boolean canary, List<Seen> looks) {
    static final LookWindow EMPTY = new LookWindow(false, List.of());

    record Seen(Instant from, Instant to, Event.Sample sample) {
        Duration covered() {
            return Duration.between(from, to);
        }
    }

    LookWindow {
        looks = List.copyOf(looks);
    }

    /** With one more look, of those that end within {@code keep}, the newest at most; variants aren't mixed. */
    LookWindow with(boolean ofCanary, Event.Looked look, Event.Sample sample, Duration keep, int most) {
        List<Seen> next = new ArrayList<>();
        Instant oldest = look.to().minus(keep);
        if (canary == ofCanary) {
            looks.stream().filter(seen -> seen.to().isAfter(oldest)).forEach(next::add);
        }
        next.add(new Seen(look.from(), look.to(), sample));
        return new LookWindow(ofCanary, next.subList(Math.max(0, next.size() - most), next.size()));
    }

    Duration span() {
        return looks.isEmpty()
                ? Duration.ZERO
                : Duration.between(
                        looks.get(0).from(), looks.get(looks.size() - 1).to());
    }

    /**
     * All looks as one: counts, buckets and values of them all; quantiles can't be joined, so there are none.
     *
     * @param each whether counts are those of a look on average, not of all together
     */
    Event.Sample together(boolean each) {
        Event.Sample last = looks.get(looks.size() - 1).sample();
        if (looks.size() == 1) {
            return last;
        }
        Buckets canaryBuckets = buckets(Event.Sample::canaryBuckets);
        Buckets baselineBuckets = buckets(Event.Sample::baselineBuckets);
        if (canaryBuckets != null && baselineBuckets != null) {
            canaryBuckets = canaryBuckets.onto(baselineBuckets);
            baselineBuckets = baselineBuckets.onto(canaryBuckets);
        }
        Buckets either = canaryBuckets == null ? baselineBuckets : canaryBuckets;
        return new Event.Sample(
                last.metric(),
                sum(Event.Sample::canaryErrors, each),
                sum(Event.Sample::canaryTotal, each),
                sum(Event.Sample::baselineErrors, each),
                sum(Event.Sample::baselineTotal, each),
                values(Event.Sample::canaryValues),
                values(Event.Sample::baselineValues),
                null,
                null,
                either == null ? null : either.bounds(),
                canaryBuckets == null ? null : canaryBuckets.counts(),
                baselineBuckets == null ? null : baselineBuckets.counts(),
                null);
    }

    private Double sum(Function<Event.Sample, Double> part, boolean each) {
        Double sum = joined(part, Double::sum);
        return sum == null || !each ? sum : Double.valueOf(sum / looks.size());
    }

    private List<Double> values(Function<Event.Sample, List<Double>> part) {
        return joined(part, (a, b) -> {
            List<Double> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
        });
    }

    private Buckets buckets(Function<Event.Sample, List<Double>> counts) {
        return joined(
                s -> s.bounds() == null || counts.apply(s) == null ? null : new Buckets(s.bounds(), counts.apply(s)),
                Buckets::plus);
    }

    /** Of the looks that have it; null where none has. */
    private <T> T joined(Function<Event.Sample, T> part, BinaryOperator<T> plus) {
        return looks.stream()
                .map(seen -> part.apply(seen.sample()))
                .filter(Objects::nonNull)
                .reduce(plus)
                .orElse(null);
    }
}
