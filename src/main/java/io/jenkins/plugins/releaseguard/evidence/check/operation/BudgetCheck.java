// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.OBJECTIVE;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.PERCENT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Error budget left: 1 - (errors / total) / (1 - target) over the objective's period (SRE Workbook, chapter 5 and the error
 * budget policy). A release of a named kind may go without.
 */
public final class BudgetCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("budget", "Error budget is left.")
            .main(text("metric", "id of a metric with an objective").must().references(OBJECTIVE))
            .fields(
                    limit("left", "what is left of the period's budget")
                            .standard("> 0%")
                            .unit(PERCENT),
                    list("exceptions", "kinds of release that may go all the same")
                            .standard(ExceptionClaim.USUAL),
                    text("exception", "the kind that this release claims, usually by a variable"),
                    text("reason", "why it claims it"),
                    CheckedMetric.reaches());

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return Duration.ofHours(1);
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        Finding.Builder found = Finding.now(context);
        Metric metric = CheckedMetric.metric(settings, context);
        if (metric.objective() == null
                || !(metric.objective().target() < 1)
                || !(metric.objective().target() > 0)) {
            return found.unknown(
                    metric.id() + " has no objective between 0 and 100 %",
                    "give the metric an objective with target and period");
        }
        MetricReading reading =
                context.metrics().read(metric, metric.objective().period(), "all");
        found.looked(reading.looked()).at(reading.at());
        Finding young = CheckedMetric.tooYoung(
                settings, metric, reading, metric.objective().period(), found);
        Finding finding = young == null ? judge(settings, metric, reading, found) : young;
        Optional<String> exception = ExceptionClaim.claimed(settings, settings.texts("exceptions"));
        return finding.status() == Status.FAIL && exception.isPresent()
                ? found.pass(finding.reason() + "; goes all the same: " + exception.get())
                : finding;
    }

    private static Finding judge(Settings settings, Metric metric, MetricReading reading, Finding.Builder found) {
        if (!(reading.total() > 0) || !(reading.errors() >= 0) || reading.errors() > reading.total()) {
            return found.unknown(
                    "no requests and errors of the period are known",
                    "let the metric have errors and total, or a limit");
        }
        // 1 - 0.99 is not 0.01 in binary: a budget spent to the last error must not look like one with a rest
        double allowed = Math.rint((1 - metric.objective().target()) * 1e12) / 1e12 * reading.total();
        double left = (allowed - reading.errors()) / allowed;
        Optional<Threshold> limit = settings.threshold("left");
        String text = Limits.shown(limit, left, "%") + " of the error budget of " + metric.id() + " over "
                + Span.text(metric.objective().period()) + " is left";
        return new Limits()
                .want("", limit, left, "%")
                .conclude(
                        found,
                        text,
                        text,
                        "release only what saves budget until it has recovered, or name the exception and its reason");
    }
}
