// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.report.JournalFacts.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of each metric: the judge's last word with both sides' numbers, or the samples alone where no judge spoke. */
final class HealthSection {
    private final JournalFacts facts;
    private final Map<String, MetricSamples> samples;
    private final LevelWindow window;
    private final Map<Event.Finding, Fact<Event.Judged>> judged = new IdentityHashMap<>();
    private final Map<String, List<Event.Finding>> findings = new LinkedHashMap<>();
    private final Map<String, Double> captured;
    private final Optional<Event.Breached> breach;

    private HealthSection(JournalFacts facts) {
        this.facts = facts;
        this.samples = MetricSamples.byMetric(facts);
        this.captured = facts.last(Event.Armed.class)
                .map(fact -> fact.event().baseline())
                .orElse(Map.of());
        this.breach = facts.last(Event.Breached.class).map(Fact::event);
        this.window = new LevelWindow(facts);
        for (Fact<Event.Judged> word : facts.all(Event.Judged.class)) {
            for (Event.Finding finding : word.event().findings() == null
                    ? List.<Event.Finding>of()
                    : word.event().findings()) {
                judged.put(finding, word);
                findings.computeIfAbsent(Words.text(finding.metric()), key -> new ArrayList<>())
                        .add(finding);
            }
        }
    }

    static List<Report.Health> of(JournalFacts facts) {
        HealthSection section = new HealthSection(facts);
        Set<String> metrics = new LinkedHashSet<>(section.findings.keySet());
        metrics.addAll(section.samples.keySet());
        return metrics.stream().map(section::health).toList();
    }

    private Report.Health health(String metric) {
        Event.Finding finding = telling(findings.getOrDefault(metric, List.of()));
        MetricSamples seen = samples.getOrDefault(metric, new MetricSamples());
        String name = finding == null || Words.text(finding.name()).isEmpty() ? metric : finding.name();
        MetricSamples.Reading reading = seen.reading(name);
        boolean rate = reading.rate();
        Level canaryLevel = new Level(reading, true);
        Level baselineLevel = new Level(reading, false);
        List<MetricSamples.Point> lastPoints = lastPhase(untilBreach(seen.points()));
        List<Event.Sample> last =
                lastPoints.stream().map(MetricSamples.Point::sample).toList();

        // the number that the name promises; the judge's own level where the samples have no such quantile
        boolean breached = breach.isPresent() && metric.equals(breach.get().metric());
        boolean stale = breached && finding != null && finding.verdict() != MetricVerdict.FAIL;
        boolean fromSamples = finding == null || stale || reading.ofQuantile();
        double scale = rate ? 100 : 1;
        Double canary =
                JournalFacts.known(fromSamples ? (Double) canaryLevel.of(last) : times(finding.canary(), scale));
        Double baseline =
                JournalFacts.known(fromSamples ? (Double) baselineLevel.of(last) : times(finding.baseline(), scale));
        String baselineFrom = baseline == null ? null : "canary";
        // of a latency the p99 is captured, and beside it what triggers speak of: none is a baseline for another
        // quantile
        boolean usual = !reading.ofQuantile() || reading.kind().equals("p99");
        Double before = JournalFacts.known(captured.get(usual ? metric : metric + " " + reading.kind()));
        if (baseline == null && before != null) {
            baseline = before * scale;
            baselineFrom = "before";
        }
        // the breach came after the last finding: its numbers no longer describe what was seen
        Event.Finding evidence = stale ? null : finding;
        return new Report.Health(
                metric,
                name,
                reading.kind(),
                rate ? "%" : finding == null ? "" : Words.text(finding.unit()),
                canary,
                baseline,
                canaryLevel.bucket(last),
                "before".equals(baselineFrom) ? null : baselineLevel.bucket(last),
                baselineFrom,
                reading.statistic(),
                canary == null
                        ? null
                        : fromSamples ? LevelWindow.of(lastPoints) : window.of(judged.get(finding), seen.points()),
                verdict(metric, finding),
                evidence == null ? null : JournalFacts.known(evidence.effect()),
                evidence == null
                                || JournalFacts.known(evidence.lower()) == null
                                        && JournalFacts.known(evidence.upper()) == null
                        ? null
                        : new Report.Interval(
                                JournalFacts.known(evidence.lower()), JournalFacts.known(evidence.upper())),
                evidence == null ? null : JournalFacts.known(evidence.limit()),
                evidence == null ? null : evidence.test(),
                evidence == null ? null : JournalFacts.known(evidence.p()),
                evidence == null ? null : JournalFacts.known(evidence.e()),
                evidence == null ? null : JournalFacts.known(evidence.samples()),
                reason(metric, finding, seen),
                SeriesFold.of(seen.points(), canaryLevel, baselineLevel),
                facts.first(Event.Armed.class)
                        .map(armed -> armed.event().queries())
                        .map(queries -> queries.get(metric))
                        .orElse(null));
    }

