// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.rollout.HistogramValues;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The looks that a release's journal keeps, as the release itself used them: those of a baking phase, and none that lacked a metric,
 * since the next one begins where that one did.
 */
final class JournalSamples {
    private JournalSamples() {}

    static List<Look> read(Path file, List<MetricConfig> metrics) throws IOException {
        List<Look> looks = new ArrayList<>();
        Baking baking = new Baking();
        for (Stamped stamped : JournalReader.read(file).events()) {
            baking.see(stamped.event());
            if (stamped.event() instanceof Event.Looked looked && looked.error() == null && baking.now()) {
                String silent = silent(looked, metrics);
                looks.add(silent == null ? look(looked, metrics) : nothing(looked, metrics, silent));
            }
        }
        return looks;
    }

    private static String silent(Event.Looked looked, List<MetricConfig> metrics) {
        return looked.samples().stream()
                .filter(s -> s.missing() != null)
                .filter(s -> metrics.stream().anyMatch(m -> m.id().equals(s.metric()) && !m.muted()))
                .map(s -> s.metric() + ": " + s.missing())
                .findFirst()
                .orElse(null);
    }

    private static Look nothing(Event.Looked looked, List<MetricConfig> metrics, String why) {
        List<MetricLook> list =
                metrics.stream().map(m -> MetricLook.missing(m.id(), why)).toList();
        return new Look(looked.phase(), 0, Double.NaN, Double.NaN, list);
    }

    private static Look look(Event.Looked looked, List<MetricConfig> metrics) {
        List<MetricLook> list = new ArrayList<>();
        double canary = Double.NaN;
        double baseline = Double.NaN;
        for (Event.Sample s : looked.samples()) {
            MetricConfig m = metrics.stream()
                    .filter(k -> k.id().equals(s.metric()))
                    .findFirst()
                    .orElse(null);
            if (m == null) {
                continue;
            }
            Counts c = counts(s.canaryErrors(), s.canaryTotal());
            Counts b = counts(s.baselineErrors(), s.baselineTotal());
            if (Double.isNaN(canary) && s.canaryTotal() != null && s.baselineTotal() != null) {
                canary = s.canaryTotal();
                baseline = s.baselineTotal();
            }
            list.add(metric(m, s, c, b));
        }
        double seconds = Duration.between(looked.from(), looked.to()).toNanos() / 1e9;
        return new Look(looked.phase(), seconds, baseline, canary, list);
    }

    private static MetricLook metric(MetricConfig m, Event.Sample s, Counts c, Counts b) {
        if (s.missing() != null) {
            return MetricLook.missing(m.id(), s.missing());
        }
        if (m.kind() == MetricKind.RATE || m.kind() == MetricKind.COUNT) {
            return MetricLook.counts(m.id(), b, c);
        }
        return MetricLook.values(
                        m.id(),
                        values(s.baselineValues(), s.bounds(), s.baselineBuckets()),
                        values(s.canaryValues(), s.bounds(), s.canaryBuckets()))
                .withTail(b, c);
    }

    private static Counts counts(Double errors, Double total) {
        // a plain count has no total
        return errors == null ? null : new Counts(errors, total == null ? Double.NaN : total);
    }

    private static List<Double> values(List<Double> values, List<Double> bounds, List<Double> buckets) {
        if (values != null) {
            return values;
        }
        return bounds == null || buckets == null ? List.of() : HistogramValues.of(bounds, buckets);
    }
}
