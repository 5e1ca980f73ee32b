// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Room for what the release needs: a metric or a command's number against its limit. */
final class CapacityCheck implements Check {
    private static final String FIX = "make room before the release";

    @Override
    public String kind() {
        return "capacity";
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return Duration.ofHours(1);
    }

    @Override
    public Finding look(Entry entry, CheckSpec spec, CheckContext context) throws IOException, InterruptedException {
        Settings settings = spec.settings();
        Found found = Found.now(context);
        Limits limits = new Limits();
        if (!settings.text("run").isEmpty()) {
            PrintedNumber printed = PrintedNumber.last(CheckCommand.printed(settings, context, Map.of()));
            found.looked(settings.text("run")).from(Origin.WORKSPACE);
            limits.want("", settings.threshold("limit"), printed.value(), printed.unit(settings.threshold("limit")));
        } else {
            Metric metric = CheckedMetric.metric(settings, context);
            MetricReading reading = context.metrics().read(metric, Duration.ofMinutes(5), "all");
            found.looked(reading.looked()).at(reading.at());
            limits.want(
                    "",
                    settings.threshold("limit"),
                    CheckedMetric.value(metric, reading.value()),
                    CheckedMetric.unit(metric));
        }
        return limits.conclude(found, "there is room", "there is no room for the release", FIX);
    }
}
