// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is true of one service: its traffic, and how it fares. No release knows it but by asking. */
final class Service {
    private static final double REQUESTS_PER_SECOND = 100;
    private static final double WELL = 0.001;
    private static final double BAD = 0.5;

    private static final long BEFORE = 600_000_000_000L;

    private final Universe universe;
    private final List<Span> spans = new ArrayList<>();
    private double weight;
    /** Some fail none of their requests while they are well. */
    private final double usual;

    private double canaryErrors;
    private boolean canarySilent;
    private boolean baselineDown;
    private double canaryRequests;
    private double baselineRequests;
    private long counted;
    private long badSince = Long.MAX_VALUE;
    private long weightSince;

    /** How things were up to a time. */
    private record Span(long from, long to, double weight, double errors, boolean silent) {}

    Service(Universe universe) {
        this.universe = universe;
        // it was there before
        usual = universe.random.nextInt(3) == 0 ? 0 : WELL;
        canaryErrors = usual;
        spans.add(new Span(-BEFORE, 0, 0, usual, false));
    }

    double weight() {
        return weight;
    }

    /** Since when it is, in the universe's time. */
    long weightSince() {
        return weightSince;
    }

    boolean isBaselineDown() {
        return baselineDown;
    }

    /** Since when users meet a bad canary, in the universe's time; {@link Long#MAX_VALUE} while they don't. */
    long harmSince() {
        return badSince;
    }

    void shift(double wanted) {
        pass();
        weightSince = wanted == weight ? weightSince : universe.nanos();
        weight = wanted;
        harm();
    }

    void canaryBad(boolean so) {
        pass();
        canaryErrors = so ? BAD : usual;
        harm();
    }

    void silent(boolean so) {
        pass();
        canarySilent = so;
        harm();
    }

    void baselineDown(boolean so) {
        pass();
        baselineDown = so;
    }

    private void harm() {
        boolean harmed = canaryErrors == BAD && weight >= 1 && !canarySilent;
        badSince = harmed ? Math.min(badSince, universe.nanos()) : Long.MAX_VALUE;
    }

    /** Counts the traffic up to now. */
    private void pass() {
        long now = universe.nanos();
        if (now > counted) {
            double seconds = (now - counted) / 1e9;
            canaryRequests += canarySilent ? 0 : REQUESTS_PER_SECOND * seconds * weight / 100;
            baselineRequests += REQUESTS_PER_SECOND * seconds * (1 - weight / 100);
            spans.add(new Span(counted, now, weight, canaryErrors, canarySilent));
            counted = now;
        }
    }

    double canaryRequests() {
        pass();
        return Math.floor(canaryRequests);
    }

    double baselineRequests() {
        pass();
        return Math.floor(baselineRequests);
    }

    /** What a source that tells the truth says of an interval; of the future it knows nothing. */
    Event.Sample sample(Instant from, Instant to) {
        pass();
        long begin = universe.nanos() - Duration.between(from, universe.now()).toNanos();
        long end = universe.nanos() - Duration.between(to, universe.now()).toNanos();
        double canary = 0;
        double errors = 0;
        double baseline = 0;
        boolean any = false;
        for (int i = spans.size() - 1; i >= 0 && spans.get(i).to > begin; i--) {
            Span span = spans.get(i);
            double seconds = (Math.min(end, span.to) - Math.max(begin, span.from)) / 1e9;
            if (seconds > 0) {
                any = true;
                double share = span.silent ? 0 : REQUESTS_PER_SECOND * seconds * span.weight / 100;
                canary += share;
                errors += share * span.errors;
                baseline += REQUESTS_PER_SECOND * seconds * (1 - span.weight / 100);
            }
        }
        return any
                ? Event.Sample.rate(
                        "MON-001",
                        Math.rint(errors),
                        Math.rint(canary),
                        Math.rint(baseline * usual),
                        Math.rint(baseline))
                : Event.Sample.none("MON-001", "no series");
    }
}
