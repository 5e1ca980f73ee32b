// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * False stops by regime of noise, time to stop, harm that begins late, promotions true and false: the tables of docs/judge.md that
 * tell one kind of noise from another. Arguments: releases a row (400), seed (1), then the tables' names, all by default.
 */
public final class RegimeTable {
    private static final double RATE = 100;
    private static final double SECONDS = 5;
    private static final double ERRORS = 0.01;
    private static final double HOUR = 3600;

    private final int runs;
    private final long seed;

    private RegimeTable(int runs, long seed) {
        this.runs = runs;
        this.seed = seed;
    }

    public static void main(String[] args) {
        NamedTables.print(args, 400, (runs, seed) -> new RegimeTable(runs, seed).tables());
    }

    private Map<String, Runnable> tables() {
        Map<String, Runnable> tables = new LinkedHashMap<>();
        tables.put("regimes", this::regimes);
        tables.put("long", this::longPhases);
        tables.put("power", this::power);
        tables.put("late", this::late);
        tables.put("promotions", this::promotions);
        tables.put("margin", this::margin);
        return tables;
    }

    private RegimeTraffic traffic(int i, Regime regime, double rate, double seconds, double errors, Harm harm) {
        return new RegimeTraffic(seed * 1_000_003 + i, regime, rate, seconds, errors, harm);
    }

    /** Whole releases without harm, by budget as contracts have it, and by proof. */
    private void regimes() {
        System.out.printf(
                "| regime (%d releases) | 5 s looks: stopped %% | held %% | by proof: held %% | 30 s looks: stopped %% | held %% | by proof: held %% |%n",
                runs);
        System.out.println("|---|---|---:|---:|---|---:|---:|");
        for (Regime regime : Regime.values()) {
            StringBuilder row = new StringBuilder("| " + regime.text() + " |");
            for (double seconds : new double[] {SECONDS, 30}) {
                int stopped = 0;
                int held = 0;
                int proof = 0;
                for (int i = 0; i < runs; i++) {
                    JudgeConfig c = RegimeTraffic.config(regime);
                    RegimeRollout.End end = RegimeRollout.run(
                            RegimeRollout.byBudget(c), traffic(i, regime, RATE, seconds, ERRORS, Harm.NONE));
                    stopped += end.stopped() ? 1 : 0;
                    held += end.held() ? 1 : 0;
                    proof += RegimeRollout.run(c, traffic(i, regime, RATE, seconds, ERRORS, Harm.NONE))
                                    .held()
                            ? 1
                            : 0;
                }
                row.append(' ').append(RegimeRollout.part(stopped, runs)).append(" | ");
                row.append(String.format(Locale.ROOT, "%.1f | %.1f |", 100.0 * held / runs, 100.0 * proof / runs));
            }
            System.out.println(row);
            System.out.flush();
        }
    }

    /** One phase of two hours without harm: capital that begins anew must not add up. */
    private void longPhases() {
        System.out.printf("%n| two hours in one phase (n %d) | stopped %%, 1 %% | stopped %%, 25 %% |%n", runs);
        System.out.println("|---|---|---|");
        for (Regime regime : List.of(Regime.INDEPENDENT, Regime.AUTOREGRESSIVE, Regime.RETRY_STORMS)) {
            StringBuilder row = new StringBuilder("| " + regime.text() + " |");
            for (int phase : new int[] {0, 2}) {
                int stopped = 0;
                for (int i = 0; i < runs; i++) {
                    stopped += RegimeRollout.minutesUntil(
                                            RegimeTraffic.config(regime),
                                            traffic(i, regime, RATE, SECONDS, ERRORS, Harm.NONE),
                                            phase,
                                            Action.STOP,
                                            0,
                                            2 * HOUR)
                                    < Double.POSITIVE_INFINITY
                            ? 1
                            : 0;
                }
                row.append(' ').append(RegimeRollout.part(stopped, runs)).append(" |");
            }
            System.out.println(row);
            System.out.flush();
        }
    }

    private double[] untilStop(JudgeConfig c, int phase, double seconds, double errors, Harm harm, double most) {
        double[] minutes = new double[runs];
        for (int i = 0; i < runs; i++) {
            minutes[i] = RegimeRollout.minutesUntil(
                    c,
                    traffic(i, Regime.INDEPENDENT, RATE, seconds, errors, harm),
                    phase,
                    Action.STOP,
                    harm.from(),
                    harm.from() + most);
        }
        return minutes;
    }

    /** Minutes until a harmful canary with 1 % of the traffic is stopped. */
    private void power() {
        System.out.printf(
                "%n| harm at 1 %%, 100 requests/s (n %d) | median, 5 s looks | 90 %% | within 15 min %% | median, 30 s looks |%n",
                runs);
        System.out.println("|---|---:|---:|---:|---:|");
        for (UsualHarm harm : UsualHarm.ALL) {
            power(harm.name(), harm.config(), harm.errors(), harm.harm());
        }
    }

