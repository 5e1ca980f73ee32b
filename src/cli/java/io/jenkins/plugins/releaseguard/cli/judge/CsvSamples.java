// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Samples in a CSV file with the columns {@code time,phase,variant,metric,value,total}: time in seconds, variant baseline or
 * canary, value a latency or gauge sample or a number of errors, total the requests of a rate. Rows may stand in any order;
 * they are sorted into looks by time, so a clock skew longer than a look shows as a look that one side lacks.
 */
final class CsvSamples {
    /** What a phase that nobody speaks of has of the traffic, in percent. */
    private static final double EVEN = 50;

    private static final String HEADER = "time,phase,variant,metric,value,total";

    private record Row(double time, int phase, boolean canary, String metric, double value, double total) {}

    private CsvSamples() {}

    /**
     * The looks, each as an event of its time; before the first of each phase an event says that it began.
     *
     * @param weights of the phases in percent, 50 for those beyond
     */
    static List<Recorded> read(Path file, List<MetricConfig> metrics, double lookSeconds, List<Double> weights)
            throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).strip().replace("\uFEFF", "").equals(HEADER)) {
            throw new IllegalArgumentException("line 1: the header must be " + HEADER);
        }
        Map<Integer, Map<Long, List<Row>>> phases = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            Row row = row(lines.get(i), i + 1, metrics);
            boolean counted = counted(metrics, row.metric());
            String key = row.time() + "|" + row.canary() + "|" + row.metric();
            if (counted && !seen.add(key)) {
                throw new IllegalArgumentException("line " + (i + 1) + ": time " + row.time() + " is given twice for "
                        + row.metric() + "; a scrape seen twice is no look");
            }
            phases.computeIfAbsent(row.phase(), p -> new TreeMap<>())
                    .computeIfAbsent((long) Math.floor(row.time() / lookSeconds), t -> new ArrayList<>())
                    .add(row);
        }
        List<Recorded> all = new ArrayList<>();
        phases.forEach((phase, byTime) -> {
            Instant began = at(byTime.keySet().iterator().next() * lookSeconds);
            double weight = phase < weights.size() ? weights.get(phase) : EVEN;
            all.add(new Recorded(stamped(began, new Event.PhaseStarted(phase, "", weight, null)), null));
            all.add(new Recorded(stamped(began, new Event.BakeStarted(phase)), null));
            byTime.forEach((t, rows) -> {
                Look look = look(phase, rows, metrics, lookSeconds);
                Event.Looked looked = new Event.Looked(
                        phase,
                        at(t * lookSeconds),
                        at((t + 1) * lookSeconds),
                        metrics.stream().map(m -> sample(m, rows)).toList(),
                        null);
                all.add(new Recorded(stamped(looked.to(), looked), look));
            });
        });
        return all;
    }

    private static Instant at(double seconds) {
        return Instant.EPOCH.plusMillis(Math.round(seconds * 1000));
    }

    private static Stamped stamped(Instant at, Event event) {
        return new Stamped(0, at, at, event);
    }

    private static Event.Sample sample(MetricConfig metric, List<Row> rows) {
        if (metric.kind() == MetricKind.RATE || metric.kind() == MetricKind.COUNT) {
            Counts canary = sum(rows, metric.id(), true);
            Counts baseline = sum(rows, metric.id(), false);
            return canary == null && baseline == null
                    ? Event.Sample.none(metric.id(), "no row in this look")
                    : new Event.Sample(
                            metric.id(),
                            canary == null ? null : number(canary.errors()),
                            canary == null ? null : number(canary.total()),
                            baseline == null ? null : number(baseline.errors()),
                            baseline == null ? null : number(baseline.total()),
                            null,
                            null,
                            null,
                            null,
                            null);
        }
        List<Double> canary = known(rows, metric.id(), true);
        List<Double> baseline = known(rows, metric.id(), false);
        return canary.isEmpty() && baseline.isEmpty()
                ? Event.Sample.none(metric.id(), "no row in this look")
                : new Event.Sample(metric.id(), null, null, null, null, canary, baseline, null, null, null);
    }

    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static List<Double> known(List<Row> rows, String metric, boolean canary) {
        return rows.stream()
                .filter(r -> r.metric().equals(metric) && r.canary() == canary && !Double.isNaN(r.value()))
                .map(Row::value)
                .toList();
    }

    private static boolean counted(List<MetricConfig> metrics, String id) {
        return metrics.stream()
                .anyMatch(m -> m.id().equals(id) && (m.kind() == MetricKind.RATE || m.kind() == MetricKind.COUNT));
    }

    private static Row row(String line, int number, List<MetricConfig> metrics) {
        String[] f = line.split(",", -1);
        if (f.length != 6) {
            throw new IllegalArgumentException("line " + number + ": has " + f.length + " fields, not 6");
        }
        String variant = f[2].strip();
        if (!variant.equals("baseline") && !variant.equals("canary")) {
            throw new IllegalArgumentException(
                    "line " + number + ": variant must be baseline or canary, but is '" + variant + "'");
        }
        String metric = f[3].strip();
        if (metrics.stream().noneMatch(m -> m.id().equals(metric))) {
            throw new IllegalArgumentException(
                    "line " + number + ": metric '" + metric + "' is not in the configuration");
        }
        double time = number(f[0], "time", number);
        double phase = number(f[1], "phase", number);
        if (!Double.isFinite(time) || phase != Math.rint(phase) || phase < 0) {
            throw new IllegalArgumentException("line " + number + ": time or phase is no usable number");
        }
        return new Row(
                time,
                (int) phase,
                variant.equals("canary"),
                metric,
                f[4].isBlank() ? Double.NaN : number(f[4], "value", number),
                f[5].isBlank() ? Double.NaN : number(f[5], "total", number));
    }

    private static double number(String text, String field, int line) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "line " + line + ": " + field + " must be a number, but is '" + text + "'", e);
        }
    }

    private static Look look(int phase, List<Row> rows, List<MetricConfig> metrics, double seconds) {
        List<MetricLook> list = new ArrayList<>();
        Counts canaryRequests = null;
        Counts baselineRequests = null;
        for (MetricConfig m : metrics) {
            if (counted(metrics, m.id())) {
                Counts c = sum(rows, m.id(), true);
                Counts b = sum(rows, m.id(), false);
                list.add(
                        c == null || b == null
                                ? MetricLook.missing(
                                        m.id(),
                                        (c == null ? "canary" : "baseline") + " has no row in this look: a gap, "
                                                + "or clocks that differ")
                                : MetricLook.counts(m.id(), b, c));
                if (canaryRequests == null && m.kind() == MetricKind.RATE) {
                    canaryRequests = c;
                    baselineRequests = b;
                }
            } else {
                list.add(MetricLook.values(m.id(), values(rows, m.id(), false), values(rows, m.id(), true)));
            }
        }
        return new Look(
                phase,
                seconds,
                baselineRequests == null ? Double.NaN : baselineRequests.total(),
                canaryRequests == null ? Double.NaN : canaryRequests.total(),
                list);
    }

    private static Counts sum(List<Row> rows, String metric, boolean canary) {
        double errors = 0;
        double total = 0;
        boolean any = false;
        for (Row r : rows) {
            if (r.metric().equals(metric) && r.canary() == canary) {
                // A counter that went back shows as a negative difference and must not cancel another row.
                if (r.value() < 0 || r.total() < 0) {
                    return new Counts(r.value(), r.total());
                }
                errors += r.value();
                total += r.total();
                any = true;
            }
        }
        return any ? new Counts(errors, total) : null;
    }

    private static SampleValues values(List<Row> rows, String metric, boolean canary) {
        return SampleValues.of(rows.stream()
                .filter(r -> r.metric().equals(metric) && r.canary() == canary)
                .mapToDouble(Row::value)
                .toArray());
    }
}
