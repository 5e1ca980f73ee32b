// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How measurements become looks, so that whatever a tool would stop is stopped here too.
 *
 * <p>A level is asked for at each look as the tool asks for it: so many failed measurements of so many are so many looks. Requests are counted by
 * the look. One failed measurement over a window is a window that fails: {@code average > 5% over 5m}. Of several, each failed window has a look that
 * fails, and no look lies in more windows than there are measurements within one: the failures divided by that are the looks that must fail.
 */
final class LooksOfTool {
    /** As many looks as a threshold counts. */
    private static final int MOST_LOOKS = 100;

    /** And as a window has. */
    private static final int MOST_IN_WINDOW = 720;

    /** Between two looks, where a contract doesn't say. */
    private static final Duration USUAL = Duration.ofSeconds(5);

    private static final long LEAST_MILLIS = 1000;

    private final Duration interval;
    private final Duration bakes;
    private final boolean uneven;

    /** @param bakes of all phases together, null where one doesn't say */
    LooksOfTool(List<DraftTrigger> triggers, Duration bakes) {
        this.bakes = bakes;
        List<Duration> times = new ArrayList<>();
        Duration shortest = null;
        for (DraftTrigger trigger : triggers) {
            for (Timed timed : timed(trigger)) {
                if (timed.pace().repeats() && !isWindowed(timed)) {
                    Duration every = timed.pace().every();
                    times.add(every);
                    shortest = shortest == null || every.compareTo(shortest) < 0 ? every : shortest;
                    if (timed.breach().counted() && timed.breach().window() != null) {
                        times.add(timed.breach().window());
                    }
                }
            }
        }
        BigInteger common =
                times.stream().map(t -> BigInteger.valueOf(t.toMillis())).reduce(BigInteger.ZERO, BigInteger::gcd);
        uneven = common.signum() > 0 && common.longValue() < LEAST_MILLIS;
        interval = shortest == null ? null : uneven ? shortest : Duration.ofMillis(common.longValue());
    }

    private record Timed(Breach breach, ToolPace pace) {}

    private static List<Timed> timed(DraftTrigger trigger) {
        return Stream.concat(
                        trigger.all().stream().map(b -> new Timed(b, trigger.pace())),
                        trigger.warn().stream().map(b -> new Timed(b, trigger.warnPace())))
                .toList();
    }

    /** Between two looks; null where any will do. */
    Duration interval() {
        return interval;
    }

    /** In the threshold's language. */
    String threshold(DraftTrigger trigger) {
        return trigger.burn().isEmpty() ? joined(trigger.all(), trigger.pace(), " and ") : trigger.burn();
    }

    /** The same of what only holds the release; empty for none. */
    String warning(DraftTrigger trigger) {
        return joined(trigger.warn(), trigger.warnPace(), " or ");
    }

    private String joined(List<Breach> breaches, ToolPace pace, String joint) {
        return breaches.stream().map(b -> sentence(new Timed(b, pace))).collect(Collectors.joining(joint));
    }

    private String sentence(Timed timed) {
        Breach breach = timed.breach();
        if (spans(timed)) {
            String average = breach.subject().isEmpty() ? "average " : "";
            return average + breach.words() + " over " + Numbers.written(window(breach));
        }
        int needed = needed(timed);
        return breach.words() + (needed > 1 ? " in " + needed + " of " + looks(timed) + " looks" : "");
    }

    /** A window of one look is that look. */
    private boolean spans(Timed timed) {
        return isWindowed(timed) && !window(timed.breach()).equals(interval);
    }

    private static boolean isWindowed(Timed timed) {
        Breach breach = timed.breach();
        boolean once = !timed.pace().repeats() || breach.counted() && needed(timed) == 1;
        return breach.window() != null && once;
    }

    /** No window is longer than all phases: what is never lived through says nothing. */
    private Duration window(Breach breach) {
        Duration window = breach.window();
        Duration kept = (interval == null ? USUAL : interval).multipliedBy(MOST_IN_WINDOW);
        Duration most = bakes == null || bakes.isZero() || kept.compareTo(bakes) < 0 ? kept : bakes;
        long parts = (window.toMillis() + most.toMillis() - 1) / most.toMillis();
        return Duration.ofMillis(window.toMillis() / Math.max(1, parts));
    }

    private static int needed(Timed timed) {
        ToolPace pace = timed.pace();
        if (!pace.repeats()) {
            return 1;
        }
        int least = Math.min(MOST_LOOKS, pace.needed());
        if (!timed.breach().counted() || timed.breach().window() == null) {
            return least;
        }
        return (int) ((least + windows(timed) - 1) / windows(timed));
    }

    /** How many measurements look back on one moment. */
    private static long windows(Timed timed) {
        long every = timed.pace().every().toMillis();
        return Math.max(1, (timed.breach().window().toMillis() + every - 1) / every);
    }

    private int looks(Timed timed) {
        ToolPace pace = timed.pace();
        if (pace.of() == null) {
            return MOST_LOOKS;
        }
        long every = pace.every().toMillis();
        long window = timed.breach().counted() && timed.breach().window() != null
                ? Math.max(every, timed.breach().window().toMillis())
                : every;
        long span = (pace.of() - 1L) * every + window;
        long looks = (span + interval.toMillis() - 1) / interval.toMillis();
        return (int) Math.max(needed(timed), Math.min(MOST_LOOKS, looks));
    }

    /** What the looks say otherwise than the measurements; empty where they say the same. */
    List<String> notes(DraftTrigger trigger) {
        List<String> notes = new ArrayList<>();
        for (Timed timed : timed(trigger)) {
            Breach breach = timed.breach();
            if (spans(timed)) {
                Duration window = window(breach);
                notes.add("all of " + Numbers.written(window)
                        + " is one number here, looked at at every look; it says nothing before it has been lived through"
                        + (window.equals(breach.window())
                                ? ""
                                : ", so it is shorter than the " + Numbers.written(breach.window())
                                        + " there, which the phases don't last or no look remembers"));
            } else if (needed(timed) > 1) {
                share(timed, notes);
            }
        }
        return notes.stream().distinct().toList();
    }

    private void share(Timed timed, List<String> notes) {
        ToolPace pace = timed.pace();
        if (uneven) {
            notes.add("its times have no common measure of a second: what fails between two looks isn't seen");
        }
        if (breachOverlaps(timed)) {
            notes.add("there " + windows(timed) + " measurements look back on one moment, so "
                    + needed(timed) + " looks of " + Numbers.written(interval)
                    + " that fail are enough for the " + pace.needed() + " that must fail");
        }
        boolean all = pace.of() == null
                || looks(timed) < (pace.of() - 1L) * pace.every().toMillis() / interval.toMillis();
        if (all) {
            notes.add("all failures count there; here those of the last " + looks(timed)
                    + " looks do, which come every " + Numbers.written(interval)
                    + ": fewer in a longer time stop nothing");
        }
    }

    private static boolean breachOverlaps(Timed timed) {
        return timed.breach().counted() && timed.breach().window() != null && windows(timed) > 1;
    }
}
