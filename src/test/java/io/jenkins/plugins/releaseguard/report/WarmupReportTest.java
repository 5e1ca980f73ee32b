// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.EventText.Detail;
import io.jenkins.plugins.releaseguard.report.view.ReportHtml;
import io.jenkins.plugins.releaseguard.report.view.ReportMarkdown;
import io.jenkins.plugins.releaseguard.report.view.ReportView;
import io.jenkins.plugins.releaseguard.report.view.Step;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A warm-up in the report: its length beside the bake's, an area in each drawing, a word in the record. */
class WarmupReportTest {
    private static List<Stamped> warm(List<Stamped> events, double seconds) {
        return events.stream()
                .map(s -> s.event() instanceof Event.BakeStarted baking && baking.phase() == 1
                        ? new Stamped(s.seq(), s.at(), s.wall(), new Event.BakeStarted(1, seconds))
                        : s)
                .toList();
    }

    private static ReportView view(List<Stamped> events) {
        return ReportView.of(Report.of(events));
    }

    @Test
    void itsLengthStandsBesideTheBakes() {
        Report.Phase without = Report.of(ReportFixture.promoted()).phases().get(1);
        Report.Phase with =
                Report.of(warm(ReportFixture.promoted(), 40)).phases().get(1);
        assertThat(without.warmups()).isNull();
        assertThat(without.warmupSeconds()).isNull();
        assertThat(with.warmupSeconds()).isEqualTo(40);
        assertThat(with.bakeSeconds()).isEqualTo(without.bakeSeconds() - 40);
        assertThat(ReportMarkdown.of(view(warm(ReportFixture.promoted(), 40)))).contains("Warmed up", "40 s");
        assertThat(ReportMarkdown.of(view(ReportFixture.promoted()))).doesNotContain("Warmed up");
    }

    @Test
    void itIsDrawn() {
        ReportView view = view(warm(ReportFixture.promoted(), 40));
        assertThat(view.getMetrics())
                .allSatisfy(card -> assertThat(card.spark().warmups())
                        .singleElement()
                        .asString()
                        .matches("M\\d+\\.\\d -3H\\d+\\.\\dV67H\\d+\\.\\dZ"));
        assertThat(ReportHtml.of(view)).contains("<path class=\"warm\" d=\"M", "warming up, nothing is bet");
        assertThat(ReportHtml.of(view(ReportFixture.promoted())))
                .doesNotContain("<path class=\"warm\"", "warming up, nothing is bet");
    }

    /** In the stairs, too: under way, over, and where the release was stopped in it. */
    @Test
    void theStairsSayIt() {
        List<Stamped> running = ReportFixture.running().stream()
                .map(s -> s.event() instanceof Event.BakeStarted baking && baking.phase() == 2
                        ? new Stamped(s.seq(), s.at(), s.wall(), new Event.BakeStarted(2, 600.0))
                        : s)
                .toList();
        Step now = view(running).getSteps().get(2);
        assertThat(now.badge().word()).isEqualTo("warming up");
        assertThat(now.duration())
                .isEqualTo(view(ReportFixture.running()).getSteps().get(2).duration());
        assertThat(view(ReportFixture.running()).getSteps().get(2).badge().word())
                .isEqualTo("running");

        assertThat(view(warm(ReportFixture.promoted(), 40)).getSteps().get(1).duration())
                .isEqualTo("6 min 4 s, 40 s of it warm-up");
        assertThat(view(warm(ReportFixture.promoted(), 40)).getSteps().get(2).duration())
                .isEqualTo("6 min 4 s");

        Step stopped = view(warm(ReportFixture.unconfirmed(), 600)).getSteps().get(1);
        assertThat(stopped.badge().tone()).isEqualTo("bad");
        assertThat(stopped.duration()).endsWith(", in its warm-up");
    }

    @Test
    void itEndsWithItsPhase() {
        Report.Phase phase =
                Report.of(warm(ReportFixture.promoted(), 1e6)).phases().get(1);
        assertThat(phase.bakeSeconds()).isZero();
        assertThat(phase.warmupSeconds()).isLessThan(phase.seconds()).isPositive();
        assertThat(view(warm(ReportFixture.promoted(), Double.NaN)).isWarmedUp())
                .isFalse();
    }

    @Test
    void theRecordAndTheLogSayIt() {
        Event.BakeStarted baking = new Event.BakeStarted(1, 120.0);
        assertThat(EventText.of(baking, null, Detail.LOG).orElseThrow())
                .isEqualToIgnoringCase("Weight confirmed, warming up for 2 min, then baking");
    }
}
