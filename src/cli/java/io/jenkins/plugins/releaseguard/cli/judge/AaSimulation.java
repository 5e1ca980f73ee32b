// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a configuration does on a service's own data: looks of an A/A release are drawn again in blocks of four (so that what
 * lasts some looks stays together), sides are dealt anew within each look, errors in clusters of the size that the data show,
 * and then a named harm is added to the canary. A block bootstrap (Kuensch, Ann. Stat. 17, 1989) under the null of equality.
 */
public final class AaSimulation {
    private static final int BLOCK = 4;

    /**
     * @param errors the canary's errors times this; 1 is no harm
     * @param values its values times this, for latency and gauge
     */
    public record Harm(double errors, double values) {
        public static final Harm NONE = new Harm(1, 1);
    }

    /**
     * @param stopped of the runs
     * @param medianSeconds until a stop, NaN when there is none
     */
    public record Result(int runs, int stopped, double medianSeconds, double medianCanaryRequests) {
        public double rate() {
            return (double) stopped / runs;
        }
    }

    private final JudgeConfig config;
    private final List<Look> looks;
    private final int perPhase;
    private final Map<String, Double> clusters = new HashMap<>();

    /** @param looks of a release in which both sides ran the same program */
    public AaSimulation(JudgeConfig config, List<Look> looks, int perPhase) {
        if (looks.size() < 2 * BLOCK) {
            throw new IllegalArgumentException(
                    "the self-test needs at least " + 2 * BLOCK + " looks, but has " + looks.size());
        }
        this.config = config;
        this.looks = List.copyOf(looks);
        this.perPhase = perPhase;
        for (MetricConfig m : config.metrics()) {
            clusters.put(m.id(), cluster(m.id()));
        }
    }

    /** Pearson's dispersion of the canary's part of the errors. */
    private double cluster(String id) {
        double sum = 0;
        int terms = 0;
        for (Look l : looks) {
            for (MetricLook m : l.metrics()) {
                if (!m.id().equals(id) || m.canaryCounts() == null || m.baselineCounts() == null) {
                    continue;
                }
                double nc = m.canaryCounts().total();
                double nb = m.baselineCounts().total();
                boolean own = nc + nb > 0; // a count takes the look's requests
                double share = own ? nc / (nc + nb) : l.canaryRequests() / (l.canaryRequests() + l.baselineRequests());
                double n = m.canaryCounts().errors() + m.baselineCounts().errors();
                if (n > 0 && share > 0 && share < 1) {
                    sum += Math.pow(m.canaryCounts().errors() - share * n, 2) / (share * (1 - share) * n);
                    terms++;
                }
            }
        }
        return terms == 0 ? 1 : Math.max(1, sum / terms);
    }

    public Result run(int runs, long seed, Harm harm) {
        List<double[]> stops = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            double[] stop = release(new SplittableRandom(seed + i), harm);
            if (stop != null) {
                stops.add(stop);
            }
        }
        return new Result(runs, stops.size(), median(stops, 0), median(stops, 1));
    }

    private static double median(List<double[]> of, int column) {
        return Ranks.median(of.stream().mapToDouble(v -> v[column]).sorted().toArray());
    }

    /** Seconds and canary requests until the stop, null when there is none. */
    private double[] release(SplittableRandom r, Harm harm) {
        WatchState s = Watch.start(config);
        double seconds = 0;
        double requests = 0;
        int at = 0;
        for (int p = 0; p < config.phaseShares().size(); p++) {
            for (int k = 0; k < perPhase && config.compares(p); k++) {
                at = k % BLOCK == 0 ? r.nextInt(looks.size()) : (at + 1) % looks.size();
                Look look = deal(r, looks.get(at), p, harm);
                seconds += look.seconds();
                requests += Double.isNaN(look.canaryRequests()) ? 0 : look.canaryRequests();
                WatchStep step = Watch.unsaid(config, s, look);
                s = step.state();
                if (step.verdict().action() == Action.STOP) {
                    return new double[] {seconds, requests};
                }
            }
        }
        return null;
    }

    private Look deal(SplittableRandom r, Look look, int phase, Harm harm) {
        double share = config.expectedShares().get(phase);
        List<MetricLook> dealt = new ArrayList<>();
        for (MetricLook m : look.metrics()) {
            dealt.add(m.missing() != null ? m : metric(r, m, share, harm));
        }
        double all = look.canaryRequests() + look.baselineRequests();
        return new Look(phase, look.seconds(), all * (1 - share), all * share, dealt);
    }

    private MetricLook metric(SplittableRandom r, MetricLook m, double share, Harm harm) {
        if (m.canaryCounts() != null) {
            return events(r, m, share, harm);
        }
        return m.inBuckets() && m.baselineBuckets() != null
                ? DealtBuckets.deal(r, m, share, harm.values())
                : values(r, m, share, harm);
    }

    private MetricLook events(SplittableRandom r, MetricLook m, double share, Harm harm) {
        Counts c = m.canaryCounts();
        Counts b = m.baselineCounts() == null ? new Counts(0, 0) : m.baselineCounts();
        double total = c.total() + b.total();
        double left = c.errors() + b.errors();
        double size = clusters.get(m.id());
        double canary = 0;
        double baseline = 0;
        while (left > 0) {
            double cluster = Math.min(left, size);
            left -= cluster;
            if (r.nextDouble() < share) {
                canary += cluster;
            } else {
                baseline += cluster;
            }
        }
        canary *= harm.errors();
        if (Double.isNaN(total)) {
            return MetricLook.counts(m.id(), new Counts(baseline, total), new Counts(canary, total));
        }
        return MetricLook.counts(
                m.id(),
                new Counts(Math.min(baseline, total * (1 - share)), total * (1 - share)),
                new Counts(Math.min(canary, total * share), total * share));
    }

    private static MetricLook values(SplittableRandom r, MetricLook m, double share, Harm harm) {
        double[] c = SampleValues.sorted(m.canary());
        double[] b = SampleValues.sorted(m.baseline());
        double[] all = Arrays.copyOf(c, c.length + b.length);
        System.arraycopy(b, 0, all, c.length, b.length);
        for (int i = all.length - 1; i > 0; i--) {
            int j = r.nextInt(i + 1);
            double v = all[i];
            all[i] = all[j];
            all[j] = v;
        }
        int size = (int) Math.max(Math.min(1, all.length), Math.round(share * all.length));
        double[] canary = Arrays.copyOf(all, size);
        for (int i = 0; i < size; i++) {
            canary[i] *= harm.values();
        }
        return MetricLook.values(
                m.id(), SampleValues.of(Arrays.copyOfRange(all, size, all.length)), SampleValues.of(canary));
    }
}
