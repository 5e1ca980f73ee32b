// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.BareNumbers;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A report's sentences have units, whatever became of the release. */
class ReportNumbersTest {
    @Test
    void haveUnits() {
        Set<String> bare = new TreeSet<>();
        ReportGallery.releases().values().forEach(events -> {
            Report report = Report.of(events);
            Stream.of(
                            Stream.of(report.reason()),
                            report.health().stream().map(MetricText::numbers),
                            report.phases().stream().map(phase -> Words.text(phase.reason())),
                            report.timeline().stream().map(Report.Moment::text),
                            report.issues().stream().map(Report.Issue::text),
                            report.followUps().stream())
                    .flatMap(s -> s)
                    .forEach(said -> BareNumbers.in(said).forEach(number -> bare.add(number + "   in: " + said)));
        });
        assertThat(bare).isEmpty();
    }
}
