// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Simulates releases of a plan with the judge that will judge them, on traffic fitted to a service's habits. The same plan, habits and
 * seed make the same forecast.
 */
public final class Forecaster {
    /** What is looked for in each compared phase. */
    private static final List<AddedHarm> HARMS = List.of(AddedHarm.times(2), AddedHarm.times(5), AddedHarm.OUTAGE);

    /** For whoever asks what a longer wait would do. */
    private static final double LONGEST = 2 * 3600;

    /** Fewer tell nothing, and the last may be cut short. */
    private static final int FEWEST = 5;

    private static final double LONGER = 4;
    private static final double LONGEST_HARM = 3600;

    private final Plan plan;
    private final Habits habits;
    private final JudgeConfig config;
    private final List<String> leftOut;
    private final long seed;
    private final double look;
    private final boolean sideBySide;

    /** @throws IllegalArgumentException the requests a second aren't known, or no metric can be simulated */
    public Forecaster(Plan plan, Habits habits, long seed) {
        this(plan, habits, seed, false);
    }

    /** @param sideBySide releases are simulated on all processors at once */
    Forecaster(Plan plan, Habits habits, long seed, boolean sideBySide) {
        if (!(habits.requests().value() > 0)) {
            throw new IllegalArgumentException("without requests there is nothing to simulate");
        }
        this.plan = plan;
        this.habits = habits;
        this.seed = seed;
        this.sideBySide = sideBySide;
        leftOut = plan.judge().metrics().stream()
                .filter(m -> !m.muted() && !habits.of(m.id()).simulated())
                .map(MetricConfig::id)
                .toList();
        config = simulated(plan.judge());
        look = Math.max(1, plan.interval().toMillis() / 1000.0);
    }

    /** Without what is unknown: no data would hold every release. */
    private JudgeConfig simulated(JudgeConfig all) {
        List<MetricConfig> known = all.metrics().stream()
                .filter(m -> habits.of(m.id()).simulated())
                .toList();
        if (known.stream().allMatch(MetricConfig::muted)) {
            throw new IllegalArgumentException("no judged metric's level is known");
        }
        return known.size() == all.metrics().size()
                ? all
                : JudgeConfig.builder(known, all.phaseShares())
                        .alpha(all.alpha())
                        .expectedShares(all.expectedShares())
                        .marginMultipliers(all.marginMultipliers())
                        .ratioTolerance(all.ratioTolerance())
                        .blastRadius(all.blastRadius())
                        .block(all.block())
                        .sticky(all.sticky())
                        .promotion(all.promotion())
                        .unsetBudget(all.unsetBudget())
                        .longest(all.longest())
                        .build();
    }

    /**
     * The forecast of so many healthy releases, and of a quarter as many for each harm in each phase.
     *
     * @param harmed whether harms are wanted too, which takes as long again
     */
    public Forecast run(int runs, boolean harmed) {
        List<SimulatedTimes> times = each(runs, run -> release(run, Effort.WHATEVER));
        List<PhaseOutlook> phases = new ArrayList<>();
        for (int p = 0; p < plan.phases().size(); p++) {
            phases.add(phase(p, times, harmed ? Math.max(20, runs / 4) : 0));
        }
        return forecast(phases, times);
    }

    /**
     * The forecast of as many healthy releases as their looks, each metric's counted, allow: fewer where releases are long, so that it costs
     * no more than that whatever the contract. A release that goes beyond it is counted as one that stays where it is.
     *
     * @param runs at most
     * @param looks of metrics
     * @param wanted asked again and again: false gives the work up
     * @return empty where it was given up, or fewer than five releases could be simulated
     */
    public Optional<Forecast> within(int runs, long looks, BooleanSupplier wanted) {
        Effort effort = new Effort(looks, wanted);
        List<SimulatedTimes> times = new ArrayList<>();
        while (times.size() < runs && !effort.isSpent()) {
            times.add(release(times.size(), effort));
        }
        if (!effort.isWanted() || times.size() < Math.min(runs, FEWEST)) {
            return Optional.empty();
        }
        List<PhaseOutlook> phases = IntStream.range(0, plan.phases().size())
                .mapToObj(p -> phase(p, times, 0))
                .toList();
        return Optional.of(forecast(phases, times));
    }

