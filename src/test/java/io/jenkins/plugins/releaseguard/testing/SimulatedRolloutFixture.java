// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import java.util.Arrays;
import java.util.List;

/** Runs the judge over simulated releases at the usual bakes: 15 minutes a phase, a look every 30 seconds. */
public final class SimulatedRolloutFixture {
    public static final int LOOKS = 30;
    public static final List<Double> SHARES = List.of(0.01, 0.05, 0.25, 0.5, 1.0);

    /**
     * @param stops how many of the releases were stopped
     * @param looks at which those stopped, counted from the start
     * @param requests canary requests until then
     * @param phase at which those stopped
     */
    public record Tally(int runs, int stops, double[] looks, double[] requests, int[] phase) {
        public double rate() {
            return (double) stops / runs;
        }

        public static double median(double[] v) {
            double[] s = v.clone();
            Arrays.sort(s);
            return Ranks.median(s);
        }

        long in(int p) {
            return Arrays.stream(phase).filter(x -> x == p).count();
        }
    }

    private SimulatedRolloutFixture() {}

    public static Tally run(JudgeConfig c, int runs, long seed, double errorRate, SimulatedRelease.Harm harm) {
        double[] looks = new double[runs];
        double[] requests = new double[runs];
        int[] phase = new int[runs];
        int stops = 0;
        for (int i = 0; i < runs; i++) {
            SimulatedRelease release = new SimulatedRelease(seed + i, errorRate);
            WatchState s = Watch.start(c);
            double seen = 0;
            int n = 0;
            boolean stopped = false;
            for (int p = 0; p < c.phaseShares().size() && !stopped; p++) {
                double share = c.phaseShares().get(p);
                for (int k = 0; k < LOOKS && !stopped; k++) {
                    Look look = release.look(p, share, harm);
                    seen += look.canaryRequests();
                    n++;
                    WatchStep step = Watch.look(c, s, look);
                    s = step.state();
                    stopped = step.verdict().action() == Action.STOP;
                }
                if (stopped) {
                    looks[stops] = n;
                    requests[stops] = seen;
                    phase[stops++] = p;
                }
            }
        }
        return new Tally(
                runs, stops, Arrays.copyOf(looks, stops), Arrays.copyOf(requests, stops), Arrays.copyOf(phase, stops));
    }
}
