// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.METRIC;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.evidence.check.source.CheckCommand;
import io.jenkins.plugins.releaseguard.evidence.check.source.PrintedNumber;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Room for what the release needs: a metric or a command's number against its limit. */
public final class CapacityCheck implements Check {
    /** Of which a metric is read. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static final SpecKind KIND = SpecKind.check("capacity", "There is room for what the release needs.")
            .main(text("metric", "id of a metric of the contract").references(METRIC))
            .fields(
                    text("query", "or a query of its own"),
                    text("source", "id of the metric source that is asked the query"),
                    text("run", "or a command that prints the number"),
                    limit("limit", "what must hold").must())
            .oneOf("metric", "query", "run")
            .exclusive("metric", "query", "run")
            .needs("query", "source", "metric")
            .exclusive("metric", "source");

    private static final String FIX = "make room before the release";

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
        Limits limits = new Limits();
        String of = "";
        if (!settings.text("run").isEmpty()) {
            PrintedNumber printed = PrintedNumber.last(CheckCommand.printed(settings, context, Map.of()));
            found.looked(settings.text("run")).from(Origin.WORKSPACE);
            limits.want("", settings.threshold("limit"), printed.value(), printed.unit());
        } else {
            Metric metric = CheckedMetric.metric(settings, context);
            MetricReading reading = context.metrics().read(metric, WINDOW, "all");
            of = " (" + CheckedMetric.over(metric, CheckedMetric.name(metric), WINDOW) + ")";
            found.looked(reading.looked()).at(reading.at());
            limits.want(
                    "",
                    settings.threshold("limit"),
                    CheckedMetric.value(metric, reading.value()),
                    CheckedMetric.unit(metric));
        }
        return limits.conclude(found, "there is room" + of, "there is no room for the release" + of, FIX);
    }
}