    private Forecast forecast(List<PhaseOutlook> phases, List<SimulatedTimes> times) {
        List<Double> longest = plan.phases().stream()
                .map(p -> seconds(p.warmup()) + seconds(p.maxBake()))
                .toList();
        return new Forecast(
                phases, times, longest, plan.undecided(), plan.after().toSeconds(), leftOut);
    }

    /** Each has chance of its own, so the order of work changes nothing. */
    private <T> List<T> each(int runs, IntFunction<T> one) {
        IntStream all = IntStream.range(0, runs);
        return (sideBySide ? all.parallel() : all).mapToObj(one).toList();
    }

    /**
     * One phase of so many healthy releases, as if it were their first: far quicker, and no phase before it lends what it showed.
     *
     * @param horizon seconds that are looked at, or the phase's longest bake where that is more
     */
    PhaseOutlook alone(int p, int runs, double horizon) {
        return phase(p, each(runs, run -> release(run, p, p + 1, horizon, Effort.WHATEVER)), 0);
    }

    private SimulatedTimes release(int run, Effort effort) {
        return release(run, 0, plan.phases().size(), LONGEST, effort);
    }

    private SimulatedTimes release(int run, int first, int end, double horizon, Effort effort) {
        FittedTraffic traffic = new FittedTraffic(habits, config, AddedHarm.NONE, seed, run);
        WatchState state = Watch.start(config);
        double[] seconds = new double[end];
        double[] ready = new double[end];
        int[] waited = new int[end];
        List<List<Integer>> open = new ArrayList<>(Collections.nCopies(end, List.of()));
        Arrays.fill(ready, Double.POSITIVE_INFINITY);
        Arrays.fill(waited, -1);
        for (int p = first; p < end; p++) {
            Phase phase = plan.phases().get(p);
            double bake = seconds(phase.warmup()) + seconds(phase.bake());
            double warmup = seconds(phase.warmup());
            double held = warmup + seconds(phase.maxBake());
            double longest = Math.max(end > first + 1 ? Math.min(horizon, LONGER * held) : horizon, held);
            boolean left = false;
            boolean due = true;
            for (double t = look; !left; t += look) {
                WatchStep step = Watch.unsaid(
                        config,
                        state,
                        traffic.look(
                                p, look, t - look < seconds(plan.phases().get(p).warmup())));
                state = step.state();
                if (step.verdict().action() == Action.STOP) {
                    return new SimulatedTimes(Arrays.copyOf(seconds, p), waited, ready, open, t);
                }
                boolean promoted = step.verdict().action() == Action.PROMOTE;
                if (t >= bake && !promoted) {
                    waited[p] = slowest(step.verdict());
                }
                if (promoted) {
                    ready[p] = Math.min(ready[p], t);
                } else if (t >= held && due) {
                    open.set(p, open(p, step.verdict()));
                    due = false;
                }
                left = t >= bake && promoted || t >= longest;
                seconds[p] = promoted ? Math.max(bake, t) : Double.POSITIVE_INFINITY;
                if (!effort.allows(config.metrics().size())) {
                    Arrays.fill(seconds, p, seconds.length, Double.POSITIVE_INFINITY);
                    return new SimulatedTimes(seconds, waited, ready, open, Double.NaN);
                }
            }
        }
        return new SimulatedTimes(seconds, waited, ready, open, Double.NaN);
    }

