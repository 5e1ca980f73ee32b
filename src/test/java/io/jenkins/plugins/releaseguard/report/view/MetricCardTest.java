// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** F2, F12: a metric's card says of what kind and unit its queries are. */
class MetricCardTest {
    private static MetricCard card(List<Stamped> events) {
        return ReportView.of(Report.of(events)).getMetrics().stream()
                .filter(card -> card.getId().equals("MON-001"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsAskedIsThatOfTheReleasesArming() {
        List<String> lines =
                List.of("errors: per second over the look of events; asked are the look's scrapes of e_total");
        Event.Armed armed = new Event.Armed(Map.of("MON-001", 0.0001), false, null, null, Map.of("MON-001", lines));
        List<Stamped> events = ReportFixture.rolledBack().stream()
                .map(e -> e.event() instanceof Event.Armed ? new Stamped(e.seq(), e.at(), e.wall(), armed) : e)
                .toList();
        assertThat(card(events).getQueries()).isEqualTo(lines);
    }

    @Test
    void recordsOfOlderVersionsDontSay() {
        assertThat(card(ReportFixture.rolledBack()).getQueries()).isEmpty();
    }
}
