// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.sequential.RegimeRivals.Told;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The judge beside other tests on the very same looks: tables of docs/judge.md. Arguments: releases a row (400), seed (1), then the
 * tables' names, all by default.
 */
public final class RivalTable {
    private static final String OURS = "this judge";
    private static final double RATE = 100;
    private static final double OFTEN = 5;
    private static final double SELDOM = 30;
    private static final double ERRORS = 0.01;
    private static final double HOUR = 3600;
    private static final int PHASES = 4;
    private static final double PROMISED = 0.05;

    private final int runs;
    private final long seed;
    private final Map<Regime, Map<String, Double>> falseStops = new EnumMap<>(Regime.class);

    private RivalTable(int runs, long seed) {
        this.runs = runs;
        this.seed = seed;
    }

    public static void main(String[] args) {
        NamedTables.print(args, 400, (runs, seed) -> new RivalTable(runs, seed).tables());
    }

    private Map<String, Runnable> tables() {
        Map<String, Runnable> tables = new LinkedHashMap<>();
        tables.put("stops", this::stops);
        tables.put("harm", this::harm);
        tables.put("regimes", this::regimes);
        return tables;
    }

    /** All who judge one release, and the minutes after which each of them stopped it. */
    private static final class Race {
        private final PhaseSoFar seen = new PhaseSoFar();
        private final Map<String, RegimeRivals.Rival> rivals;
        private final Map<String, Double> minutes = new LinkedHashMap<>();
        private final JudgeConfig config;
        private WatchState state;
        private double time;

        Race(JudgeConfig config, Told told) {
            this.config = config;
            state = Watch.start(config);
            rivals = RegimeRivals.all(told);
            minutes.put(OURS, Double.POSITIVE_INFINITY);
            rivals.keySet().forEach(who -> minutes.put(who, Double.POSITIVE_INFINITY));
        }

        void see(Look look) {
            time += look.seconds();
            if (Double.isInfinite(minutes.get(OURS))) {
                WatchStep step = Watch.look(config, state, look);
                state = step.state();
                if (step.verdict().action() == Action.STOP) {
                    minutes.put(OURS, time / 60);
                }
            }
            seen.add(look);
            if (!look.warmup()) {
                rivals.entrySet().removeIf(r -> {
                    boolean stops = r.getValue().stops(seen);
                    if (stops) {
                        minutes.put(r.getKey(), time / 60);
                    }
                    return stops;
                });
            }
        }

        /** Whether nobody is left who might still stop it in this phase. */
        boolean over() {
            return Double.isFinite(minutes.get(OURS))
                    && (rivals.isEmpty()
                            || seen.seconds() > RegimeRollout.BAKE
                                    && RegimeRivals.JUDGE_ONCE.containsAll(rivals.keySet()));
        }

        /** Seconds of the phase that were no warm-up. */
        double baked() {
            return seen.seconds();
        }
    }

    /** Minutes of each release, by who judged it. */
    private static final class Tally {
        private final Map<String, List<Double>> minutes = new LinkedHashMap<>();

        void add(Race race) {
            race.minutes.forEach((who, m) ->
                    minutes.computeIfAbsent(who, x -> new ArrayList<>()).add(m));
        }

        double[] of(String who) {
            return minutes.get(who).stream().mapToDouble(m -> m).toArray();
        }

        double part(String who, double within) {
            double[] of = of(who);
            return (double) Arrays.stream(of).filter(m -> m <= within).count() / of.length;
        }
    }

    private RegimeTraffic traffic(int i, Regime regime, double seconds, double errors, Harm harm) {
        return new RegimeTraffic(seed * 1_000_003 + i, regime, RATE, seconds, errors, harm);
    }

    /** Four phases of one bake each, whoever stops in between. */
    private Tally innocent(Regime regime, double seconds) {
        JudgeConfig c = RegimeRollout.byBudget(RegimeTraffic.config(regime));
        Told told = new Told(regime == Regime.SHARED_OUTAGE ? 0.01 : 0, 1.1, 2, 1.5);
        Tally tally = new Tally();
        for (int i = 0; i < runs; i++) {
            RegimeTraffic traffic = traffic(i, regime, seconds, ERRORS, Harm.NONE);
            Race race = new Race(c, told);
            for (int p = 0; p < PHASES; p++) {
                do {
                    race.see(traffic.look(p, c.phaseShares().get(p)));
                } while (race.baked() < RegimeRollout.BAKE);
            }
            tally.add(race);
        }
        return tally;
    }

