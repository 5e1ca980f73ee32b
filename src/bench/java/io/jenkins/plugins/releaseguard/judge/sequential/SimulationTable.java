// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.rank.Ranks;
import io.jenkins.plugins.releaseguard.testing.SimulatedRelease;
import io.jenkins.plugins.releaseguard.testing.SimulatedRolloutFixture;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The simulation at full size, printed as the tables of docs/judge.md. Arguments: releases (10000), releases that the rivals
 * see (1000), seed, and the word "promotions" for its tables alone.
 */
public final class SimulationTable {
    static final JudgeConfig CONFIG = JudgeConfig.of(0.05, SimulatedRelease.metrics(), SimulatedRolloutFixture.SHARES);
    static final double ERRORS = 0.01;

    private SimulationTable() {}

    public static void main(String[] args) {
        int runs = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rivals = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 20_240_229L;
        boolean promotionsOnly = args.length > 3 && args[3].equals("promotions");
        if (!promotionsOnly) {
            stops(runs, rivals, seed);
            fivePhases(Math.max(1, runs / 5), seed);
            rates(Math.max(1, runs / 10), seed);
            shares(Math.max(1, runs / 20), seed);
        }
        falsePromotions(Math.max(1, runs / 5), seed);
        rivalsAtTheMargin(Math.max(1, runs / 50), seed);
        PromotionTable.promotions(Math.max(1, runs / 10), seed);
        PromotionTable.waits(Math.max(1, runs / 50), seed);
    }

    private static final class Row {
        private int runs;
        private final List<Double> minutes = new ArrayList<>();
        private final List<Double> requests = new ArrayList<>();

        double rate() {
            return (double) minutes.size() / runs;
        }

        /** Wilson's 95 % interval. */
        String interval() {
            double n = runs;
            double p = rate();
            double z = 1.959964;
            double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
            double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
            return String.format(Locale.ROOT, "%.2f–%.2f", 100 * (middle - half), 100 * (middle + half));
        }

        String median(List<Double> of) {
            return of.isEmpty()
                    ? "–"
                    : String.format(
                            Locale.ROOT,
                            "%.0f",
                            Ranks.median(
                                    of.stream().mapToDouble(v -> v).sorted().toArray()));
        }
    }