    /** The last finding, unless it passed without both numbers (at 100 % there is no concurrent baseline) and an earlier one had them. */
    private static Event.Finding telling(List<Event.Finding> findings) {
        if (findings.isEmpty()) {
            return null;
        }
        Event.Finding last = findings.get(findings.size() - 1);
        if (last.verdict() != MetricVerdict.PASS) {
            return last;
        }
        return findings.stream()
                .filter(finding -> finding.verdict() == MetricVerdict.PASS
                        && JournalFacts.known(finding.canary()) != null
                        && JournalFacts.known(finding.baseline()) != null)
                .reduce((a, b) -> b)
                .orElse(last);
    }

    private MetricVerdict verdict(String metric, Event.Finding finding) {
        if (breach.isPresent()
                && metric.equals(breach.get().metric())
                && (breach.get().cause() == null || breach.get().cause().isFailure())) {
            return breach.get().cause() == BreachCause.NO_DATA ? MetricVerdict.NODATA : MetricVerdict.FAIL;
        }
        if (finding == null) {
            return MetricVerdict.INCONCLUSIVE;
        }
        return finding.verdict() == null ? MetricVerdict.UNKNOWN : finding.verdict();
    }

    private String reason(String metric, Event.Finding finding, MetricSamples seen) {
        if (breach.isPresent() && metric.equals(breach.get().metric())) {
            return breach.get().reason();
        }
        if (finding != null) {
            return finding.reason();
        }
        List<MetricSamples.Point> points = seen.points();
        String missing =
                points.isEmpty() ? null : points.get(points.size() - 1).sample().missing();
        return missing == null ? "watched, not judged" : missing;
    }

    /** What was seen when the release was judged; afterwards the traffic was on its way back. */
    private List<MetricSamples.Point> untilBreach(List<MetricSamples.Point> points) {
        Instant end = facts.first(Event.RollbackStarted.class)
                .filter(fact -> !fact.event().observed())
                .map(Fact::at)
                .orElse(Instant.MAX);
        return points.stream().filter(point -> !point.to().isAfter(end)).toList();
    }

    /** The samples of the last phase that had both variants; of the last phase at all where none had. */
    private static List<MetricSamples.Point> lastPhase(List<MetricSamples.Point> points) {
        int phase = points.stream()
                .filter(point -> both(point.sample()))
                .mapToInt(MetricSamples.Point::phase)
                .reduce((a, b) -> b)
                .orElse(points.isEmpty() ? 0 : points.get(points.size() - 1).phase());
        return points.stream().filter(point -> point.phase() == phase).toList();
    }

    /** At 100 % the baseline has its counts and buckets still, but nothing in them. */
    private static boolean both(Event.Sample sample) {
        return some(sample.canaryTotal()) && some(sample.baselineTotal())
                || sample.canaryTotal() == null && values(sample);
    }

    private static boolean values(Event.Sample sample) {
        boolean values = sample.canaryValues() != null
                && sample.baselineValues() != null
                && !sample.canaryValues().isEmpty()
                && !sample.baselineValues().isEmpty();
        boolean buckets = some(sample.canaryBuckets()) && some(sample.baselineBuckets());
        boolean quantiles = sample.canaryQuantiles() != null && sample.baselineQuantiles() != null;
        return values || buckets || quantiles;
    }

    private static boolean some(Double count) {
        return count != null && count > 0;
    }

    private static boolean some(List<Double> buckets) {
        return buckets != null && buckets.stream().anyMatch(HealthSection::some);
    }

    private static Double times(Double value, double scale) {
        return value == null ? null : (Double) (value * scale);
    }
}
