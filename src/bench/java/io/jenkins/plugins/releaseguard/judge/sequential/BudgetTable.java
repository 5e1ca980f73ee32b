// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.DefaultBudget;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Promotion by budget: how many innocent releases are held, and how many harmful ones cost more than the budget, side by side, by
 * traffic. Arguments: releases a cell (300), seed (1), then the tables' names, all by default.
 */
public final class BudgetTable {
    private static final double[] RATES = {1, 10, 100, 1000};
    private static final double SECONDS = 15;
    private static final double ERRORS = 0.01;
    private static final int NEVER = 99;

    /** What is told of a row of releases. */
    private record Row(int runs, int stopped, int[] held, int over, int through, double[] minutes) {}

    /** How a release ended. */
    private record End(boolean stopped, int heldIn, double minutes, boolean over) {}

    private final int runs;
    private final long seed;

    private BudgetTable(int runs, long seed) {
        this.runs = runs;
        this.seed = seed;
    }

    public static void main(String[] args) {
        NamedTables.print(args, 300, (runs, seed) -> new BudgetTable(runs, seed).tables());
    }

    private Map<String, Runnable> tables() {
        Map<String, Runnable> tables = new LinkedHashMap<>();
        tables.put("innocent", this::innocent);
        tables.put("harmful", this::harmful);
        tables.put("small", this::small);
        tables.put("ten", this::ten);
        return tables;
    }

