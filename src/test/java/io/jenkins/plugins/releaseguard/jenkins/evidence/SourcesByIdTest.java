// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import io.jenkins.plugins.releaseguard.jenkins.config.MetricSourceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
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

    /** C1's kind: each is asked in its own destination's share, and one that isn't set up is missing for its metrics alone. */
    @Test
    void eachSourceIsAPartOfItsOwn(JenkinsRule jenkins) throws Exception {
        ReleaseGuardConfiguration.get().setSources(List.of(new Silent()));
        String second =
                "\n  - {id: MON-002, name: refusals, kind: rate, source: gone, errors: e, total: t, worse: higher}\n";
        List<Metric> metrics = ReleaseCatalog.get()
                .reader()
                .parse(
                        GateStepFixture.contract().replaceFirst("metrics:\n", "metrics:" + second),
                        "release.yaml",
                        Variables.none())
                .metrics();
        List<MetricSource.Part> parts = new SourcesById(() -> SetupUser.at(jenkins.jenkins)).parts(metrics);
        assertThat(parts)
                .extracting(part -> part.metrics().stream().map(Metric::id).toList())
                .containsExactly(List.of("MON-002"), List.of("MON-001"));
        assertThat(parts.get(0).source().destination()).isEqualTo("gone");
        assertThat(parts.get(0)
                        .source()
                        .readAsync(metrics.subList(0, 1), Instant.EPOCH, Instant.EPOCH.plusSeconds(30), Runnable::run))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(SourceException.class)
                .withMessageContaining("gone");
        assertThat(parts.get(1)
                        .source()
                        .readAsync(metrics.subList(1, 2), Instant.EPOCH, Instant.EPOCH.plusSeconds(30), Runnable::run))
                .isCompletedWithValue(List.of());
    }

    @Test
    void whatASourceLeavesOutIsMissing(JenkinsRule jenkins) throws Exception {
        ReleaseGuardConfiguration.get().setSources(List.of(new Silent()));
        List<Metric> metrics = ReleaseCatalog.get()
                .reader()
                .parse(GateStepFixture.contract(), "release.yaml", Variables.none())
                .metrics();
        List<Event.Sample> samples = new SourcesById(() -> SetupUser.at(jenkins.jenkins))
                .read(metrics, Instant.EPOCH, Instant.EPOCH.plusSeconds(30));
        assertThat(samples).containsExactly(Event.Sample.none("MON-001", "the source left it out"));
    }
}
