// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.text.Pack;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What earlier looks said of a histogram, which is all that the next look's bets are chosen by.
 *
 * @param low where the bucket of the baseline's median begins, by the latest look; 0 for the first bucket
 * @param high where it ends, infinite for the last bucket
 * @param aboveLow part of the baseline above {@code low}; aboveHigh the same
 * @param canaryLow sum of this phase's {@code low} of the canary, each look weighted by its values; the other three likewise
 * @param farLow the bound below the tail's limit where that lies inside a bucket of either side; 0 where it is a bound
 * @param farHigh the bound above it, infinite for none; 0 likewise
 * @param watched bounds between the baseline's 25 and 99 %, ascending, and the first beyond
 * @param shares part of the baseline that may lie above each of them where the canary is harmless
 */
public record BucketState(
        double low,
        double high,
        double aboveLow,
        double aboveHigh,
        double canaryLow,
        double canaryHigh,
        double baselineLow,
        double baselineHigh,
        double farLow,
        double farHigh,
        List<Double> watched,
        List<Double> shares) {
    private static final int NUMBERS = 8;

    /** Of a bucket and of the tail's limit, before those that are watched. */
    private static final int BOUNDS = 4;

    private static final int SUMS = 4;

    /** Written by an earlier version for what has no end. */
    private static final double NO_END = -1;

    /** Bounds that are bet on side by side. */
    static final int SLOTS = 6;

    /** Harm of the level is seen between these parts of the baseline above a bound. */
    private static final double MOST_ABOVE = 0.75;

    private static final double LEAST_ABOVE = 0.01;

    /** Values that a share remembers: earlier ones fade. */
    private static final double REMEMBERS = 500;

    /** Shares are kept to the thousandth: they only choose stakes. */
    private static final double ROUNDED = 1000;

    /** And sums to so many digits: a million looks make that four. */
    private static final MathContext DIGITS = new MathContext(10);

    public BucketState {
        watched = List.copyOf(watched);
        shares = List.copyOf(shares);
    }

    static final BucketState NONE = new BucketState(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, List.of(), List.of());

    /** Whether any look told where the baseline's level lies. */
    boolean isSeen() {
        return high > low;
    }

    /** Which of the watched bounds a slot bets on: where there are fewer than slots, neighbours share one. */
    int slot(int slot) {
        return slot * watched.size() / SLOTS;
    }

    /** A phase begins: the levels are its own. */
    BucketState phase() {
        return new BucketState(low, high, aboveLow, aboveHigh, 0, 0, 0, 0, farLow, farHigh, watched, shares);
    }

    /** With the bounds around the tail's limit, null where the limit is one. */
    BucketState far(Buckets.Beyond beyond) {
        double from = beyond == null ? 0 : rounded(beyond.low());
        double to = beyond == null ? 0 : rounded(beyond.high());
        return from == farLow && to == farHigh
                ? this
                : new BucketState(
                        low,
                        high,
                        aboveLow,
                        aboveHigh,
                        canaryLow,
                        canaryHigh,
                        baselineLow,
                        baselineHigh,
                        from,
                        to,
                        watched,
                        shares);
    }

    /** After a look without a baseline. */
    BucketState alone(Buckets canary) {
        return new BucketState(
                low,
                high,
                aboveLow,
                aboveHigh,
                sum(canaryLow, canary.total() * canary.low(canary.middle())),
                sum(canaryHigh, canary.total() * canary.high(canary.middle())),
                baselineLow,
                baselineHigh,
                farLow,
                farHigh,
                watched,
                shares);
    }

    /** After a look of both sides that is not yet bet on. */
    BucketState levels(Buckets canary, Buckets baseline) {
        BucketState own = alone(canary);
        return new BucketState(
                low,
                high,
                aboveLow,
                aboveHigh,
                own.canaryLow,
                own.canaryHigh,
                sum(baselineLow, baseline.total() * baseline.low(baseline.middle())),
                sum(baselineHigh, baseline.total() * baseline.high(baseline.middle())),
                farLow,
                farHigh,
                watched,
                shares);
    }

    /**
     * After a look that has both sides in the same buckets, when no look waits.
     *
     * @param allow harm that is none
     * @param anew whether the bounds are chosen by this look, as at a phase's start
     */
    BucketState look(Buckets canary, Buckets baseline, Allow allow, List<Direction> harms, boolean anew) {
        BucketSide side = new BucketSide(baseline);
        int middle = baseline.middle();
        boolean keep = !anew && watches(baseline, middle);
        Map<Double, Double> before = keep ? told(canary, baseline, side, harms.get(0)) : Map.of();
        List<Double> bounds = before.isEmpty() ? choose(side, harms) : List.copyOf(before.keySet());
        List<Double> parts = new ArrayList<>();
        for (double bound : bounds) {
            double now = share(side, bound, allow, harms);
            double old = before.getOrDefault(bound, Double.NaN);
            double part = Double.isNaN(old) ? now : old + (now - old) * side.total() / (side.total() + REMEMBERS);
            parts.add(thousandths(part));
        }
        BucketState own = levels(canary, baseline);
        return new BucketState(
                rounded(baseline.low(middle)),
                rounded(baseline.high(middle)),
                middle == 0 ? 1 : thousandths(side.beyond(middle - 1, Direction.UP) / side.total()),
                middle == side.size() ? 0 : thousandths(side.beyond(middle, Direction.UP) / side.total()),
                own.canaryLow,
                own.canaryHigh,
                own.baselineLow,
                own.baselineHigh,
                farLow,
                farHigh,
                bounds,
                parts);
    }

    private static double thousandths(double part) {
        return Math.round(ROUNDED * part) / ROUNDED;
    }

    /** A bound is kept as a float, and found by about so much. */
    private static double rounded(double bound) {
        return (float) bound;
    }

    /** Room is short: what only sums up is kept to ten digits. */
    private static double sum(double was, double more) {
        double sum = was + more;
        return Double.isInfinite(sum) ? sum : new BigDecimal(sum).round(DIGITS).doubleValue();
    }

    /** Whether the median still lies among the bounds. */
    private boolean watches(Buckets baseline, int middle) {
        return !watched.isEmpty()
                && watched.get(0) <= (1 + BucketSide.ABOUT) * baseline.high(middle)
                && watched.get(watched.size() - 1) >= (1 - BucketSide.ABOUT) * baseline.low(middle);
    }

    /**
     * The bounds, with the parts beyond them. One that is inside a bucket by now, as where a native histogram has made its buckets
     * coarser, gives way to the next one further out, whose part isn't known; those are among the finer ones, too, if they come back.
     */
    private Map<Double, Double> told(Buckets canary, Buckets baseline, BucketSide side, Direction d) {
        Map<Double, Double> told = new TreeMap<>();
        for (int i = 0; i < watched.size(); i++) {
            double bound = watched.get(i);
            if (side.index(bound) >= 0
                    || !canary.beyond(bound).hides() && !baseline.beyond(bound).hides()) {
                told.put(bound, shares.get(i));
            } else if (side.surely(bound, d) >= 0) {
                told.putIfAbsent(rounded(side.bound(side.surely(bound, d))), Double.NaN);
            }
        }
        return told;
    }

    private static List<Double> choose(BucketSide side, List<Direction> harms) {
        double most = harms.contains(Direction.DOWN) ? 1 - LEAST_ABOVE : MOST_ABOVE;
        double least = harms.contains(Direction.UP) ? LEAST_ABOVE : 1 - MOST_ABOVE;
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < side.size(); i++) {
            double before = i == 0 ? 1 : side.beyond(i - 1, Direction.UP) / side.total();
            double after = i + 1 == side.size() ? 0 : side.beyond(i + 1, Direction.UP) / side.total();
            double part = side.beyond(i, Direction.UP) / side.total();
            boolean up = part <= most && before >= least;
            boolean down = harms.contains(Direction.DOWN) && part >= least && after <= most;
            if (side.bound(i) > 0 && (up || down)) {
                all.add(rounded(side.bound(i)));
            }
        }
        List<Double> chosen = new ArrayList<>();
        int n = Math.min(SLOTS, all.size());
        for (int i = 0; i < n; i++) {
            chosen.add(all.get(n == 1 ? 0 : (int) Math.round(i * (all.size() - 1.0) / (n - 1))));
        }
        return chosen;
    }

    private static double share(BucketSide side, double bound, Allow allow, List<Direction> harms) {
        if (harms.size() > 1) {
            int at = side.surely(bound, Direction.UP);
            return at < 0 ? 0 : side.beyond(at, Direction.UP) / side.total();
        }
        Direction d = harms.get(0);
        double beyond = side.atMost(BucketSide.origin(bound, allow, d, BucketWatch.LEAST_RATIO), d) / side.total();
        return d == Direction.UP ? beyond : 1 - beyond;
    }

    /** Whether a canary that is off by the margin must show in the buckets at the level. */
    boolean shows(Allow margin, Direction d) {
        double slack = BucketSide.ABOUT * low;
        return low > 0
                && high < Double.POSITIVE_INFINITY
                && (d == Direction.UP
                        ? BucketSide.origin(high, margin, d, BucketWatch.LEAST_RATIO) <= low + slack
                        : BucketSide.origin(low, margin, d, BucketWatch.LEAST_RATIO) >= high - slack);
    }

    /** Numbers alone, bounds as floats and parts in thousandths: ten metrics are to fit in little room. */
    @JsonValue
    String text() {
        float[] bounds = new float[BOUNDS + watched.size()];
        float[] own = {(float) low, (float) high, (float) farLow, (float) farHigh};
        System.arraycopy(own, 0, bounds, 0, BOUNDS);
        for (int i = 0; i < watched.size(); i++) {
            bounds[BOUNDS + i] = watched.get(i).floatValue();
        }
        Pack to = new Pack()
                .floats(bounds)
                .doubles(canaryLow, canaryHigh, baselineLow, baselineHigh)
                .count(Math.round(ROUNDED * aboveLow))
                .count(Math.round(ROUNDED * aboveHigh));
        shares.forEach(share -> to.count(Math.round(ROUNDED * share)));
        return to.text();
    }

    private static BucketState packed(Pack.Reader from) {
        float[] bounds = from.floats();
        double[] sums = from.doubles(SUMS);
        double aboveLow = from.count() / ROUNDED;
        double aboveHigh = from.count() / ROUNDED;
        List<Double> watched = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int i = BOUNDS; i < bounds.length; i++) {
            watched.add((double) bounds[i]);
            shares.add(from.count() / ROUNDED);
        }
        return new BucketState(
                bounds[0],
                bounds[1],
                aboveLow,
                aboveHigh,
                sums[0],
                sums[1],
                sums[2],
                sums[3],
                bounds[2],
                bounds[BOUNDS - 1],
                watched,
                shares);
    }

    /** What {@link #text} wrote, or the numbers of an earlier version: eight, and two for each bound. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static BucketState read(JsonNode node) {
        if (node.isTextual()) {
            return packed(new Pack.Reader(node.textValue()));
        }
        double[] n = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            double v = node.path(i).asDouble();
            n[i] = v == NO_END ? Double.POSITIVE_INFINITY : v;
        }
        List<Double> bounds = new ArrayList<>();
        List<Double> parts = new ArrayList<>();
        for (int i = NUMBERS; i + 1 < node.size(); i += 2) {
            bounds.add(rounded(node.path(i).asDouble()));
            parts.add(node.path(i + 1).asDouble());
        }
        return new BucketState(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], 0, 0, bounds, parts);
    }
}
