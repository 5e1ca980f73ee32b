// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What is going to happen to whom.
 *
 * @param seed of the order of what is due at once, and of all that the world draws
 * @param threads whether what waits keeps a thread, as where a source has no other way
 */
record Schedule(long seed, boolean threads, List<Contracts> releases, List<Fault> faults) {
    private static final FaultKind[] KINDS = FaultKind.values();
    private static final Contracts[] CONTRACTS = Contracts.values();
    private static final Moment[] MOMENTS = Moment.values();
    private static final int MOST_FAULTS = 4;

    /** What leads to a breach, so that more can go wrong on the way back. */
    private static final FaultKind[] HARM = {
        FaultKind.CANARY_BAD, FaultKind.CANARY_BAD, FaultKind.ROLL_BACK, FaultKind.ABORT
    };

    private static final FaultKind[] STUBBORN = {
        FaultKind.ROUTER_REFUSED, FaultKind.ROUTER_HANGING, FaultKind.ROUTER_WRONG, FaultKind.BODY_HANGING
    };

    static Schedule of(long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        List<Contracts> releases = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            releases.add(random.nextInt(3) == 0 ? Contracts.PLAIN : CONTRACTS[random.nextInt(CONTRACTS.length)]);
        }
        List<Fault> faults = new ArrayList<>();
        if (random.nextInt(5) < 2) {
            faults.add(new Fault(
                    HARM[random.nextInt(HARM.length)],
                    random.nextInt(releases.size()),
                    random.nextInt(4) == 0 ? Moment.WATCHING : Moment.BAKING,
                    Duration.ofMillis(random.nextInt(30_000)),
                    Duration.ofSeconds(600)));
        }
        if (random.nextInt(4) == 0) {
            // the way back itself is in trouble, for longer than its objective
            faults.add(stubborn(random, random.nextInt(releases.size())));
        }
        for (int i = random.nextInt(MOST_FAULTS + 1); i > 0; i--) {
            faults.add(fault(random, releases.size()));
        }
        int relative = releases.indexOf(Contracts.RELATIVE);
        if (relative >= 0) {
            leaveAlone(random, relative, faults);
        }
        for (Fault fault : List.copyOf(faults)) {
            makeReachable(fault, random, releases, faults);
        }
        boolean threads = random.nextInt(16) == 0 || faults.stream().anyMatch(Schedule::needsThreads);
        return new Schedule(seed, threads, List.copyOf(releases), List.copyOf(faults));
    }

    /** Nobody says what the service was like before, and the canary goes bad when there is no baseline beside it any more. */
    private static void leaveAlone(SplittableRandom random, int relative, List<Fault> faults) {
        if (random.nextInt(3) == 0) {
            Duration lasts = Duration.ofMillis(3000 + random.nextInt(6000));
            faults.add(new Fault(FaultKind.SOURCE_REFUSED, relative, Moment.OPEN, Duration.ZERO, lasts));
        }
        if (random.nextInt(3) == 0) {
            Duration after = Duration.ofMillis(12_000 + random.nextInt(12_000));
            faults.add(new Fault(FaultKind.CANARY_BAD, relative, Moment.BAKING, after, Duration.ofSeconds(200)));
        }
    }

    private static boolean needsThreads(Fault fault) {
        // a disk that hangs keeps a thread, and so do some of those that crowd the lanes
        return fault.kind() == FaultKind.DISK_HANGING
                || fault.kind() == FaultKind.CROWDED && fault.lasts().toMillis() % 2 == 0;
    }

    /** What waits for a moment that seldom comes gets what brings it about. */
    private static void makeReachable(
            Fault fault, SplittableRandom random, List<Contracts> releases, List<Fault> faults) {
        int release = fault.release();
        boolean back = fault.in() == Moment.ROLLING_BACK || fault.in() == Moment.RECOVERING;
        if (fault.in() == Moment.FROZEN) {
            releases.set(release, Contracts.IRREVERSIBLE);
        }
        if (fault.kind() == FaultKind.SLEEPY_THREADS && back && random.nextBoolean()) {
            // what ends while they sleep takes its time
            releases.set(release, Contracts.THOROUGH);
            faults.add(new Fault(
                    FaultKind.ACTION_SLOW, release, Moment.ROLLING_BACK, Duration.ZERO, Duration.ofSeconds(60)));
        }
        if (fault.in() == Moment.FROZEN || fault.in() == Moment.UNCONFIRMED || back && random.nextBoolean()) {
            Duration after = Duration.ofMillis(random.nextInt(10_000));
            faults.add(new Fault(FaultKind.CANARY_BAD, release, Moment.BAKING, after, Duration.ofSeconds(200)));
        }
        if (fault.in() == Moment.UNCONFIRMED) {
            faults.add(stubborn(random, release));
        }
    }

    private static Fault stubborn(SplittableRandom random, int release) {
        return new Fault(
                STUBBORN[random.nextInt(STUBBORN.length)],
                release,
                Moment.ROLLING_BACK,
                Duration.ZERO,
                Duration.ofSeconds(35 + random.nextInt(90)));
    }

    private static Fault fault(SplittableRandom random, int releases) {
        // some seconds, or a minute or two
        int most = random.nextBoolean() ? 12_000 : 120_000;
        return new Fault(
                KINDS[random.nextInt(KINDS.length)],
                random.nextInt(releases),
                MOMENTS[random.nextInt(MOMENTS.length)],
                Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(8_000)),
                Duration.ofMillis(100 + random.nextInt(most)));
    }

    Schedule without(Fault fault) {
        List<Fault> left = new ArrayList<>(faults);
        left.remove(fault);
        return new Schedule(seed, threads, releases, List.copyOf(left));
    }

    /** Without a release, and what waits for it. */
    Schedule withoutRelease(int index) {
        List<Contracts> left = new ArrayList<>(releases);
        left.remove(index);
        return new Schedule(
                seed,
                threads,
                List.copyOf(left),
                faults.stream()
                        .filter(f -> f.release() != index)
                        .map(f -> f.release() < index ? f : f.of(f.release() - 1))
                        .toList());
    }

    /** One release has the plain contract. */
    Schedule plain(int index) {
        List<Contracts> all = new ArrayList<>(releases);
        all.set(index, Contracts.PLAIN);
        return new Schedule(seed, threads, List.copyOf(all), faults);
    }

    Schedule with(Fault fault, Fault other) {
        return new Schedule(
                seed,
                threads,
                releases,
                faults.stream().map(f -> f == fault ? other : f).toList());
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + releases + (threads ? " on threads" : "")
                + faults.stream().map(f -> "\n  " + f).collect(Collectors.joining());
    }
}