    private void power(String name, JudgeConfig c, double errors, Harm harm) {
        double[] often = untilStop(c, 0, SECONDS, errors, harm, HOUR);
        double[] seldom = untilStop(c, 0, 30, errors, harm, HOUR);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.0f | %s |%n",
                name,
                RegimeRollout.minutes(often, 0.5),
                RegimeRollout.minutes(often, 0.9),
                100.0 * Arrays.stream(often).filter(m -> m <= 15).count() / runs,
                RegimeRollout.minutes(seldom, 0.5));
        System.out.flush();
    }

    /** Minutes from the onset in one phase of 25 %, by how long it was healthy before. */
    private void late() {
        int few = Math.max(1, runs / 8);
        System.out.printf(
                "%n| healthy before (25 %%, n %d) | errors ×5 | +5 points, allow 1 point | latency ×1.5, allow 10 | stopped before |%n",
                few);
        System.out.println("|---|---:|---:|---:|---:|");
        RegimeTable table = new RegimeTable(few, seed);
        JudgeConfig usual = RegimeTraffic.config(Regime.INDEPENDENT);
        JudgeConfig points = RegimeTraffic.config(Allow.absolute(0.01), Allow.percent(10));
        for (double minutes : new double[] {0, 14, 30, 60, 240, 720}) {
            double from = 60 * minutes;
            double[][] until = {
                table.untilStop(usual, 2, SECONDS, ERRORS, Harm.errors(5).from(from), HOUR),
                table.untilStop(points, 2, SECONDS, ERRORS, Harm.more(5).from(from), HOUR),
                table.untilStop(usual, 2, SECONDS, ERRORS, Harm.latency(1.5).from(from), HOUR)
            };
            long before = Arrays.stream(until)
                    .flatMapToDouble(Arrays::stream)
                    .filter(Double::isNaN)
                    .count();
            System.out.printf(
                    Locale.ROOT,
                    "| %.0f min | %s | %s | %s | %d of %d |%n",
                    minutes,
                    RegimeRollout.minutes(until[0], 0.5),
                    RegimeRollout.minutes(until[1], 0.5),
                    RegimeRollout.minutes(until[2], 0.5),
                    before,
                    3 * few);
            System.out.flush();
        }
    }

    /** Minutes until a harmless canary may leave each phase, and releases held in some phase. */
    private void promotions() {
        int few = Math.max(1, runs / 4);
        System.out.printf(
                "%n| requests/s (n %d) | errors | minutes at 1 / 5 / 25 / 50 %%, 5 s looks | held %% | 30 s looks | held %% |%n",
                few);
        System.out.println("|---:|---:|---|---|---|---|");
        for (double rate : new double[] {1, 10, 100, 1000}) {
            promotions(few, rate, ERRORS);
        }
        promotions(few, RATE, 0.001);
        promotions(few, RATE, 0);
    }

    private void promotions(int few, double rate, double errors) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %.0f | %.1f %% |", rate, 100 * errors));
        for (double seconds : new double[] {SECONDS, 30}) {
            StringBuilder medians = new StringBuilder();
            boolean[] held = new boolean[few];
            for (int p = 0; p < 4; p++) {
                double[] minutes = new double[few];
                for (int i = 0; i < few; i++) {
                    minutes[i] = RegimeRollout.minutesUntil(
                            RegimeTraffic.config(Regime.INDEPENDENT),
                            traffic(4 * i + p, Regime.INDEPENDENT, rate, seconds, errors, Harm.NONE),
                            p,
                            Action.PROMOTE,
                            0,
                            2 * HOUR);
                    held[i] |= !(minutes[i] <= RegimeRollout.MOST / 60);
                }
                medians.append(p == 0 ? "" : " / ").append(RegimeRollout.minutes(minutes, 0.5));
            }
            int n = 0;
            for (boolean h : held) {
                n += h ? 1 : 0;
            }
            row.append(' ')
                    .append(medians)
                    .append(" | ")
                    .append(RegimeRollout.part(n, few))
                    .append(" |");
        }
        System.out.println(row);
        System.out.flush();
    }

    /** A canary exactly as bad as the phase's margin, or half as bad again: how often does its metric pass within 30 minutes? */
    private void margin() {
        System.out.printf(
                "%n| metric passes within 30 min, %% (n %d) | at the margin: 1 / 5 / 25 / 50 %% | 1.5 times the margin |%n",
                runs);
        System.out.println("|---|---|---|");
        double[] ratios = {5, 3, 2, 2};
        double[] slower = {1.5, 1.3, 1.2, 1.1};
        double[] points = {5, 3, 2, 1};
        for (double seconds : new double[] {SECONDS, 30}) {
            for (Regime regime : List.of(Regime.INDEPENDENT, Regime.CLUSTERS, Regime.RETRY_STORMS)) {
                margin("errors, ", regime, seconds, 0, (p, f) -> Harm.errors(1 + f * (ratios[p] - 1)));
            }
            margin("errors, ", Regime.SHARED_OUTAGE, seconds, 0, (p, f) -> Harm.more(f * points[p]));
            margin("latency, ", Regime.INDEPENDENT, seconds, 1, (p, f) -> Harm.latency(1 + f * (slower[p] - 1)));
        }
    }

    private interface Size {
        Harm of(int phase, double times);
    }

    private void margin(String name, Regime regime, double seconds, int metric, Size size) {
        StringBuilder row =
                new StringBuilder(String.format(Locale.ROOT, "| %s%s, %.0f s looks |", name, regime.text(), seconds));
        for (double times : new double[] {1, 1.5}) {
            for (int p = 0; p < 4; p++) {
                int passed = 0;
                for (int i = 0; i < runs; i++) {
                    RegimeTraffic traffic = traffic(4 * i + p, regime, RATE, seconds, ERRORS, size.of(p, times));
                    passed += RegimeRollout.passes(RegimeTraffic.config(regime), traffic, p, metric) ? 1 : 0;
                }
                row.append(p == 0 ? " " : " / ").append(String.format(Locale.ROOT, "%.1f", 100.0 * passed / runs));
            }
            row.append(" |");
        }
        System.out.println(row);
        System.out.flush();
    }
}
