// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.List;
import java.util.stream.IntStream;

/** What simulated releases took: a forecast, not a promise. */
public final class Forecast {
    private final List<PhaseOutlook> phases;
    private final List<SimulatedTimes> runs;
    private final List<Double> longest;
    private final double after;
    private final List<String> leftOut;

    /** @param longest seconds after which each phase is left whatever it has shown; infinite where none is */
    Forecast(
            List<PhaseOutlook> phases,
            List<SimulatedTimes> runs,
            List<Double> longest,
            double after,
            List<String> leftOut) {
        this.phases = List.copyOf(phases);
        this.runs = List.copyOf(runs);
        this.longest = List.copyOf(longest);
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

    /** How many healthy releases were simulated. */
    public int runs() {
        return runs.size();
    }

    /** The share of healthy releases that were stopped. */
    public double stopped() {
        return (double) runs.stream().filter(SimulatedTimes::stopped).count() / runs.size();
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

    private double took(SimulatedTimes run, int phase) {
        return Math.min(run.seconds()[phase], longest.get(phase));
    }

    /** Seconds for which the new version is watched with all traffic. */
    double after() {
        return after;
    }
}