    private static void stops(int runs, int rivals, long seed) {
        Map<String, SimulatedRelease.Harm> harms = new LinkedHashMap<>();
        harms.put("A/A", SimulatedRelease.Harm.NONE);
        harms.put("errors doubled", new SimulatedRelease.Harm(2, 1));
        harms.put("latency +20 %", new SimulatedRelease.Harm(1, 1.2));
        System.out.println("| release | judged by | releases | stopped % | 95 % interval | median minutes | "
                + "median canary requests |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|");
        harms.forEach((name, harm) -> {
            Map<String, Row> rows = new LinkedHashMap<>();
            rows.put("this judge", new Row());
            for (int i = 0; i < runs; i++) {
                Map<String, Predicate<Look>> judges = new LinkedHashMap<>();
                judges.put("this judge", watch());
                if (i < rivals) {
                    judges.putAll(Rivals.all());
                }
                run(judges, rows, new SimulatedRelease(seed + i, ERRORS), harm);
            }
            rows.forEach((who, r) -> System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %.2f | %s | %s | %s |%n",
                    name,
                    who,
                    r.runs,
                    100 * r.rate(),
                    r.interval(),
                    r.median(r.minutes),
                    r.median(r.requests)));
            System.out.flush();
        });
    }

    /** A/A where all five phases have a concurrent baseline. */
    private static void fivePhases(int runs, long seed) {
        JudgeConfig five = JudgeConfig.of(0.05, SimulatedRelease.metrics(), List.of(0.01, 0.05, 0.1, 0.25, 0.5));
        SimulatedRolloutFixture.Tally t =
                SimulatedRolloutFixture.run(five, runs, seed + 1_000_000, ERRORS, SimulatedRelease.Harm.NONE);
        System.out.printf(
                Locale.ROOT,
                "| A/A, shares 1, 5, 10, 25, 50 %% | this judge | %d | %.2f | | | |%n",
                runs,
                100 * t.rate());
    }

    private static Predicate<Look> watch() {
        WatchState[] s = {Watch.start(CONFIG)};
        return look -> {
            WatchStep step = Watch.look(CONFIG, s[0], look);
            s[0] = step.state();
            return step.verdict().action() == Action.STOP;
        };
    }

    private static void run(
            Map<String, Predicate<Look>> judges,
            Map<String, Row> rows,
            SimulatedRelease release,
            SimulatedRelease.Harm harm) {
        judges.keySet().forEach(k -> rows.computeIfAbsent(k, x -> new Row()).runs++);
        double requests = 0;
        int looks = 0;
        for (int p = 0; p < SimulatedRolloutFixture.SHARES.size(); p++) {
            for (int k = 0; k < SimulatedRolloutFixture.LOOKS && !judges.isEmpty(); k++) {
                Look look = release.look(p, SimulatedRolloutFixture.SHARES.get(p), harm);
                requests += look.canaryRequests();
                looks++;
                double seen = requests;
                double minutes = looks * SimulatedRelease.SECONDS / 60;
                judges.entrySet().removeIf(j -> {
                    boolean stop = j.getValue().test(look);
                    if (stop) {
                        rows.get(j.getKey()).minutes.add(minutes);
                        rows.get(j.getKey()).requests.add(seen);
                    }
                    return stop;
                });
            }
        }
    }

    /** Power where errors are rarer or the harm larger. */
    private static void rates(int runs, long seed) {
        System.out.println();
        System.out.println("| error rate | errors times | stopped % | median minutes |");
        System.out.println("|---:|---:|---:|---:|");
        for (double rate : new double[] {0.01, 0.003, 0.001}) {
            for (double times : new double[] {1.5, 2, 5, 20}) {
                SimulatedRolloutFixture.Tally t =
                        SimulatedRolloutFixture.run(CONFIG, runs, seed, rate, new SimulatedRelease.Harm(times, 1));
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %.1f | %.1f |%n",
                        Quantity.percent(rate),
                        Quantity.number(times),
                        100 * t.rate(),
                        SimulatedRolloutFixture.Tally.median(t.looks()) / 2);
            }
        }
    }

    /** Canary requests until the stop when harm begins in a phase, beside Wald's bound of any test at alpha 5 %. */
    private static void shares(int runs, long seed) {
        System.out.println();
        System.out.println("| share | sent | errors doubled: median requests (minutes) | Wald's bound | "
                + "latency +20 %: median requests (minutes) |");
        System.out.println("|---:|---:|---:|---:|---:|");
        for (int p = 0; p < 4; p++) {
            double share = SimulatedRelease.sent(SimulatedRolloutFixture.SHARES.get(p));
            double[] errors = toStop(runs, seed, p, new SimulatedRelease.Harm(2, 1));
            double[] slow = toStop(runs, seed, p, new SimulatedRelease.Harm(1, 1.2));
            double t = Counts.shareAt(share, 2);
            double kl = t * Math.log(t / share) + (1 - t) * Math.log((1 - t) / (1 - share));
            double events = Math.log(20) / kl;
            // events per canary request: its own at twice the rate, and the baseline's beside it
            double perRequest = ERRORS * (2 + (1 - share) / share);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.0f (%.1f) | %.0f | %.0f (%.1f) |%n",
                    Quantity.percent(SimulatedRolloutFixture.SHARES.get(p)),
                    Quantity.percent(share),
                    errors[0],
                    errors[1],
                    events / perRequest,
                    slow[0],
                    slow[1]);
        }
    }

    private static double[] toStop(int runs, long seed, int phase, SimulatedRelease.Harm harm) {
        double[] requests = new double[runs];
        double[] minutes = new double[runs];
        for (int i = 0; i < runs; i++) {
            SimulatedRelease release = new SimulatedRelease(seed + i, ERRORS);
            Predicate<Look> watch = watch();
            boolean stop = false;
            for (int k = 0; k < 480 && !stop; k++) {
                Look look = release.look(phase, SimulatedRolloutFixture.SHARES.get(phase), harm);
                requests[i] += look.canaryRequests();
                minutes[i] += look.seconds() / 60;
                stop = watch.test(look);
            }
        }
        return new double[] {
            SimulatedRolloutFixture.Tally.median(requests), SimulatedRolloutFixture.Tally.median(minutes)
        };
    }

    /** A canary exactly as bad as the phase's margin: how often does its metric pass within the bake? */
    private static void falsePromotions(int runs, long seed) {
        System.out.println();
        System.out.println("| share | errors at the margin | passed % | exceptions | passed % | latency | passed % |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|");
        for (int p = 0; p < 4; p++) {
            double errors = 1 + margin(0, p);
            double exceptions = 1 + margin(4, p);
            double latency = 1 + margin(5, p);
            int[] passed = new int[3];
            for (int i = 0; i < runs; i++) {
                passed[0] += passes(seed + i, p, new SimulatedRelease.Harm(errors, 1), 0) >= 0 ? 1 : 0;
                passed[1] += passes(seed + i, p, new SimulatedRelease.Harm(1, 1, exceptions), 4) >= 0 ? 1 : 0;
                passed[2] += passes(seed + i, p, new SimulatedRelease.Harm(1, latency), 5) >= 0 ? 1 : 0;
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | ×%.2f | %.2f | ×%.2f | %.2f | ×%.2f | %.2f |%n",
                    Quantity.percent(SimulatedRolloutFixture.SHARES.get(p)),
                    errors,
                    100.0 * passed[0] / runs,
                    exceptions,
                    100.0 * passed[1] / runs,
                    latency,
                    100.0 * passed[2] / runs);
        }
    }

    /** The same canaries before the rivals: who does not stop within the bake lets them pass. */
    private static void rivalsAtTheMargin(int runs, long seed) {
        System.out.println();
        System.out.println("| judged by | 1 % | 5 % | 25 % | 50 % |");
        System.out.println("|---|---:|---:|---:|---:|");
        Map<String, StringBuilder> rows = new LinkedHashMap<>();
        for (int p = 0; p < 4; p++) {
            Map<String, int[]> passed = new LinkedHashMap<>();
            for (int i = 0; i < runs; i++) {
                survivors(seed + i, p, new SimulatedRelease.Harm(1 + margin(0, p), 1))
                        .forEach((who, alive) -> passed.computeIfAbsent(who, x -> new int[2])[0] += alive ? 1 : 0);
                survivors(seed + i, p, new SimulatedRelease.Harm(1, 1 + margin(5, p)))
                        .forEach((who, alive) -> passed.computeIfAbsent(who, x -> new int[2])[1] += alive ? 1 : 0);
            }
            passed.forEach((who, n) -> rows.computeIfAbsent(who, x -> new StringBuilder("| " + x + " |"))
                    .append(String.format(Locale.ROOT, " %.1f, %.1f |", 100.0 * n[0] / runs, 100.0 * n[1] / runs)));
        }
        rows.values().forEach(System.out::println);
    }

    private static Map<String, Boolean> survivors(long seed, int phase, SimulatedRelease.Harm harm) {
        Map<String, Boolean> alive = new LinkedHashMap<>();
        SimulatedRelease release = new SimulatedRelease(seed, ERRORS);
        Map<String, Predicate<Look>> rivals = Rivals.all();
        rivals.keySet().forEach(who -> alive.put(who, true));
        for (int k = 0; k < SimulatedRolloutFixture.LOOKS; k++) {
            Look look = release.look(phase, SimulatedRolloutFixture.SHARES.get(phase), harm);
            rivals.forEach((who, rival) -> alive.computeIfPresent(who, (w, still) -> still && !rival.test(look)));
        }
        return alive;
    }

    static double margin(int metric, int phase) {
        return CONFIG.metrics()
                .get(metric)
                .promotionMargin(CONFIG.multiplier(phase))
                .value();
    }

    /** The look at which a metric first passes, -1 when it does not within the bake. */
    private static int passes(long seed, int phase, SimulatedRelease.Harm harm, int metric) {
        SimulatedRelease release = new SimulatedRelease(seed, ERRORS);
        WatchState s = Watch.start(CONFIG);
        for (int k = 0; k < SimulatedRolloutFixture.LOOKS; k++) {
            WatchStep step =
                    Watch.look(CONFIG, s, release.look(phase, SimulatedRolloutFixture.SHARES.get(phase), harm));
            s = step.state();
            if (step.verdict().findings().get(metric).verdict() == Verdict.PASS) {
                return k;
            }
        }
        return -1;
    }
}