    /** What is compared: errors without a margin or as written, durations with 10 % and counts above a limit. */
    private record Setting(
            String name, Allow errors, double objective, Promotion by, double budget, int pairs, double last) {
        JudgeConfig config() {
            List<MetricConfig> metrics = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                String suffix = i == 0 ? "" : String.valueOf(i);
                metrics.add(MetricConfig.builder("err" + suffix, MetricKind.RATE)
                        .allow(errors)
                        .objective(objective)
                        .build());
                metrics.add(MetricConfig.builder("lat" + suffix, MetricKind.LATENCY)
                        .allow(Allow.percent(10))
                        .unit("ms")
                        .objective(objective)
                        .build());
            }
            DefaultBudget unset =
                    Double.isNaN(objective) ? DefaultBudget.USUAL : DefaultBudget.of(objective, 30 * 86_400.0);
            return JudgeConfig.builder(metrics, RegimeTraffic.SHARES)
                    .promotion(by)
                    .blastRadius(budget)
                    .unsetBudget(unset)
                    .longest(List.of(RegimeRollout.MOST, RegimeRollout.MOST, RegimeRollout.MOST, last, last))
                    .build();
        }
    }

    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final Setting USUAL =
            new Setting("two metrics", Allow.NONE, Double.NaN, Promotion.BUDGET, NONE, 1, RegimeRollout.MOST);
    private static final Setting PROOF =
            new Setting("two metrics, by proof", Allow.NONE, Double.NaN, Promotion.PROOF, NONE, 1, RegimeRollout.MOST);
    private static final Setting TRIGGER = new Setting(
            "two metrics, errors allow 0.02",
            Allow.absolute(0.02),
            Double.NaN,
            Promotion.BUDGET,
            NONE,
            1,
            RegimeRollout.MOST);
    private static final Setting OBJECTIVE = new Setting(
            "both with an objective of 95 %", Allow.NONE, 0.95, Promotion.BUDGET, NONE, 1, RegimeRollout.MOST);

    private static final Setting PATIENT =
            new Setting("two metrics, maxBake 1 h at 50 %", Allow.NONE, Double.NaN, Promotion.BUDGET, NONE, 1, 3600);

    private BudgetTraffic traffic(int i, double rate, double seconds, Setting setting, Harm harm, int from) {
        List<RegimeTraffic> healthy = new ArrayList<>();
        List<RegimeTraffic> harmed = new ArrayList<>();
        double errors = ERRORS;
        for (int k = 0; k < setting.pairs(); k++) {
            long own = (seed * 1_000_003 + i) * 37 + k;
            healthy.add(new RegimeTraffic(own, Regime.INDEPENDENT, rate, seconds, errors, Harm.NONE));
            harmed.add(
                    new RegimeTraffic(own + 19, Regime.INDEPENDENT, rate, seconds, errors, k == 0 ? harm : Harm.NONE));
            errors = k % 2 == 0 ? errors / 2 : errors / 1.5;
        }
        return new BudgetTraffic(healthy, harmed, from, ERRORS);
    }

    private static End run(JudgeConfig c, BudgetTraffic traffic, double rate) {
        WatchState s = Watch.start(c);
        double minutes = 0;
        double budget = c.budget(rate);
        for (int p = 0; p < c.phaseShares().size() && c.compares(p); p++) {
            double baked = 0;
            boolean promoted = false;
            while (!promoted && baked < c.longest().get(p)) {
                Look look = traffic.look(p, c.phaseShares().get(p));
                WatchStep step = Watch.look(c, s, look);
                s = step.state();
                baked += look.seconds();
                minutes += look.seconds() / 60;
                if (step.verdict().action() == Action.STOP) {
                    return new End(true, NEVER, minutes, traffic.cost() > budget);
                }
                promoted = baked >= RegimeRollout.BAKE && step.verdict().action() == Action.PROMOTE;
            }
            if (!promoted) {
                return new End(false, p, minutes, traffic.cost() > budget);
            }
        }
        return new End(false, NEVER, minutes, traffic.cost() > budget);
    }

    private Row row(Setting setting, double rate, double seconds, Harm harm, int from) {
        JudgeConfig c = setting.config();
        int stopped = 0;
        int over = 0;
        int through = 0;
        int[] held = new int[RegimeTraffic.SHARES.size()];
        double[] minutes = new double[runs];
        for (int i = 0; i < runs; i++) {
            End end = run(c, traffic(i, rate, seconds, setting, harm, from), rate);
            stopped += end.stopped() ? 1 : 0;
            over += end.over() ? 1 : 0;
            if (end.heldIn() != NEVER) {
                held[end.heldIn()]++;
            } else if (!end.stopped()) {
                through++;
            }
            minutes[i] = end.minutes();
        }
        return new Row(runs, stopped, held, over, through, minutes);
    }

    private void innocent() {
        head("innocent releases");
        for (Setting setting : List.of(USUAL, PATIENT, PROOF, TRIGGER, OBJECTIVE)) {
            for (double rate : RATES) {
                line(setting.name() + " | " + whole(rate), row(setting, rate, SECONDS, Harm.NONE, 0));
            }
        }
    }

    private void ten() {
        head("ten metrics");
        Setting setting =
                new Setting("ten metrics", Allow.NONE, Double.NaN, Promotion.BUDGET, NONE, 5, RegimeRollout.MOST);
        Setting patient = new Setting(
                "ten metrics, maxBake 1 h at 50 %", Allow.NONE, Double.NaN, Promotion.BUDGET, NONE, 5, 3600);
        for (Setting each : List.of(setting, patient)) {
            for (double rate : RATES) {
                line(each.name() + " | " + whole(rate), row(each, rate, SECONDS, Harm.NONE, 0));
            }
        }
        for (double rate : RATES) {
            line("ten metrics, errors ×5 | " + whole(rate), row(setting, rate, SECONDS, Harm.errors(5), 0));
        }
    }

    private void harmful() {
        head("harmful releases");
        Map<String, Harm> harms = new LinkedHashMap<>();
        harms.put("errors ×1.5", Harm.errors(1.5));
        harms.put("errors ×2", Harm.errors(2));
        harms.put("errors ×5", Harm.errors(5));
        harms.put("+30 points", Harm.more(30));
        harms.put("latency ×1.2", Harm.latency(1.2));
        harms.put("latency ×1.5", Harm.latency(1.5));
        harms.put("+30 points from minute 40", Harm.more(30).from(2400));
        harms.put("errors ×5 from minute 40", Harm.errors(5).from(2400));
        for (double rate : RATES) {
            harms.forEach((name, harm) -> line(name + " | " + whole(rate), row(USUAL, rate, SECONDS, harm, 0)));
            line("errors ×5, only at 50 % | " + whole(rate), row(USUAL, rate, SECONDS, Harm.errors(5), 3));
            line("latency ×1.5, only at 50 % | " + whole(rate), row(USUAL, rate, SECONDS, Harm.latency(1.5), 3));
            line("+30 points, only at 50 % | " + whole(rate), row(USUAL, rate, SECONDS, Harm.more(30), 3));
        }
    }

    /** A budget in requests that is small for the traffic, where more must be proven. */
    private void small() {
        head("blastRadius of 2 s of the traffic, at least 100");
        for (double rate : RATES) {
            Setting setting = new Setting(
                    "", Allow.NONE, Double.NaN, Promotion.BUDGET, Math.max(100, 2 * rate), 1, RegimeRollout.MOST);
            line("innocent | " + whole(rate), row(setting, rate, SECONDS, Harm.NONE, 0));
            for (double times : new double[] {1.5, 2, 5, 30}) {
                Harm harm = Harm.errors(times);
                line("errors ×" + whole(times) + " | " + whole(rate), row(setting, rate, SECONDS, harm, 0));
            }
        }
    }

    private void head(String name) {
        System.out.printf(
                "%n| %s (n %d) | requests/s | stopped %% | held %% at 1 / 5 / 25 / 50 %% | held %% | through %% | over budget %% | median minutes |%n",
                name, runs);
        System.out.println("|---|---:|---|---|---|---:|---|---:|");
    }

    private static String whole(double rate) {
        return String.format(Locale.ROOT, rate == Math.rint(rate) ? "%.0f" : "%.1f", rate);
    }

    private static void line(String name, Row row) {
        StringBuilder held = new StringBuilder();
        for (int p = 0; p < 4; p++) {
            held.append(p == 0 ? "" : " / ")
                    .append(String.format(Locale.ROOT, "%.1f", 100.0 * row.held()[p] / row.runs()));
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.1f | %s | %s |%n",
                name,
                RegimeRollout.part(row.stopped(), row.runs()),
                held,
                RegimeRollout.part(Arrays.stream(row.held()).sum(), row.runs()),
                100.0 * row.through() / row.runs(),
                RegimeRollout.part(row.over(), row.runs()),
                RegimeRollout.minutes(row.minutes(), 0.5));
        System.out.flush();
    }
}
