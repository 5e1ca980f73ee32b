// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What simulated releases took: a forecast, not a promise. */
public final class Forecast {
    /** Stopped in vain: more are no chance. */
    static final double FEW = 0.05;

    private final List<PhaseOutlook> phases;
    private final List<SimulatedTimes> runs;
    private final List<Double> longest;
    private final Undecided undecided;
    private final double after;
    private final List<String> leftOut;

    /**
     * @param longest seconds after which each phase is undecided if it can't be left
     * @param undecided what becomes of the release then
     * @param after seconds for which the new version is watched with all traffic
     */
    Forecast(
            List<PhaseOutlook> phases,
            List<SimulatedTimes> runs,
            List<Double> longest,
            Undecided undecided,
            double after,
            List<String> leftOut) {
        this.phases = List.copyOf(phases);
        this.runs = List.copyOf(runs);
        this.longest = List.copyOf(longest);
        this.undecided = undecided;
        this.after = after;
        this.leftOut = List.copyOf(leftOut);
    }

    public List<PhaseOutlook> phases() {
        return phases;
    }

    /** Ids of judged metrics of which too little is known to simulate them: each of them can hold the release. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** Of all compared phases together, what they would hold if releases took half as long again. */
    double tight() {
        return phases.stream()
                .filter(PhaseOutlook::compared)
                .mapToDouble(PhaseOutlook::tight)
                .sum();
    }

    /** How many healthy releases were simulated. */
    public int runs() {
        return runs.size();
    }

    /** The share of healthy releases that were stopped. */
    public double stopped() {
        return (double) stoppedIn(-1) / runs.size();
    }

    /** How many healthy releases were stopped in a phase; −1 for any. */
    private long stoppedIn(int phase) {
        return runs.stream()
                .filter(r -> r.isStopped() && (phase < 0 || r.seconds().length == phase))
                .count();
    }

    /** As in "38 of 40 simulated healthy releases were stopped (in phase 5%)"; empty where no more were than chance lets expect. */
    public String vain() {
        if (!(stopped() > FEW)) {
            return "";
        }
        int most = IntStream.range(0, phases.size())
                .reduce((a, b) -> stoppedIn(b) > stoppedIn(a) ? b : a)
                .orElse(0);
        return stoppedIn(-1) + " of " + runs.size() + " simulated healthy releases were stopped ("
                + (stoppedIn(most) < stoppedIn(-1) ? "most " : "") + "in phase "
                + phases.get(most).name() + ")";
    }

    /** What becomes of a release that is undecided at a longest bake. */
    public Undecided undecided() {
        return undecided;
    }

    /** How many simulated releases were in a phase for longer. */
    int in(int phase, double baked) {
        return (int) runs.stream().filter(r -> was(r, phase) > baked).count();
    }

    /** Of those the share that was stopped, there or later, 0 to 1. */
    double stoppedAfter(int phase, double baked) {
        return share(phase, baked, SimulatedTimes::isStopped);
    }

    /** Of those the share that wasn't stopped, but was undecided at a longest bake that was still to come, 0 to 1. */
    double undecidedAfter(int phase, double baked) {
        return share(
                phase,
                baked,
                r -> !r.isStopped()
                        && IntStream.range(phase, phases.size())
                                .anyMatch(p ->
                                        r.seconds()[p] > longest.get(p) && (p > phase || baked <= longest.get(p))));
    }

    private double share(int phase, double baked, Predicate<SimulatedTimes> which) {
        return (double) runs.stream()
                        .filter(r -> was(r, phase) > baked && which.test(r))
                        .count()
                / Math.max(1, in(phase, baked));
    }

    /** Seconds from the first phase's bake to the end, without the time that routers, bodies and people take. */
    public Outlook total() {
        return remaining(0, 0);
    }

    /**
     * Seconds to the end, of a release that has baked in a phase for a while: of the simulated ones, those that were in it as long.
     *
     * @param phase its index
     * @param baked seconds since its bake began
     * @return its ends are whole minutes; unknown (NaN) where no simulated release was in it so long
     */
    public Outlook remaining(int phase, double baked) {
        Outlook exact = Outlook.of(runs.stream()
                .filter(r -> r.seconds().length == phases.size() && took(r, phase) > baked)
                .mapToDouble(r -> IntStream.range(phase, phases.size())
                                .mapToDouble(p -> took(r, p))
                                .sum()
                        - baked
                        + after)
                .toArray());
        // nobody reads seconds of an hour
        return new Outlook(
                exact.median(), exact.ninety(), Math.floor(exact.low() / 60) * 60, Math.ceil(exact.high() / 60) * 60);
    }

    /** Seconds that it was in a phase, however it ended there; 0 where it never was. */
    private double was(SimulatedTimes run, int phase) {
        return phase < run.seconds().length
                ? took(run, phase)
                : phase == run.seconds().length && run.isStopped() ? run.stopped() : 0;
    }

    /** What is rolled back never ends. */
    private double took(SimulatedTimes run, int phase) {
        double seconds = run.seconds()[phase];
        if (seconds <= longest.get(phase)) {
            return seconds;
        }
        return switch (undecided) {
            case HOLD -> seconds;
            case PROCEED -> longest.get(phase);
            case ROLLBACK -> Double.POSITIVE_INFINITY;
        };
    }

    /** Seconds for which the new version is watched with all traffic. */
    double after() {
        return after;
    }
}
