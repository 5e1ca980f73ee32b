// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs schedules, a seed each, on all processors; bin/simulate calls it. */
public final class Simulate {
    /** Kept, or its level would be forgotten. */
    private static final Logger QUIET = Logger.getLogger("io.jenkins.plugins.releaseguard");

    private static final int MOST_TOLD = 5;

    final Coverage coverage = new Coverage();
    final List<Failure> failures = Collections.synchronizedList(new ArrayList<>());
    final AtomicLong done = new AtomicLong();

    /** A schedule that broke rules. */
    record Failure(Schedule schedule, List<Violation> violations) {}

    /** How to run it: from a seed on, so many, or as many as there is time for, but {@code least} of them however long they take. */
    record Options(long from, long seeds, long least, Duration limit, int threads) {}

    private Simulate() {}

    public static void main(String[] arguments) {
        Options options = options(List.of(arguments));
        if (options == null) {
            System.err.println(
                    "usage: simulate [--seeds N] [--minutes M [--least N]] [--from SEED] [--threads T] [--seed SEED]");
            System.exit(2);
        }
        long begin = System.nanoTime();
        Simulate simulate = run(options);
        double seconds = (System.nanoTime() - begin) / 1e9;
        simulate.tell(System.out, seconds);
        System.exit(simulate.failures.isEmpty() ? 0 : 1);
    }

    private static Options options(List<String> arguments) {
        long from = 0;
        long seeds = Long.MAX_VALUE / 2;
        long least = 0;
        Duration limit = Duration.ofDays(365);
        int threads = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            long value = Long.parseLong(arguments.get(i + 1));
            switch (arguments.get(i)) {
                case "--seeds" -> seeds = value;
                case "--least" -> least = value;
                case "--minutes" -> limit = Duration.ofMinutes(value);
                case "--from" -> from = value;
                case "--threads" -> threads = (int) value;
                case "--seed" -> {
                    from = value;
                    seeds = 1;
                }
                default -> {
                    return null;
                }
            }
        }
        return arguments.size() % 2 == 1 ? null : new Options(from, seeds, least, limit, threads);
    }

    /** Ends early once much has failed. */
    static Simulate run(Options options) {
        Level before = QUIET.getLevel();
        QUIET.setLevel(Level.OFF);
        try {
            Simulate simulate = new Simulate();
            AtomicLong next = new AtomicLong(options.from);
            long end = System.nanoTime() + options.limit.toNanos();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < options.threads; i++) {
                Thread thread = new Thread(() -> simulate.work(next, options, end), "simulation-" + i);
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            return simulate;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            QUIET.setLevel(before);
        }
    }

    private void work(AtomicLong next, Options options, long end) {
        Path folder = folder();
        for (long seed = next.getAndIncrement();
                seed - options.from < options.seeds
                        && (seed - options.from < options.least || System.nanoTime() < end)
                        && failures.size() < MOST_TOLD;
                seed = next.getAndIncrement()) {
            Schedule schedule = Schedule.of(seed);
            List<Violation> violations = violations(schedule, folder, coverage);
            if (!violations.isEmpty()) {
                failures.add(new Failure(schedule, violations));
            }
            done.incrementAndGet();
        }
        delete(folder);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("release-guard-simulation");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What escapes from the runner's own threads breaks the first of all rules. */
    private static List<Violation> violations(Schedule schedule, Path folder, Coverage coverage) {
        try {
            return Simulation.run(schedule, folder, coverage);
        } catch (RuntimeException | Error e) {
            StackTraceElement[] trace = e.getStackTrace();
            return List.of(new Violation(
                    "nothing is thrown where nobody catches it",
                    e + (trace.length == 0 ? "" : " at " + trace[0]),
                    "the simulation"));
        }
    }

    /** The same schedule, made as short as it can be while it breaks the same rule. */
    static Schedule shortest(Failure failure) {
        Path folder = folder();
        Level before = QUIET.getLevel();
        QUIET.setLevel(Level.OFF);
        try {
            return Shrinker.shrink(
                    failure.schedule,
                    failure.violations.get(0),
                    schedule -> violations(schedule, folder, new Coverage()));
        } finally {
            QUIET.setLevel(before);
            delete(folder);
        }
    }

    private void tell(PrintStream out, double seconds) {
        for (Failure failure : failures) {
            out.println(text(failure));
        }
        out.printf(
                "%d schedules in %.0f s, %.0f a second, %d failed%n%n%s%n",
                done.get(), seconds, done.get() / seconds, failures.size(), coverage);
        if (done.get() > 50_000 && !coverage.empty().isEmpty()) {
            out.println("never happened: " + coverage.empty());
        }
    }

    static String text(Failure failure) {
        StringBuilder text = new StringBuilder("seed " + failure.schedule.seed() + " breaks");
        failure.violations.forEach(v -> text.append("\n  ").append(v));
        return text + "\nalready where\n" + shortest(failure) + "\nAgain: bin/simulate --seed "
                + failure.schedule.seed();
    }
}
