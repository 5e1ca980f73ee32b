// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import java.util.List;
import java.util.SplittableRandom;

/** Looks of two variants, drawn from one source of chance. */
public final class LookFixture {
    /** A look of 30 s at 100 requests a second. */
    public static Look look(SplittableRandom r, int phase, double share, double errorRatio, double slowdown) {
        int canary = (int) Math.round(3000 * share);
        int baseline = 3000 - canary;
        double[] c = new double[Math.max(5, canary / 10)];
        double[] b = new double[Math.max(5, baseline / 10)];
        for (int i = 0; i < c.length; i++) {
            c[i] = slowdown * 100 * Math.exp(0.5 * r.nextGaussian());
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = 100 * Math.exp(0.5 * r.nextGaussian());
        }
        return new Look(
                phase,
                30,
                baseline,
                canary,
                List.of(
                        MetricLook.counts(
                                "e",
                                new Counts(events(r, baseline, 0.01), baseline),
                                new Counts(events(r, canary, 0.01 * errorRatio), canary)),
                        MetricLook.values("l", SampleValues.of(b), SampleValues.of(c))));
    }

    public static double events(SplittableRandom r, int n, double p) {
        int k = 0;
        for (int i = 0; i < n; i++) {
            k += r.nextDouble() < p ? 1 : 0;
        }
        return k;
    }

    private LookFixture() {}
}