    private List<Integer> open(int p, LookVerdict verdict) {
        boolean costs = config.promotion() == Promotion.BUDGET && !config.beforeAll(p);
        return IntStream.range(0, verdict.findings().size())
                .filter(i -> !config.metrics().get(i).muted()
                        && verdict.findings().get(i).verdict() != Verdict.PASS
                        && (!costs || habits.of(config.metrics().get(i).id()).costsRequests()))
                .boxed()
                .toList();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private int slowest(LookVerdict verdict) {
        String slowest = verdict.needed() == null ? "" : verdict.needed().metric();
        for (int i = 0; i < verdict.findings().size(); i++) {
            if (verdict.findings().get(i).id().equals(slowest)) {
                return i;
            }
        }
        for (int i = 0; i < verdict.findings().size(); i++) {
            if (!config.metrics().get(i).muted() && verdict.findings().get(i).verdict() != Verdict.PASS) {
                return i;
            }
        }
        return -1;
    }

    private PhaseOutlook phase(int p, List<SimulatedTimes> times, int harmed) {
        Phase phase = plan.phases().get(p);
        double longest = seconds(phase.warmup()) + seconds(phase.maxBake());
        List<SimulatedTimes> reached =
                times.stream().filter(t -> t.seconds().length > p).toList();
        double[] takes = reached.stream().mapToDouble(t -> t.seconds()[p]).toArray();
        double held = reached.isEmpty()
                ? Double.NaN
                : (double) Arrays.stream(takes).filter(t -> t > longest).count() / takes.length;
        double bake = seconds(phase.warmup()) + seconds(phase.bake());
        double tight = (double) Arrays.stream(takes)
                        .filter(t -> t > bake && t * WaysOut.ROOM > longest)
                        .count()
                / Math.max(1, takes.length);
        Map<String, Double> holders = new LinkedHashMap<>();
        reached.stream()
                .flatMap(t -> t.open().get(p).stream())
                .sorted()
                .forEach(i -> holders.merge(config.metrics().get(i).id(), 1.0 / takes.length, Double::sum));
        int[] waited = new int[config.metrics().size()];
        reached.stream().mapToInt(t -> t.waitedFor()[p]).filter(i -> i >= 0).forEach(i -> waited[i]++);
        int most = IntStream.range(0, waited.length)
                .reduce((a, b) -> waited[b] > waited[a] ? b : a)
                .orElse(0);
        boolean compared = config.compares(p);
        return new PhaseOutlook(
                phase.name(),
                phase.weight(),
                compared,
                Outlook.of(takes),
                Outlook.of(reached.stream().mapToDouble(t -> t.ready()[p]).toArray()),
                held,
                tight,
                holders,
                waited[most] > 0 ? config.metrics().get(most).id() : "",
                compared && harmed > 0 && watchedRate().isPresent()
                        ? HARMS.stream().map(h -> harm(p, h, harmed)).toList()
                        : List.of());
    }

    private OptionalDouble watchedRate() {
        return habits.metrics().stream()
                .filter(m ->
                        m.metric().kind() == Metric.Kind.RATE && !m.metric().muted() && m.simulated())
                .mapToDouble(m -> m.level().value())
                .findFirst();
    }

    /** From the phase's begin, without what earlier phases have shown. */
    private HarmOutlook harm(int p, AddedHarm harm, int runs) {
        double[] seen = each(runs, run -> seen(p, harm, run)).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        Outlook outlook = Outlook.of(seen);
        double usual = watchedRate().orElseThrow();
        double extra = harm.rate(usual) - usual;
        double failed = outlook.median()
                * habits.requests().value()
                * plan.phases().get(p).weight()
                / 100
                * extra;
        return new HarmOutlook(harm.name(), outlook, failed);
    }

    private double seen(int p, AddedHarm harm, int run) {
        FittedTraffic traffic = new FittedTraffic(habits, config, harm, seed, 1_000_003L * (p + 1) + run);
        WatchState state = Watch.start(config);
        for (int i = 1; i * look <= LONGEST_HARM; i++) {
            double t = i * look;
            WatchStep step = Watch.unsaid(
                    config,
                    state,
                    traffic.look(
                            p, look, t - look < seconds(plan.phases().get(p).warmup())));
            state = step.state();
            if (step.verdict().action() == Action.STOP) {
                return t;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
