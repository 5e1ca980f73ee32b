// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import io.jenkins.plugins.releaseguard.jenkins.config.MetricSourceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SourcesByIdTest {
    /** A source of another plugin that knows nothing and says so with silence. */
    private static final class Silent extends MetricSourceSetup {
        Silent() {
            super("prom");
        }

        @Override
        public MetricSource connect(ItemGroup<?> context) {
            return (metrics, from, to) -> List.of();
        }
    }

    @Test
    void whatASourceLeavesOutIsMissing(JenkinsRule jenkins) throws Exception {
        ReleaseGuardConfiguration.get().setSources(List.of(new Silent()));
        List<Metric> metrics = ReleaseCatalog.get()
                .reader()
                .parse(GateStepFixture.contract(), "release.yaml", Variables.none())
                .metrics();
        List<Event.Sample> samples =
                new SourcesById(() -> jenkins.jenkins).read(metrics, Instant.EPOCH, Instant.EPOCH.plusSeconds(30));
        assertThat(samples).containsExactly(Event.Sample.none("MON-001", "the source left it out"));
    }
}