    private Map<String, Double> innocentOften(Regime regime) {
        return falseStops.computeIfAbsent(regime, r -> {
            Tally tally = innocent(regime, OFTEN);
            Map<String, Double> parts = new LinkedHashMap<>();
            tally.minutes.keySet().forEach(who -> parts.put(who, tally.part(who, Double.MAX_VALUE)));
            return parts;
        });
    }

    private void stops() {
        head("without harm, stopped %: 5 s / 30 s looks");
        for (Regime regime : Regime.values()) {
            Map<String, Double> often = innocentOften(regime);
            Tally seldom = innocent(regime, SELDOM);
            StringBuilder row = new StringBuilder("| " + regime.text() + " |");
            often.forEach((who, part) -> row.append(' ')
                    .append(tooMany(part))
                    .append(" / ")
                    .append(tooMany(seldom.part(who, Double.MAX_VALUE)))
                    .append(" |"));
            System.out.println(row);
            System.out.flush();
        }
    }

    private static String tooMany(double part) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * part);
        return part > PROMISED ? "**" + text + "**" : text;
    }

    /** A harmful canary with 1 % of the traffic, for an hour. */
    private void harm() {
        head("harm at 1 %, 100 requests/s, 5 s looks: median minutes / stopped within 15 min %");
        for (UsualHarm harm : UsualHarm.ALL) {
            Tally tally = harmful(harm.config(), Regime.INDEPENDENT, harm.told(), harm.errors(), harm.harm());
            StringBuilder row = new StringBuilder("| " + harm.name() + " |");
            tally.minutes
                    .keySet()
                    .forEach(who -> row.append(' ')
                            .append(speed(tally, who, Regime.INDEPENDENT))
                            .append(" |"));
            System.out.println(row);
            System.out.flush();
        }
    }

    private Tally harmful(JudgeConfig c, Regime regime, Told told, double errors, Harm harm) {
        Tally tally = new Tally();
        for (int i = 0; i < runs; i++) {
            RegimeTraffic traffic = traffic(i, regime, OFTEN, errors, harm);
            Race race = new Race(c, told);
            for (double t = 0; t < HOUR && !race.over(); t += OFTEN) {
                race.see(traffic.look(0, c.phaseShares().get(0)));
            }
            tally.add(race);
        }
        return tally;
    }

    /** In brackets, and void, where who judges stops too many innocent releases of the regime. */
    private String speed(Tally tally, String who, Regime regime) {
        String speed = RegimeRollout.minutes(tally.of(who), 0.5)
                + String.format(Locale.ROOT, " / %.0f", 100 * tally.part(who, RegimeRollout.BAKE / 60));
        return innocentOften(regime).get(who) > PROMISED ? "(" + speed + ")" : speed;
    }

    /** One harm in each regime. */
    private void regimes() {
        head("errors ×5 at 1 %, 5 s looks: median minutes / stopped within 15 min %");
        for (Regime regime : Regime.values()) {
            Told told = new Told(regime == Regime.SHARED_OUTAGE ? 0.01 : 0, 1.1, 5, 1);
            Tally tally =
                    harmful(RegimeRollout.byBudget(RegimeTraffic.config(regime)), regime, told, ERRORS, Harm.errors(5));
            StringBuilder row = new StringBuilder("| " + regime.text() + " |");
            tally.minutes
                    .keySet()
                    .forEach(who ->
                            row.append(' ').append(speed(tally, who, regime)).append(" |"));
            System.out.println(row);
            System.out.flush();
        }
    }

    private void head(String name) {
        Map<String, RegimeRivals.Rival> rivals = RegimeRivals.all(new Told(0, 1.1, 2, 1));
        System.out.printf(
                "%n| %s (n %d) | %s | %s |%n|---|---|%s%n",
                name, runs, OURS, String.join(" | ", rivals.keySet()), "---|".repeat(rivals.size()));
    }
}
