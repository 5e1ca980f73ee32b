// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.sequential.DealtSeries.Deal;
import io.jenkins.plugins.releaseguard.judge.sequential.DealtSeries.Shape;
import io.jenkins.plugins.releaseguard.testing.SeededDraws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * False stops and harm seen on recorded series of a public collection, dealt to canary and baseline: a table of docs/judge.md.
 * Arguments: a folder of CSV files with the columns timestamp and value (as of Numenta's NAB), deals of each series (20), seed (1),
 * then "failures" to name the series that were falsely stopped in more than one deal of ten, or not stopped with harm in as many.
 */
public final class PublicSeries {
    private static final int OF_A_LOOK = 20;
    private static final double[] HARMS = {1, 1.2, 1.5};

    /** A way to read and to deal. */
    private record Way(String name, MetricConfig metric, Deal deal, Shape shape, int ofALook) {
        Way(String name, MetricConfig.Builder metric, Deal deal, Shape shape) {
            this(name, metric.build(), deal, shape, OF_A_LOOK);
        }

        JudgeConfig config() {
            return JudgeConfig.builder(List.of(metric), List.of(deal.share(), 1.0))
                    .promotion(Promotion.BUDGET)
                    .build();
        }
    }

    private final Map<String, double[]> series;
    private final int deals;
    private final long seed;
    private final boolean failures;

    private PublicSeries(Map<String, double[]> series, int deals, long seed, boolean failures) {
        this.series = series;
        this.deals = deals;
        this.seed = seed;
        this.failures = failures;
    }

    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            throw new IllegalArgumentException("name a folder of CSV files with the columns timestamp and value");
        }
        new PublicSeries(
                        read(Path.of(args[0])),
                        args.length > 1 ? Integer.parseInt(args[1]) : 20,
                        args.length > 2 ? Long.parseLong(args[2]) : 1,
                        args.length > 3 && args[3].equals("failures"))
                .print();
    }

    private static Map<String, double[]> read(Path folder) throws IOException {
        Map<String, double[]> series = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                series.put(file.getFileName().toString(), values(file));
            }
        }
        if (series.isEmpty()) {
            throw new IllegalArgumentException(folder + " has no CSV file");
        }
        return series;
    }

    private static double[] values(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        double[] values = new double[lines.size() - 1];
        for (int i = 0; i < values.length; i++) {
            String line = lines.get(i + 1);
            values[i] = Double.parseDouble(line.substring(line.indexOf(',') + 1));
        }
        return values;
    }

    private static List<Way> ways() {
        MetricConfig.Builder tenth =
                MetricConfig.builder(DealtSeries.METRIC, MetricKind.GAUGE).allow(Allow.percent(10));
        MetricConfig.Builder strict =
                MetricConfig.builder(DealtSeries.METRIC, MetricKind.LATENCY).allow(Allow.absolute(0));
        List<Way> ways = new ArrayList<>();
        ways.add(new Way("gauge", usual(MetricKind.GAUGE), Deal.HALVES, Shape.VALUES));
        ways.add(new Way("gauge, a quarter to the canary", usual(MetricKind.GAUGE), Deal.A_QUARTER, Shape.VALUES));
        ways.add(new Way("gauge, 100 values a look", usual(MetricKind.GAUGE).build(), Deal.HALVES, Shape.VALUES, 100));
        ways.add(new Way("gauge, allow 10 %", tenth, Deal.HALVES, Shape.VALUES));
        ways.add(new Way("latency, allow 0", strict, Deal.HALVES, Shape.VALUES));
        ways.add(new Way("latency (has 10 %)", usual(MetricKind.LATENCY), Deal.HALVES, Shape.VALUES));
        ways.add(new Way(
                "latency of one value a scrape", usual(MetricKind.LATENCY).raw(false), Deal.HALVES, Shape.VALUES));
        ways.add(new Way("rate: the largest twentieth failed", usual(MetricKind.RATE), Deal.HALVES, Shape.FAILURES));
        ways.add(new Way("count, each event dealt", usual(MetricKind.COUNT), Deal.HALVES, Shape.SINGLE_EVENTS));
        ways.add(new Way("count, each interval dealt whole", usual(MetricKind.COUNT), Deal.HALVES, Shape.BURSTS));
        ways.add(new Way("in turns: gauge", usual(MetricKind.GAUGE), Deal.IN_TURNS, Shape.VALUES));
        ways.add(new Way("in turns: gauge, allow 10 %", tenth, Deal.IN_TURNS, Shape.VALUES));
        ways.add(new Way("in turns: latency (has 10 %)", usual(MetricKind.LATENCY), Deal.IN_TURNS, Shape.VALUES));
        ways.add(new Way(
                "in turns: rate, the largest twentieth failed", usual(MetricKind.RATE), Deal.IN_TURNS, Shape.FAILURES));
        ways.add(new Way(
                "in turns: count, each interval dealt whole", usual(MetricKind.COUNT), Deal.IN_TURNS, Shape.BURSTS));
        ways.add(new Way("in pairs: gauge", usual(MetricKind.GAUGE), Deal.PAIRS, Shape.VALUES));
        return ways;
    }

    private static MetricConfig.Builder usual(MetricKind kind) {
        return MetricConfig.builder(DealtSeries.METRIC, kind);
    }

    private void print() {
        System.out.printf(
                "| each value dealt as | series | falsely stopped %% (%d deals each) | ×1.2 stopped %% | ×1.5 stopped %% | median looks until then |%n",
                deals);
        System.out.println("|---|---:|---|---:|---:|---:|");
        ways().forEach(this::line);
    }

    private void line(Way way) {
        JudgeConfig config = way.config();
        double[][] looks = new double[HARMS.length][];
        int taken = 0;
        List<String> odd = new ArrayList<>();
        for (Map.Entry<String, double[]> e : series.entrySet()) {
            if (way.metric().kind() == MetricKind.COUNT && !whole(e.getValue())) {
                continue;
            }
            for (int h = 0; h < HARMS.length; h++) {
                double[] of = new double[deals];
                for (int i = 0; i < deals; i++) {
                    SeededDraws draw =
                            new SeededDraws(((seed * 1_000_003 + e.getKey().hashCode()) * 31 + i) * 7);
                    of[i] = untilStop(
                            config,
                            new DealtSeries(e.getValue(), way.deal(), way.shape(), way.ofALook(), HARMS[h], draw));
                }
                long stopped = stopped(of);
                if (10 * (h == 0 ? stopped : deals - stopped) > deals) {
                    odd.add(String.format(Locale.ROOT, "%s ×%.1f: %d", e.getKey(), HARMS[h], stopped));
                }
                looks[h] = looks[h] == null ? of : concat(looks[h], of);
            }
            taken++;
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %.1f | %.1f | %s |%n",
                way.name(),
                taken,
                RegimeRollout.part((int) stopped(looks[0]), looks[0].length),
                100.0 * stopped(looks[1]) / looks[1].length,
                100.0 * stopped(looks[2]) / looks[2].length,
                RegimeRollout.minutes(looks[2], 0.5).replace(".0", ""));
        if (failures) {
            odd.forEach(System.out::println);
        }
        System.out.flush();
    }

    private static boolean whole(double[] values) {
        return Arrays.stream(values).allMatch(v -> v >= 0 && v == Math.rint(v));
    }

    private static long stopped(double[] looks) {
        return Arrays.stream(looks).filter(Double::isFinite).count();
    }

    private static double[] concat(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** Looks until the stop, infinite where the series ends without one. */
    private static double untilStop(JudgeConfig config, DealtSeries dealt) {
        WatchState state = Watch.start(config);
        for (int looks = 1; dealt.hasNext(); looks++) {
            WatchStep step = Watch.look(config, state, dealt.look());
            state = step.state();
            if (step.verdict().action() == Action.STOP) {
                return looks;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
