// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Multi-window, multi-burn-rate alerts of a service level objective (The Site Reliability Workbook, chapter 5), computed for one
 * variant: a burn over the whole service cannot see a small canary. Fixed limits; no alpha belongs to them.
 */
public final class BurnRates {
    /**
     * @param rate how many times faster than evenly the budget is spent
     * @param longSeconds the window that proves it
     * @param shortSeconds the window that shows it is still going on, a twelfth
     */
    public record Window(double rate, double longSeconds, double shortSeconds) {}

    /**
     * @param longBurn NaN where the window has no requests
     * @param breached both windows burn at the rate or faster
     */
    public record Burn(Window window, double longBurn, double shortBurn, boolean breached, String reason) {}

    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final double[][] SHARE_AND_HOURS = {{0.02, 1}, {0.05, 6}, {0.1, 24}, {0.1, 72}};

    /** One error among ten requests burns a 99.9 % budget a hundredfold and means nothing. */
    private static final double FEWEST_ERRORS = 3;

    private final double target;
    private final double period;

    /**
     * @param target fraction of good requests, such as 0.999
     * @param periodSeconds of the objective
     */
    public BurnRates(double target, double periodSeconds) {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("objective.target must lie between 0 and 1, but is " + target);
        }
        if (!(periodSeconds > 0) || Double.isInfinite(periodSeconds)) {
            throw new IllegalArgumentException("objective.period must be positive, but is " + periodSeconds);
        }
        this.target = target;
        this.period = periodSeconds;
    }

    /** Windows whose rate spends 2 % of the period's budget in an hour, 5 % in six, 10 % in a day and in three days. */
    public List<Window> windows() {
        List<Window> list = new ArrayList<>();
        for (double[] w : SHARE_AND_HOURS) {
            double seconds = w[1] * HOUR;
            if (seconds < period) {
                list.add(new Window(w[0] * period / seconds, seconds, seconds / 12));
            }
        }
        return list;
    }

    /** How many times faster than evenly these counts spend the budget; NaN without requests. */
    public double burn(Counts counts) {
        return counts.errors() / counts.total() / (1 - target);
    }

    /** @param counts the variant's counts over the last so many seconds, null where unknown */
    public List<Burn> judge(DoubleFunction<Counts> counts) {
        List<Burn> burns = new ArrayList<>();
        for (Window w : windows()) {
            burns.add(over(w, counts.apply(w.longSeconds()), counts.apply(w.shortSeconds())));
        }
        return burns;
    }

    /** One pair of windows; {@code longer} and {@code shorter} are the variant's counts in them, null where unknown. */
    public Burn over(Window w, Counts longer, Counts shorter) {
        String fault = fault(longer, shorter);
        double a = fault == null ? burn(longer) : Double.NaN;
        double b = fault == null ? burn(shorter) : Double.NaN;
        boolean over = a >= w.rate() && b >= w.rate();
        boolean breached = over && longer.errors() >= FEWEST_ERRORS;
        String levels = "burns " + Quantity.inUnit(a, w.rate(), "") + "x over " + Span.about(w.longSeconds()) + " and "
                + Quantity.inUnit(b, w.rate(), "")
                + "x over " + Span.about(w.shortSeconds()) + ", limit " + Quantity.number(w.rate()) + "x";
        String reason = fault != null
                ? "unknown: " + fault
                : levels + (over && !breached ? ", but on fewer than 3 errors" : "");
        return new Burn(w, a, b, breached, reason);
    }

    private static String fault(Counts longer, Counts shorter) {
        if (longer == null || shorter == null) {
            return "no counts";
        }
        String f = longer.fault("long", true);
        f = f != null ? f : shorter.fault("short", true);
        return f != null ? f : longer.total() == 0 || shorter.total() == 0 ? "no requests in a window" : null;
    }

    /**
     * The part of the error budget that is left over the period: 1 is untouched, 0 or less is spent, NaN is unknown.
     *
     * @param counts of the whole period
     */
    public double budgetLeft(Counts counts) {
        return counts == null || counts.fault("period", true) != null || counts.total() == 0
                ? Double.NaN
                : 1 - burn(counts);
    }
}
