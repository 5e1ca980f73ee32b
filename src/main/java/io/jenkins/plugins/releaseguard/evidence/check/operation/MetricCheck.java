// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.DURATION;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MEASURE;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.METRIC;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A number from a metric source against its limit, which may speak of the level before the release. */
public final class MetricCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("metric", "A number from a metric source.")
            .main(text("metric", "id of a metric of the contract").references(METRIC))
            .fields(
                    text("query", "or a query of its own"),
                    text("source", "id of the metric source that is asked the query"),
                    Field.of(
                                    "limit",
                                    MEASURE,
                                    "what must hold; may name a quantile of a latency, and speak of the baseline")
                            .must(),
                    Field.of("window", DURATION, "the time looked at").standard("5m"),
                    choice("track", List.of("canary", "stable", "baseline", "all"), "whose numbers")
                            .standard("canary"),
                    CheckedMetric.reaches())
            .oneOf("metric", "query")
            .exclusive("metric", "query")
            .needs("query", "source", "metric")
            .exclusive("metric", "source");

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return Duration.ofMinutes(15);
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        Metric metric = CheckedMetric.metric(settings, context);
        Optional<Threshold> limit = settings.threshold("limit");
        Duration window = limit.map(Threshold::sustained)
                .filter(d -> !d.isZero())
                .orElse(settings.duration("window").orElse(Duration.ofMinutes(5)));
        double quantile =
                limit.map(t -> t.terms().quantile()).filter(q -> !q.isNaN()).orElse(metric.tail());
        MetricReading reading = context.metrics().read(metric, quantile, window, settings.text("track"));
        Finding.Builder found = Finding.now(context).looked(reading.looked()).at(reading.at());
        Finding young = CheckedMetric.tooYoung(settings, metric, reading, window, found);
        if (young != null) {
            return young;
        }
        // a time in the limit is the window that the reading covers
        Optional<Threshold> once = limit.map(Threshold::atOnce).map(t -> t.with(ThresholdTerms.PLAIN));
        boolean told = limit.filter(t -> t.terms().hasQuantile()).isPresent()
                || !metric.query().histogram().isEmpty();
        String name = CheckedMetric.over(metric, metric.spoken(told ? quantile : metric.promised()), window);
        return new Limits()
                .want(
                        "",
                        once,
                        CheckedMetric.value(metric, reading.value()),
                        CheckedMetric.unit(metric),
                        CheckedMetric.value(metric, context.baseline(metric.id())))
                .conclude(
                        found,
                        name + " is within its limit",
                        name + " is not within its limit",
                        "bring " + name + " within its limit before the release");
    }
}
