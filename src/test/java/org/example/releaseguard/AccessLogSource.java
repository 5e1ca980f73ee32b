// SPDX-License-Identifier: MIT
package org.example.releaseguard;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.jenkins.config.MetricSourceSetup;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Error rates from the proxy's own log. */
public final class AccessLogSource extends MetricSourceSetup {
    private final String folder;

    @DataBoundConstructor
    public AccessLogSource(String id, String folder) {
        super(id);
        this.folder = folder;
    }

    public String getFolder() {
        return folder;
    }

    @Override
    public MetricSource connect(ItemGroup<?> context) {
        return (metrics, from, to) -> {
            AccessLog log;
            try {
                log = AccessLog.of(Path.of(folder));
            } catch (IOException e) {
                // no answer is an exception, never zero errors
                throw new SourceException("the access log of " + folder + " can't be read", e);
            }
            return metrics.stream().map(metric -> sample(metric, log, from, to)).toList();
        };
    }

    private static Event.Sample sample(Metric metric, AccessLog log, Instant from, Instant to) {
        if (metric.kind() != Metric.Kind.RATE) {
            return Event.Sample.none(metric.id(), "an access log tells rates only");
        }
        return Event.Sample.rate(
                metric.id(),
                log.errors("canary", from, to),
                log.requests("canary", from, to),
                log.errors("baseline", from, to),
                log.requests("baseline", from, to));
    }

    @Extension
    @Symbol("accessLog")
    public static final class DescriptorImpl extends Descriptor<MetricSourceSetup> {
        @Override
        public String getDisplayName() {
            return "Access log";
        }
    }
}
